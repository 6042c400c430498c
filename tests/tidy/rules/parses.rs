//! A file that does not parse would escape every other rule.

use crate::tidy::{finding::Finding, tree::Tree};

/// Every Rust file parses.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.broken.iter().map(|(file, line, why)| Finding::new(file, *line, format!("does not parse: {why}"))).collect()
}

#[test]
fn a_broken_file_is_reported_with_its_line() {
    let found = check(&Tree::of(&[("core/domain/src/a.rs", "fn a() {}\nfn b( {\n")]));
    assert_eq!((found.len(), found[0].file.as_str(), found[0].line), (1, "core/domain/src/a.rs", 2));
}
