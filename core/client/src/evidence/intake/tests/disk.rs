//! A disk that fills up, and the order in which bytes and names become durable.

use super::*;
use crate::disk::{DiskFiles, Files, NewFile, StoredFile};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

/// The disk with a log of its operations. Operation number `fails` finds the disk full.
#[derive(Clone, Debug, Default)]
struct Watched {
    fails: usize,
    asked: Arc<AtomicUsize>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Watched {
    fn ask(&self, operation: &str, path: &Path) -> io::Result<()> {
        let of_root = path.components().rev().take(2).collect::<Vec<_>>();
        let name: PathBuf = of_root.into_iter().rev().collect();
        self.log.lock().unwrap().push(format!("{operation} {}", name.display()));
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        if number == self.fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

struct WatchedFile(Box<dyn NewFile>, Watched, PathBuf);

impl Write for WatchedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.ask("write", &self.2)?;
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl NewFile for WatchedFile {
    fn sync(&mut self) -> io::Result<()> {
        self.1.ask("sync", &self.2)?;
        self.0.sync()
    }
}

impl Files for Watched {
    fn create_folder(&self, folder: &Path) -> io::Result<bool> {
        self.ask("create_folder", folder)?;
        DiskFiles.create_folder(folder)
    }
    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        self.ask("create", file)?;
        Ok(Box::new(WatchedFile(DiskFiles.create(file)?, self.clone(), file.to_owned())))
    }
    fn open(&self, file: &Path) -> io::Result<Box<dyn StoredFile>> {
        self.ask("open", file)?;
        DiskFiles.open(file)
    }
    fn len(&self, file: &Path) -> io::Result<Option<u64>> {
        self.ask("len", file)?;
        DiskFiles.len(file)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask("rename", to)?;
        DiskFiles.rename(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.ask("sync_folder", folder)?;
        DiskFiles.sync_folder(folder)
    }
    fn remove(&self, file: &Path) -> io::Result<()> {
        self.ask("remove", file)?;
        DiskFiles.remove(file)
    }
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        DiskFiles.remove_folder(folder)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.ask("list", folder)?;
        DiskFiles.list(folder)
    }
    fn room(&self, folder: &Path) -> Option<u64> {
        DiskFiles.room(folder)
    }
}

fn watched(fails: usize) -> (Home, Watched) {
    let dir = tempfile::tempdir().unwrap();
    let mut watched = Watched::default();
    BlobFolder::open(dir.path().join("blobs")).unwrap();
    watched.fails = 6 + fails;
    let folder = BlobFolder::open_over(dir.path().join("blobs"), Arc::new(watched.clone())).unwrap();
    let opened = watched.asked.swap(6, Ordering::Relaxed);
    assert!(opened <= 6, "opening asked {opened} times");
    watched.log.lock().unwrap().clear();
    (Home { dir, folder }, watched)
}

#[test]
fn whichever_file_operation_finds_the_disk_full_nothing_is_left_behind() {
    let jpeg = encoded(&quarters(64, 64), ImageFormat::Jpeg);
    for fails in 1.. {
        let (home, watched) = watched(fails);
        match home.take(&jpeg) {
            Err(error) => assert_eq!(error.code(), Code::DiskFull, "{fails}"),
            Ok(_) => {
                // The loop ends when all operations pass, so every single one has failed once.
                assert!(fails > 20 && watched.log.lock().unwrap().len() < fails, "{fails}");
                assert_eq!(home.files(), 2);
                return;
            }
        }
        assert_eq!(home.files(), 0, "{fails}: {:?}", watched.log.lock().unwrap());
    }
}

#[test]
fn a_failed_intake_leaves_an_earlier_one_of_the_same_photo_alone() {
    let jpeg = encoded(&quarters(64, 64), ImageFormat::Jpeg);
    for fails in 1..20 {
        let (home, _) = watched(fails);
        let plain = BlobFolder::open(home.dir.path().join("blobs")).unwrap();
        let taken = intake(&plain, &mut &*jpeg).unwrap();
        assert_eq!(home.take(&jpeg).unwrap_err().code(), Code::DiskFull, "{fails}");
        assert_eq!(home.bytes(taken.original), jpeg, "{fails}");
    }
}

/// protocol.md, "Blobs": fsync → rename to its hash → fsync folder → only then the fact.
#[test]
fn bytes_are_synced_before_they_get_their_name_and_names_before_it_returns() {
    let (home, watched) = watched(usize::MAX - 10);
    let taken = home.take(&fixture("portrait_6.jpg")).unwrap();
    let log = watched.log.lock().unwrap().clone();
    let last = |operation: &str| log.iter().rposition(|line| line.starts_with(operation)).unwrap();
    let first = |operation: &str| log.iter().position(|line| line.starts_with(operation)).unwrap();
    assert_eq!(log.iter().filter(|line| line.starts_with("sync tmp/")).count(), 3, "{log:#?}");
    assert!(last("write ") < last("sync ") && last("sync ") < first("rename "), "{log:#?}");
    for blob in [taken.original, taken.preview, taken.thumbnail] {
        let digits = blob.id.to_string();
        let folder = format!("sync_folder blobs/{}", digits.get(7..9).unwrap());
        assert!(log.iter().skip(last("rename ")).any(|line| *line == folder), "{folder} in {log:#?}");
    }
    let root = log.iter().rposition(|line| line.ends_with("/blobs") && line.starts_with("sync_folder")).unwrap();
    assert!(root > last("create_folder "), "{log:#?}");
}
