//! Notes acts, each request once.

use super::{About, Act, append::append, event};
use crate::{
    keys::Keyring,
    org::Org,
    query::act::of_request,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    id::{AccountId, ProjectId, RequestId},
    time::Timestamp,
};
use firebee_protocol::act::{ACT_VERSION, OfficeAct};
use serde_json::value::RawValue;

/// Whether the same request was done before.
pub(in crate::office) enum Begun {
    /// It is new, and noted now. Its act concerns this project.
    First(Option<ProjectId>),
    /// The same request was done before. This is its stored outcome.
    Repeated(String),
    /// The request id was used for something else.
    Taken,
}

/// An act that is to be written down.
pub(in crate::office) struct Noted<'a> {
    /// The firm.
    pub org: Org,
    /// Where the server finds what it signs it with.
    pub keys: &'a Keyring,
    /// The request, or another id that is this act's alone.
    pub request: RequestId,
    /// Who acted; `None` is the administrator at the server itself.
    pub account: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub kind: &'static str,
    /// What it was done to.
    pub about: About,
    /// The input, as JSON.
    pub body: &'a str,
}

impl<'a> Noted<'a> {
    /// What a command does: its name is the kind of the act, its input the body.
    pub(in crate::office) fn of(act: &'a Act, kind: &'static str, about: About, body: &'a str) -> Self {
        let Act { org, keys, actor, request, at } = act;
        Self { org: *org, keys, request: *request, account: Some(actor.account), at: *at, kind, about, body }
    }
}

/// The stored outcome of an act without a result.
const NOTHING: &str = "null";

/// Notes a request once. This comes first in its transaction, so that a repeated request waits for the commit.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn begin(tx: &mut Tx, noted: &Noted<'_>) -> Result<Begun, StoreError> {
    let insert = sql!(
        "INSERT INTO office_request(org, request, act, outcome) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (org, request) DO NOTHING"
    );
    let (org, event) = (noted.org, event(noted.request, noted.at));
    if tx.execute(insert, &row![org, &noted.request, &event, NOTHING]).await? == 1 {
        return Ok(Begun::First(noted.about.project(tx, org).await?));
    }
    let Some((before, outcome)) = of_request(tx, org, noted.request).await? else { return Ok(Begun::Taken) };
    let same = before.account == noted.account
        && before.kind == noted.kind
        && before.subject == noted.about.to_string()
        && before.body.get() == noted.body;
    if same { Ok(Begun::Repeated(outcome)) } else { Ok(Begun::Taken) }
}

/// Keeps the outcome of a request that has begun, and writes its act down. This comes last in its transaction.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn end(
    tx: &mut Tx,
    noted: &Noted<'_>,
    project: Option<ProjectId>,
    outcome: &str,
) -> Result<(), StoreError> {
    if outcome != NOTHING {
        let keep = sql!("UPDATE office_request SET outcome = ?3 WHERE org = ?1 AND request = ?2");
        tx.execute(keep, &row![noted.org, &noted.request, outcome]).await?;
    }
    let body = RawValue::from_string(noted.body.to_owned()).map_err(|error| StoreError::Bug(error.to_string()))?;
    let act = OfficeAct {
        project,
        id: event(noted.request, noted.at),
        kind: noted.kind.to_owned(),
        v: ACT_VERSION,
        account: noted.account,
        at_ms: noted.at,
        request: noted.request,
        subject: noted.about.to_string(),
        body,
    };
    append(tx, noted.org, noted.keys, act).await
}

/// Writes an act without a form down, unless its request was noted before. This comes last in its transaction.
///
/// # Errors
/// As [`StoreError`] says.
pub(in crate::office) async fn note(tx: &mut Tx, noted: Noted<'_>) -> Result<(), StoreError> {
    match begin(tx, &noted).await? {
        Begun::First(project) => end(tx, &noted, project, NOTHING).await,
        Begun::Repeated(_) | Begun::Taken => Ok(()),
    }
}
