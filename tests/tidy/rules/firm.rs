//! A statement names the firm of every row that it reads or writes, so that no forgotten condition shows a firm the rows
//! of another.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::{
    finding::Finding,
    statement::{Statement, statements},
    tree::Tree,
};

const MIGRATIONS: &str = "sync-server/src/store/migrations/";
const SERVER: &str = "sync-server/src/";

/// Tables that belong to no firm, each with the reason.
const OF_NO_FIRM: [(&str, &str); 8] = [
    ("setting", "of the server itself"),
    ("catalogue", "the same bytes for every firm, found by their hash"),
    ("calendar_year", "the working days are the country's"),
    ("region", "one holds for all firms of the server"),
    ("regulator_unit", "the fire service is one for all firms"),
    ("outsider", "people who see rows of several firms"),
    ("nonce", "spent before anybody is known"),
    ("sign_in_failure", "of logins, which are one space on the whole server"),
];

/// Tables that lead to a firm: a request brings a login, a hash or a store, and learns its firm from the row.
const DOORS: [(&str, &str); 9] = [
    ("organisation", "the list of firms"),
    ("login_org", "a login is one account's on the whole server (R-027)"),
    ("store_org", "a phone that brings a signature and no token"),
    ("token", "found by the hash of what a phone brings"),
    ("console_session", "found by the hash of a cookie"),
    ("application_link", "found by the hash of the secret in a link (R-013)"),
    ("api_token_door", "found by the hash of what a program brings (R-388)"),
    ("report_verification", "found by the code on a cover, which anybody may have (R-379)"),
    ("repair_door", "found by the code in the address of a notice, which anybody may have (R-382)"),
];

/// Rows that are written once: no statement changes or deletes one.
const WRITTEN_ONCE: [&str; 2] = ["act", "region"];

/// Words that end a table in FROM, because they cannot be its alias.
const NO_ALIAS: [&str; 22] = [
    "where",
    "join",
    "on",
    "set",
    "order",
    "group",
    "left",
    "inner",
    "cross",
    "using",
    "returning",
    "limit",
    "values",
    "select",
    "union",
    "for",
    "having",
    "do",
    "and",
    "or",
    "as",
    "default",
];

/// Every table with `org` begins its keys with it, and every statement on such a table names it.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut firms = BTreeSet::new();
    for file in tree.files.iter().filter(|file| file.path.starts_with(MIGRATIONS)) {
        tables(&file.path, &file.content, &mut firms, &mut findings);
    }
    for rust in tree.rust.iter().filter(|rust| rust.path.starts_with(SERVER)) {
        for statement in statements(rust, tree.content(&rust.path).unwrap_or_default()) {
            for why in wrong(&statement, &firms) {
                findings.push(Finding::new(&rust.path, statement.line, why));
            }
        }
    }
    findings
}

/// Reads the tables and views of a migration; `firms` becomes those whose statements must name `org`.
fn tables(path: &str, content: &str, firms: &mut BTreeSet<String>, findings: &mut Vec<Finding>) {
    let bare: String =
        content.lines().map(|line| line.split("--").next().unwrap_or_default().to_owned() + "\n").collect();
    let listed = |list: &[(&str, &str)], name: &str| list.iter().any(|(listed, _)| *listed == name);
    let mut at = 1;
    for ddl in bare.split(';') {
        let line =
            at + ddl.chars().take_while(|letter| letter.is_whitespace()).filter(|letter| *letter == '\n').count();
        at += ddl.matches('\n').count();
        let words = Statement::of(line, ddl).words;
        let [verb, what, name, ..] = words.as_slice() else { continue };
        match (verb.as_str(), what.as_str()) {
            ("drop", "table") => {
                firms.remove(name);
            }
            ("create", "view") => {
                firms.insert(name.clone());
            }
            ("create", "table") if listed(&DOORS, name) || listed(&OF_NO_FIRM, name) => {}
            ("create", "table") => {
                firms.insert(name.clone());
                if words.get(4).is_none_or(|first| first != "org") {
                    let why = format!(
                        "the first column of {name} is not org; `tests/tidy/rules/firm.rs` lists tables of no firm"
                    );
                    findings.push(Finding::new(path, line, why));
                }
                for key in keys(&words).into_iter().filter(|first| first != "org") {
                    findings.push(Finding::new(path, line, format!("a key of {name} begins with {key}, not with org")));
                }
            }
            _ => {}
        }
    }
}

