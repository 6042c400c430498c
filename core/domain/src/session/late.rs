//! What comes late: facts of a phone that had lost its account before it sent them. The server keeps them, and they
//! have no effect until a person decides (protocol, "One device an account").

use super::AppSession;
use crate::code::Code;

/// How a phone's store stands to its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds the account, and the account is open.
    Holds,
    /// Another store holds the account, or a manager freed it.
    Fenced,
    /// the account is closed.
    Disabled,
}

impl Standing {
    /// The standing of a store. `holds` says whether the account is this store's in its epoch; `enabled` whether the
    /// account is open.
    pub const fn of(holds: bool, enabled: bool) -> Self {
        match (enabled, holds) {
            (false, _) => Self::Disabled,
            (true, false) => Self::Fenced,
            (true, true) => Self::Holds,
        }
    }

    /// Why the phone may only send what it has; `None` while it holds the account.
    pub const fn late(self) -> Option<Code> {
        match self {
            Self::Holds => None,
            Self::Fenced => Some(Code::Fenced),
            Self::Disabled => Some(Code::AccountDisabled),
        }
    }
}

/// What the server knows of a store when it is claimed, or succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The epoch of its last claim.
    pub epoch: u64,
    /// The last seq that the server has.
    pub watermark: u64,
    /// Up to this seq its facts are late.
    pub late_through: u64,
}

/// By what a store claims its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimBy {
    /// By the password of its holder.
    Password,
    /// By the receipt of an earlier claim, after the server was restored.
    Receipt,
    /// By the signature of the store that it succeeds on the same phone.
    Succession(Known),
}

/// Up to which seq the facts of a store that claims the account are late. `head` is the last seq of its journal.
///
/// A phone cannot wash what came late by signing in again: what it recorded while it did not hold the account, and brings
/// along, stays late. So does what a new store brings along without the signature of a predecessor.
pub fn late_through(session: &AppSession, known: Option<Known>, head: u64, by: ClaimBy) -> u64 {
    let before = known.map_or(0, |known| known.late_through);
    let watermark = known.map_or(0, |known| known.watermark);
    let brings_late = match by {
        ClaimBy::Receipt => false,
        ClaimBy::Succession(old) => old.late_through > old.watermark,
        ClaimBy::Password => session.epoch > 0 && known.is_none_or(|known| known.epoch != session.epoch),
    };
    if brings_late && head > watermark { head.max(before) } else { before }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AccountId;
    use uuid::Uuid;

    fn session(epoch: u64) -> AppSession {
        AppSession { epoch, ..AppSession::new(AccountId(Uuid::nil())) }
    }

    const fn known(epoch: u64, watermark: u64, late_through: u64) -> Known {
        Known { epoch, watermark, late_through }
    }

    /// a closed account comes first, because opening it is what helps.
    #[test]
    fn r_034_a_phone_that_does_not_hold_its_open_account_sends_late() {
        assert_eq!(Standing::of(true, true).late(), None);
        assert_eq!(Standing::of(false, true).late(), Some(Code::Fenced));
        assert_eq!(Standing::of(true, false).late(), Some(Code::AccountDisabled));
        assert_eq!(Standing::of(false, false).late(), Some(Code::AccountDisabled));
    }

    #[test]
    fn signing_in_again_washes_nothing_that_was_recorded_before() {
        let through = |epoch, known, head| late_through(&session(epoch), known, head, ClaimBy::Password);
        assert_eq!(through(0, None, 0), 0, "the first sign-in of all");
        assert_eq!(through(3, Some(known(3, 5, 0)), 9), 0, "it held the account all the while");
        assert_eq!(through(4, Some(known(3, 5, 0)), 9), 9, "it was released, and 4 facts are unsent");
        assert_eq!(through(4, Some(known(3, 9, 0)), 9), 0, "everything was sent before");
        assert_eq!(through(6, Some(known(4, 5, 9)), 12), 12, "released twice");
        assert_eq!(through(4, Some(known(4, 5, 9)), 12), 9, "what it records behind its claim counts");
        assert_eq!(through(2, None, 7), 7, "a new store brings the facts of one that is gone");
        assert_eq!(through(2, None, 0), 0);
    }

    #[test]
    fn a_successor_inherits_what_is_late_and_nothing_else() {
        let through = |old, head| late_through(&session(2), None, head, ClaimBy::Succession(old));
        assert_eq!(through(known(2, 5, 0), 4), 0);
        assert_eq!(through(known(2, 5, 9), 4), 4);
        assert_eq!(through(known(2, 9, 9), 4), 0, "all that was late is on the server");
        assert_eq!(late_through(&session(2), None, 4, ClaimBy::Receipt), 0, "the server lost it, not the phone");
    }
}
