//! What becomes of a report on paper: copies that come back signed, copies that are handed out.

use super::generate::lock;
use crate::{
    office::{Act, Refused, Rule, command::command, files},
    query::{self, access::to_report},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ContentId, ReportId},
    report::{COPIES_MAX, PAPER_ENTRIES_MAX, PaperError, Report, SignedCopy},
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;

/// A copy that came back.
#[derive(Clone, Debug, Serialize)]
pub struct AddCopy {
    /// The report.
    pub report: ReportId,
    /// The file, brought by the same actor before.
    pub file: ContentId,
    /// Whether it begins with every byte of our document.
    pub over_ours: bool,
}

/// Copies that were handed out.
#[derive(Clone, Debug, Serialize)]
pub struct HandOut {
    /// The report.
    pub report: ReportId,
    /// How many.
    pub copies: u32,
    /// To whom, as typed.
    pub to: String,
}

impl Rule for PaperError {
    fn code(&self) -> Code {
        self.code()
    }

    fn values(&self) -> Values {
        let most = |most: u32| vec![("most", Arg::from(most))];
        match self {
            Self::Full => most(u32::try_from(PAPER_ENTRIES_MAX).unwrap_or(u32::MAX)),
            Self::CopiesOutOfRange => most(COPIES_MAX),
            Self::To(error) => error.values(),
        }
    }
}

/// Who may write down what becomes of a report: whoever may generate it or file it.
const WRITES: [Action; 2] = [Action::GenerateReport, Action::FileReport];

/// Adds a copy that came back.
///
/// # Errors
/// [`Refused`], also when the report is not there or this actor writes nothing down about it.
pub async fn add_copy(store: &Store, act: Act, wanted: AddCopy) -> Result<(), Refused<PaperError>> {
    command(store, act, "add_report_copy", wanted.report, wanted, copy).await
}

async fn copy(tx: &mut Tx, act: &Act, wanted: &AddCopy) -> Result<(), Refused<PaperError>> {
    let mut held = held(tx, act, wanted.report).await?;
    if !files::keep(tx, act, held.project, &[wanted.file]).await? {
        return Err(Refused::FileUnknown);
    }
    let (file, over_ours) = (wanted.file, wanted.over_ours);
    held.add_copy(SignedCopy { file, over_ours, by: act.actor.account, at: act.at })?;
    keep(tx, act, &held).await
}

/// Writes down that copies were handed out.
///
/// # Errors
/// As [`add_copy`].
pub async fn hand_out(store: &Store, act: Act, wanted: HandOut) -> Result<(), Refused<PaperError>> {
    command(store, act, "hand_out_report", wanted.report, wanted, out).await
}

async fn out(tx: &mut Tx, act: &Act, wanted: &HandOut) -> Result<(), Refused<PaperError>> {
    let mut held = held(tx, act, wanted.report).await?;
    held.hand_out((wanted.copies, &wanted.to), (act.actor.account, act.at))?;
    keep(tx, act, &held).await
}

/// The report, locked.
async fn held(tx: &mut Tx, act: &Act, id: ReportId) -> Result<Report, Refused<PaperError>> {
    let mut permitted = false;
    for action in WRITES {
        permitted |= to_report(tx, act.org, &act.actor, &[action], id).await?.is_some();
    }
    if !permitted {
        return Err(Refused::NotFound);
    }
    let found = query::report::report(tx, act.org, id).await?.ok_or(Refused::NotFound)?;
    lock(tx, act.org, found.report.project).await?;
    Ok(query::report::report(tx, act.org, id).await?.ok_or(Refused::NotFound)?.report)
}

async fn keep(tx: &mut Tx, act: &Act, held: &Report) -> Result<(), Refused<PaperError>> {
    let keep = sql!("UPDATE report SET body = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![act.org, &held.id, &json(held)?]).await?;
    Ok(())
}
