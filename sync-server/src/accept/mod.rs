//! Accepting what devices recorded: the only writer of facts.
//!
//! Invariant: nothing is acknowledged that was not compared, stored raw and committed. Invariant: a fact that cannot
//! count is quarantined with a code and delays nothing. Invariant: documents and feeds are written by [`feed::publish`](crate::feed::publish()) alone.

mod around;
mod board;
mod candidate;
mod commit;
mod decode;
mod error;
mod head;
mod judge;
mod keep;
mod line;
mod park;
mod push;
mod relearn;
mod retry;
mod scope;
mod time;

pub use decode::Encoding;
pub use error::PushError;
pub use push::{PushRequest, Pushed, push};
pub use relearn::relearn;

use ed25519_dalek::SigningKey;
use firebee_domain::id::{AccountId, IncarnationId, OrganisationId, StoreId};

/// Who sends: what an access token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The account.
    pub account: AccountId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// The store that the token was given to.
    pub store_id: StoreId,
    /// The epoch of the claim that the token comes from.
    pub epoch: u64,
    /// What it opens.
    pub scope: Scope,
}

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything that a device does.
    Device,
    /// Push, and blobs that the store's own facts announced: the account moved on, what was recorded is still taken.
    Late,
}

/// What the server signs with, and the incarnation of its data.
#[derive(Clone)]
pub struct Keys {
    /// Changes on any restore of the data.
    pub incarnation: IncarnationId,
    /// Ed25519.
    pub signing: SigningKey,
}
