//! The transaction of a claim. It decides under the lock of the session row who holds the account.

use super::{claim::ClaimError, sign_in::SignInError};
use crate::{
    device::{
        Token, TokenKind,
        token::{ACCESS_MS, REFRESH_MS},
    },
    keys::Keys,
    office::{
        Office,
        act::{Noted, note},
    },
    org::Org,
    row, sql,
    store::{StoreError, StoreState, Tx, json},
};
use firebee_domain::{
    account::client_allowed,
    id::{AccountId, Hash, RequestId, StoreId},
    session::{AppSession, ClaimBy, ClientKind, Holder, Known, late_through},
    spelling::Spelled,
    time::Timestamp,
};
use firebee_protocol::{
    chain::chain_start,
    encode::to_base64,
    receipt::{Granted, sign_claim},
    session::{ClaimReceipt, ClaimReply, ClaimRequest},
    sign::PublicKey,
};

/// A claim whose signatures hold and whose user was recognised.
#[derive(Clone)]
pub(super) struct Grant {
    pub org: Org,
    pub account: AccountId,
    pub key: PublicKey,
    pub access: Token,
    pub refresh: Token,
    pub now: Timestamp,
    /// Without its password.
    pub request: ClaimRequest,
    pub office: Office,
}

/// Where a store's facts stand on the server.
struct StoredHead {
    known: Known,
    chain: Hash,
}

pub(super) async fn grant(tx: &mut Tx, wanted: &Grant) -> Result<ClaimReply, ClaimError> {
    let session = locked(tx, wanted.org, wanted.account).await?;
    let keys = wanted.office.keys::<ClaimError>(tx, wanted.org).await?;
    still_allowed(tx, wanted.org, wanted.account).await?;
    let known = known_store(tx, wanted).await?;
    let (epoch, receipt) = match repeated(tx, wanted, &keys, &session).await? {
        Some(before) => before,
        None => {
            let unsent = wanted.request.head.seq.saturating_sub(known.as_ref().map_or(0, |held| held.known.watermark));
            let held = known.as_ref().map(|held| held.known);
            let epoch = take(tx, wanted, &session, (held, unsent)).await?;
            (epoch, sign(wanted, &keys, epoch))
        }
    };
    keep(tx, wanted, epoch, &receipt).await?;
    let start = || (0, chain_start(wanted.request.store_id, &wanted.key));
    let (watermark, chain) = known.map_or_else(start, |held| (held.known.watermark, held.chain));
    Ok(ClaimReply {
        account: wanted.account,
        epoch,
        access: wanted.access.text().to_owned(),
        refresh: wanted.refresh.text().to_owned(),
        claim_receipt: receipt,
        watermark,
        chain,
        incarnation: keys.incarnation,
        server_key: keys.public(),
        server_ms: wanted.now,
        recipient: Some(to_base64(&keys.export().public)),
    })
}

/// The account's session, its row locked to the end of the transaction.
pub(super) async fn locked(tx: &mut Tx, org: Org, account: AccountId) -> Result<AppSession, StoreError> {
    let lock = sql!(
        "INSERT INTO session(org, account, epoch, store_id, feed_head, purged_through, digest)
         VALUES (?1, ?2, 0, NULL, 0, 0, '00000000000000000000000000000000')
         ON CONFLICT (org, account) DO UPDATE SET epoch = session.epoch RETURNING epoch, store_id"
    );
    let row = tx.query_opt(lock, &row![org, &account]).await?;
    let row = row.ok_or_else(|| StoreError::Bug("a session row was not written".into()))?;
    let (epoch, holder) = (row.get(0)?, row.get(1)?);
    let last = sql!("SELECT store_id FROM device_store WHERE org = ?1 AND account = ?2 ORDER BY epoch DESC LIMIT 1");
    let last = tx.query_opt(last, &row![org, &account]).await?;
    let store = last.map(|row| row.get(0)).transpose()?;
    let mut session = AppSession { account, epoch, store, holder: None };
    if let Some(holder) = holder {
        session.holder = Some(held_by(tx, org, holder).await?);
    }
    Ok(session)
}

