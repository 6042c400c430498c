//! The core knows nothing of the languages that use it.

use crate::tidy::{finding::Finding, rust::Word, tree::Tree};

/// UniFFI is named only in `bindings`.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rust in tree.rust.iter().filter(|rust| !rust.path.starts_with("bindings/")) {
        for (line, word) in &rust.words {
            if matches!(word, Word::Ident(name) if name == "uniffi") {
                findings.push(Finding::new(&rust.path, *line, "`uniffi` is named only in `bindings`"));
            }
        }
    }
    findings
}

#[test]
fn a_binding_attribute_in_the_core_is_reported_with_its_line() {
    let found = check(&Tree::of(&[
        ("core/domain/src/a.rs", "/// Not uniffi.\n#[derive(uniffi::Record)]\npub struct A;\n"),
        ("bindings/src/lib.rs", "uniffi::setup_scaffolding!();\n"),
    ]));
    assert_eq!(found, [Finding::new("core/domain/src/a.rs", 2, "`uniffi` is named only in `bindings`")]);
}
