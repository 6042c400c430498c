//! What a firm asks the fire service for, and what it changes.

use super::{
    Reader,
    pause::{RulingLine, ruling},
};
use crate::{query::petition::PetitionRow, text::Text as T};
use firebee_domain::{
    id::{AccountId, ProjectId, RequestId},
    petition::{Effect, Matter, MatterKind, PetitionState},
    time::Timestamp,
};
use firebee_protocol::text::{Arg, Chip, Shape, Tone, When};
use std::collections::HashMap;

/// A petition in a list.
pub struct PetitionLine {
    /// Its id.
    pub id: RequestId,
    /// What for.
    pub kind: String,
    /// The project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The firm's name.
    pub firm: String,
    /// Why.
    pub reason: String,
    /// When it was sent.
    pub asked: When,
    /// Where it stands.
    pub state: Chip,
    /// What was decided.
    pub ruling: Option<RulingLine>,
    /// The page of what it is about, if it has one.
    pub about: Option<String>,
}

/// A petition in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &PetitionRow) -> PetitionLine {
    let petition = &row.petition;
    PetitionLine {
        id: row.id,
        kind: kind(reader, petition.matter.kind()),
        project: petition.project,
        project_name: row.project_name.clone(),
        firm: row.firm.clone(),
        reason: petition.reason.clone(),
        asked: reader.when(petition.at),
        state: state(reader, petition.state()),
        ruling: petition.ruling.as_ref().map(|held| ruling(reader, held)),
        about: match petition.matter {
            Matter::SpecialSite => None,
            Matter::TakeBackReport(report) => Some(format!("/reports/{report}")),
            Matter::TakeBackApproval(task) => Some(format!("/tasks/{task}")),
        },
    }
}

/// What a kind is called.
#[must_use]
pub fn kind(reader: Reader<'_>, kind: MatterKind) -> String {
    reader.t(match kind {
        MatterKind::SpecialSite => T::PetitionKindSpecialSite,
        MatterKind::TakeBackReport => T::PetitionKindReport,
        MatterKind::TakeBackApproval => T::PetitionKindApproval,
    })
}

/// Where a petition stands.
#[must_use]
pub fn state(reader: Reader<'_>, state: PetitionState) -> Chip {
    let (tone, shape, text) = match state {
        PetitionState::Pending => (Tone::Waiting, Shape::Clock, T::PetitionPending),
        PetitionState::Approved => (Tone::Conform, Shape::Check, T::PetitionApproved),
        PetitionState::Rejected => (Tone::Nonconform, Shape::Cross, T::PetitionRejected),
    };
    Chip { tone, shape, word: reader.t(text) }
}

/// One thing that changes.
pub struct Change {
    /// What.
    pub what: String,
    /// As it was.
    pub before: String,
    /// As it becomes.
    pub after: String,
}

/// What a petition changes, line by line, with what was before. `names` are those of the firm's accounts.
#[must_use]
pub fn changes(reader: Reader<'_>, effect: &Effect, names: &HashMap<AccountId, String>) -> Vec<Change> {
    let by_at = |by: &AccountId, at: Timestamp| {
        let name = names.get(by).cloned().unwrap_or_default();
        format!("{name} {}", reader.when(at).exact)
    };
    let change = |what: String, before: String, after: T| Change { what, before, after: reader.t(after) };
    match effect {
        Effect::SpecialSite { facilities } => vec![
            change(reader.t(T::PetitionSite), reader.t(T::PetitionSiteUsual), T::PetitionSiteSpecial),
            change(
                reader.t(T::PetitionFacilities),
                reader.n(T::PetitionFacilitiesTicked, facilities.len()),
                T::PetitionFacilitiesNone,
            ),
            change(reader.t(T::PetitionReports), reader.t(T::PetitionReportsMade), T::PetitionReportsUploaded),
        ],
        Effect::ReportVoid { code, by, at, tasks } => vec![
            change(
                reader.say(T::PetitionReport, &[("code", Arg::from(code))]),
                reader.say(T::PetitionReportFiled, &[("by", Arg::from(by_at(by, *at)))]),
                T::PetitionReportVoid,
            ),
            change(reader.t(T::PetitionTasks), reader.n(T::PetitionTasksHeld, *tasks as usize), T::PetitionTasksFree),
        ],
        Effect::ApprovalOpen { task, round, by, at, items } => {
            let approved = [("round", Arg::from(*round)), ("by", Arg::from(by_at(by, *at)))];
            vec![
                change(
                    reader.say(T::PetitionTask, &[("task", Arg::from(task))]),
                    reader.say(T::PetitionTaskApproved, &approved),
                    T::PetitionTaskWaits,
                ),
                change(
                    reader.t(T::PetitionItems),
                    reader.n(T::PetitionItemsDone, *items as usize),
                    T::PetitionItemsSubmitted,
                ),
            ]
        }
    }
}
