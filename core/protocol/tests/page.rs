//! The page `docs/protocol.md` is enough to write a phone: what travels stands on it, with the values of the code.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails here")]

use firebee_domain::{
    code::Code,
    fact::{Body, Kind, Unreadable},
};
use firebee_protocol::{
    fact::{BlobRole, Mime},
    limits::LIMITS,
};
use serde_json::Value;
use std::{collections::BTreeSet, fs};
use strum::VariantArray;

const PAGE: &str = include_str!("../../../docs/protocol.md");

/// The part of the page under this heading, up to the next heading of the same level.
fn section(heading: &str) -> &'static str {
    let level = heading.split(' ').next().unwrap();
    let (_, rest) = PAGE.split_once(&format!("\n{heading}\n")).unwrap();
    rest.split_once(&format!("\n{level} ")).map_or(rest, |(within, _)| within)
}

/// Everything that may be a key.
fn keys_in(text: &str) -> BTreeSet<&str> {
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

/// What stands between two texts.
fn between(from: &str, to: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(from).unwrap_or_else(|| panic!("the page lacks {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("the page lacks {to} behind {from}")).0
}

/// The words in backticks.
fn words(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// A number as the page writes it: plain, or in KiB or MiB.
fn number(text: &str) -> u64 {
    let (digits, unit) = text.split_once(' ').unwrap_or((text, ""));
    let digits: u64 = digits.parse().unwrap_or_else(|_| panic!("{text} is no number"));
    digits
        << match unit {
            "" => 0,
            "KiB" => 10,
            "MiB" => 20,
            other => panic!("the unit {other}"),
        }
}

#[test]
fn every_key_that_travels_stands_on_the_page() {
    let missing = |snapshot: &str, part: &str| -> Vec<String> {
        let (known, keys) = (keys_in(part), keys(snapshot));
        assert!(keys.len() > 5, "{snapshot} holds no JSON");
        keys.into_iter().filter(|key| !known.contains(key.as_str())).collect()
    };
    let facts = ["## A fact [bytes]", "## Push", "## Trusted time"].map(section).concat();
    assert_eq!(missing("every_kind_of_fact_keeps_its_line", &facts), [""; 0]);
    let documents = section("## Pull").to_owned() + &facts;
    assert_eq!(missing("documents_keep_their_format", &documents), [""; 0]);
    for snapshot in ["push_keeps_its_format", "pull_keeps_its_format", "sessions_keep_their_format"] {
        assert_eq!(missing(snapshot, PAGE), [""; 0], "{snapshot}");
    }
}

/// Each action of a refusal is explained.
#[test]
fn every_action_is_explained_on_the_page() {
    let actions = section("### What a phone does");
    for code in Code::ALL {
        let action = serde_json::to_string(&code.action()).unwrap().replace('"', "`");
        assert!(actions.contains(&action), "{action} of {code} is not explained");
    }
}

#[test]
fn the_page_names_every_limit_with_its_value() {
    let told = between("| Limit | Value | Of |\n|---|---|---|\n", "\n\n");
    let told: Vec<(String, u64)> = told
        .lines()
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            (cells[1].trim_matches('`').to_owned(), number(cells[2]))
        })
        .collect();
    let Ok(Value::Object(limits)) = serde_json::to_value(LIMITS) else { panic!("limits are an object") };
    assert_eq!(told.len(), limits.len());
    for (name, value) in told {
        assert_eq!(limits.get(&name).and_then(Value::as_u64), Some(value), "{name}");
    }
}

#[test]
fn the_page_names_every_type_and_every_role_of_a_blob() {
    let mimes = Mime::VARIANTS.iter().map(|mime| <&str>::from(*mime));
    assert_eq!(words(between("in bytes, `mime` (", ")")), mimes.collect::<Vec<_>>());
    let roles = BlobRole::VARIANTS.iter().map(|role| <&str>::from(*role));
    assert_eq!(words(between("and `role` (", "). A fact announces")), roles.collect::<Vec<_>>());
}

#[test]
fn the_page_shows_the_body_of_every_kind_that_has_rules() {
    let block = between("### Bodies\n", "### Hash");
    let block = block.split("```").nth(1).unwrap_or_default();
    let told: Vec<&str> =
        block.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split_whitespace().next()).collect();
    let has_rules = |kind: &&Kind| Body::read(**kind, Value::Null) != Err(Unreadable::KindReserved);
    let kinds: Vec<&str> = Kind::ALL.iter().filter(has_rules).map(|kind| kind.as_str()).collect();
    assert_eq!(told, kinds);
}
