//! The running track.

use firebee_client::screen::{Chip, HoleRow, TrackScreen, TrackSums, When};
use firebee_domain::id::TaskId;

/// The running track.
#[uniffi::remote(Record)]
pub struct TrackScreen {
    /// The task it runs for.
    pub task: TaskId,
    /// Its name.
    pub task_name: String,
    /// Its first fix of this boot of the phone.
    pub since: Option<When>,
    /// Its last fix.
    pub last_fix: Option<When>,
    /// Whether it is played from a file.
    pub replayed: Option<Chip>,
    /// How it stands against the fence; `None` while the project's place is not known.
    pub sums: Option<TrackSums>,
    /// Where it is silent, in order.
    pub holes: Vec<HoleRow>,
}

/// A track against the fence, so far.
#[uniffi::remote(Record)]
pub struct TrackSums {
    /// The time inside.
    pub inside: String,
    /// The time outside.
    pub outside: String,
    /// The time of which nothing counts.
    pub not_recorded: String,
    /// What it says so far.
    pub verdict: Chip,
    /// Where it goes faster than anybody does, if anywhere.
    pub jumps: Option<String>,
    /// That the server decides, while the phone does not know by what.
    pub note: Option<String>,
}

/// A stretch without fixes.
#[uniffi::remote(Record)]
pub struct HoleRow {
    /// When it began.
    pub from: When,
    /// When it ended.
    pub to: When,
    /// How long it is.
    pub length: String,
    /// Its likely cause.
    pub cause_word: String,
    /// What to do about it.
    pub advice: String,
}
