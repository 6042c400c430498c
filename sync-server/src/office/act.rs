//! An act of the office: the actor, the time, and the request id, which makes a repeated form have one effect.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::Actor,
    fact::Attribution,
    id::{AccountId, EventId, RequestId},
    task::{Stamp, Task},
    time::Timestamp,
};

/// The actor, the time and the request id. Every command of the office takes one.
#[derive(Clone, Debug)]
pub struct Act {
    /// The firm that the actor acts in; commands of the office are for staff.
    pub org: Org,
    /// Who acts.
    pub actor: Actor,
    /// The request: the same one again changes nothing.
    pub request: RequestId,
    /// Now.
    pub at: Timestamp,
}

impl Act {
    /// The instant as a stamp. The server's own clock is its bound.
    pub const fn stamp(&self) -> Stamp {
        Stamp::of_server(self.at)
    }

    /// Who says something about a task, when, and by which request.
    pub(super) const fn attribution(&self, task: &Task) -> Attribution {
        let event = EventId(self.request.0);
        Attribution { event, account: self.actor.account, project: task.project, task: task.id, at: self.stamp() }
    }
}

/// Whether the same request was done before.
pub(super) enum Begun {
    /// It is new, and noted now.
    First,
    /// The same request was done before. This is its stored outcome.
    Repeated(String),
    /// The request id was used for something else.
    Taken,
}

/// The stored outcome of an act without a result.
const NOTHING: &str = "null";

/// Records an act once. This comes first in its transaction, so that a repeated request waits for the commit.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn begin(
    tx: &mut Tx,
    act: &Act,
    action: &'static str,
    subject: &str,
    body: &str,
) -> Result<Begun, StoreError> {
    let (org, request, account) = (act.org, act.request, act.actor.account);
    if note(tx, Event { org, request, account, at: act.at, action, subject, body }).await? {
        return Ok(Begun::First);
    }
    let find = sql!("SELECT account, action, subject, body, outcome FROM office_event WHERE org = ?1 AND request = ?2");
    let Some(row) = tx.query_opt(find, &row![org, &request]).await? else { return Ok(Begun::Taken) };
    let before = (row.get::<AccountId>(0)?, row.get::<&str>(1)?, row.get::<&str>(2)?, row.get::<&str>(3)?);
    if before == (account, action, subject, body) { Ok(Begun::Repeated(row.get(4)?)) } else { Ok(Begun::Taken) }
}

/// Keeps the outcome of an act for a repeated request.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn end(tx: &mut Tx, act: &Act, outcome: &str) -> Result<(), StoreError> {
    if outcome == NOTHING {
        return Ok(());
    }
    let keep = sql!("UPDATE office_event SET outcome = ?3 WHERE org = ?1 AND request = ?2");
    tx.execute(keep, &row![act.org, &act.request, outcome]).await.map(drop)
}

/// The log entry of an act, including acts without a form.
pub(super) struct Event<'a> {
    /// The firm.
    pub org: Org,
    /// The request, or another id that is this act's alone.
    pub request: RequestId,
    /// Who acted.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub action: &'static str,
    /// What it was about.
    pub subject: &'a str,
    /// The input, as JSON.
    pub body: &'a str,
}

/// Writes an act down; false when its request was noted before.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn note(tx: &mut Tx, event: Event<'_>) -> Result<bool, StoreError> {
    let insert = sql!(
        "INSERT INTO office_event(org, request, account, at_ms, action, subject, body, outcome)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (org, request) DO NOTHING"
    );
    let Event { org, request, account, at, action, subject, body } = event;
    Ok(tx.execute(insert, &row![org, &request, &account, at, action, subject, body, NOTHING]).await? == 1)
}
