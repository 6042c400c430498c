//! The hash chain over a store's facts **bytes**. Both sides compute it; it never travels with a fact.
//!
//! The chain joins hashes only. To hand out the evidence of one project, 64 bytes stand in for each fact of another
//! project.

use firebee_domain::id::{Hash, ProjectId, StoreId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A place in the chain of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainPoint {
    /// The seq.
    pub seq: u64,
    /// The chain after it.
    pub chain: Hash,
}

/// SHA-256 over the parts, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    Hash(hasher.finalize().into())
}

/// The hash of a fact's content bytes: its line without the line feed.
pub fn content_hash(line: &[u8]) -> Hash {
    sha256(&[b"firebee/fact/1\n", line])
}

/// The hash that shows, without the fact, which store and project it belongs to.
pub fn scope_hash(store: StoreId, project: Option<ProjectId>) -> Hash {
    scope_of(store.0.as_bytes(), project)
}

/// The hash of a scope: who owns the chain, a store or an organisation, and the project; zeros for none.
pub(crate) fn scope_of(owner: &[u8; 16], project: Option<ProjectId>) -> Hash {
    let project = project.map_or([0; 16], |id| *id.0.as_bytes());
    sha256(&[b"firebee/scope/1\n", owner, &project])
}

/// The chain of an empty store with that public key (SEC1 uncompressed).
pub fn chain_start(store: StoreId, public_key: &[u8; 65]) -> Hash {
    sha256(&[b"firebee/chain/1\n", store.0.as_bytes(), &sha256(&[public_key]).0])
}

/// The chain after fact `seq`.
pub fn chain_next(before: Hash, seq: u64, scope: Hash, content: Hash) -> Hash {
    sha256(&[b"firebee/link/1\n", &before.0, &seq.to_be_bytes(), &scope.0, &content.0])
}
