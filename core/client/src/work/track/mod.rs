//! The track of a task. It runs only while a task runs, and every silence in it has a cause.

mod append;
pub(crate) mod seal;
mod start;
mod stop;

pub use append::{AppendFixesError, AppendedFixes};
pub use start::{StartTrack, StartTrackError};
pub use stop::{StopTrackError, TrackStatus};
