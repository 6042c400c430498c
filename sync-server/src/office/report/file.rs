//! The technical director files a report. Its PDF stays as it is.

use super::generate::lock;
use crate::{
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_report},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::ReportId,
    report::{self, FileError, Report},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

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
            Self::OpinionRequired | Self::Filed(_) => Values::new(),
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
    let permitted = to_report(tx, act.org, &act.actor, &[Action::FileReport], wanted.report).await?;
    permitted.ok_or(Refused::NotFound)?;
    let held = query::report::report(tx, act.org, wanted.report).await?.ok_or(Refused::NotFound)?;
    lock(tx, act.org, held.report.project).await?;
    let held = query::report::report(tx, act.org, wanted.report).await?.ok_or(Refused::NotFound)?.report;
    let (by, at) = (act.actor.account, act.at);
    // a calendar that was imported since may have moved the last day away.
    let calendar = query::calendar::calendar(tx).await?;
    let deadline = held.deadline.again(held.at.china_day(), &calendar);
    let filing = report::file(held.filing.as_ref(), &deadline, (by, at), &wanted.opinion)?;
    let filed = Report { filing: Some(filing), deadline, ..held };
    let keep = sql!("UPDATE report SET body = ?3, filed = ?4, deadline = ?5 WHERE org = ?1 AND id = ?2");
    let (day, deadline) = (at.china_day().to_string(), filed.deadline.day.to_string());
    tx.execute(keep, &row![act.org, &wanted.report, &json(&filed)?, &day, &deadline]).await?;
    Ok(())
}
