//! The track ends.

use super::seal;
use crate::{
    changes::Change,
    journal::OpenTrack,
    work::{Tracks, Trouble, acting::STOP_TRACK as OPERATION, task::task_errors},
};
use firebee_domain::{account::Action, code::Code, id::TaskId, task::TaskError};

/// The running track, for a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackStatus {
    /// The task it runs for.
    pub task: TaskId,
    /// Whether it is replayed from a file.
    pub replayed: bool,
    /// Fixes that are not sealed in a segment yet, buffered ones included.
    pub open_fixes: u32,
}

/// Why a track does not end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StopTrackError {
    /// No track runs.
    #[error("no track is running")]
    NotRunning,
    /// The state machine refuses the last segment.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(StopTrackError);

impl StopTrackError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::NotRunning => Code::TrackNotRunning,
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tracks {
    /// Ends the running track: everything is sealed and durable when it returns.
    ///
    /// # Errors
    /// See [`StopTrackError`].
    pub fn stop(&self) -> Result<(), StopTrackError> {
        if let Some(()) = self.0.before(OPERATION)? {
            return Ok(());
        }
        let track = self.running()?.ok_or(StopTrackError::NotRunning)?;
        let stopped = self.0.act_on(OPERATION, track.task, Action::RecordTrack, |acting, view| {
            seal::end::<StopTrackError>(acting, view)
        });
        match stopped {
            // The task went to somebody else while the track ran: what was walked is kept.
            Err(StopTrackError::Task(TaskError::HandedOver)) => self.0.act(OPERATION, |acting| {
                seal::leave::<StopTrackError>(acting, &track)?;
                acting.fixes_kept.set(acting.core.in_hand().len());
                Ok::<_, StopTrackError>(acting.tx.close_track().map_err(Trouble::from)?)
            })?,
            stopped => stopped?,
        }
        self.0.changes.tell(Change::Track);
        Ok(())
    }

    /// The running track, if one runs.
    ///
    /// # Errors
    /// The journal failed.
    pub fn status(&self) -> Result<Option<TrackStatus>, Trouble> {
        let Some(track) = self.running()? else { return Ok(None) };
        let kept = self.0.journal.read("track_status", |rows| rows.fix_count())?;
        let open = u32::try_from(kept + self.0.in_hand().len()).unwrap_or(u32::MAX);
        Ok(Some(TrackStatus { task: track.task, replayed: track.replayed, open_fixes: open }))
    }

    pub(super) fn running(&self) -> Result<Option<OpenTrack>, Trouble> {
        Ok(self.0.journal.read("running_track", |rows| rows.open_track())?)
    }
}
