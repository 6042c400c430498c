//! A new store takes over from one that is retired. What the server is not known to have moves to it: the same lines under
//! the same ids, in the same order, with new places and a new chain (protocol, "One device an account").

use super::{
    ClaimState, Journal, JournalError, JournalRows, JournalTx, RetireReason, StoreHealth, StoreIdentity,
    rows::{hash, to_i64, to_u64, uuid, uuid_opt},
    store,
};
use crate::{
    ids,
    ports::{Entropy, Signer},
};
use firebee_domain::id::{ClaimId, Hash, ProjectId, StoreId};
use firebee_protocol::chain::{chain_next, chain_start, scope_hash};
use rusqlite::{Row, params};
use std::sync::atomic::Ordering;

/// The store that this one took over from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerStore {
    /// Its id.
    pub store_id: StoreId,
    /// The name of its key in the keystore, which may be gone.
    pub key_alias: String,
}

impl Journal {
    /// When this store is retired, a new one takes over, and this journal answers nothing more: the next client opens the
    /// new store in the same folder. Returns why the old one was retired; `None` when it is sound, and nothing changed.
    ///
    /// # Errors
    /// The journal cannot be written, or the keystore does not answer. Nothing changed then.
    pub fn renew(&self, signer: &dyn Signer, entropy: &dyn Entropy) -> Result<Option<RetireReason>, JournalError> {
        let StoreHealth::Retired(reason) = self.health() else { return Ok(None) };
        let unavailable = |error: &dyn std::fmt::Display| JournalError::Unavailable { reason: error.to_string() };
        let claim = ClaimId(ids::random_v4(entropy).map_err(|error| unavailable(&error))?);
        let vouched = store::vouches(&self.identity, signer, entropy).map_err(|error| unavailable(&error))?;
        let next = store::make(store::install_id(&*self.config.files, &self.config.folder, entropy)?, signer, entropy)?;
        self.write("renew", |tx| tx.take_over(&next, claim, vouched))?;
        self.erased.store(true, Ordering::Release);
        self.suspend();
        Ok(Some(reason))
    }
}

/// A line at its new place.
struct Moved {
    seq: u64,
    project: Option<ProjectId>,
    content: Hash,
}

fn moved(row: &Row<'_>) -> rusqlite::Result<Moved> {
    Ok(Moved { seq: to_u64(row.get(0)?), project: uuid_opt(row, 1)?.map(ProjectId), content: hash(row, 2)? })
}

impl JournalRows<'_> {
    /// The store that this one took over from; `None` in the first store of a journal.
    pub fn former_store(&self) -> Result<Option<FormerStore>, JournalError> {
        self.one("SELECT store_id, key_alias FROM former_store ORDER BY n DESC LIMIT 1", [], |row| {
            Ok(FormerStore { store_id: StoreId(uuid(row, 0)?), key_alias: row.get(1)? })
        })
    }
}

impl JournalTx<'_> {
    /// Moves what no receipt covers to `next`. The rest is on the server, and comes back with the documents. A session stays
    /// only when the old key vouches for the new store.
    fn take_over(&self, next: &StoreIdentity, claim: ClaimId, vouched: bool) -> Result<(), JournalError> {
        let old = self.identity();
        let acked = to_i64(self.marks()?.acked_through);
        self.execute(
            "INSERT INTO former_store (store_id, key_alias) VALUES (?1, ?2)",
            params![old.store_id.0.as_bytes(), old.key_alias],
        )?;
        self.execute("DELETE FROM announced WHERE fact_seq <= ?1", params![acked])?;
        self.execute("DELETE FROM fact WHERE seq <= ?1", params![acked])?;
        self.execute("UPDATE blob SET fact_seq = MAX(fact_seq - ?1, 0)", params![acked])?;
        // By way of negative numbers, so that no two rows have one place for a moment.
        self.execute("UPDATE announced SET fact_seq = ?1 - fact_seq", params![acked])?;
        self.execute("UPDATE announced SET fact_seq = -fact_seq", [])?;
        self.execute("UPDATE fact SET seq = ?1 - seq", params![acked])?;
        self.execute("UPDATE fact SET seq = -seq", [])?;
        self.chain_anew(next)?;
        self.execute("DELETE FROM receipt", [])?;
        // A stamp is of the old store, and proves nothing in the new one.
        self.execute("UPDATE anchor SET stamp = NULL", [])?;
        self.execute(
            "UPDATE store SET store_id = ?1, install_id = ?2, key_alias = ?3, public_key = ?4, sent_through = 0, \
             acked_through = 0, durable_through = 0, retired = NULL",
            params![next.store_id.0.as_bytes(), next.install_id.0.as_bytes(), next.key_alias, next.public_key],
        )?;
        let [signed_in, asking] = [ClaimState::SignedIn, ClaimState::Asking].map(<&str>::from);
        self.execute(
            "UPDATE session SET claim_id = ?1, epoch = 0, claim_receipt = NULL, access = NULL, refresh = NULL, late = NULL, \
             state = CASE WHEN state = ?3 AND (late IS NOT NULL OR NOT ?2) THEN ?4 ELSE state END",
            params![claim.0.as_bytes(), vouched, signed_in, asking],
        )
        .map(drop)
    }

    fn chain_anew(&self, next: &StoreIdentity) -> Result<(), JournalError> {
        let mut chain = chain_start(next.store_id, &next.public_key);
        for line in self.many("SELECT seq, project, content_hash FROM fact ORDER BY seq", [], moved)? {
            chain = chain_next(chain, line.seq, scope_hash(next.store_id, line.project), line.content);
            let set = "UPDATE fact SET chain = ?2, parked = NULL WHERE seq = ?1";
            self.execute(set, params![to_i64(line.seq), chain.0])?;
        }
        Ok(())
    }
}
