//! A word of a closed set is bound to its statement as a value of its type, so that the compiler knows every place where
//! the word stands.

use crate::tidy::{
    finding::Finding,
    rust::{Rust, Word},
    statement::{Statement, statements},
    tree::Tree,
};

/// Where the phone's statements stand. There they are plain texts.
const PHONE: [&str; 2] = ["core/client/src/journal/", "core/client/src/cache/"];

/// No statement that ships holds a word in quotes. A partial index is used only by a statement with the words of the index,
/// so these words may stand.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let indexed: Vec<Statement> = tree
        .files
        .iter()
        .filter(|file| file.path.ends_with(".sql") || PHONE.iter().any(|phone| file.path.starts_with(phone)))
        .flat_map(|file| file.content.split(';'))
        .filter(|ddl| ddl.contains("CREATE INDEX") || ddl.contains("CREATE UNIQUE INDEX"))
        .map(|ddl| Statement::of(0, ddl))
        .collect();
    let mut findings = Vec::new();
    for rust in &tree.rust {
        for statement in of(rust, tree) {
            findings.extend(unbound(&statement, &indexed).map(|word| {
                Finding::new(&rust.path, statement.line, format!("{word} stands in the statement: bind it"))
            }));
        }
    }
    findings
}

/// The statements of a file that ship.
fn of(rust: &Rust, tree: &Tree) -> Vec<Statement> {
    if !PHONE.iter().any(|phone| rust.path.starts_with(phone)) {
        return statements(rust, tree.content(&rust.path).unwrap_or_default());
    }
    let texts = rust.shipped_words().filter_map(|(line, word)| match word {
        Word::Text(text) if !text.contains("CREATE TABLE") => Some(Statement::of(line, text)),
        _ => None,
    });
    texts.collect()
}

fn unbound<'s>(statement: &'s Statement, indexed: &'s [Statement]) -> impl Iterator<Item = &'s str> {
    let words = &statement.words;
    let quoted = words.iter().enumerate().filter(|(_, word)| is_word(word));
    let bare = quoted.filter(move |(at, word)| {
        let before = [at.wrapping_sub(2), at.wrapping_sub(1)].map(|at| words.get(at).map_or("", String::as_str));
        !indexed.iter().any(|index| index.has(&[before[0], before[1], word.as_str()]))
    });
    bare.map(|(_, word)| word.as_str())
}

/// Whether a text in quotes is a word: neither a mark such as `'!'`, nor a number, nor a part of a sentence.
fn is_word(quoted: &str) -> bool {
    let inner = quoted.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or_default();
    let all = |plain: fn(char) -> bool| inner.chars().all(plain);
    inner.starts_with(|first: char| first.is_ascii_alphabetic())
        && all(|c| c.is_ascii_alphanumeric() || "_.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_word_in_a_statement_of_the_server_or_the_phone_is_reported() {
        assert_eq!(
            found(&[("sync-server/src/query/a.rs", "fn a() {\n    sql!(\"SELECT a FROM b WHERE c = 'open'\");\n}\n")]),
            ["sync-server/src/query/a.rs:2: 'open' stands in the statement: bind it"]
        );
        assert_eq!(found(&[("core/client/src/cache/a.rs", "const A: &str = \"UPDATE a SET b = 'c.d'\";\n")]).len(), 1);
        let both = "fn a() { sql!(\"UPDATE a SET b = 'c' WHERE d IN ('e', 'f')\"); }\n";
        assert_eq!(found(&[("sync-server/src/feed/a.rs", both)]).len(), 3);
    }

    #[test]
    fn what_is_bound_a_mark_and_the_text_of_a_table_are_fine() {
        let bound = "fn a() { sql!(\"SELECT a || ' ' FROM b WHERE c = ?1 AND d LIKE ?2 ESCAPE '!' AND e = '1'\"); }\n";
        assert_eq!(found(&[("sync-server/src/query/a.rs", bound)]), [""; 0]);
        let table = "const A: &str = \"CREATE TABLE a (b TEXT DEFAULT 'c')\";\n";
        assert_eq!(found(&[("core/client/src/journal/a.rs", table)]), [""; 0]);
        let sentence = "const A: &str = \"the journal's id cannot be read\";\n";
        assert_eq!(found(&[("core/client/src/journal/a.rs", sentence)]), [""; 0]);
    }

    #[test]
    fn the_words_of_a_partial_index_may_stand() {
        let statement = "fn a() { sql!(\"SELECT a FROM b WHERE state = 'open'\"); }\n";
        let files =
            |index| [("sync-server/src/query/a.rs", statement), ("sync-server/src/store/migrations/1.sql", index)];
        assert_eq!(found(&files("CREATE INDEX c ON b(a) WHERE state = 'open';\n")), [""; 0]);
        assert_eq!(found(&files("CREATE INDEX c ON b(a) WHERE state = 'shut';\n")).len(), 1);
    }
}
