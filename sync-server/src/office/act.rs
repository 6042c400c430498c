//! An act of the office: who, when, and the request that makes a repeated form one effect.

use crate::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::Actor,
    fact::Attribution,
    id::{AccountId, EventId, OrganisationId, RequestId},
    task::{Stamp, Task},
    time::{Bound, Timestamp},
};
use serde::Serialize;

/// Who acts, when, and by which request. Every command of the office takes one.
#[derive(Clone, Debug)]
pub struct Act {
    /// Who acts.
    pub actor: Actor,
    /// The request: the same one again changes nothing.
    pub request: RequestId,
    /// Now.
    pub at: Timestamp,
}

impl Act {
    /// The instant as tasks keep it: the server's own clock is its bound.
    pub const fn stamp(&self) -> Stamp {
        Stamp::proved(self.at, Bound { earliest: self.at, latest: self.at })
    }

    /// Who says something about a task, when, and by which request.
    pub(super) const fn attribution(&self, task: &Task) -> Attribution {
        let event = EventId(self.request.0);
        Attribution { event, account: self.actor.account, project: task.project, task: task.id, at: self.stamp() }
    }

    /// The organisation that the actor acts in; commands of the office are for staff.
    pub(super) const fn organisation(&self) -> Option<OrganisationId> {
        self.actor.organisation
    }
}

/// What became of the request before.
pub(super) enum Begun {
    /// It is new, and noted now.
    First,
    /// The same was done before; this is what was noted then.
    Repeated(String),
    /// The request id was used for something else.
    Taken,
}

/// Notes an act, once. Call it first in the command's transaction: whoever comes second waits for the commit.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn begin(
    tx: &mut Tx,
    act: &Act,
    action: &'static str,
    subject: &str,
    body: &impl Serialize,
) -> Result<Begun, StoreError> {
    let body = serde_json::to_string(body).map_err(|error| StoreError::Bug(error.to_string()))?;
    let insert = sql!(
        "INSERT INTO office_event(request, account, at_ms, action, subject, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (request) DO NOTHING"
    );
    let values = row![&act.request.0, &act.actor.account.0, act.at.0, action, subject, &body];
    if tx.execute(insert, &values).await? == 1 {
        return Ok(Begun::First);
    }
    let find = sql!("SELECT account, action, subject, body FROM office_event WHERE request = ?1");
    let Some(row) = tx.query_opt(find, &row![&act.request.0]).await? else { return Ok(Begun::Taken) };
    let same = AccountId(row.get(0)?) == act.actor.account && row.get::<&str>(1)? == action;
    if same && row.get::<&str>(2)? == subject { Ok(Begun::Repeated(row.get(3)?)) } else { Ok(Begun::Taken) }
}
