//! A comment that sends its reader to a section of the protocol names a heading that exists.

use crate::tidy::{finding::Finding, tree::Tree};

/// The guide whose headings are named.
const GUIDE: &str = "docs/protocol.md";

/// How a comment names one: `(protocol, "Push")`.
const MARK: &str = "(protocol, \"";

/// Each heading in such a mark stands in the guide.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let guide = tree.content(GUIDE).unwrap_or_default();
    let headings: Vec<&str> = guide.lines().filter(|line| line.starts_with('#')).map(heading).collect();
    let mut findings = Vec::new();
    for rust in &tree.rust {
        for (line, named) in named(tree.content(&rust.path).unwrap_or_default()) {
            if !rust.is_test(line) && !headings.contains(&named.as_str()) {
                findings.push(Finding::new(&rust.path, line, format!("`{GUIDE}` has no heading \"{named}\"")));
            }
        }
    }
    findings
}

/// `### A fact [bytes]` is the heading `A fact`.
fn heading(line: &str) -> &str {
    line.trim_start_matches('#').trim().trim_end_matches("[bytes]").trim()
}

/// The headings that comments name, each with the line where it begins; one may go on in the next line.
fn named(content: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = content.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for (_, rest) in line.match_indices(MARK).map(|(from, mark)| line.split_at(from + mark.len())) {
            let next = lines.get(at + 1).map_or("", |next| next.trim().trim_start_matches(['/', '!']));
            let text = format!("{rest} {}", next.trim());
            found.push((at + 1, text.split('"').next().unwrap_or_default().trim().to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROTOCOL: &str = "# The protocol\n\n## Push\n\n### Hash and chain [bytes]\n\n## One device an account\n";

    fn found(content: &str) -> Vec<String> {
        check(&Tree::of(&[("a/src/b.rs", content), (GUIDE, PROTOCOL)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_heading_that_is_gone_is_reported_with_its_line() {
        assert_eq!(
            found("//! A file.\n\n/// What travels (protocol, \"Shape\").\nfn a() {}\n"),
            ["a/src/b.rs:3: `docs/protocol.md` has no heading \"Shape\""]
        );
        assert_eq!(found("//! Who is signed in (protocol, \"One device a\n//! phone\").\n").len(), 1);
    }

    #[test]
    fn a_heading_that_exists_is_fine_even_over_two_lines() {
        assert_eq!(found("//! A push (protocol, \"Hash and chain\").\n"), Vec::<String>::new());
        assert_eq!(found("//! Signed (protocol, \"One device\n//! an account\").\n"), Vec::<String>::new());
    }
}
