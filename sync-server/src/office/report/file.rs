//! The technical director files reports, one or several. Their PDFs stay as they are.

use super::generate::lock;
use crate::{
    feed::outbox::{Happened, put},
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_report},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ProjectId, ReportId},
    report::{self, FileError, Report},
    webhook::Happening,
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;
use std::collections::BTreeSet;

/// What is filed.
#[derive(Clone, Debug, Serialize)]
pub struct File {
    /// The report.
    pub report: ReportId,
    /// What the director says of it, as typed.
    pub opinion: String,
}

impl Rule for FileError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Opinion(error) => error.values(),
            Self::OpinionRequired | Self::Filed(_) | Self::Training => Values::new(),
        }
    }
}

/// Files a report.
///
/// # Errors
/// [`Refused`], also when the report is not there or this actor may not file it.
pub async fn file(store: &Store, act: Act, wanted: File) -> Result<(), Refused<FileError>> {
    command(store, act, "file_report", wanted.report, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &File) -> Result<(), Refused<FileError>> {
    let project = find(tx, act, wanted.report).await?;
    lock(tx, act.org, project).await?;
    filed(tx, act, wanted.report, &wanted.opinion).await
}

/// Several reports that are filed with one opinion.
#[derive(Clone, Debug, Serialize)]
pub struct FileAll {
    /// The reports, each once.
    pub reports: Vec<ReportId>,
    /// What the director says of each, as typed.
    pub opinion: String,
}

/// The most reports that are filed at once.
pub const FILED_AT_ONCE_MAX: usize = 100;

/// Why none of several reports is filed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileAllError {
    /// None is chosen, or more than [`FILED_AT_ONCE_MAX`].
    #[error("no report is chosen, or too many")]
    Unchosen,
    /// One of them refuses.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Rule for FileAllError {
    fn code(&self) -> Code {
        match self {
            Self::Unchosen => Code::ReportsUnchosen,
            Self::File(error) => (*error).code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Unchosen => vec![("most", Arg::from(u32::try_from(FILED_AT_ONCE_MAX).unwrap_or(u32::MAX)))],
            Self::File(error) => Rule::values(error),
        }
    }
}

/// Files several reports, or none of them.
///
/// # Errors
/// [`Refused`], also when a report is not there or this actor may not file it.
pub async fn file_all(store: &Store, act: Act, wanted: FileAll) -> Result<(), Refused<FileAllError>> {
    let firm = act.org.id();
    command(store, act, "file_reports", firm, wanted, run_all).await
}

async fn run_all(tx: &mut Tx, act: &Act, wanted: &FileAll) -> Result<(), Refused<FileAllError>> {
    if wanted.reports.is_empty() || wanted.reports.len() > FILED_AT_ONCE_MAX {
        return Err(FileAllError::Unchosen.into());
    }
    let mut projects = BTreeSet::new();
    for report in &wanted.reports {
        projects.insert(find(tx, act, *report).await.map_err(|error| error.map(FileAllError::from))?);
    }
    // Whoever locks several projects does so in their order, so no two wait for each other.
    for project in projects {
        lock(tx, act.org, project).await?;
    }
    for report in &wanted.reports {
        filed(tx, act, *report, &wanted.opinion).await.map_err(|error| error.map(FileAllError::from))?;
    }
    Ok(())
}

/// The project of a report that this actor may file.
async fn find(tx: &mut Tx, act: &Act, id: ReportId) -> Result<ProjectId, Refused<FileError>> {
    let permitted = to_report(tx, act.org, &act.actor, &[Action::FileReport], id).await?;
    permitted.ok_or(Refused::NotFound)?;
    Ok(query::report::report(tx, act.org, id).await?.ok_or(Refused::NotFound)?.report.project)
}

/// Files a report whose project is locked.
async fn filed(tx: &mut Tx, act: &Act, id: ReportId, opinion: &str) -> Result<(), Refused<FileError>> {
    let held = query::report::report(tx, act.org, id).await?.ok_or(Refused::NotFound)?.report;
    report::check_valid(held.training)?;
    let (by, at) = (act.actor.account, act.at);
    // a calendar that was imported since may have moved the last day away.
    let calendar = query::calendar::calendar(tx).await?;
    let days = query::region::region(tx).await?.filing_working_days;
    let deadline = held.deadline.again(held.at.china_day(), &calendar, days);
    let filing = report::file(held.filing.as_ref(), &deadline, (by, at), opinion)?;
    let filed = Report { filing: Some(filing), deadline, ..held };
    let keep = sql!("UPDATE report SET body = ?3, filed = ?4, deadline = ?5 WHERE org = ?1 AND id = ?2");
    let (day, deadline) = (at.china_day().to_string(), filed.deadline.day.to_string());
    tx.execute(keep, &row![act.org, &id, &json(&filed)?, &day, &deadline]).await?;
    let happened = Happened { event: Happening::ReportFiled, subject: id.0, project: filed.project };
    Ok(put(tx, act.org, &[happened], at).await?)
}