async fn held_by(tx: &mut Tx, org: Org, store: StoreId) -> Result<Holder, StoreError> {
    let find = sql!(
        "SELECT device, last_seen_ms, unsent_facts, unsent_blobs FROM device_store WHERE org = ?1 AND store_id = ?2"
    );
    let row = tx.query_opt(find, &row![org, &store]).await?;
    let row = row.ok_or_else(|| StoreError::Bug("an account is held by an unknown store".into()))?;
    let count = |index| row.get::<u64>(index).map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    let last_seen = row.get(1)?;
    Ok(Holder { store, device: row.get(0)?, last_seen, unsent_facts: count(2)?, unsent_blobs: count(3)? })
}

/// a succession brings no password, and an account may be closed between password and claim.
async fn still_allowed(tx: &mut Tx, org: Org, account: AccountId) -> Result<(), ClaimError> {
    let find = sql!("SELECT enabled, category FROM account WHERE org = ?1 AND id = ?2");
    let row = tx.query_opt(find, &row![org, &account]).await?.ok_or(ClaimError::SignIn(SignInError::Failed))?;
    if !row.get::<bool>(0)? {
        return Err(SignInError::AccountDisabled.into());
    }
    if !client_allowed(row.get(1)?, ClientKind::App) {
        return Err(SignInError::ClientNotAllowed.into());
    }
    Ok(())
}

/// A store always belongs to the same account and key. It ends when a successor replaces it.
async fn known_store(tx: &mut Tx, wanted: &Grant) -> Result<Option<StoredHead>, ClaimError> {
    let find = sql!(
        "SELECT account, public_key, state, watermark, chain, epoch, late_through,
             EXISTS (SELECT 1 FROM device_store next
                     WHERE next.org = d.org AND next.account = d.account AND next.succeeds = d.store_id)
         FROM device_store d WHERE d.org = ?1 AND d.store_id = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![wanted.org, &wanted.request.store_id]).await? else { return Ok(None) };
    let same = row.get::<AccountId>(0)? == wanted.account && row.get::<[u8; 65]>(1)? == wanted.key;
    if !same || row.get::<bool>(7)? {
        return Err(ClaimError::StoreMismatch);
    }
    if row.get::<StoreState>(2)? == StoreState::Revoked {
        return Err(ClaimError::StoreRevoked);
    }
    let known = Known { epoch: row.get(5)?, watermark: row.get(3)?, late_through: row.get(6)? };
    Ok(Some(StoredHead { known, chain: row.get(4)? }))
}

/// The epoch and receipt of this claim, if it was granted before and is still in force.
async fn repeated(
    tx: &mut Tx,
    wanted: &Grant,
    keys: &Keys,
    session: &AppSession,
) -> Result<Option<(u64, ClaimReceipt)>, ClaimError> {
    let find = sql!("SELECT account, store_id, epoch, receipt FROM claim WHERE org = ?1 AND claim_id = ?2");
    let Some(row) = tx.query_opt(find, &row![wanted.org, &wanted.request.claim_id]).await? else { return Ok(None) };
    let epoch = row.get(2)?;
    let same = row.get::<AccountId>(0)? == wanted.account && row.get::<StoreId>(1)? == wanted.request.store_id;
    if !same || !session.holds(wanted.request.store_id, epoch) {
        return Err(ClaimError::Spent);
    }
    let receipt: ClaimReceipt = serde_json::from_str(row.get(3)?).map_err(|_| ClaimError::Spent)?;
    if receipt.incarnation == keys.incarnation {
        return Ok(Some((epoch, receipt)));
    }
    // The data were restored since: the claim stands, and its receipt names them anew.
    let receipt = sign(wanted, keys, epoch);
    let renew = sql!("UPDATE claim SET receipt = ?3 WHERE org = ?1 AND claim_id = ?2");
    tx.execute(renew, &row![wanted.org, &wanted.request.claim_id, &json(&receipt)?]).await?;
    Ok(Some((epoch, receipt)))
}

