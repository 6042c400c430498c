//! SQL stands where the data is kept, so that who reads and who writes a table can be told from the folder.

use crate::tidy::{
    finding::Finding,
    rust::{Word, is_test_path},
    tree::Tree,
};

/// Where SQL may stand: the beginning of a path, as a folder or as a file.
const KEPT: [&str; 11] = [
    "sync-server/src/store",
    "sync-server/src/feed",
    "sync-server/src/query",
    "sync-server/src/evidence",
    "sync-server/src/coverage",
    "sync-server/src/aggregate",
    "sync-server/src/accept",
    "sync-server/src/office",
    "sync-server/src/backup",
    "core/client/src/journal",
    "core/client/src/cache",
];

/// No string that begins as a statement, and no file of statements, anywhere else.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".sql")) {
        if !is_kept(&file.path) && !is_test_path(&file.path) {
            findings.push(Finding::new(&file.path, 1, "SQL outside the folders that keep data"));
        }
    }
    for rust in tree.rust.iter().filter(|rust| !is_kept(&rust.path)) {
        for (line, word) in rust.shipped_words() {
            if matches!(word, Word::Text(text) if is_statement(text)) {
                findings.push(Finding::new(&rust.path, line, "SQL outside the folders that keep data"));
            }
        }
    }
    findings
}

fn is_kept(path: &str) -> bool {
    KEPT.iter().any(|kept| path.strip_prefix(kept).is_some_and(|rest| rest.starts_with('/') || rest == ".rs"))
}

/// Whether a text begins as SQL does: a verb and, later, the word that only a statement has beside it.
fn is_statement(text: &str) -> bool {
    let lower = text.trim_start().to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let (Some(verb), next) = (words.first(), words.get(1).copied().unwrap_or_default()) else { return false };
    let later = |word: &str| words.iter().skip(2).any(|w| *w == word);
    match verb.trim_end_matches(';') {
        "select" => later("from") || next.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '?'),
        "insert" => next == "into" || next == "or",
        "replace" | "merge" => next == "into",
        "update" => later("set"),
        "delete" => next == "from",
        "create" => {
            matches!(
                next,
                "table" | "index" | "unique" | "temp" | "trigger" | "view" | "schema" | "database" | "virtual"
            )
        }
        "alter" | "drop" => matches!(next, "table" | "index" | "view" | "trigger" | "schema" | "database"),
        "pragma" => !next.is_empty() && words.len() <= 4,
        "with" => later("as") && later("select"),
        "begin" => matches!(next, "immediate" | "exclusive" | "deferred" | "immediate;" | "transaction"),
        "savepoint" | "rollback" => words.len() <= 3,
        "vacuum" => words.len() <= 3,
        "attach" => next == "database",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, content: &str) -> Vec<String> {
        check(&Tree::of(&[(path, content)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_statement_in_a_handler_is_reported_with_its_line() {
        let content = "fn a() {\n    let _ = \"select id from task where id = ?1\";\n}\n";
        assert_eq!(
            found("sync-server/src/api/task/list.rs", content),
            ["sync-server/src/api/task/list.rs:2: SQL outside the folders that keep data"]
        );
        assert_eq!(found("cli/src/a.rs", "fn a() { sql!(r\"\n  INSERT INTO fact VALUES (?1)\"); }\n").len(), 1);
        assert_eq!(found("sync-server/src/storehouse.rs", "const A: &str = \"DELETE FROM a\";\n").len(), 1);
        assert_eq!(found("cli/src/a.sql", "create table a (b);\n").len(), 1);
    }

    #[test]
    fn each_kind_of_statement_is_known() {
        for text in [
            "SELECT a FROM b",
            "select 1",
            "insert or ignore into a values (1)",
            "update a set b = 1",
            "create table a (b)",
            "alter table a add b",
            "PRAGMA journal_mode = WAL",
            "with a as (select 1) select * from a",
            "BEGIN IMMEDIATE",
            "savepoint a",
        ] {
            assert!(is_statement(text), "{text}");
        }
        for text in
            ["select a person", "update the app", "create a plan", "with care", "delete the draft", "begin here", ""]
        {
            assert!(!is_statement(text), "{text}");
        }
    }

    #[test]
    fn the_keepers_and_tests_may_speak_sql() {
        let content = "const A: &str = \"delete from a\";\n";
        for path in ["sync-server/src/store/write.rs", "sync-server/src/query.rs", "core/client/src/journal/open.rs"] {
            assert!(found(path, content).is_empty(), "{path}");
        }
        assert!(found("tests/src/a.rs", content).is_empty());
        assert!(found("cli/src/a.rs", "/// select a from b\nfn a() {}\n").is_empty());
    }
}
