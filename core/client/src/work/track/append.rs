//! Stores fixes in the journal, in one transaction for every 10 s or 50 fixes.

use super::seal;
use crate::{
    journal::{JournalError, JournalTx, OpenTrack},
    work::{Tracks, Trouble, task::task_errors},
};
use firebee_domain::{
    account::Action,
    code::Code,
    task::{TaskError, TaskState},
    track::{Cause, Fix, Hint},
};
use firebee_protocol::fact::DeviceNote;

/// The state of the track after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppendedFixes {
    /// Whether all fixes so far are in the journal. If not, they will be after 10 s or 50 fixes.
    pub durable: bool,
    /// Fixes in the journal that are not sealed in a segment yet.
    pub open: u32,
}

/// Why fixes are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendFixesError {
    /// No track runs.
    #[error("no track is running")]
    NotRunning,
    /// A time or a coordinate is out of range.
    #[error("a time or a coordinate is out of range")]
    OutOfRange,
    /// The task is not editable any more.
    #[error(transparent)]
    Task(TaskError),
    /// What can come in the way of any use case.
    #[error(transparent)]
    Trouble(Trouble),
}

task_errors!(AppendFixesError);

impl AppendFixesError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::NotRunning => Code::TrackNotRunning,
            Self::OutOfRange => Code::TrackOutOfRange,
            Self::Task(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

impl Tracks {
    /// Takes fixes of the running track in their order, all of the present boot (a replayed track uses its own times).
    /// If the phone dies, up to 10 s of fixes may be lost, and nothing else of the task.
    ///
    /// # Errors
    /// See [`AppendFixesError`]. After [`AppendFixesError::Trouble`] the fixes stay buffered and are stored with the
    /// next ones. After any other error they are dropped.
    pub fn append(&self, fixes: &[Fix]) -> Result<AppendedFixes, AppendFixesError> {
        if !fixes.iter().all(is_plausible) {
            return Err(AppendFixesError::OutOfRange);
        }
        let track = self.running()?.ok_or(AppendFixesError::NotRunning)?;
        let now = self.0.ports.clock.now();
        let due = self.0.take_in_hand(fixes, now.boot_ms);
        if due || track.boot_id != now.boot_id {
            self.keep(&track).inspect_err(|error| {
                if !matches!(error, AppendFixesError::Trouble(_)) {
                    self.0.leave_hand(usize::MAX);
                }
            })?;
        }
        let open = self.0.journal.read("open_fixes", |rows| rows.fix_count()).map_err(Trouble::from)?;
        let open = u32::try_from(open).unwrap_or(u32::MAX);
        Ok(AppendedFixes { durable: self.0.in_hand().is_empty(), open })
    }

    /// Moves the buffered fixes into the journal and seals full segments. After a restart of the phone, the fixes of
    /// the earlier boot are sealed first.
    fn keep(&self, running: &OpenTrack) -> Result<(), AppendFixesError> {
        let kept = self.0.act_on("append_fixes", running.task, Action::RecordTrack, |acting, view| {
            if view.task.state == TaskState::Discarded {
                // The walk goes on for another task that it serves, and ends with the last one.
                return seal::close::<AppendFixesError>(acting, view);
            }
            view.task.takes_records()?;
            let track = acting.tx.open_track().map_err(Trouble::from)?.ok_or(AppendFixesError::NotRunning)?;
            let track = seal::of_this_boot::<AppendFixesError>(acting, view, track)?;
            let invented = acting.core.in_hand().iter().any(|fix| fix.mock);
            if invented && !acting.tx.has_mock_fix().map_err(Trouble::from)? {
                acting.note(DeviceNote::MockLocation)?;
            }
            seal::keep_in_hand(acting)?;
            seal::full::<AppendFixesError>(acting, view, &track)
        });
        match kept {
            // The task went to somebody else while the track ran: what was walked is kept, and the walk goes on for another
            // task that it serves.
            Err(AppendFixesError::Task(TaskError::HandedOver)) => {
                self.0.act("append_fixes", |acting| seal::leave::<AppendFixesError>(acting, running))
            }
            kept => kept,
        }
    }

    /// Notes why fixes may stop: location switched off, permission taken away, battery saver. The next hole that begins
    /// around the moment at which the phone said so gets this cause. `heard_boot_ms` is that moment on the clock of this
    /// boot, as the phone's time of a fix is: a call that comes late explains the silence in which it was heard. A missing
    /// permission is a fact, too, for whoever audits the track.
    ///
    /// # Errors
    /// No track runs, or the journal failed.
    pub fn notice(&self, cause: Cause, heard_boot_ms: i64) -> Result<(), AppendFixesError> {
        self.running()?.ok_or(AppendFixesError::NotRunning)?;
        let (clocks, entropy) = (self.0.ports.clock.now(), &*self.0.ports.entropy);
        let hint = Hint { boot_ms: heard_boot_ms.min(clocks.boot_ms), cause };
        self.0.journal.write("notice", |tx| {
            let news = tx.hints()?.last().is_none_or(|last| last.cause != cause);
            let account = tx.session()?.and_then(|held| held.account);
            if let (Cause::PermissionMissing, true, Some(account)) = (cause, news, account) {
                let permission = "location_always".to_owned();
                tx.note(&clocks, entropy, account, DeviceNote::PermissionMissing { permission })?;
            }
            Ok::<_, Trouble>(tx.put_hint(&hint)?)
        })?;
        Ok(())
    }

    /// Stores the buffered fixes, for example before the app is suspended. After a restart of the phone, they stay buffered
    /// until the fixes of the earlier boot are sealed.
    ///
    /// # Errors
    /// The journal failed; the fixes stay buffered.
    pub fn flush(&self) -> Result<(), JournalError> {
        if self.0.in_hand().is_empty() {
            return Ok(());
        }
        let boot_id = self.0.ports.clock.now().boot_id;
        let keep = |tx: &JournalTx<'_>| {
            if tx.open_track()?.is_some_and(|track| track.boot_id != boot_id) {
                return Ok(0);
            }
            let taken = self.0.in_hand();
            tx.put_fixes(&taken)?;
            Ok::<_, JournalError>(taken.len())
        };
        self.0.journal.write_then("flush_fixes", keep, |kept| self.0.leave_hand(*kept)).map(drop)
    }
}

/// Whether a segment can carry the fix. One fix that cannot be encoded would block the sealing of the whole track.
fn is_plausible(fix: &Fix) -> bool {
    (0..1 << 53).contains(&fix.boot_ms)
        && (-90_000_000..=90_000_000).contains(&fix.lat_e6)
        && (-180_000_000..=180_000_000).contains(&fix.lon_e6)
}
