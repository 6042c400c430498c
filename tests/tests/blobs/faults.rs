//! A disk that is full or fails.

use crate::evidence::{Field, Photo, id_of};
use firebee_domain::evidence::PhotoRole;
use firebee_server::blobs::{BlobKey, DiskFiles, Files, PartFile};
use firebee_tests::{firm::sqlite, house::House};
use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

/// The real disk, with room for so many bytes.
#[derive(Clone, Debug)]
struct Room(Arc<AtomicU64>);

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
    fn read(&self, file: &Path) -> io::Result<(Box<dyn Read + Send>, u64)> {
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
    fn read(&self, file: &Path) -> io::Result<(Box<dyn Read + Send>, u64)> {
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
    let synced = || std::mem::take(&mut *names.0.lock().unwrap()).contains(&named.parent().unwrap().to_owned());
    std::fs::write(named.with_extension("part"), b"left behind").unwrap();
    synced();
    assert_eq!(field.patch(&house, id, 0, &bytes[..50_000]).await.status, 204);
    assert!(synced(), "the name of the part");
    assert_eq!(field.patch(&house, id, 50_000, &bytes[50_000..60_000]).await.status, 204);
    assert!(!synced(), "once is enough");
    std::fs::write(&named, bytes).unwrap();
    let settled = field.patch(&house, id, 60_000, &bytes[60_000..]).await;
    assert_eq!((settled.status.as_u16(), settled.header("firebee-blob")), (204, "durable"));
    assert!(synced(), "the name of the blob");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_keeps_what_was_synced_and_goes_on_when_there_is_room() {
    let room = Room(Arc::new(AtomicU64::new(1_200_000)));
    let house = House::open_with(sqlite().await, Arc::new(room.clone())).await;
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 2_000_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let (id, bytes) = (id_of(&photo.original), &photo.original);
    assert_eq!(field.patch(&house, id, 0, &bytes[..1_100_000]).await.status, 204);
    let full = field.patch(&house, id, 1_100_000, &bytes[1_100_000..]).await;
    assert_eq!(full.problem(), (507, "disk_full".into()));
    assert_eq!(field.stands(&house, id).await, ("1100000".into(), "receiving".into()));
    let thumb = field.put(&house, id_of(&photo.preview), &photo.preview).await;
    assert_eq!(thumb.status, 204, "what still fits is taken: one blob delays no other");
    room.0.store(10_000_000, Ordering::SeqCst);
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
        let forget = firebee_server::sql!("UPDATE blob SET state = 'receiving', received = 50000 WHERE len = 100000");
        tx.execute(forget, &[]).await
    };
    assert_eq!(house.execute(forget).await, 1);
    house.restart().await;
    let answer = field.patch(&house, id, 50_000, &bytes[50_000..]).await;
    assert_eq!((answer.status.as_u16(), answer.header("firebee-blob")), (204, "durable"));
    // Every byte was noted, the check was not made.
    let whole = async move |tx: &mut firebee_server::store::Tx| {
        let whole = firebee_server::sql!("UPDATE blob SET state = 'receiving', received = 100000 WHERE len = 100000");
        tx.execute(whole, &[]).await
    };
    assert_eq!(house.execute(whole).await, 1);
    house.restart().await;
    assert_eq!(field.stands(&house, id).await, ("100000".into(), "durable".into()));
}
