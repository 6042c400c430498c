//! What the phone tells somebody who does not look at the app.

use firebee_client::screen::{About, Ahead, Reminder, Reminders};
use firebee_domain::id::{DispatchId, TaskId};

/// Something to be told. Its words say what to do.
#[uniffi::remote(Record)]
pub struct Reminder {
    /// Which: a later one with the same key takes its place.
    pub key: String,
    /// What happened.
    pub title: String,
    /// More of it, and what to do.
    pub text: String,
    /// The screen that a tap opens.
    pub about: About,
    /// Whether it is told also while somebody looks at the app.
    pub presses: bool,
}

/// A reminder that the phone's own clock tells.
#[uniffi::remote(Record)]
pub struct Ahead {
    /// What is told.
    pub reminder: Reminder,
    /// In so many seconds from now.
    pub after_s: i32,
}

/// The screen that a reminder leads to.
#[uniffi::remote(Enum)]
pub enum About {
    /// The first screen of a day.
    Today,
    /// A task.
    Task {
        /// Which.
        task: TaskId,
    },
    /// A dispatch.
    Dispatch {
        /// Which.
        dispatch: DispatchId,
    },
    /// The tasks that wait for this account's review.
    Review,
    /// The records on which this account decides.
    Undecided,
    /// The sync centre.
    Sync,
    /// The running track.
    Track,
}

/// What changes on the phone's board of notifications.
#[uniffi::remote(Record)]
pub struct Reminders {
    /// Those to be told now, the most pressing first.
    pub post: Vec<Reminder>,
    /// The keys of those that hold no more.
    pub take_down: Vec<String>,
}
