//! The closed set of kinds.

use std::{fmt, str::FromStr};

macro_rules! kinds { ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
    /// What a fact is of. All are version 1.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Kind { $($(#[$doc])* $name,)* }

    impl Kind {
        /// Every kind.
        pub const ALL: &[Self] = &[$(Self::$name),*];
        /// As written in a fact.
        pub const fn as_str(self) -> &'static str {
            match self { $(Self::$name => $text,)* }
        }
    }
    impl FromStr for Kind {
        type Err = UnknownKind;
        fn from_str(text: &str) -> Result<Self, UnknownKind> {
            match text { $($text => Ok(Self::$name),)* _ => Err(UnknownKind) }
        }
    }
} }

/// No kind of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of this version")]
pub struct UnknownKind;

kinds! {
    /// A task begins.
    TaskStarted = "task.started",
    /// Items were added to or taken from a task.
    TaskItemsChanged = "task.items_changed",
    /// Controller, helpers, instruments.
    TaskDescribed = "task.described",
    /// An answer.
    ResultRecorded = "result.recorded",
    /// A photo.
    PhotoTaken = "photo.taken",
    /// A photo does not count any more.
    PhotoWithdrawn = "photo.withdrawn",
    /// A system is back in automatic.
    RestoreConfirmed = "restore.confirmed",
    /// A round is handed in.
    TaskSubmitted = "task.submitted",
    /// An unsubmitted task is given up.
    TaskDiscarded = "task.discarded",
    /// Another operator goes on with the task.
    TaskHandedOver = "task.handed_over",
    /// A sealed piece of the track.
    TrackSegment = "track.segment",
    /// A dispatch task was received.
    DispatchReceived = "dispatch.received",
    /// A dispatch task was started.
    DispatchStarted = "dispatch.started",
    /// A dispatch task was finished.
    DispatchFinished = "dispatch.finished",
    /// A round was approved or rejected.
    ReviewDecided = "review.decided",
    /// A way was chosen for a fault.
    FaultHandled = "fault.handled",
    /// Something about the device that an auditor wants to know.
    DeviceNote = "device.note",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
