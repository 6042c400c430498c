//! The values on `docs/protocol.md` are those of the code: limits, types of blobs, kinds of facts.

#![expect(clippy::panic, reason = "a test that cannot go on fails here")]

use firebee_domain::fact::{Body, Kind, Unreadable};
use firebee_protocol::{
    fact::{BlobRole, Mime},
    limits::LIMITS,
};
use serde_json::Value;
use strum::VariantArray;

const PAGE: &str = include_str!("../../../docs/protocol.md");

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
