//! An operation change takes a filed report back: it stays readable and counts no more, and its tasks
//! can be in the report that revises it.

use super::generate::lock;
use crate::{
    keys::Keyring,
    office::{
        Office, Rule,
        act::{Noted, note},
    },
    org::Org,
    query,
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    code::Code,
    id::RequestId,
    report::{self, Report},
    time::Timestamp,
};
use firebee_protocol::text::named::{Values, of_text};

/// Which report is taken back, and why.
#[derive(Clone, Debug)]
pub struct TakeBack {
    /// The name of the firm.
    pub organisation: String,
    /// The code of the report.
    pub code: String,
    /// Why, as typed.
    pub reason: String,
}

/// Why the report goes on to count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeBackError {
    /// No firm, or several, have this name; or none of its reports has this code.
    #[error("no report fits")]
    NoReport,
    /// The report refuses.
    #[error(transparent)]
    Void(#[from] report::VoidError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Rule for TakeBackError {
    fn code(&self) -> Code {
        match self {
            Self::NoReport => Code::NotFound,
            Self::Void(error) => (*error).code(),
            Self::Store(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Void(report::VoidError::Reason(error)) => of_text(error),
            Self::NoReport | Self::Void(_) | Self::Store(_) => Values::new(),
        }
    }
}

/// Takes it back, and writes that down as an act of the administrator, who has the approved application before him.
///
/// # Errors
/// See [`TakeBackError`].
pub async fn take_back(office: &Office, wanted: TakeBack) -> Result<(), TakeBackError> {
    let request = RequestId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?);
    let (at, keys) = (office.clock.now(), office.keyring.clone());
    let job = async move |tx: &mut Tx| run(tx, &keys, request, &wanted, at).await;
    office.store.write("void_report", job).await
}

async fn run(
    tx: &mut Tx,
    keys: &Keyring,
    request: RequestId,
    wanted: &TakeBack,
    at: Timestamp,
) -> Result<(), TakeBackError> {
    let org = query::org::named(tx, &wanted.organisation).await?.ok_or(TakeBackError::NoReport)?;
    let found = query::report::with_code(tx, org, &wanted.code).await?.ok_or(TakeBackError::NoReport)?;
    lock(tx, org, found.project).await?;
    let mut held = query::report::report(tx, org, found.id).await?.ok_or(TakeBackError::NoReport)?.report;
    held.take_back(&wanted.reason, at)?;
    keep_void(tx, org, &held, at).await?;
    let body = serde_json::json!({ "code": wanted.code, "reason": wanted.reason }).to_string();
    let (kind, about) = ("void_report", held.id.into());
    Ok(note(tx, Noted { org, keys, request, account: None, at, kind, about, body: &body }).await?)
}

/// Writes a report that counts no more; its tasks are free for the report that revises it.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn keep_void(
    tx: &mut Tx,
    org: Org,
    held: &Report,
    at: Timestamp,
) -> Result<(), StoreError> {
    let keep = sql!("UPDATE report SET body = ?3, voided = ?4 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![org, &held.id, &json(held)?, &at.china_day().to_string()]).await?;
    let free = sql!("DELETE FROM report_task WHERE org = ?1 AND report = ?2");
    tx.execute(free, &row![org, &held.id]).await.map(drop)
}
