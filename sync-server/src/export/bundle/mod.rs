//! The evidence of a task, or of all tasks of a report, as one archive: what was recorded as JSON and CSV, the exact lines of
//! the phones, the original photos, the tracks as GPX, and a manifest with the hash of each file.

mod contents;
mod packer;
mod results;

pub use contents::stream;

use crate::{
    org::Org,
    query::{
        self,
        access::{to_report, to_task},
    },
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{ContentId, ReportId, TaskId},
};

/// What an archive is made of.
#[derive(Clone, Debug)]
pub struct Bundle {
    org: Org,
    /// Who takes it: the tracks are found by the same rights.
    actor: Actor,
    /// What it is called, without its ending: the noun and the id.
    pub name: String,
    tasks: Vec<TaskId>,
    report: Option<ReportFiles>,
}

/// The report itself.
#[derive(Clone, Debug)]
struct ReportFiles {
    /// The snapshot, as it was frozen.
    snapshot: String,
    /// The PDF, once it was printed.
    pdf: Option<ContentId>,
    /// The file that is its text, where one was uploaded.
    upload: Option<ContentId>,
}

/// The evidence of a task; `None` where this actor finds no such task, or may not take its evidence.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_task(store: &Store, (org, actor): (Org, Actor), id: TaskId) -> Result<Option<Bundle>, StoreError> {
    let read = async move |tx: &mut Tx| {
        let found = to_task(tx, org, &actor, Action::TakeEvidence, id).await?;
        Ok(found.map(|_| Bundle { org, actor, name: format!("task-{id}"), tasks: vec![id], report: None }))
    };
    store.read("find_evidence_of_task", read).await
}

/// As [`of_task`], of a report with everything that it stands on.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_report(store: &Store, (org, actor): (Org, Actor), id: ReportId) -> Result<Option<Bundle>, StoreError> {
    let read = async move |tx: &mut Tx| {
        let actions = [Action::ReadReport, Action::TakeEvidence];
        if to_report(tx, org, &actor, &actions, id).await?.is_none() {
            return Ok(None);
        }
        let Some(row) = query::report::report(tx, org, id).await? else { return Ok(None) };
        let Some(snapshot) = query::report::snapshot(tx, org, id).await? else { return Ok(None) };
        let report = Some(ReportFiles { snapshot, pdf: row.pdf, upload: row.report.upload });
        Ok(Some(Bundle { org, actor, name: format!("report-{id}"), tasks: row.report.tasks, report }))
    };
    store.read("find_evidence_of_report", read).await
}
