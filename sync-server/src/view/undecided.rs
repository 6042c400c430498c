//! What was received, does not count and waits for a decision, in words.

use super::{Reader, parked::what};
use crate::{
    query::undecided::{UndecidedFact, UndecidedGroup, UndecidedRow},
    text::Text as T,
};
use firebee_domain::{
    id::{AccountId, ProjectId, StoreId, TaskId},
    task::Stamp,
};
use firebee_protocol::{
    act::OfficeAct,
    fact::{self, glance},
    problem::CodeWord,
    text::{Arg, When, problem_text, say, undecided},
};
use serde::Deserialize;
use std::collections::HashMap;

/// The facts of one task that one phone sent and that do not count for one reason.
pub struct UndecidedLine {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
    /// The task.
    pub task: TaskId,
    /// Its name, or that it is not known yet.
    pub task_name: String,
    /// Whether the task is there, and has a page.
    pub begun: bool,
    /// The phone's store.
    pub store: StoreId,
    /// The phone.
    pub device: String,
    /// The author's name.
    pub author: String,
    /// Why they do not count.
    pub why: String,
    /// How much waits.
    pub facts: String,
    /// How many of the task's files are on the server.
    pub files: String,
    /// When the last of it was received.
    pub received: When,
    /// Who took the account from the phone, and when; empty when nobody did.
    pub freed: String,
    /// Why.
    pub reason: String,
}

/// A fact that waits.
pub struct UndecidedFactLine {
    /// The fact.
    pub id: String,
    /// What it records.
    pub what: String,
    /// Why it does not count.
    pub why: String,
    /// What it says, in short; may be empty.
    pub says: String,
    /// When it was recorded: of a fact that does not count nothing is proved.
    pub recorded: When,
}

/// A row in words; `names` are those of the firm's accounts.
#[must_use]
pub fn line(reader: Reader<'_>, row: &UndecidedRow, names: &HashMap<AccountId, String>) -> UndecidedLine {
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let files = [("done", Arg::from(row.files_here)), ("total", Arg::from(row.files))];
    let (freed, reason) = row.freed.as_ref().map(|act| freed(reader, act, names)).unwrap_or_default();
    UndecidedLine {
        project: row.project,
        project_name: row.project_name.clone(),
        task: row.task,
        task_name: row.task_name.clone().unwrap_or_else(|| reader.t(T::UndecidedTaskNew)),
        begun: row.task_name.is_some(),
        store: row.store,
        device: row.device.clone(),
        author: row.author.clone(),
        why: because(reader, &row.code),
        facts: reader.n(T::UndecidedFacts, count(row.facts)),
        files: reader.say(T::UndecidedFiles, &files),
        received: reader.when(row.received),
        freed,
        reason,
    }
}

/// Why facts with this code do not count.
fn because(reader: Reader<'_>, code: &CodeWord) -> String {
    code.known().map(|code| problem_text(code, &[], reader.language)).unwrap_or_default()
}

/// What a page reads of the body of an act that takes an account from its phone.
#[derive(Default, Deserialize)]
struct Freed {
    #[serde(default)]
    reason: String,
}

/// Who took an account from its phone and when, and why.
pub(super) fn freed(reader: Reader<'_>, act: &OfficeAct, names: &HashMap<AccountId, String>) -> (String, String) {
    let who = act.account.and_then(|account| names.get(&account).cloned());
    let who = who.unwrap_or_else(|| reader.t(T::UndecidedByServer));
    let when = reader.when(act.at_ms).text;
    let said: Freed = serde_json::from_str(act.body.get()).unwrap_or_default();
    (reader.say(T::UndecidedFreed, &[("name", Arg::from(who)), ("when", Arg::from(when))]), said.reason)
}

/// The facts of a group in words.
#[must_use]
pub fn facts(reader: Reader<'_>, group: &UndecidedGroup) -> Vec<UndecidedFactLine> {
    let line = |late: &UndecidedFact| {
        let seen = glance(&late.bytes).ok()?;
        let body = fact::parse(&late.bytes).ok().and_then(|fact| fact.body.ok());
        Some(UndecidedFactLine {
            id: late.id.clone(),
            what: say(reader.language, what(&seen.kind)),
            why: because(reader, &late.code),
            says: body.as_ref().map(|body| undecided::says(reader.language, body)).unwrap_or_default(),
            recorded: reader.recorded(&Stamp::unproved(seen.captured.wall_ms)),
        })
    };
    group.facts.iter().filter_map(line).collect()
}
