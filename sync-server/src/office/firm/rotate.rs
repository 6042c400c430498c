//! Another incarnation of a firm's data, after the data went back in time or its key was lost.

use crate::{
    keys::{Keyring, Seal},
    office::act::{Noted, note},
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{id::RequestId, time::Timestamp};

/// No firm publishes so many revisions of a document in a second. Numbers stay below 2^53 for centuries.
const REVISIONS_A_SECOND: i64 = 1 << 20;

/// Gives the firm another incarnation, and perhaps another key, and writes that down as an act of this kind. Every phone
/// claims again and sends what the server lacks; the old tokens and sessions end; revisions of documents go on above all
/// that any phone has seen.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn rotate(
    tx: &mut Tx,
    (org, keys): (Org, &Keyring),
    kind: &'static str,
    fresh: Seal,
    now: Timestamp,
) -> Result<(), StoreError> {
    let remember = sql!(
        "INSERT INTO former_seal(org, incarnation, server_key, until_ms)
         SELECT org, incarnation, server_key, ?2 FROM organisation WHERE org = ?1
         ON CONFLICT (org, incarnation) DO NOTHING"
    );
    tx.execute(remember, &row![org, now]).await?;
    let turn = sql!(
        "UPDATE organisation SET incarnation = ?2, server_key = ?3, behind = 0,
             rev_base = CASE WHEN rev_base + 4294967296 > ?4 THEN rev_base + 4294967296 ELSE ?4 END
         WHERE org = ?1"
    );
    // Two restores of one old backup, on two machines, must not give revisions twice either: time tells them apart.
    let above = now.0.div_euclid(1_000).saturating_mul(REVISIONS_A_SECOND);
    tx.execute(turn, &row![org, &fresh.incarnation, &fresh.public, above]).await?;
    end_sessions(tx, org).await?;
    let (request, about) = (RequestId(fresh.incarnation.0), org.id().into());
    note(tx, Noted { org, keys, request, account: None, at: now, kind, about, body: "{}" }).await
}

/// Ends all sessions of a firm, of phones and of browsers. They refer to its accounts, so they go before those do.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn end_sessions(tx: &mut Tx, org: Org) -> Result<(), StoreError> {
    for end in [sql!("DELETE FROM token WHERE org = ?1"), sql!("DELETE FROM console_session WHERE org = ?1")] {
        tx.execute(end, &row![org]).await?;
    }
    Ok(())
}

/// Notes that a phone has shown a receipt for facts that are not here: until a person decides, the firm is not served.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn doubt(tx: &mut Tx, org: Org) -> Result<(), StoreError> {
    tx.execute(sql!("UPDATE organisation SET behind = 1 WHERE org = ?1"), &row![org]).await.map(drop)
}
