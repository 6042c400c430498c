//! The head of a store, and the check that a push is signed with the store's key over its chain.

use super::{
    PushError,
    line::{Batch, Line, scope_of},
};
use crate::{
    device::Sender,
    org::Org,
    query::line as kept,
    row, sql,
    store::{Row, StoreError, StoreState, Tx, number, stored},
};
use firebee_domain::{
    id::{BootId, Hash, StoreId},
    session::Standing,
    time::{Previous, Timestamp},
};
use firebee_protocol::{
    chain::{self, ChainPoint},
    sign,
};

/// The account, locked until the commit.
pub(super) struct LockedAccount {
    pub(super) epoch: u64,
    pub(super) feed_head: u64,
    /// Whether the store of the push holds it in the epoch of its token.
    holds: bool,
}

/// A store's row in the database.
pub(super) struct Device {
    pub(super) public_key: sign::PublicKey,
    pub(super) watermark: u64,
    pub(super) chain: Hash,
    /// No further fact of the store is earlier than this: the latest of its claims and stamps.
    pub(super) floor: Timestamp,
    /// What its last fact says about time.
    pub(super) previous: Option<Previous>,
    /// When the server last received facts of this store.
    pub(super) last_received: Timestamp,
    /// Up to this seq its facts are late.
    pub(super) late_through: u64,
    /// Whether its account is open.
    pub(super) enabled: bool,
}

/// Locks the account's row before anything else. So nothing of an epoch has an effect after the claim of the next.
pub(super) async fn lock(tx: &mut Tx, sender: &Sender) -> Result<LockedAccount, PushError> {
    let lock =
        sql!("UPDATE session SET epoch = epoch WHERE org = ?1 AND account = ?2 RETURNING epoch, store_id, feed_head");
    let row = tx.query_opt(lock, &row![sender.org, &sender.account]).await?.ok_or(PushError::Fenced)?;
    let (epoch, holder) = (number(row.get(0)?)?, row.get::<Option<uuid::Uuid>>(1)?);
    let holds = epoch == sender.epoch && holder == Some(sender.store_id.0);
    Ok(LockedAccount { epoch, feed_head: number(row.get(2)?)?, holds })
}

/// Whether the push comes late: its phone has lost the account. A phone that does not know that yet is told, and comes
/// back with a late token.
pub(super) fn is_late(sender: &Sender, held: &LockedAccount, device: &Device) -> Result<bool, PushError> {
    match Standing::of(held.holds, device.enabled) {
        Standing::Holds => Ok(false),
        Standing::Fenced | Standing::Disabled if sender.late => Ok(true),
        Standing::Fenced => Err(PushError::Fenced),
        Standing::Disabled => Err(PushError::AccountDisabled),
    }
}

/// The store's own row.
pub(super) async fn device(tx: &mut Tx, sender: &Sender) -> Result<Device, PushError> {
    let find = sql!(
        "SELECT public_key, watermark, chain,
                COALESCE((SELECT b.at_ms FROM floor b WHERE b.org = d.org AND b.store_id = d.store_id
                          AND b.from_seq <= d.watermark + 1 ORDER BY b.from_seq DESC LIMIT 1), 0),
                state, last_boot, last_boot_ms, last_said_ms,
                (SELECT r.received_ms FROM receipt r WHERE r.org = d.org AND r.store_id = d.store_id
                 ORDER BY r.seq DESC LIMIT 1),
                late_through,
                (SELECT a.enabled FROM account a WHERE a.org = d.org AND a.id = d.account)
         FROM device_store d WHERE org = ?1 AND store_id = ?2 AND account = ?3"
    );
    let found = tx.query_opt(find, &row![sender.org, &sender.store_id, &sender.account]).await?;
    let row = found.ok_or(PushError::StoreMismatch)?;
    if row.get::<StoreState>(4)? != StoreState::Active {
        return Err(PushError::StoreRevoked);
    }
    Ok(Device {
        public_key: row.get(0)?,
        watermark: number(row.get(1)?)?,
        chain: row.get(2)?,
        floor: row.get(3)?,
        previous: previous(&row)?,
        last_received: Timestamp(row.get::<Option<i64>>(8)?.unwrap_or(0)),
        late_through: row.get(9)?,
        enabled: row.get(10)?,
    })
}

fn previous(row: &Row) -> Result<Option<Previous>, StoreError> {
    let Some(boot) = row.get::<Option<uuid::Uuid>>(5)? else { return Ok(None) };
    Ok(Some(Previous { boot_id: BootId(boot), boot_ms: row.get(6)?, earliest: row.get(7)? }))
}

/// Carries the chain on over the new lines, and checks the signature over the last line and the head of the journal.
/// Returns the chain after each new line.
pub(super) async fn check(
    tx: &mut Tx,
    org: Org,
    device: &Device,
    batch: &Batch,
    new: &[Line],
) -> Result<Vec<Hash>, PushError> {
    let mut chains = Vec::with_capacity(new.len());
    let mut chain = device.chain;
    for line in new {
        chain = chain::chain_next(chain, line.seq, line.scope, line.content);
        chains.push(chain);
    }
    let (store, last) = (batch.frame.store_id, batch.last_seq());
    let signed_chain = if last >= device.watermark { chain } else { chain_at(tx, device, (org, store), last).await? };
    is_signed(device, batch, signed_chain).map(|()| chains)
}

/// Checks the signature over the lines as they were sent, also where the log has others: they follow what the log has
/// before the first of them. Only the device itself may make the server keep lines that differ.
pub(super) async fn check_own(tx: &mut Tx, org: Org, device: &Device, batch: &Batch) -> Result<(), PushError> {
    let before = batch.frame.first_seq.saturating_sub(1);
    let start = chain_at(tx, device, (org, batch.frame.store_id), before).await?;
    let next = |chain, line: &Line| chain::chain_next(chain, line.seq, line.scope, line.content);
    is_signed(device, batch, batch.lines.iter().fold(start, next))
}

/// Whether the device signed the push, with this chain after its last line.
fn is_signed(device: &Device, batch: &Batch, chain: Hash) -> Result<(), PushError> {
    let (head, at_last) = (batch.frame.head, ChainPoint { seq: batch.last_seq(), chain });
    let text = sign::head_text(batch.frame.store_id, &head, &at_last);
    // A head that is the last line itself is what the lines say it is.
    let agrees = head.seq > at_last.seq || head == at_last;
    if agrees && sign::verify(&device.public_key, &text, &batch.signature).is_ok() {
        Ok(())
    } else {
        Err(PushError::ChainMismatch { watermark: device.watermark, chain: device.chain })
    }
}

/// The chain at a seq below the watermark: from the nearest receipt on, over the lines that were kept.
async fn chain_at(tx: &mut Tx, device: &Device, (org, store): (Org, StoreId), seq: u64) -> Result<Hash, StoreError> {
    let near =
        sql!("SELECT seq, chain FROM receipt WHERE org = ?1 AND store_id = ?2 AND seq <= ?3 ORDER BY seq DESC LIMIT 1");
    let (from, mut chain) = match tx.query_opt(near, &row![org, &store, stored(seq)?]).await? {
        Some(row) => (number(row.get(0)?)?, row.get(1)?),
        None => (0, chain::chain_start(store, &device.public_key)),
    };
    for kept in kept::range(tx, org, store, from + 1, seq).await? {
        chain = chain::chain_next(chain, kept.seq, scope_of(store, &kept.bytes), chain::content_hash(&kept.bytes));
    }
    Ok(chain)
}
