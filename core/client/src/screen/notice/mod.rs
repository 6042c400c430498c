//! What the phone tells somebody who does not look at the app: a track that broke off, days left, what is unsent for a
//! day, and the news of the last sync. The core decides what is told and when; a shell shows it. None of it needs a network.

mod ahead;
mod decide;
mod silence;
mod standing;

use super::Screens;
use crate::work::Trouble;
pub use ahead::Ahead;
use firebee_domain::id::{DispatchId, TaskId};

/// Something to be told. Its words say what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The screen that a reminder leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reminders {
    /// Those to be told now, the most pressing first.
    pub post: Vec<Reminder>,
    /// The keys of those that hold no more.
    pub take_down: Vec<String>,
}

impl Screens {
    /// What is to be told now, and what holds no more. Each is given once, until there is more of it. While the app is `seen`,
    /// only that the track broke off is told: the screens show the rest.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores failed. Nothing counts as told then.
    pub fn reminders(&self, seen: bool) -> Result<Reminders, Trouble> {
        let standing = self.0.screen(|reading| reading.standing())?;
        let now = self.0.ports.clock.now().wall_ms;
        self.0.journal.write("reminders", |tx| {
            tx.tell_foretold(now)?;
            let decided = decide::decide(&standing, &tx.told()?, seen);
            for (key, mark) in &decided.marks {
                tx.put_told(key, *mark)?;
            }
            for key in &decided.reminders.take_down {
                tx.drop_told(key)?;
            }
            Ok(decided.reminders)
        })
    }
}
