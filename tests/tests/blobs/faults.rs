//! A disk that is full or fails.

use crate::evidence::{Field, Photo, id_of};
use firebee_domain::evidence::PhotoRole;
use firebee_server::blobs::{BlobKey, DiskFiles, Files, PartFile, StoredFile};
use firebee_tests::{firm::sqlite, house::House};
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// The real disk, with room for so many bytes.
#[derive(Clone, Debug)]
pub struct Room(Arc<AtomicU64>, bool);

impl Room {
    /// A disk that tells nobody how full it is.
    fn silent(bytes: u64) -> Self {
        Self(Arc::new(AtomicU64::new(bytes)), false)
    }

    /// A disk that tells.
    pub fn telling(bytes: u64) -> Self {
        Self(Arc::new(AtomicU64::new(bytes)), true)
    }

    pub fn set(&self, bytes: u64) {
        self.0.store(bytes, Ordering::SeqCst);
    }
}

struct RoomFile(Box<dyn PartFile>, Room);

impl Write for RoomFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let wanted = bytes.len() as u64;
        let taken = self.1.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |room| room.checked_sub(wanted));
        taken.map_err(|_| io::Error::from(io::ErrorKind::StorageFull))?;
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl PartFile for RoomFile {
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync()
    }
    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.0.cut(len)
    }
}

