//! "This changed": what a screen observes to know that it should read again.

use firebee_domain::id::TaskId;
use tokio::sync::broadcast;

/// How many changes a slow listener may fall behind before it is told that anything may have changed.
const BACKLOG: usize = 256;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// A task, by what this phone recorded or pulled.
    Task(TaskId),
    /// Projects, plans, or more than one thing.
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
        Listener(self.0.subscribe())
    }
}

/// Hears of changes, in order.
#[derive(Debug)]
pub struct Listener(broadcast::Receiver<Change>);

impl Listener {
    /// The next change; [`Change::Documents`] when so many were missed that anything may have changed; `None` when the
    /// client is gone.
    pub async fn next(&mut self) -> Option<Change> {
        match self.0.recv().await {
            Ok(change) => Some(change),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Change::Documents),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_listener_that_fell_behind_is_told_that_anything_may_have_changed() {
        let changes = Changes::default();
        let mut listener = changes.listen();
        changes.tell(Change::Track);
        assert_eq!(listener.next().await, Some(Change::Track));
        (0..2 * BACKLOG).for_each(|_| changes.tell(Change::Sync));
        assert_eq!(listener.next().await, Some(Change::Documents));
        assert_eq!(listener.next().await, Some(Change::Sync));
        drop(changes);
        while listener.next().await.is_some() {}
    }
}