/// Takes the account for the store and returns the epoch, or fails with the holder.
async fn take(
    tx: &mut Tx,
    wanted: &Grant,
    session: &AppSession,
    (known, unsent): (Option<Known>, u64),
) -> Result<u64, ClaimError> {
    let (org, request) = (wanted.org, &wanted.request);
    let succeeds = request.succeeds.as_ref().map(|succeeds| succeeds.store_id);
    if succeeds.is_some() && session.holder.as_ref().map(|holder| holder.store) != succeeds {
        return Err(ClaimError::SignInAgain);
    }
    let claimant = Holder {
        store: request.store_id,
        device: request.device.name.clone(),
        last_seen: wanted.now,
        unsent_facts: u32::try_from(unsent).unwrap_or(u32::MAX),
        unsent_blobs: 0,
    };
    let taken = match &request.receipt {
        Some(receipt) if succeeds.is_none() => session.reclaim(claimant, receipt.epoch).map(|taken| taken.ok_or(())),
        _ => session.claim(claimant, succeeds).map(Ok),
    };
    let taken = taken.map_err(|refused| ClaimError::SignedInElsewhere(refused.holder))?;
    let taken = taken.map_err(|()| ClaimError::SignInAgain)?;
    let by = claims_by(tx, org, request).await?;
    let late = late_through(session, known, request.head.seq, by);
    let hold = sql!("UPDATE session SET epoch = ?3, store_id = ?4 WHERE org = ?1 AND account = ?2");
    tx.execute(hold, &row![org, &wanted.account, signed(taken.epoch), &request.store_id]).await?;
    if let Some(old) = succeeds {
        let close = sql!("UPDATE device_store SET state = ?3 WHERE org = ?1 AND store_id = ?2");
        tx.execute(close, &row![org, &old, StoreState::Closed]).await?;
        tx.execute(sql!("DELETE FROM token WHERE org = ?1 AND store_id = ?2"), &row![org, &old]).await?;
    }
    belongs(tx, org, request.store_id).await?;
    let register = sql!(
        "INSERT INTO device_store(org, store_id, account, install_id, public_key, device, state, epoch, claimed_ms,
             last_seen_ms, unsent_facts, unsent_blobs, watermark, chain, succeeds, cursor_seq, late_through, sort, find)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?12, ?7, ?8, ?8, ?9, 0, 0, ?10, ?11, 0, ?13, ?14, ?15)
         ON CONFLICT (org, store_id) DO UPDATE SET device = excluded.device, sort = excluded.sort, find = excluded.find,
             state = excluded.state, epoch = excluded.epoch,
             claimed_ms = excluded.claimed_ms, last_seen_ms = excluded.last_seen_ms,
             unsent_facts = excluded.unsent_facts, unsent_blobs = excluded.unsent_blobs,
             late_through = excluded.late_through, freed_by = NULL"
    );
    let start = chain_start(request.store_id, &wanted.key);
    let Spelled { sort, find } = Spelled::of(&request.device.name);
    let values = row![
        org,
        &request.store_id,
        &wanted.account,
        &request.install_id,
        &wanted.key,
        &request.device.name,
        signed(taken.epoch),
        wanted.now,
        signed(unsent),
        &start,
        succeeds.as_ref(),
        StoreState::Active,
        signed(late),
        &sort,
        &find,
    ];
    tx.execute(register, &values).await?;
    floor_behind(tx, org, request, wanted.now).await?;
    Ok(taken.epoch)
}