impl Files for Room {
    fn create_folder(&self, folder: &Path) -> io::Result<bool> {
        DiskFiles.create_folder(folder)
    }
    fn write(&self, file: &Path) -> io::Result<Box<dyn PartFile>> {
        Ok(Box::new(RoomFile(DiskFiles.write(file)?, self.clone())))
    }
    fn read(&self, file: &Path) -> io::Result<(Box<dyn StoredFile>, u64)> {
        DiskFiles.read(file)
    }
    fn len(&self, file: &Path) -> io::Result<Option<u64>> {
        DiskFiles.len(file)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        DiskFiles.rename(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        DiskFiles.sync_folder(folder)
    }
    fn remove(&self, file: &Path) -> io::Result<()> {
        DiskFiles.remove(file)
    }
    fn room(&self, _: &Path) -> io::Result<u64> {
        Ok(if self.1 { self.0.load(Ordering::SeqCst) } else { u64::MAX })
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Duration)>> {
        DiskFiles.list(folder)
    }
}

/// The real disk, and the folders whose names were synced.
#[derive(Clone, Debug, Default)]
struct Names(Arc<Mutex<Vec<PathBuf>>>);

impl Files for Names {
    fn create_folder(&self, folder: &Path) -> io::Result<bool> {
        DiskFiles.create_folder(folder)
    }
    fn write(&self, file: &Path) -> io::Result<Box<dyn PartFile>> {
        DiskFiles.write(file)
    }
    fn read(&self, file: &Path) -> io::Result<(Box<dyn StoredFile>, u64)> {
        DiskFiles.read(file)
    }
    fn len(&self, file: &Path) -> io::Result<Option<u64>> {
        DiskFiles.len(file)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        DiskFiles.rename(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.lock().unwrap().push(folder.to_owned());
        DiskFiles.sync_folder(folder)
    }
    fn remove(&self, file: &Path) -> io::Result<()> {
        DiskFiles.remove(file)
    }
    fn room(&self, _: &Path) -> io::Result<u64> {
        Ok(u64::MAX)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Duration)>> {
        DiskFiles.list(folder)
    }
}

/// A server was killed between creating or renaming a file and syncing the folder. The next server does not treat the
/// visible name as durable.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_a_killed_server_left_is_synced_before_anything_counts_on_it() {
    let names = Names::default();
    let house = House::open_with(sqlite().await, Arc::new(names.clone())).await;
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 100_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let (id, bytes) = (id_of(&photo.original), &photo.original);
    assert_eq!(field.put(&house, id_of(&photo.thumb), &photo.thumb).await.status, 204, "the folders are made");
    let named = house.app.blobs.path(BlobKey { org: house.firm.org, id });
    let part = field.part(&house, id);
    let synced =
        |file: &Path| std::mem::take(&mut *names.0.lock().unwrap()).contains(&file.parent().unwrap().to_owned());
    std::fs::write(&part, b"left behind").unwrap();
    synced(&part);
    assert_eq!(field.patch(&house, id, 0, &bytes[..50_000]).await.status, 204);
    assert!(synced(&part), "the name of the part");
    assert_eq!(field.patch(&house, id, 50_000, &bytes[50_000..60_000]).await.status, 204);
    assert!(!synced(&part), "once is enough");
    std::fs::write(&named, bytes).unwrap();
    let settled = field.patch(&house, id, 60_000, &bytes[60_000..]).await;
    assert_eq!((settled.status.as_u16(), settled.header("firebee-blob")), (204, "durable"));
    assert!(synced(&named), "the name of the blob");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_keeps_what_was_synced_and_goes_on_when_there_is_room() {
    let room = Room::silent(1_200_000);
    let house = House::open_with(sqlite().await, Arc::new(room.clone())).await;
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 2_000_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let (id, bytes) = (id_of(&photo.original), &photo.original);
    assert_eq!(field.patch(&house, id, 0, &bytes[..1_100_000]).await.status, 204);
    let full = field.patch(&house, id, 1_100_000, &bytes[1_100_000..]).await;
    assert_eq!(full.problem(), (507, "blobs_full".into()));
    assert_eq!(field.stands(&house, id).await, ("1100000".into(), "receiving".into()));
    let thumb = field.put(&house, id_of(&photo.preview), &photo.preview).await;
    assert_eq!(thumb.status, 204, "what still fits is taken: one blob delays no other");
    room.set(10_000_000);
    let rest = field.patch(&house, id, 1_100_000, &bytes[1_100_000..]).await;
    assert_eq!((rest.status.as_u16(), rest.header("firebee-blob")), (204, "durable"));
    assert!(field.get(&house, id).await.body == *bytes);
}

/// The server ended between renaming the file and writing its row, or before the last check. Nothing is lost and no
/// hash is wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blob_whose_row_was_not_written_is_settled_when_it_is_asked_for() {
    let mut house = House::open(sqlite().await).await;
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 100_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let (id, bytes) = (id_of(&photo.original), &photo.original);
    assert_eq!(field.put(&house, id, bytes).await.status, 204);
    let forget = async move |tx: &mut firebee_server::store::Tx| {
        let forget = firebee_server::sql!("UPDATE blob SET state = 'announced' WHERE len = 100000");
        tx.execute(forget, &[]).await?;
        let begun = firebee_server::sql!(
            "INSERT INTO upload (org, blob, store_id, len, received, part, writer, wanted, beat, touched_ms)
             SELECT b.org, b.id, s.store_id, b.len, 50000, 1, 5, 5, 5, 0 FROM blob b, session s
             WHERE b.len = 100000 AND s.store_id IS NOT NULL"
        );
        tx.execute(begun, &[]).await
    };
    assert_eq!(house.execute(forget).await, 1);
    house.restart().await;
    let answer = field.patch(&house, id, 50_000, &bytes[50_000..]).await;
    assert_eq!((answer.status.as_u16(), answer.header("firebee-blob")), (204, "durable"));
    // Every byte was noted, the check was not made.
    let whole = async move |tx: &mut firebee_server::store::Tx| {
        let forget = firebee_server::sql!("UPDATE blob SET state = 'announced' WHERE len = 100000");
        tx.execute(forget, &[]).await?;
        tx.execute(firebee_server::sql!("UPDATE upload SET received = 100000, writer = 5"), &[]).await
    };
    assert_eq!(house.execute(whole).await, 1);
    house.restart().await;
    assert_eq!(field.stands(&house, id).await, ("100000".into(), "durable".into()));
}
