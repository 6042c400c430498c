//! The phone that sends a request, by its access token; and the browser that signs in again.

pub mod browser;
pub mod token;

pub use token::{Token, TokenKind};

use crate::org::Org;
use firebee_domain::id::{AccountId, StoreId};

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
    /// Whether the token opens only the way for what the phone has recorded: its phone had lost the account by then.
    pub late: bool,
}