/// The first column of each key of a table.
fn keys(words: &[String]) -> Vec<String> {
    let mut first = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let open = match word.as_str() {
            "primary" => at + 2,
            "unique" => at + 1,
            _ => continue,
        };
        let own = || words.get(..at).and_then(|before| before.iter().rposition(|word| word == "," || word == "("));
        let column = match words.get(open).map(String::as_str) {
            Some("(") => words.get(open + 1).cloned(),
            // The key of a single column, behind its name.
            _ => own().and_then(|mark| words.get(mark + 1)).cloned(),
        };
        first.extend(column);
    }
    first
}

/// What is wrong with a statement.
fn wrong(statement: &Statement, firms: &BTreeSet<String>) -> Vec<String> {
    let words = &statement.words;
    let (mut why, mut needed) = (Vec::new(), BTreeMap::<String, (usize, String)>::new());
    for (at, word) in words.iter().enumerate() {
        let next = || words.get(at + 1).filter(|table| firms.contains(*table));
        match word.as_str() {
            "into" => {
                if let Some(table) = next().filter(|_| !columns(words, at + 2).any(|column| column == "org")) {
                    why.push(format!("an INSERT into {table} does not name org"));
                }
            }
            "from" => named_tables(words, at + 1, firms, &mut needed),
            "join" | "update" => {
                if let Some(table) = next() {
                    need(words, at + 1, table, &mut needed);
                }
            }
            _ => {}
        }
        let changes =
            word == "update" || (word == "from" && at > 0 && words.get(at - 1).is_some_and(|w| w == "delete"));
        if changes && words.get(at + 1).is_some_and(|table| WRITTEN_ONCE.contains(&table.as_str())) {
            why.push(format!(
                "a row of {} is written once and never changes",
                words.get(at + 1).map_or("", String::as_str)
            ));
        }
    }
    let named = bound(words);
    let mut plain = named.get("").copied().unwrap_or_default();
    for (alias, (times, table)) in needed {
        let own = named.get(&alias).copied().unwrap_or_default();
        let lacks = times.saturating_sub(own);
        // A table without an alias may stand for itself.
        if alias == table && lacks <= plain {
            plain -= lacks;
        } else if lacks > 0 {
            why.push(format!("a statement on {table} does not name its org"));
        }
    }
    why
}

/// The tables of a FROM, which commas may join.
fn named_tables(
    words: &[String],
    from: usize,
    firms: &BTreeSet<String>,
    needed: &mut BTreeMap<String, (usize, String)>,
) {
    let mut at = from;
    while let Some(table) = words.get(at).filter(|word| word.starts_with(|letter: char| letter.is_ascii_alphabetic())) {
        let end = match alias(words, at) {
            Some((_, end)) => end,
            None => at + 1,
        };
        if firms.contains(table) {
            need(words, at, table, needed);
        }
        if words.get(end).is_none_or(|word| word != ",") {
            break;
        }
        at = end + 1;
    }
}

fn need(words: &[String], at: usize, table: &str, needed: &mut BTreeMap<String, (usize, String)>) {
    let name = alias(words, at).map_or_else(|| table.to_owned(), |(alias, _)| alias);
    needed.entry(name).or_insert((0, table.to_owned())).0 += 1;
}

