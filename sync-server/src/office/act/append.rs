//! Writes the line of an act at the end of its firm's chain. Nothing ever changes or deletes one.

use super::index::enter;
use crate::{
    keys::{Keyring, Keys},
    org::Org,
    query, row, sql,
    store::{StoreError, Tx, stored},
};
use firebee_domain::id::Hash;
use firebee_protocol::act::{OfficeAct, office_next, office_start, sign_act};

/// Appends the act. The row of the chain's head is locked from here to the commit, so this comes last in its transaction:
/// every transaction takes its other locks before, and no two wait for each other.
///
/// # Errors
/// As [`StoreError`] says.
pub(super) async fn append(tx: &mut Tx, org: Org, keyring: &Keyring, act: OfficeAct) -> Result<(), StoreError> {
    let named = query::org::seal(tx, org).await?;
    // What keeps the key away is in the log; for the person it is a server that cannot act now.
    let keys = &keyring.of(org.id(), named).map_err(|error| StoreError::Lost(error.to_string()))?;
    let grow = sql!(
        "INSERT INTO act_head(org, seq) VALUES (?1, 1) ON CONFLICT (org) DO UPDATE SET seq = act_head.seq + 1
         RETURNING seq"
    );
    let row = tx.query_opt(grow, &row![org]).await?;
    let seq: u64 = row.ok_or_else(|| StoreError::Bug("a chain without its head".into()))?.get(0)?;
    let before = before(tx, org, keys, seq).await?;
    let line = act.to_line().map_err(|error| StoreError::Bug(error.to_string()))?;
    let chain = office_next(before, seq, org.id(), act.project, &line);
    let signed = sign_act(&keys.signing, org.id(), keys.incarnation, seq, chain);
    let insert = sql!(
        "INSERT INTO act(org, seq, id, line, chain, incarnation, server_key, sig)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    );
    let values = row![org, stored(seq)?, &act.id, &line, &chain, &signed.incarnation, &signed.server_key, &signed.sig];
    tx.execute(insert, &values).await?;
    enter(tx, org, seq, &act).await
}

/// The chain before act `seq`.
async fn before(tx: &mut Tx, org: Org, keys: &Keys, seq: u64) -> Result<Hash, StoreError> {
    if seq == 1 {
        return Ok(office_start(org.id(), keys.incarnation, keys.signing.verifying_key().as_bytes()));
    }
    let find = sql!("SELECT chain FROM act WHERE org = ?1 AND seq = ?2");
    let row = tx.query_opt(find, &row![org, stored(seq - 1)?]).await?;
    row.ok_or_else(|| StoreError::Bug("an act is missing in its chain".into()))?.get(0)
}
