//! What was received and does not count, with the reason in words.

use super::Reader;
use crate::query::parked::ParkedRow;
use firebee_domain::{code::Again, id::ProjectId};
use firebee_protocol::{
    fact::Kind,
    problem::CodeWord,
    text::{self, Text as Shared, When, problem_text, say},
};

/// One fact that does not count.
pub struct ParkedLine {
    /// What it records.
    pub what: String,
    /// The page that shows it as it came.
    pub href: String,
    /// Why it does not count, and what to do; empty for a code that this program does not know.
    pub sentence: String,
    /// The code of the reason.
    pub code: CodeWord,
    /// Whether it waits for a decision of a lead or manager.
    pub waits: bool,
    /// Its author's name.
    pub author: String,
    /// Its project and the project's name, where they are known.
    pub project: Option<(ProjectId, String)>,
    /// Since when it waits.
    pub since: When,
}

/// Rows in words.
#[must_use]
pub fn lines(reader: Reader<'_>, found: &[ParkedRow]) -> Vec<ParkedLine> {
    found.iter().map(|row| line(reader, row)).collect()
}

fn line(reader: Reader<'_>, row: &ParkedRow) -> ParkedLine {
    let document = &row.document;
    ParkedLine {
        href: format!("/facts/{}", row.id),
        what: say(reader.language, document.kind.as_deref().map_or(Shared::WordRecordOther, what)),
        sentence: document.code.known().map(|code| problem_text(code, &[], reader.language)).unwrap_or_default(),
        code: document.code.clone(),
        waits: row.document.decision.is_none()
            && document.code.known().is_some_and(|code| code.again() == Again::Adopted),
        author: row.author.clone(),
        project: document.project.zip(row.project.clone()),
        since: reader.when(document.since),
    }
}

/// What a kind as written is called; a kind of a later version has no word here.
pub(super) fn what(kind: &str) -> Shared {
    kind.parse::<Kind>().map_or(Shared::WordRecordOther, text::kind)
}
