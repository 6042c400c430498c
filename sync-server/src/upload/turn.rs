//! Who writes a blob just now: the newest request pre-empts the older.

use crate::{blobs::Sums, evidence::blob::Delivery};

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard, watch};

/// The number of idle uploads whose hash state stays in memory. Others read their prefix again.
const IDLE_MAX: usize = 1_024;

/// The uploads of this process.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<Delivery, Arc<Upload>>>);

#[derive(Debug)]
struct Upload {
    newest: watch::Sender<u64>,
    hashed: Arc<AsyncMutex<Kept>>,
}

/// The hash state of a prefix on disk, so that the next piece need not read the prefix again.
#[derive(Clone, Debug)]
pub(super) struct Hashed {
    /// The count of signs of life after which nobody has touched the file.
    pub(super) beat: u64,
    /// Bytes of the prefix.
    pub(super) len: u64,
    /// Their hash.
    pub(super) hash: Sums,
}

/// What an upload remembers between two requests.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(pub(super) Option<Hashed>);

/// A request's turn to write a blob. No other request writes it during the turn.
pub(super) struct Turn {
    /// What was hashed so far.
    pub(super) hashed: OwnedMutexGuard<Kept>,
    number: u64,
    newest: watch::Receiver<u64>,
    /// Told true when another server's request wants the blob.
    lost: Option<watch::Receiver<bool>>,
    /// Keeps the upload in the map: whoever comes meets this turn.
    _upload: Arc<Upload>,
}

impl Turns {
    /// Asks the request that writes the blob to stop, and waits for the turn. `None` when a newer request came
    /// meanwhile.
    pub(super) async fn turn(&self, key: Delivery) -> Option<Turn> {
        let upload = self.upload(key);
        let newest = upload.newest.subscribe();
        let mut number = 0;
        upload.newest.send_modify(|newest| {
            *newest += 1;
            number = *newest;
        });
        let hashed = upload.hashed.clone().lock_owned().await;
        let is_newest = *newest.borrow() == number;
        is_newest.then_some(Turn { hashed, number, newest, lost: None, _upload: upload })
    }

    fn upload(&self, key: Delivery) -> Arc<Upload> {
        let mut uploads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if uploads.len() >= IDLE_MAX {
            // The map is locked, so nobody can take one of them meanwhile.
            uploads.retain(|_, upload| Arc::strong_count(upload) > 1);
        }
        let new = || Arc::new(Upload { newest: watch::Sender::new(0), hashed: Arc::default() });
        uploads.entry(key).or_insert_with(new).clone()
    }

    /// Forgets a complete blob. A waiting request then finds it verified.
    pub(super) fn forget(&self, key: Delivery) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }
}

impl Turn {
    /// Waits until a newer request wants the blob.
    pub(super) async fn preempted(&mut self) {
        let Self { number, newest, lost, .. } = self;
        let elsewhere = async {
            let told = match lost {
                Some(lost) => lost.wait_for(|lost| *lost).await.is_ok(),
                None => false,
            };
            if !told {
                std::future::pending::<()>().await;
            }
        };
        // The sender lives as long as this turn, so waiting for it cannot fail.
        tokio::select! {
            _ = newest.wait_for(|newest| *newest != *number) => {}
            () = elsewhere => {}
        }
    }

    /// Also ends when this tells true.
    pub(super) fn ends_with(&mut self, lost: watch::Receiver<bool>) {
        self.lost = Some(lost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blobs::BlobKey;
    use crate::org::Org;
    use firebee_domain::id::{AccountId, ContentId, OrganisationId, StoreId};
    use uuid::Uuid;

    #[tokio::test]
    async fn the_newest_request_gets_the_turn_and_one_in_between_none() {
        let turns = Arc::new(Turns::default());
        let blob = BlobKey { org: Org::new(1, OrganisationId(Uuid::nil())), id: ContentId([1; 32]) };
        let key = Delivery { key: blob, store: StoreId(Uuid::nil()), account: AccountId(Uuid::nil()) };
        let mut first = turns.turn(key).await.unwrap();
        let waiting = |turns: Arc<Turns>| tokio::spawn(async move { turns.turn(key).await.map(|turn| turn.number) });
        let second = waiting(turns.clone());
        first.preempted().await;
        let third = waiting(turns.clone());
        while *first.newest.borrow() < 3 {
            tokio::task::yield_now().await;
        }
        drop(first);
        assert_eq!((second.await.unwrap(), third.await.unwrap()), (None, Some(3)));
    }
}
