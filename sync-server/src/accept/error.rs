//! Why a push is not answered with a receipt.

use crate::store::StoreError;
use firebee_domain::{code::Code, id::Hash};

/// Why a push is refused as a whole. Single facts are never refused: they are quarantined.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// The frame line, the compression or the number of lines is wrong. The sender has a bug; the server takes nothing.
    #[error("the frame cannot be read: {reason}")]
    MalformedFrame {
        /// What is wrong, for the log.
        reason: &'static str,
    },
    /// More facts or bytes than one push may have.
    #[error("the push is larger than the limits allow")]
    TooLarge,
    /// The frame names another store or epoch than the token.
    #[error("the push is of another store or epoch than the token")]
    StoreMismatch,
    /// The store was revoked or closed.
    #[error("the store may not push any more")]
    StoreRevoked,
    /// Another store holds the account now, or a manager freed it. The phone's token does not know that yet.
    #[error("another store holds the account")]
    Fenced,
    /// The account is closed, and the phone's token does not know that yet.
    #[error("the account is disabled")]
    AccountDisabled,
    /// Earlier facts are missing.
    #[error("facts before the first of this push are missing")]
    Gap {
        /// The seq that comes next.
        expected: u64,
    },
    /// The store sent other bytes under a seq that is taken; both are kept.
    #[error("other bytes were received before under the same seq")]
    Diverged {
        /// The first such seq.
        seq: u64,
    },
    /// The frame carries no signature, or a text that is none. The server takes nothing.
    #[error("the push is not signed")]
    Unsigned,
    /// The signature does not hold for this store's key and this chain. The server takes nothing.
    #[error("the signature does not hold over the chain")]
    ChainMismatch {
        /// The watermark.
        watermark: u64,
        /// The chain at the watermark.
        chain: Hash,
    },
    /// The database failed. Nothing is wrong with the facts.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PushError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::MalformedFrame { .. } => Code::MalformedFrame,
            Self::TooLarge => Code::TooLarge,
            Self::StoreMismatch => Code::StoreMismatch,
            Self::StoreRevoked => Code::StoreRevoked,
            Self::Fenced => Code::Fenced,
            Self::AccountDisabled => Code::AccountDisabled,
            Self::Gap { .. } => Code::Gap,
            Self::Diverged { .. } => Code::Diverged,
            Self::Unsigned => Code::Unsigned,
            Self::ChainMismatch { .. } => Code::ChainMismatch,
            Self::Store(StoreError::Full(_)) => Code::ServerFull,
            Self::Store(_) => Code::SlowDown,
        }
    }
}
