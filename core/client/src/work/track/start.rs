//! A track begins for a task.

use super::seal;
use crate::{
    changes::Change,
    journal::{JournalError, OpenTrack},
    work::{Tracks, Trouble, task::task_errors},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::TaskId,
    task::TaskError,
    track::{Cause, Hint},
};

/// For which task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartTrack {
    /// The task.
    pub task: TaskId,
    /// Whether the track is replayed from a file. Every screen that shows it says so.
    pub replayed: bool,
}

/// Why a track does not begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartTrackError {
    /// One runs already, for this task or another.
    #[error("a track is running already")]
    AlreadyRunning {
        /// Its task.
        task: TaskId,
    },
    /// The task is not known or not editable.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(StartTrackError);

impl StartTrackError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::AlreadyRunning { .. } => Code::TrackAlreadyRunning,
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tracks {
    /// Begins the track of an editable task. A silence since an earlier recording of this boot becomes a hole.
    ///
    /// # Errors
    /// See [`StartTrackError`].
    pub fn start(&self, input: StartTrack) -> Result<(), StartTrackError> {
        self.0.act_on("start_track", input.task, Action::RecordTrack, |acting, view| {
            if let Some(running) = acting.tx.open_track().map_err(Trouble::from)? {
                return Err(StartTrackError::AlreadyRunning { task: running.task });
            }
            view.task.takes_records()?;
            let (boot_id, now) = (acting.clocks.boot_id, acting.clocks.boot_ms);
            let of_this_boot = view.task.segments.iter().filter(|held| held.segment.boot_id == boot_id);
            let last = of_this_boot.map(|held| held.segment.last_boot_ms).max();
            if let (Some(last), false) = (last, input.replayed) {
                seal::silence::<StartTrackError>(acting, view, boot_id, (last, now), Cause::StoppedByUser, false)?;
            }
            // Buffered fixes are older than this track, so they do not belong to it.
            acting.fixes_kept.set(acting.core.in_hand().len());
            let track = OpenTrack { task: input.task, boot_id, replayed: input.replayed };
            Ok(acting.tx.put_track(&track).map_err(Trouble::from)?)
        })?;
        self.0.changes.tell(Change::Track);
        Ok(())
    }

    /// Called at open. When a track was running as the app ended, the next hole in this boot gets that cause.
    pub(crate) fn notice_restart(&self) -> Result<(), JournalError> {
        let boot_id = self.0.ports.clock.now().boot_id;
        self.0.journal.write("notice_restart", |tx| {
            let Some(track) = tx.open_track()? else { return Ok(()) };
            let last = tx.fixes(usize::MAX)?.last().map(|fix| fix.boot_ms);
            match last.filter(|_| track.boot_id == boot_id) {
                Some(boot_ms) => tx.put_hint(&Hint { boot_ms, cause: Cause::Killed }),
                None => Ok(()),
            }
        })
    }
}
