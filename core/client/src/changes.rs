//! "This changed": what a screen observes to know that it should read again.

use firebee_domain::id::{ProjectId, TaskId};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{Mutex, Notify, broadcast};

/// How many changes a slow listener may fall behind before it is told that anything may have changed.
const BACKLOG: usize = 256;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// A task, by what this phone recorded or pulled.
    Task(TaskId),
    /// A project, or what is issued in it to this account.
    Project(ProjectId),
    /// What waits for this account's review: a task of somebody else.
    Review,
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
    /// The next change; [`Change::Documents`] when so many were missed that anything may have changed; `None` when the
    /// client is gone or [`Listener::close`] was called.
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

    /// Ends listening: whoever waits for the next change gets `None` at once, and so does everyone who asks later. A
    /// screen that is left calls this where dropping a future does not end it.
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
