//! Somebody deletes a report that is not filed. Its tasks are free again; its code stays used.

use super::generate::lock;
use crate::{
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_report},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::ReportId,
    report::{ReportFiled, check_open},
};
use serde::Serialize;

/// What is deleted.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Delete {
    /// The report.
    pub report: ReportId,
}

impl Rule for ReportFiled {
    fn code(&self) -> Code {
        (*self).code()
    }
}

/// Deletes a report.
///
/// # Errors
/// [`Refused`], also when the report is not there or this actor may not delete it.
pub async fn delete(store: &Store, act: Act, wanted: Delete) -> Result<(), Refused<ReportFiled>> {
    command(store, act, "delete_report", wanted.report, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Delete) -> Result<(), Refused<ReportFiled>> {
    let permitted = to_report(tx, act.org, &act.actor, &[Action::GenerateReport], wanted.report).await?;
    permitted.ok_or(Refused::NotFound)?;
    let held = query::report::report(tx, act.org, wanted.report).await?.ok_or(Refused::NotFound)?;
    lock(tx, act.org, held.report.project).await?;
    // Who filed it meanwhile held the same lock.
    let held = query::report::report(tx, act.org, wanted.report).await?.ok_or(Refused::NotFound)?;
    check_open(held.report.filing.as_ref())?;
    let of = row![act.org, &wanted.report];
    tx.execute(sql!("DELETE FROM report_task WHERE org = ?1 AND report = ?2"), &of).await?;
    tx.execute(sql!("DELETE FROM report_picture WHERE org = ?1 AND report = ?2"), &of).await?;
    tx.execute(sql!("DELETE FROM report_verification WHERE org = ?1 AND report = ?2"), &of).await?;
    tx.execute(sql!("DELETE FROM report WHERE org = ?1 AND id = ?2"), &of).await?;
    Ok(())
}
