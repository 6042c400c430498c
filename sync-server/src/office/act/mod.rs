//! An act of the office: the actor, the time, and the request id, which makes a repeated form have one effect. Each act
//! is written down as an exact line in the chain of its firm.

mod about;
mod append;
mod begin;
mod index;

pub(super) use about::About;
pub(super) use begin::{Begun, Noted, begin, end, note};

use crate::{keys::Keyring, org::Org};
use firebee_domain::{
    account::Actor,
    fact::Attribution,
    id::{EventId, RequestId},
    task::{Stamp, Task},
    time::Timestamp,
};
use uuid::Builder;

/// The actor, the time and the request id. Every command of the office takes one.
#[derive(Clone, Debug)]
pub struct Act {
    /// The firm that the actor acts in; commands of the office are for staff.
    pub org: Org,
    /// Where the server finds what it signs the act with.
    pub keys: Keyring,
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

    /// The id under which it is written down.
    pub(super) fn event(&self) -> EventId {
        event(self.request, self.at)
    }

    /// Who says something about a task, when, and by which act.
    pub(super) fn attribution(&self, task: &Task) -> Attribution {
        Attribution {
            event: self.event(),
            account: self.actor.account,
            project: task.project,
            task: task.id,
            plan: task.plan,
            at: self.stamp(),
            waited_ms: 0,
        }
    }
}

/// The id of the act that a request asks for: a UUID of version 7 with the act's time and ten bytes of the request. So a
/// job that runs twice makes one id.
pub(super) fn event(request: RequestId, at: Timestamp) -> EventId {
    let [_, _, _, _, _, _, random @ ..] = request.0.into_bytes();
    EventId(Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or(0), &random).into_uuid())
}
