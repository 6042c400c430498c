# Every command by name. What a command does stands in scripts/.

.DEFAULT_GOAL := help
.PHONY: help demo test check bench tidy soak plants python kotlin ios phones

help: ## Show every command with one line
	@scripts/help

demo: ## Play the whole story with real phones and a real server; ARGS="…" passes flags on
	@scripts/demo $(ARGS)

test: ## Run every test
	@scripts/test

check: ## Format, lints, tidy and docs, without a warning
	@scripts/check

bench: ## Measure the goals of docs/performance.md; JSON goes to target/bench
	@scripts/bench

tidy: ## Check the rules of the house: who may depend on whom, sizes, texts, paths
	@scripts/tidy

soak: ## Hunt over fresh seeds in the simulator; FROM=… COUNT=… say which
	@scripts/soak

plants: ## Plant known bugs in a copy of the tree, and say at which seed the simulator finds each
	@scripts/plants $(ARGS)

python: ## Write the importable Python package to target/python
	@scripts/python

kotlin: ## Compile the generated Kotlin, warnings as errors, and play one task through it
	@scripts/kotlin

phones: ## Build and test both apps as far as that goes without Android's SDK and Xcode; as root
	@scripts/phones $(ARGS)

ios: ## Build and test the logic of the iOS app with Swift for Linux, and check what is Apple's by its signatures; as root
	@scripts/ios
