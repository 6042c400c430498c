//! Applications to change the personnel list (R-018…R-024): the firm draws one up and sends it, the regulator decides.

pub mod decide;
pub mod discard;
pub mod draw_up;
pub mod send;

pub use decide::{Decide, decide};
pub use discard::{DiscardError, discard};
pub use draw_up::{DrawUp, draw_up};
pub use send::{Send, SendRefused, send};

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, json, own},
};
use firebee_domain::{id::PersonnelChangeId, personnel_change::PersonnelChange, spelling::Spelled};

/// Writes an application, new or changed.
async fn keep(tx: &mut Tx, org: Org, change: &PersonnelChange) -> Result<(), StoreError> {
    let keep = sql!(
        "INSERT INTO personnel_change(org, id, kind, state, at_ms, sort, find, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (org, id) DO UPDATE SET state = excluded.state, body = excluded.body"
    );
    let (Spelled { sort, find }, body) = (Spelled::of(&change.name), json(change)?);
    let values = row![org, &change.id, change.kind, change.state(), change.at, &sort, &find, &body];
    tx.execute(keep, &values).await.map(drop)
}

/// The application, locked: two people who act on it wait for each other.
async fn locked(tx: &mut Tx, org: Org, id: PersonnelChangeId) -> Result<Option<PersonnelChange>, StoreError> {
    let lock = sql!("UPDATE personnel_change SET state = state WHERE org = ?1 AND id = ?2 RETURNING body");
    tx.query_opt(lock, &row![org, &id]).await?.map(|row| own(row.get(0)?)).transpose()
}
