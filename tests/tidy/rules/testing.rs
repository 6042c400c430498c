//! Tests wait for a state, never for a time, and none of them rests.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{ImplItemFn, ItemFn};

use crate::tidy::{
    finding::Finding,
    rust::{Rust, Word},
    tree::Tree,
};

/// No ignored test and no unfinished code; a test sleeps only between two looks of a function called `wait_…`.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rust in &tree.rust {
        let mut waits = Waits(Vec::new());
        waits.visit_file(&rust.syntax);
        for line in rust.paths(&["thread", "sleep"]).into_iter().chain(rust.paths(&["time", "sleep"])) {
            if rust.is_test(line) && !waits.0.iter().any(|(first, last)| (*first..=*last).contains(&line)) {
                findings.push(Finding::new(&rust.path, line, "a test waits for a state, not for a time"));
            }
        }
        findings.extend(resting(rust));
    }
    findings
}

fn resting(rust: &Rust) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, (line, word)) in rust.words.iter().enumerate() {
        let Word::Ident(name) = word else { continue };
        let before = at.checked_sub(1).and_then(|i| rust.words.get(i)).map(|(_, word)| word);
        let after = rust.words.get(at + 1).map(|(_, word)| word);
        if name == "ignore" && before == Some(&Word::Punct('#')) {
            findings.push(Finding::new(&rust.path, *line, "a test is never ignored"));
        }
        if (name == "todo" || name == "unimplemented") && after == Some(&Word::Punct('!')) {
            findings.push(Finding::new(&rust.path, *line, format!("`{name}!` is left in the code")));
        }
    }
    findings
}

/// First and last lines of the functions that wait for a state.
struct Waits(Vec<(usize, usize)>);

impl Waits {
    fn note(&mut self, name: &syn::Ident, whole: proc_macro2::Span) {
        if name.to_string().starts_with("wait_") {
            self.0.push((whole.start().line, whole.end().line));
        }
    }
}

impl<'ast> Visit<'ast> for Waits {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.note(&function.sig.ident, function.span());
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.note(&function.sig.ident, function.span());
        visit::visit_impl_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, content: &str) -> Vec<String> {
        check(&Tree::of(&[(path, content)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_sleep_in_a_test_is_reported_with_its_line() {
        let content = "fn a() {}\n\n#[test]\nfn b() {\n    std::thread::sleep(TEN);\n}\n";
        assert_eq!(
            found("core/client/src/a.rs", content),
            ["core/client/src/a.rs:5: a test waits for a state, not for a time"]
        );
        assert_eq!(found("tests/src/a.rs", "async fn a() { tokio::time::sleep(TEN).await; }\n").len(), 1);
        assert!(found("tests/src/a.rs", "fn wait_until() { std::thread::sleep(TEN); }\n").is_empty());
        assert!(found("core/client/src/a.rs", "async fn pause() { tokio::time::sleep(TEN).await; }\n").is_empty());
    }

    #[test]
    fn an_ignored_test_is_reported_with_its_line() {
        assert_eq!(found("a.rs", "#[test]\n#[ignore = \"slow\"]\nfn b() {}\n"), ["a.rs:2: a test is never ignored"]);
    }

    #[test]
    fn unfinished_code_is_reported_with_its_line() {
        let content = format!("fn a() {{\n    to{}!()\n}}\n", "do");
        assert_eq!(found("a.rs", &content), [format!("a.rs:2: `to{}!` is left in the code", "do")]);
    }
}
