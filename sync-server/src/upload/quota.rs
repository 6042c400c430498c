//! How much of the disk blobs may take: facts go first, and no phone may fill the disk with what it never finishes.

use super::{ReceiveError, Uploads};
use firebee_domain::id::StoreId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Bounds of what blobs may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadLimits {
    /// Bytes of the disk that blobs leave for facts.
    pub reserve_bytes: u64,
    /// Bytes of blobs that one store may have begun and not finished.
    pub unfinished_bytes_max: u64,
}

/// The bounds, and what whole blobs take just now. The rows count the pieces.
#[derive(Clone, Debug)]
pub(super) struct Quota {
    limits: UploadLimits,
    coming: Arc<Mutex<HashMap<StoreId, u64>>>,
}

/// The bytes of one whole blob, until it has come or not.
pub(super) struct Coming {
    store: StoreId,
    bytes: u64,
    coming: Arc<Mutex<HashMap<StoreId, u64>>>,
}

impl Quota {
    pub(super) fn new(limits: UploadLimits) -> Self {
        Self { limits, coming: Arc::default() }
    }

    /// Counts the bytes of a new upload of a store beside its `unfinished` ones.
    pub(super) fn begin(&self, store: StoreId, bytes: u64, unfinished: u64) -> Result<Coming, ReceiveError> {
        let mut coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        let held = coming.entry(store).or_default();
        let all = held.saturating_add(unfinished).saturating_add(bytes);
        if all > self.limits.unfinished_bytes_max {
            let most = self.limits.unfinished_bytes_max;
            return Err(ReceiveError::TooMuchUnfinished { unfinished: unfinished.saturating_add(*held), most });
        }
        *held = held.saturating_add(bytes);
        Ok(Coming { store, bytes, coming: self.coming.clone() })
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        let mut coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        let left = coming.get(&self.store).map_or(0, |held| held.saturating_sub(self.bytes));
        if left == 0 {
            coming.remove(&self.store);
        } else {
            coming.insert(self.store, left);
        }
    }
}

impl Uploads {
    /// Whether the disk takes so many bytes more and still has the reserve for facts.
    pub(super) async fn has_room(&self, bytes: u64) -> Result<bool, ReceiveError> {
        let room = self.blobs.room().await?;
        Ok(room >= self.quota.limits.reserve_bytes.saturating_add(bytes))
    }

    /// Refuses bytes that the disk has no room for.
    pub(super) async fn check_room(&self, bytes: u64) -> Result<(), ReceiveError> {
        if self.has_room(bytes).await? { Ok(()) } else { Err(ReceiveError::DiskFull) }
    }
}
