//! A copy of the last seq outside the journal. It shows when an old copy of the journal was put back.

use crate::disk::{self, Files, Lasting};
use firebee_domain::id::StoreId;
use std::{io, path::PathBuf, sync::Arc};

/// The file that holds it: the store's id and the seq.
#[derive(Debug)]
pub(super) struct HighWater {
    path: PathBuf,
    files: Arc<dyn Files>,
}

impl HighWater {
    pub(super) const fn new(path: PathBuf, files: Arc<dyn Files>) -> Self {
        Self { path, files }
    }

    /// The seq that this store is known to have reached; 0 when nothing is known.
    pub(super) fn read(&self, store: StoreId) -> u64 {
        let bytes = disk::read(&*self.files, &self.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let (named, seq) = text.trim().split_once(' ').unwrap_or_default();
        if named == store.to_string() { seq.parse().unwrap_or(0) } else { 0 }
    }

    /// Writes the seq. It is only a hint, so the file is renamed into place without a sync.
    pub(super) fn write(&self, store: StoreId, seq: u64) -> io::Result<()> {
        disk::replace(&*self.files, &self.path, format!("{store} {seq}\n").as_bytes(), Lasting::Hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_high_water_is_of_one_store() {
        let home = tempfile::tempdir().unwrap();
        let water = HighWater::new(home.path().join("high-water"), Arc::new(disk::DiskFiles));
        let (a, b) = (StoreId(Uuid::from_u128(1)), StoreId(Uuid::from_u128(2)));
        assert_eq!(water.read(a), 0);
        water.write(a, 7).unwrap();
        assert_eq!((water.read(a), water.read(b)), (7, 0));
    }
}
