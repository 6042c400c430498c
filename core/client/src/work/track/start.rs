//! A track begins for a task.

use super::seal::{self, Stretch};
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
    /// One runs already, which the task cannot join: one of the two is replayed from a file.
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
    /// Begins the track of an editable task. A silence since an earlier recording of this boot becomes a hole. While a track
    /// runs, it serves this task too, from its next record on: one walk serves all tasks of a day.
    ///
    /// # Errors
    /// See [`StartTrackError`].
    pub fn start(&self, input: StartTrack) -> Result<(), StartTrackError> {
        if self.joins(input)? {
            return Ok(());
        }
        self.0.act_on("start_track", input.task, Action::RecordTrack, |acting, view| {
            if let Some(running) = acting.tx.open_track().map_err(Trouble::from)? {
                return Err(StartTrackError::AlreadyRunning { task: running.task });
            }
            view.task.takes_records()?;
            let (boot_id, now) = (acting.clocks.boot_id, acting.clocks.boot_ms);
            let of_this_boot = view.task.segments.iter().filter(|held| held.segment.boot_id == boot_id);
            let last = of_this_boot.map(|held| held.segment.last_boot_ms).max();
            if let (Some(last), false) = (last, input.replayed) {
                let silent = Stretch { boot_id, from_ms: last, to_ms: now, cause: Cause::StoppedByUser };
                seal::silence_of_one::<StartTrackError>(acting, view, silent)?;
            }
            // Buffered fixes are older than this track, so they do not belong to it.
            acting.fixes_kept.set(acting.core.in_hand().len());
            let since_seq = acting.tx.head(acting.core.journal.identity()).map_err(Trouble::from)?.seq;
            let track = OpenTrack { task: input.task, boot_id, replayed: input.replayed, since_seq };
            Ok(acting.tx.put_track(&track).map_err(Trouble::from)?)
        })?;
        self.0.changes.tell(Change::Track);
        Ok(())
    }

    /// Whether the task may join the walk that runs.
    fn joins(&self, input: StartTrack) -> Result<bool, StartTrackError> {
        if self.running()?.is_none_or(|running| running.replayed || input.replayed) {
            return Ok(false);
        }
        self.0.look(|eyes| Ok(eyes.task(input.task)?.is_some_and(|view| view.task.is_editable())))
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
