//! The index of the work log: what its list searches by, copied from the line of each act.

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, stored},
};
use firebee_protocol::act::OfficeAct;

/// Enters an act under its place in the chain.
pub(super) async fn enter(tx: &mut Tx, org: Org, seq: u64, act: &OfficeAct) -> Result<(), StoreError> {
    let insert = sql!(
        "INSERT INTO act_entry(org, seq, at_ms, kind, account, project, subject) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    );
    let (account, project) = (act.account.as_ref(), act.project.as_ref());
    let values = row![org, stored(seq)?, act.at_ms, &act.kind, account, project, &act.subject];
    tx.execute(insert, &values).await.map(drop)
}
