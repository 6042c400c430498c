//! The columns of the table of codes that are choices.

use serde::{Deserialize, Serialize};

/// What the client does about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The user mends the input.
    Fix,
    /// Wait with jitter and try again.
    Retry,
    /// Wait long and try again; the user is told, because a person has to make room first.
    RetryLater,
    /// Refresh the access token, then try again.
    Refresh,
    /// The user signs in; nothing is discarded.
    SignIn,
    /// Stop the lanes, keep everything, offer export.
    Stop,
    /// Read the journal, the limits or the offset again, then send again.
    Resend,
    /// Pull a snapshot.
    Snapshot,
    /// Upgrade the app; pull and claim only.
    Upgrade,
}

impl Action {
    /// Whether the trouble lasts until a person acts: mends the input, makes room, signs in, asks support, or upgrades.
    #[must_use]
    pub const fn needs_person(self) -> bool {
        matches!(self, Self::Fix | Self::RetryLater | Self::SignIn | Self::Stop | Self::Upgrade)
    }
}

/// When a quarantined fact is judged again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Again {
    /// Never: the same bytes will be refused for ever.
    Never,
    /// When another fact of its task is accepted.
    Joined,
    /// When a newer program starts that may read its kind.
    Learnt,
    /// When a lead or manager takes it into account.
    Adopted,
}