/// The facts beyond its head are recorded after the claim: the latest, when it claims again at the same head.
async fn floor_behind(tx: &mut Tx, org: Org, request: &ClaimRequest, now: Timestamp) -> Result<(), ClaimError> {
    let floor = sql!(
        "INSERT INTO floor (org, store_id, from_seq, at_ms) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (org, store_id, from_seq) DO UPDATE SET at_ms =
             CASE WHEN excluded.at_ms > floor.at_ms THEN excluded.at_ms ELSE floor.at_ms END"
    );
    let from_seq = signed(request.head.seq.saturating_add(1));
    tx.execute(floor, &row![org, &request.store_id, from_seq, now]).await?;
    Ok(())
}

/// By what the store claims. [`take`] has compared the predecessor with the holder.
async fn claims_by(tx: &mut Tx, org: Org, request: &ClaimRequest) -> Result<ClaimBy, ClaimError> {
    let Some(old) = &request.succeeds else {
        return Ok(if request.receipt.is_some() { ClaimBy::Receipt } else { ClaimBy::Password });
    };
    let find = sql!("SELECT epoch, watermark, late_through FROM device_store WHERE org = ?1 AND store_id = ?2");
    let row = tx.query_opt(find, &row![org, &old.store_id]).await?.ok_or(ClaimError::SignInAgain)?;
    Ok(ClaimBy::Succession(Known { epoch: row.get(0)?, watermark: row.get(1)?, late_through: row.get(2)? }))
}

/// Notes whose store this is. A store belongs to one firm for ever.
async fn belongs(tx: &mut Tx, org: Org, store: StoreId) -> Result<(), ClaimError> {
    let note = sql!(
        "INSERT INTO store_org(store_id, org) VALUES (?1, ?2)
         ON CONFLICT (store_id) DO UPDATE SET org = store_org.org RETURNING org"
    );
    let row = tx.query_opt(note, &row![&store, org]).await?.ok_or(ClaimError::StoreMismatch)?;
    if row.get::<i64>(0)? == org.number() { Ok(()) } else { Err(ClaimError::StoreMismatch) }
}

fn sign(wanted: &Grant, keys: &Keys, epoch: u64) -> ClaimReceipt {
    let granted = Granted {
        incarnation: keys.incarnation,
        account: wanted.account,
        store: wanted.request.store_id,
        epoch,
        key: wanted.key,
        issued: wanted.now,
    };
    sign_claim(&keys.signing, &granted)
}

/// Stores the claim, ends the store's old tokens and makes new ones. R-038: logs the sign-in.
async fn keep(tx: &mut Tx, wanted: &Grant, epoch: u64, receipt: &ClaimReceipt) -> Result<(), StoreError> {
    let request = json(&wanted.request)?;
    let receipt = json(receipt)?;
    let (org, claim, store) = (wanted.org, &wanted.request.claim_id, &wanted.request.store_id);
    let insert = sql!(
        "INSERT INTO claim(org, claim_id, account, store_id, epoch, request, receipt, issued_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (org, claim_id) DO NOTHING"
    );
    let (account, epoch, now) = (&wanted.account, signed(epoch), wanted.now);
    tx.execute(insert, &row![org, claim, account, store, epoch, &request, &receipt, now]).await?;
    tx.execute(sql!("DELETE FROM token WHERE org = ?1 AND store_id = ?2"), &row![org, store]).await?;
    for (token, kind, lasts_ms) in
        [(&wanted.access, TokenKind::Access, ACCESS_MS), (&wanted.refresh, TokenKind::Refresh, REFRESH_MS)]
    {
        let insert = sql!(
            "INSERT INTO token(hash, org, kind, account, store_id, epoch, claim_id, expires_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        );
        let expires = now.plus_ms(lasts_ms);
        let values = row![token.hash(), org, kind, account, store, epoch, claim, expires];
        tx.execute(insert, &values).await?;
    }
    let body = json(&wanted.request.device)?;
    let (keys, request, kind, about) = (&wanted.office.keyring, RequestId(claim.0), "sign_in", wanted.account.into());
    note(tx, Noted { org, keys, request, account: Some(*account), at: now, kind, about, body: &body }).await
}

/// A count as the database keeps it.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
