//! Tells screens that something changed and should be read again.

use firebee_domain::id::{DispatchId, ProjectId, TaskId};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{Mutex, Notify, broadcast};

/// The backlog of a slow listener. A listener that is further behind hears only that anything may have changed.
const BACKLOG: usize = 256;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// A task, by what this phone recorded or pulled.
    Task(TaskId),
    /// A project changed, or the items that are issued to this account in it.
    Project(ProjectId),
    /// A task under this account's review changed.
    Review,
    /// A dispatch, by what this phone recorded or pulled.
    Dispatch(DispatchId),
    /// Anything that was pulled.
    Documents,
    /// The running track.
    Track,
    /// How far sending and receiving are.
    Sync,
    /// Who is signed in.
    Session,
}

/// Tells listeners. Telling never waits and never fails: a change is a hint to read, not the news itself.
#[derive(Debug)]
pub struct Changes(broadcast::Sender<Change>);

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Changes {
    /// Tells everyone who listens.
    pub fn tell(&self, change: Change) {
        // Nobody listening is no error.
        let _ = self.0.send(change);
    }

    /// Listens from now on.
    pub fn listen(&self) -> Listener {
        Listener { changes: Mutex::new(self.0.subscribe()), closed: AtomicBool::new(false), closing: Notify::new() }
    }
}

/// Hears of changes, in order.
#[derive(Debug)]
pub struct Listener {
    changes: Mutex<broadcast::Receiver<Change>>,
    closed: AtomicBool,
    closing: Notify,
}

impl Listener {
    /// Waits for the next change. After too many missed changes this is [`Change::Documents`]; `None` when the client
    /// is gone or after [`Listener::close`].
    pub async fn next(&self) -> Option<Change> {
        let closing = self.closing.notified();
        if self.closed.load(Ordering::Acquire) {
            return None;
        }
        let heard = async { self.changes.lock().await.recv().await };
        tokio::select! {
            biased;
            () = closing => None,
            heard = heard => match heard {
                Ok(change) => Some(change),
                Err(broadcast::error::RecvError::Lagged(_)) => Some(Change::Documents),
                Err(broadcast::error::RecvError::Closed) => None,
            },
        }
    }

    /// Ends listening. Present and later waits for the next change get `None` at once. A shell calls this when the user
    /// leaves a screen, where dropping a future does not end it.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.closing.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_listener_that_fell_behind_is_told_that_anything_may_have_changed() {
        let changes = Changes::default();
        let listener = changes.listen();
        changes.tell(Change::Track);
        assert_eq!(listener.next().await, Some(Change::Track));
        (0..2 * BACKLOG).for_each(|_| changes.tell(Change::Sync));
        assert_eq!(listener.next().await, Some(Change::Documents));
        assert_eq!(listener.next().await, Some(Change::Sync));
        drop(changes);
        while listener.next().await.is_some() {}
    }

    #[tokio::test]
    async fn closing_ends_a_wait_that_is_under_way_and_every_later_one() {
        let changes = Changes::default();
        let listener = changes.listen();
        let (waited, ()) = tokio::join!(listener.next(), async { listener.close() });
        assert_eq!(waited, None);
        changes.tell(Change::Track);
        assert_eq!(listener.next().await, None);
    }
}
