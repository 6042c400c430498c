//! The phone that sends a request, by its access token, and the scope of the token; and the browser that signs in again.

pub mod browser;
pub mod token;

pub use token::{Token, TokenKind};

use crate::{org::Org, store::stored_words};
use firebee_domain::id::{AccountId, StoreId};
use strum::{EnumString, IntoStaticStr};

/// The phone behind an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The account.
    pub account: AccountId,
    /// Its firm.
    pub org: Org,
    /// The store that the token was given to.
    pub store_id: StoreId,
    /// The epoch of the claim that the token comes from.
    pub epoch: u64,
    /// What the token opens.
    pub scope: Scope,
}

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Scope {
    /// Everything that a device does.
    #[strum(serialize = "full")]
    Device,
    /// Push, and blobs that the store's own facts announced: another store holds the account now, but earlier records
    /// are still accepted.
    Late,
}

stored_words!(Scope);
