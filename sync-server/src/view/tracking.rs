//! A report with its faults counted.

use super::{Day, Reader};
use crate::{query::tracking::TrackedRow, text::Text as T};
use firebee_domain::{
    fault::{Counter, Tally},
    id::{OwnerId, ProjectId, ReportId},
};

/// A report in the list.
pub struct TrackedLine {
    /// The report.
    pub id: ReportId,
    /// Its name.
    pub name: String,
    /// The day of the report.
    pub date: Day,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The project's owner, for whoever may narrow the list to it.
    pub owner: Option<OwnerId>,
    /// The owner's name.
    pub owner_name: String,
    /// Its counts.
    pub tally: Tally,
    /// What leads to the hazard summary of its project.
    pub summary: String,
}

/// A row in words; `within` the firm the list is narrowed to owners.
#[must_use]
pub fn line(reader: Reader<'_>, row: &TrackedRow, within: bool) -> TrackedLine {
    TrackedLine {
        id: row.id,
        name: row.name.clone(),
        date: reader.day(row.date),
        project: row.project,
        project_name: row.project_name.clone(),
        owner: within.then_some(row.owner),
        owner_name: row.owner_name.clone(),
        tally: row.tally,
        summary: reader.t(T::TrackingSummary),
    }
}

/// What a counter is called.
#[must_use]
pub(crate) const fn word(counter: Counter) -> T {
    match counter {
        Counter::ToHandle => T::TrackingToHandle,
        Counter::Resolving => T::TrackingResolving,
        Counter::Resolved => T::TrackingResolved,
        Counter::Refused => T::TrackingRefused,
        Counter::OutOfScope => T::TrackingOutOfScope,
    }
}
