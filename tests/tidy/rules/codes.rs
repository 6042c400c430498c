//! A code stands in one table: nobody else writes its word, and the guide shows the table as it is.

use firebee_domain::code::{Again, Code};

use super::provoked::HEADING;
use crate::tidy::{finding::Finding, rust::Word, tree::Tree};

/// Where words are written.
const TABLE: &str = "core/domain/src/code/table.rs";
/// The table for people.
const GUIDE: &str = "docs/codes.md";

/// No code's word stands in shipped code outside the table: whoever means a code names its variant, so nobody compares
/// words and no word is misspelt.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rust in tree.rust.iter().filter(|rust| rust.path != TABLE) {
        let words: Vec<(usize, &Word)> = rust.shipped_words().collect();
        for (at, (line, word)) in words.iter().enumerate() {
            let Word::Text(text) = word else { continue };
            if text.parse::<Code>().is_err() {
                continue;
            }
            // The description of the interface tells its answers in words.
            let described = at.checked_sub(2).and_then(|before| words.get(before));
            if described.is_none_or(|(_, word)| **word != Word::Ident("description".into())) {
                findings.push(Finding::new(&rust.path, *line, format!("`{text}` is a code: name its variant")));
            }
        }
    }
    findings
}

/// The guide's table has a row for each code, and says of it what the table in code says.
pub fn check_guide(tree: &Tree) -> Vec<Finding> {
    let content = tree.content(GUIDE).unwrap_or_default();
    let table = (1..).zip(content.lines()).take_while(|(_, line)| *line != HEADING);
    let rows: Vec<(usize, &str)> = table.filter(|(_, line)| line.starts_with("| `")).collect();
    let wanted: Vec<String> = Code::ALL.iter().map(|code| row(*code)).collect();
    let mut findings = Vec::new();
    for (line, found) in &rows {
        if !wanted.iter().any(|row| row == found) {
            findings.push(Finding::new(GUIDE, *line, "the table in code has no such row"));
        }
    }
    for row in wanted {
        if !rows.iter().any(|(_, found)| *found == row) {
            findings.push(Finding::new(GUIDE, 0, format!("lacks the row {row}")));
        }
    }
    findings
}

/// A code as the guide shows it.
fn row(code: Code) -> String {
    let status = code.status().map_or("–".to_owned(), |status| status.to_string());
    let action = serde_json::to_string(&code.action()).unwrap().replace('"', "").replace('_', " ");
    let person = if code.needs_person() { "yes" } else { "no" };
    let again = match code.again() {
        Again::Never => "–",
        Again::Joined => "with its task",
        Again::Learnt => "after an upgrade",
        Again::Adopted => "by a decision",
    };
    format!("| `{code}` | {status} | {action} | {person} | {again} |")
}

#[test]
fn a_word_outside_the_table_is_reported_with_its_line() {
    let code = "fn a(code: &str) -> bool {\n    code == \"gap\"\n}\n#[doc(description = \"gap\")]\nfn b() {}\n\
                #[cfg(test)]\nmod tests {\n    const A: &str = \"gap\";\n}\n";
    let found = check(&Tree::of(&[("a.rs", code), (TABLE, "const A: &str = \"gap\";\n")]));
    assert_eq!(found, [Finding::new("a.rs", 2, "`gap` is a code: name its variant")]);
}

#[test]
fn a_row_that_differs_is_reported_both_ways() {
    let mut rows: Vec<String> = Code::ALL.iter().map(|code| row(*code)).collect();
    rows[0] = rows[0].replace("409", "408");
    let found = check_guide(&Tree::of(&[(GUIDE, &format!("# Codes\n\n{}\n", rows.join("\n")))]));
    let lacks = format!("lacks the row {}", row(Code::ALL[0]));
    assert_eq!(found, [Finding::new(GUIDE, 3, "the table in code has no such row"), Finding::new(GUIDE, 0, lacks)]);
}
