//! SQL that any relational database understands, so that a move to another one changes the store alone. Correctness
//! rests on locked rows and on jobs that may run twice.

use crate::tidy::{
    finding::Finding,
    statement::{Statement, statements},
    tree::Tree,
};

const SERVER: &str = "sync-server/src/";

/// Words that no statement may have one after the other, each with what to do instead.
const NOT_PORTABLE: [(&[&str], &str); 13] = [
    (&["skip", "locked"], "wait for the row"),
    (&["for", "update", "nowait"], "wait for the row"),
    (&["listen"], "ask again"),
    (&["notify"], "ask again"),
    (&["create", "sequence"], "count in a locked row"),
    (&["create", "trigger"], "write it in the transaction"),
    (&["create", "function"], "write it in the transaction"),
    (&["create", "temp"], "hand the rows over as parameters"),
    (&["create", "temporary"], "hand the rows over as parameters"),
    (&["partition", "of"], "one table"),
    (&["partition", "by", "range"], "one table"),
    (&["partition", "by", "list"], "one table"),
    (&["on", "conflict", "on"], "a conflict names its columns"),
];

/// Beginnings of words that no statement may have.
const NO_WORD: [(&str, &str); 5] = [
    ("pg_advisory", "lock a row"),
    ("pg_try_advisory", "lock a row"),
    ("nextval", "count in a locked row"),
    ("serial", "count in a locked row"),
    ("bigserial", "count in a locked row"),
];

/// No statement and no migration of the server uses what only one engine has.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut look = |path: &str, statement: &Statement| {
        findings.extend(wrong(statement).into_iter().map(|why| Finding::new(path, statement.line, why)));
    };
    for file in tree.files.iter().filter(|file| file.path.starts_with(SERVER) && file.path.ends_with(".sql")) {
        for (line, text) in (1..).zip(file.content.lines()) {
            look(&file.path, &Statement::of(line, text.split("--").next().unwrap_or_default()));
        }
    }
    for rust in tree.rust.iter().filter(|rust| rust.path.starts_with(SERVER)) {
        for statement in statements(rust, tree.content(&rust.path).unwrap_or_default()) {
            look(&rust.path, &statement);
        }
        for (line, word) in rust.shipped_words() {
            if let crate::tidy::rust::Word::Text(text) = word {
                // Scripts are texts for one engine, outside of `sql!`.
                let script = Statement::of(line, text);
                let begins =
                    script.words.first().is_some_and(|word| word == "select" || word == "lock" || word == "create");
                if begins {
                    look(&rust.path, &script);
                }
            }
        }
    }
    findings.sort_by(|a, b| (&a.file, a.line, &a.why).cmp(&(&b.file, b.line, &b.why)));
    findings.dedup();
    findings
}

fn wrong(statement: &Statement) -> Vec<String> {
    let words = &statement.words;
    let mut why = Vec::new();
    for (found, instead) in NOT_PORTABLE {
        if statement.has(found) {
            why.push(format!("{} is not portable: {instead}", found.join(" ").to_uppercase()));
        }
    }
    for (begins, instead) in NO_WORD {
        if words.iter().any(|word| word.starts_with(begins)) {
            why.push(format!("{begins} is not portable: {instead}"));
        }
    }
    // Behind the columns of a conflict stands DO at once: neither a condition nor an expression.
    for at in (0..words.len()).filter(|at| words.get(*at..at + 2).is_some_and(|pair| pair == ["on", "conflict"])) {
        let target: Vec<_> = words.iter().skip(at + 2).take_while(|word| *word != "do").map(String::as_str).collect();
        let plain =
            |word: &&str| word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') || *word == ",";
        if target.len() > 1 && !matches!(target.as_slice(), ["(", columns @ .., ")"] if columns.iter().all(plain)) {
            why.push("a conflict names plain columns".to_owned());
        }
    }
    why
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(statement: &str) -> Vec<String> {
        let rust = format!("fn a() {{\n    let _ = sql!(\"{statement}\");\n}}\n");
        let why =
            |finding: &Finding| finding.to_string().rsplit_once(":2: ").map_or_else(String::new, |(_, why)| why.into());
        check(&Tree::of(&[("sync-server/src/query/a.rs", &rust)])).iter().map(why).collect()
    }

    #[test]
    fn what_only_one_engine_has_is_reported() {
        let skip = "SELECT id FROM task WHERE org = ?1 FOR UPDATE SKIP LOCKED";
        assert_eq!(found(skip), ["SKIP LOCKED is not portable: wait for the row"]);
        assert_eq!(found("SELECT pg_advisory_xact_lock(7)"), ["pg_advisory is not portable: lock a row"]);
        let partial = "INSERT INTO a(b) VALUES (?1) ON CONFLICT (b) WHERE c = 1 DO NOTHING";
        assert_eq!(found(partial), ["a conflict names plain columns"]);
        let expression = "INSERT INTO a(b) VALUES (?1) ON CONFLICT (lower(b)) DO NOTHING";
        assert_eq!(found(expression), ["a conflict names plain columns"]);
        let migration =
            Tree::of(&[("sync-server/src/store/migrations/0002_a.sql", "-- a\nCREATE TEMP TABLE a (b TEXT);\n")]);
        let told: Vec<String> = check(&migration).iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "sync-server/src/store/migrations/0002_a.sql:2: CREATE TEMP is not portable: hand the rows over as parameters"
            ]
        );
    }

    #[test]
    fn what_both_engines_have_passes() {
        for statement in [
            "INSERT INTO a(b, c) VALUES (?1, ?2) ON CONFLICT (b, c) DO UPDATE SET c = excluded.c RETURNING b",
            "UPDATE a SET b = b WHERE c = ?1 RETURNING d",
            "SELECT a FROM b WHERE c IN ({rows}) ORDER BY a FOR NO KEY UPDATE",
            "SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM c",
        ] {
            assert_eq!(found(statement), Vec::<String>::new(), "{statement}");
        }
    }
}
