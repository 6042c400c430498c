//! The commands on repair requests, and the call of somebody without an account.

mod ask;
mod call;
mod close;
mod pass_on;
mod take_up;

pub(in crate::office) use ask::write_asked;
pub use ask::{Ask, AskError, ask};
pub use call::{Call, call};
pub use close::{Close, close};
pub use pass_on::{PassOn, pass_on};
pub use take_up::{TakeUp, take_up};

use super::{Act, Refused, Rule};
use crate::{
    org::Org,
    query::access::to_repair,
    row, sql,
    store::{StoreError, Tx, json, own},
};
use firebee_domain::{
    account::Action,
    code::Code,
    evidence::ATTACHMENTS_MAX,
    id::RepairId,
    repair::{Repair, RepairError, number},
    spelling::Spelled,
    time::Timestamp,
};
use firebee_protocol::text::{Arg, named::Values};

impl Rule for RepairError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Text(error) => error.values(),
            Self::TooManyPictures => vec![("max", Arg::from(ATTACHMENTS_MAX))],
            Self::FacilityUnknown | Self::ItemUnknown | Self::NotAPicture | Self::PhoneMalformed | Self::StateWrong => {
                Values::new()
            }
        }
    }
}

/// Locks and loads a request that the actor may do `action` to.
async fn locked<R: Rule>(tx: &mut Tx, act: &Act, action: Action, id: RepairId) -> Result<Repair, Refused<R>> {
    to_repair(tx, act.org, &act.actor, action, id).await?.ok_or(Refused::NotFound)?;
    let lock = sql!("UPDATE repair SET at_ms = at_ms WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &id]).await?;
    let find = sql!("SELECT body FROM repair WHERE org = ?1 AND id = ?2");
    let row = tx.query_opt(find, &row![act.org, &id]).await?.ok_or(Refused::NotFound)?;
    Ok(own(row.get(0)?)?)
}

/// Writes a new request.
async fn insert(tx: &mut Tx, org: Org, repair: &Repair, at: Timestamp) -> Result<(), StoreError> {
    let number = number(repair.id);
    let Spelled { find, .. } = Spelled::of_all([repair.words.as_str(), repair.place.as_str(), number.as_str()]);
    let insert =
        sql!("INSERT INTO repair(org, id, project, state, at_ms, find, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    let body = json(repair)?;
    let values = row![org, &repair.id, &repair.project, repair.state, at, &find, &body];
    tx.execute(insert, &values).await.map(drop)
}

/// Writes what became of a request.
async fn write(tx: &mut Tx, org: Org, repair: &Repair) -> Result<(), StoreError> {
    let update = sql!("UPDATE repair SET state = ?3, fault = ?4, body = ?5 WHERE org = ?1 AND id = ?2");
    let body = json(repair)?;
    tx.execute(update, &row![org, &repair.id, repair.state, repair.fault.as_ref(), &body]).await.map(drop)
}
