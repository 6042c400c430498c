//! A clone works wherever it lies, so nothing names a folder of one machine.

use crate::tidy::{finding::Finding, tree::Tree};

/// This rule's own examples.
const EXAMPLES: &str = "tests/tidy/rules/machine.rs";

/// Where the people of a machine have their folders.
const NAMED: [&str; 4] = ["/root/", "/home/", "/Users/", "C:\\"];

/// No absolute path of a person's machine.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path != EXAMPLES && !file.path.contains("fixtures/")) {
        for (at, line) in file.content.lines().enumerate() {
            for name in NAMED {
                if line.split(name).skip(1).zip(line.split(name)).any(|(_, before)| begins(before)) {
                    findings.push(Finding::new(&file.path, at + 1, format!("`{name}` is a place on one machine")));
                }
            }
        }
    }
    findings
}

/// Whether a path could begin after this text: `console/home/` is a folder of ours, `"/home/` is not.
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
    assert!(check(&Tree::of(&[("a.rs", "use crate::home::task; // console/home/task\n")])).is_empty());
}