/// The alias of the table at this place, and where the words go on behind it.
fn alias(words: &[String], table: usize) -> Option<(String, usize)> {
    let at = table + 1 + usize::from(words.get(table + 1).is_some_and(|word| word == "as"));
    let name =
        words.get(at).filter(|word| word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'))?;
    (!NO_ALIAS.contains(&name.as_str())).then(|| (name.clone(), at + 1))
}

/// The columns of an INSERT.
fn columns(words: &[String], open: usize) -> impl Iterator<Item = &String> {
    words.iter().skip(open).take_while(|word| *word != ")")
}

/// How often each alias is bound to a firm: `a.org = …`, `… = a.org` or `(a.org, …) IN`.
fn bound(words: &[String]) -> BTreeMap<String, usize> {
    let mut named = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        let alias = if word == "org" { Some("") } else { word.strip_suffix(".org") };
        let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", String::as_str);
        let after = words.get(at + 1).map_or("", String::as_str);
        if let Some(alias) = alias.filter(|_| before == "=" || after == "=" || (before == "(" && after == ",")) {
            *named.entry(alias.to_owned()).or_default() += 1;
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: &str = "CREATE TABLE task (\n    org BIGINT NOT NULL,\n    id BYTEA NOT NULL,\n    PRIMARY KEY(org, id)\n);\nCREATE TABLE project (\n    org BIGINT NOT NULL,\n    id BYTEA NOT NULL,\n    PRIMARY KEY(org, id)\n);\nCREATE TABLE act (\n    org BIGINT NOT NULL,\n    seq BIGINT NOT NULL,\n    PRIMARY KEY(org, seq)\n);\n";

    fn found(statement: &str) -> Vec<String> {
        let rust = format!("fn a() {{\n    let _ = sql!(\"{statement}\");\n}}\n");
        let tree =
            Tree::of(&[("sync-server/src/store/migrations/0001_a.sql", TABLES), ("sync-server/src/query/a.rs", &rust)]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_statement_that_forgets_the_firm_is_reported_with_its_line() {
        let why = |table: &str| [format!("sync-server/src/query/a.rs:2: a statement on {table} does not name its org")];
        assert_eq!(found("SELECT name FROM task WHERE id = ?1"), why("task"));
        assert_eq!(found("DELETE FROM task WHERE id = ?1"), why("task"));
        assert_eq!(found("UPDATE task SET id = ?1 WHERE id = ?2"), why("task"));
        assert_eq!(
            found("SELECT t.id FROM task t JOIN project p ON p.id = t.project WHERE t.org = ?1"),
            why("project")
        );
        assert_eq!(found("SELECT t.id FROM project p, task t WHERE p.org = ?1"), why("task"));
        assert_eq!(
            found("SELECT id FROM task WHERE org = ?1 AND id IN (SELECT task FROM project WHERE id = ?2)"),
            why("task"),
            "one condition is not enough for two tables"
        );
        assert_eq!(found("SELECT org, id FROM task ORDER BY org"), why("task"), "to read it is not to ask for it");
        assert_eq!(
            found("INSERT INTO task(id) VALUES (?1)"),
            ["sync-server/src/query/a.rs:2: an INSERT into task does not name org"]
        );
    }

    #[test]
    fn a_statement_that_names_the_firm_of_each_table_passes() {
        for statement in [
            "SELECT id FROM task WHERE org = ?1",
            "INSERT INTO task(org, id) VALUES (?1, ?2) ON CONFLICT (org, id) DO UPDATE SET id = excluded.id",
            "SELECT t.id FROM task t JOIN project p ON p.org = t.org AND p.id = t.project WHERE t.org = ?1",
            "SELECT id FROM task WHERE (org, id) IN ({rows})",
            "SELECT t.id FROM task AS t WHERE (t.org, t.id) IN ({rows}) FOR NO KEY UPDATE",
            "SELECT value FROM setting WHERE key = 'x'",
            "SELECT org FROM token WHERE hash = ?1",
        ] {
            assert_eq!(found(statement), Vec::<String>::new(), "{statement}");
        }
    }

    #[test]
    fn a_batch_and_a_fragment_of_a_macro_are_read_too() {
        let fragment = "macro_rules! led {\n    ($p:literal) => {\n        concat!(\"EXISTS (SELECT 1 FROM task t WHERE t.id = \", $p, \".id)\")\n    };\n}\nstatic A: Batch<1> = Batch::new(\n    \"DELETE FROM project WHERE id = {1}\", [Ty::Int]);\n";
        let tree = Tree::of(&[
            ("sync-server/src/store/migrations/0001_a.sql", TABLES),
            ("sync-server/src/query/a.rs", fragment),
        ]);
        let found: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "sync-server/src/query/a.rs:3: a statement on task does not name its org",
                "sync-server/src/query/a.rs:6: a statement on project does not name its org"
            ]
        );
    }

    #[test]
    fn an_act_is_written_once() {
        let why = ["sync-server/src/query/a.rs:2: a row of act is written once and never changes"];
        assert_eq!(found("UPDATE act SET seq = ?2 WHERE org = ?1"), why);
        assert_eq!(found("DELETE FROM act WHERE org = ?1"), why);
    }

    #[test]
    fn a_table_whose_key_does_not_begin_with_the_firm_is_reported() {
        let found = |ddl: &str| {
            let tree = Tree::of(&[("sync-server/src/store/migrations/0001_a.sql", ddl)]);
            check(&tree).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let at = "sync-server/src/store/migrations/0001_a.sql:1:";
        assert_eq!(
            found("CREATE TABLE a (\n    id BYTEA PRIMARY KEY\n);\n"),
            [
                format!("{at} the first column of a is not org; `tests/tidy/rules/firm.rs` lists tables of no firm"),
                format!("{at} a key of a begins with id, not with org")
            ]
        );
        assert_eq!(
            found(
                "CREATE TABLE a (\n    org BIGINT NOT NULL,\n    id BYTEA NOT NULL UNIQUE,\n    PRIMARY KEY(org, id)\n);\n"
            ),
            [format!("{at} a key of a begins with id, not with org")]
        );
        assert_eq!(found("CREATE TABLE a (\n    org BIGINT PRIMARY KEY -- of the firm\n);\n"), Vec::<String>::new());
    }
}
