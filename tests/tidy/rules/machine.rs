//! A clone works wherever it lies, so nothing names a folder of one machine.

use crate::tidy::{finding::Finding, tree::Tree};

/// This rule's own examples.
const EXAMPLES: &str = "tests/tidy/rules/machine.rs";

/// Folders of one machine, and folders beside the tree.
const NAMED: [&str; 6] = ["/work/", "/root/", "/home/", "/Users/", "../shared", "C:\\"];

/// No absolute path of a person's machine and no folder beside the tree.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path != EXAMPLES && !file.path.contains("fixtures/")) {
        for (at, line) in file.content.lines().enumerate() {
            for name in NAMED {
                if line
                    .split(name)
                    .skip(1)
                    .zip(line.split(name))
                    .any(|(_, before)| name.starts_with("..") || begins(before))
                {
                    findings.push(Finding::new(&file.path, at + 1, format!("`{name}` is a place on one machine")));
                }
            }
        }
    }
    findings
}

/// Whether a path could begin after this text: `core/work/` is a folder of ours, `"/work/` is not.
fn begins(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '}'))
}

#[test]
fn a_machine_path_is_reported_with_its_line() {
    for name in NAMED {
        let content = format!("a\nb = \"{name}x\"\n");
        let found = check(&Tree::of(&[("scripts/a", &content)]));
        assert_eq!(found, [Finding::new("scripts/a", 2, format!("`{name}` is a place on one machine"))]);
    }
    assert!(check(&Tree::of(&[("a.rs", "use crate::work::task; // core/client/src/work/task\n")])).is_empty());
}
