//! One fact as it came, beside what became of it.

use super::{Reader, parked::what};
use crate::query::fact::FactRow;
use firebee_domain::text;
use firebee_protocol::{
    fact::glance,
    json,
    problem::CodeWord,
    text::{Text as Shared, When, problem_text, say},
};

/// A fact for people.
pub struct FactView {
    /// What it records.
    pub what: String,
    /// Its author's name.
    pub author: String,
    /// Its project's name; empty where none is known.
    pub project: String,
    /// The store that sent it and its seq there.
    pub place: String,
    /// When it was received.
    pub received: When,
    /// The code under which it is kept without counting; `None` when it was accepted.
    pub code: Option<CodeWord>,
    /// Why it does not count, and what to do.
    pub sentence: String,
    /// The line as it came; bytes that are no text are marked, and characters that nobody sees are written out.
    pub line: String,
    /// Whether the line holds bytes that are no text.
    pub garbled: bool,
    /// The line laid out, if it is JSON.
    pub pretty: Option<String>,
    /// The receipt laid out.
    pub receipt: Option<String>,
}

/// A fact in words.
#[must_use]
pub fn fact(reader: Reader<'_>, row: &FactRow) -> FactView {
    let kind = glance(&row.bytes).map_or(Shared::WordRecordOther, |glance| what(&glance.kind));
    let known = row.code.as_ref().and_then(CodeWord::known);
    FactView {
        what: say(reader.language, kind),
        author: row.author.clone(),
        project: row.project.clone().unwrap_or_default(),
        place: format!("{}:{}", row.store, row.seq),
        received: reader.when(row.received),
        sentence: known.map(|code| problem_text(code, &[], reader.language)).unwrap_or_default(),
        code: row.code.clone(),
        line: text::escaped(&String::from_utf8_lossy(&row.bytes)),
        garbled: std::str::from_utf8(&row.bytes).is_err(),
        pretty: json::check(&row.bytes).is_ok().then(|| pretty(&row.bytes)).flatten(),
        receipt: row.receipt.as_ref().and_then(|receipt| serde_json::to_string_pretty(receipt).ok()),
    }
}

fn pretty(line: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(line).ok()?;
    serde_json::to_string_pretty(&value).ok().map(|laid_out| text::escaped(&laid_out))
}
