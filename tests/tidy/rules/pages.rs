//! The console's pages hold structure only: the Content-Security-Policy forbids inline script and style.

use crate::tidy::{finding::Finding, rust::is_test_path, tree::Tree};

/// What a page may not hold, as lower-case text, and why.
const BANNED: [(&str, &str); 4] = [
    ("<style", "style stands in the stylesheet"),
    (" style=", "style stands in the stylesheet"),
    ("javascript:", "script stands in its own file"),
    ("|safe", "what a person wrote is always escaped"),
];

/// No inline script, handler or style in a template.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".html") && !is_test_path(&file.path)) {
        for (at, line) in file.content.lines().enumerate() {
            let line = line.to_ascii_lowercase();
            let mut tell = |why: &str| findings.push(Finding::new(&file.path, at + 1, why));
            for (text, why) in BANNED {
                if line.contains(text) {
                    tell(why);
                }
            }
            if line.split("<script").skip(1).any(|rest| !rest.split('>').next().unwrap_or_default().contains("src=")) {
                tell("script stands in its own file");
            }
            if line.split_whitespace().any(is_handler) {
                tell("handlers stand in the script's file");
            }
        }
    }
    findings
}

fn is_handler(word: &str) -> bool {
    let word = word.trim_start_matches(['"', '\'']);
    word.strip_prefix("on").and_then(|rest| rest.split_once('=')).is_some_and(|(event, value)| {
        event.len() > 2 && event.chars().all(|c| c.is_ascii_lowercase()) && value.starts_with(['"', '\''])
    })
}

#[test]
fn script_and_style_in_a_page_are_reported_with_their_lines() {
    for (line, why) in [
        ("<p style=\"color:red\">", "style stands in the stylesheet"),
        ("<style>", "style stands in the stylesheet"),
        ("<script>alert(1)</script>", "script stands in its own file"),
        ("<a href=\"javascript:void 0\">", "script stands in its own file"),
        ("<a onclick=\"go()\">", "handlers stand in the script's file"),
        ("{{ name|safe }}", "what a person wrote is always escaped"),
    ] {
        let found = check(&Tree::of(&[("sync-server/src/console/a.html", &format!("<html>\n{line}\n"))]));
        assert_eq!(found, [Finding::new("sync-server/src/console/a.html", 2, why)], "{line}");
    }
    let fine = "<script src=\"/static/console.js\" defer></script>\n<p class=\"one\">{{ once }}</p>\n";
    assert!(check(&Tree::of(&[("sync-server/src/console/a.html", fine)])).is_empty());
}
