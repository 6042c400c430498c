//! The page `docs/protocol.md` is enough to write a phone: what travels stands on it.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use firebee_domain::code::Code;
use std::{collections::BTreeSet, fs, path::Path};

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/protocol.md")).unwrap()
}

/// The part of the page under this heading, up to the next heading of the same level.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let level = heading.split(' ').next().unwrap();
    let (_, rest) = page.split_once(&format!("\n{heading}\n")).unwrap();
    rest.split_once(&format!("\n{level} ")).map_or(rest, |(within, _)| within)
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_').collect()
}

/// Every key of JSON in a snapshot, as it travels.
fn keys(snapshot: &str) -> BTreeSet<String> {
    let path = format!("{}/tests/snapshots/snapshots__{snapshot}.snap", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap().replace("\\\"", "\"");
    let mut keys = BTreeSet::new();
    for (at, _) in text.match_indices("\":") {
        let before = text.get(..at).unwrap();
        let name = before.rsplit('"').next().unwrap();
        if name.chars().next().is_some_and(|c| c.is_ascii_lowercase()) {
            keys.insert(name.to_owned());
        }
    }
    keys
}

#[test]
fn every_key_that_travels_stands_on_the_page() {
    let page = page();
    let missing = |snapshot: &str, part: &str| -> Vec<String> {
        let (known, keys) = (words(part), keys(snapshot));
        assert!(keys.len() > 5, "{snapshot} holds no JSON");
        keys.into_iter().filter(|key| !known.contains(key.as_str())).collect()
    };
    let facts = ["## A fact [bytes]", "## Push", "## Trusted time"].map(|heading| section(&page, heading)).concat();
    assert_eq!(missing("every_kind_of_fact_keeps_its_line", &facts), [""; 0]);
    let documents = section(&page, "## Pull").to_owned() + &facts;
    assert_eq!(missing("documents_keep_their_format", &documents), [""; 0]);
    for snapshot in ["push_keeps_its_format", "pull_keeps_its_format", "sessions_keep_their_format"] {
        assert_eq!(missing(snapshot, &page), [""; 0], "{snapshot}");
    }
}

/// Each action of a refusal is explained.
#[test]
fn every_action_is_explained_on_the_page() {
    let page = page();
    let actions = section(&page, "### What a phone does");
    for code in Code::ALL {
        let action = serde_json::to_string(&code.action()).unwrap().replace('"', "`");
        assert!(actions.contains(&action), "{action} of {code} is not explained");
    }
}
