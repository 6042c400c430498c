//! The system notes whether and when a contact looked at a report or a fault.

use crate::{
    org::Org,
    row, sql,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::{Actor, Role},
    time::Timestamp,
};
use uuid::Uuid;

/// Notes that this reader looked at `subject`, a report or a fault; readers who speak for no owner leave no note. The
/// first look stays, the last one is renewed.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn look(store: &Store, org: Org, actor: &Actor, subject: Uuid, now: Timestamp) -> Result<(), StoreError> {
    if actor.role != Role::OwnerContact {
        return Ok(());
    }
    let account = actor.account;
    let note = async move |tx: &mut Tx| {
        let note = sql!(
            "INSERT INTO owner_view(org, account, subject, first_ms, last_ms) VALUES (?1, ?2, ?3, ?4, ?4)
             ON CONFLICT (org, subject, account) DO UPDATE SET last_ms = excluded.last_ms"
        );
        tx.execute(note, &row![org, &account, &subject, now]).await.map(drop)
    };
    store.write("note_owner_view", note).await
}
