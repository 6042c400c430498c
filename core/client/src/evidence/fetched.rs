//! Files that this phone fetched so that somebody can look at them. Each can be fetched again, so nothing here is synced.
//! When there are too many, the files of tasks that wait for no review go first, and of these the oldest.

use crate::disk::is_full;
use firebee_domain::{code::Code, id::ContentId};
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What the name of a file ends with while its bytes come.
const PART: &str = "part";

/// Why bytes are not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The bytes are not those that the id names. What had come of them is gone.
    #[error("the bytes are not those that the id names")]
    OtherBytes,
    /// The disk failed or is full.
    #[error("the file could not be written")]
    Io(#[from] io::Error),
}

impl KeepError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::OtherBytes => Code::ServerUnverified,
            Self::Io(error) if is_full(error) => Code::DiskFull,
            Self::Io(_) => Code::StorageFailed,
        }
    }
}

/// How much of a file is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Here {
    /// All of it, at this path.
    Whole(PathBuf),
    /// So many of its first bytes.
    Part(u64),
}

/// A folder of fetched files, each named by the hash of its bytes.
#[derive(Debug)]
pub struct Fetched {
    folder: PathBuf,
    shelf: Mutex<Shelf>,
}

/// What is kept.
#[derive(Debug, Default)]
struct Shelf {
    /// The most bytes that are kept.
    bytes_max: u64,
    /// The bytes of all files that are here as a whole.
    bytes: u64,
    /// The files of tasks that wait for review: they go last.
    waiting: HashSet<ContentId>,
}

/// A file that is here as a whole, in the order in which files go.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Whole {
    is_waiting: bool,
    /// Seconds and nanoseconds of Unix time, as the disk keeps them.
    fetched: (i64, i64),
    len: u64,
    id: ContentId,
}

impl Fetched {
    /// The files in this folder, which the first one makes; at most so many bytes are kept. What had come of a file before the
    /// app ended is removed. An app opens also on a full disk, so nothing here fails.
    pub fn at(folder: PathBuf, bytes_max: u64) -> Self {
        let found = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
        for part in found.filter(|path| is_part(path)) {
            // A part that stays is gone on with, and its hash decides.
            let _ = fs::remove_file(part);
        }
        let fetched = Self { folder, shelf: Mutex::default() };
        let bytes = fetched.whole(&HashSet::new()).unwrap_or_default().iter().map(|file| file.len).sum();
        *fetched.shelf() = Shelf { bytes_max, bytes, waiting: HashSet::new() };
        fetched
    }

    /// How much of a file is here.
    ///
    /// # Errors
    /// What the system says.
    pub fn here(&self, id: ContentId) -> io::Result<Here> {
        match self.get(id) {
            Some(path) => Ok(Here::Whole(path)),
            None => match fs::metadata(self.part(id)) {
                Ok(part) => Ok(Here::Part(part.len())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Here::Part(0)),
                Err(error) => Err(error),
            },
        }
    }

    /// The path of a file that is here as a whole.
    pub fn get(&self, id: ContentId) -> Option<PathBuf> {
        Some(self.path(id)).filter(|path| path.exists())
    }

    /// Keeps a piece of a file of `total` bytes. The piece begins at `from`, and what stood there before goes. Behind the
    /// last piece the file has its name, if it has the bytes that the name says.
    ///
    /// # Errors
    /// See [`KeepError`].
    pub fn keep(&self, id: ContentId, from: u64, total: u64, piece: &[u8]) -> Result<(), KeepError> {
        fs::create_dir_all(&self.folder)?;
        let part = self.part(id);
        let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(&part)?;
        file.set_len(from)?;
        file.seek(SeekFrom::Start(from))?;
        file.write_all(piece)?;
        drop(file);
        if from.saturating_add(piece.len() as u64) < total {
            return Ok(());
        }
        let named = name(id, &part, &self.path(id));
        if named.is_err() {
            // The next piece would begin behind the end.
            fs::remove_file(&part)?;
        }
        named?;
        let mut shelf = self.shelf();
        shelf.bytes = shelf.bytes.saturating_add(total);
        let to = shelf.bytes_max;
        Ok(self.shrink(&mut shelf, to, Some(id))?)
    }

    /// How many bytes the files take that are here as a whole.
    pub fn bytes(&self) -> u64 {
        self.shelf().bytes
    }

    /// Whether a file of so many bytes fits beside those of the tasks that wait for review.
    ///
    /// # Errors
    /// What the system says.
    pub fn has_room(&self, len: u64) -> io::Result<bool> {
        let shelf = self.shelf();
        let room = shelf.bytes_max.saturating_sub(len);
        if shelf.bytes <= room {
            return Ok(true);
        }
        let files = self.whole(&shelf.waiting)?;
        Ok(files.iter().filter(|file| file.is_waiting).map(|file| file.len).sum::<u64>() <= room)
    }

    /// The files of the tasks that wait for review now. All others go before them.
    pub fn set_waiting(&self, waiting: HashSet<ContentId>) {
        self.shelf().waiting = waiting;
    }

    /// At most so many bytes are kept from now on. What is too much goes at once.
    ///
    /// # Errors
    /// What the system says.
    pub fn set_bytes_max(&self, bytes_max: u64) -> io::Result<()> {
        let mut shelf = self.shelf();
        shelf.bytes_max = bytes_max;
        self.shrink(&mut shelf, bytes_max, None)
    }

    /// Makes room for something that cannot be fetched again: so many bytes go, if there are so many.
    ///
    /// # Errors
    /// What the system says.
    pub fn free(&self, bytes: u64) -> io::Result<()> {
        let mut shelf = self.shelf();
        let to = shelf.bytes.saturating_sub(bytes);
        self.shrink(&mut shelf, to, None)
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, id: ContentId) -> PathBuf {
        self.folder.join(id.to_string())
    }

    fn part(&self, id: ContentId) -> PathBuf {
        self.path(id).with_extension(PART)
    }

    fn whole(&self, waiting: &HashSet<ContentId>) -> io::Result<Vec<Whole>> {
        let mut files = Vec::new();
        let found = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
            found => found?,
        };
        for entry in found {
            let entry = entry?;
            let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            let known = entry.metadata()?;
            let is_waiting = waiting.contains(&id);
            files.push(Whole { is_waiting, fetched: (known.mtime(), known.mtime_nsec()), len: known.len(), id });
        }
        files.sort();
        Ok(files)
    }

    /// Removes files until the rest has at most so many bytes: first those of tasks that wait for no review, of these the
    /// ones that were fetched first; never the newest one.
    fn shrink(&self, shelf: &mut Shelf, to: u64, newest: Option<ContentId>) -> io::Result<()> {
        if shelf.bytes <= to {
            return Ok(());
        }
        for file in self.whole(&shelf.waiting)?.into_iter().filter(|file| Some(file.id) != newest) {
            if shelf.bytes <= to {
                break;
            }
            fs::remove_file(self.path(file.id))?;
            shelf.bytes = shelf.bytes.saturating_sub(file.len);
        }
        Ok(())
    }
}

fn is_part(path: &Path) -> bool {
    path.extension() == Some(OsStr::new(PART))
}

/// Gives a complete file its name.
fn name(id: ContentId, part: &Path, path: &Path) -> Result<(), KeepError> {
    let (mut file, mut hash, mut buffer) = (File::open(part)?, Sha256::new(), vec![0; 64 << 10]);
    loop {
        let read = file.read(&mut buffer)?;
        match buffer.get(..read) {
            Some(bytes) if read > 0 => hash.update(bytes),
            _ => break,
        }
    }
    if hash.finalize()[..] != id.0 {
        return Err(KeepError::OtherBytes);
    }
    Ok(fs::rename(part, path)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    fn id_of(bytes: &[u8]) -> ContentId {
        ContentId(Sha256::digest(bytes).into())
    }

    fn bytes_of(fetched: &Fetched, id: ContentId) -> Option<Vec<u8>> {
        fetched.get(id).map(|path| fs::read(path).unwrap())
    }

    const PLENTY: u64 = 1 << 20;

    #[test]
    fn a_file_is_here_when_its_last_piece_has_come() {
        let home = tempfile::tempdir().unwrap();
        let fetched = Fetched::at(home.path().join("fetched"), PLENTY);
        let id = id_of(b"abcdef");
        assert_eq!(fetched.here(id).unwrap(), Here::Part(0));
        fetched.keep(id, 0, 6, b"abxx").unwrap();
        assert_eq!((fetched.here(id).unwrap(), fetched.get(id)), (Here::Part(4), None));
        fetched.keep(id, 2, 6, b"cdef").unwrap();
        assert_eq!(bytes_of(&fetched, id).as_deref(), Some(&b"abcdef"[..]));
        assert_eq!(fetched.here(id).unwrap(), Here::Whole(fetched.path(id)));
    }

    #[test]
    fn other_bytes_than_the_id_names_leave_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let fetched = Fetched::at(home.path().to_owned(), PLENTY);
        let id = id_of(b"abcdef");
        fetched.keep(id, 0, 6, b"abc").unwrap();
        assert!(matches!(fetched.keep(id, 3, 6, b"xyz"), Err(KeepError::OtherBytes)));
        assert_eq!((fetched.here(id).unwrap(), fs::read_dir(home.path()).unwrap().count()), (Here::Part(0), 0));
    }

    /// Keeps a file that was fetched so many seconds after the first.
    fn keep_at(fetched: &Fetched, bytes: &[u8], second: u64) -> ContentId {
        let id = id_of(bytes);
        fetched.keep(id, 0, bytes.len() as u64, bytes).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(second);
        File::open(fetched.get(id).unwrap()).unwrap().set_modified(at).unwrap();
        id
    }

    #[test]
    fn the_files_that_were_fetched_first_make_room_and_a_part_ends_with_the_app() {
        let home = tempfile::tempdir().unwrap();
        let fetched = Fetched::at(home.path().to_owned(), 7);
        let files = [&b"one"[..], b"two", b"three"];
        for (second, bytes) in (0..).zip(files) {
            keep_at(&fetched, bytes, second);
        }
        assert_eq!(files.map(|bytes| fetched.get(id_of(bytes)).is_some()), [false, false, true]);
        fetched.keep(id_of(b"four"), 0, 4, b"fo").unwrap();
        let fetched = Fetched::at(home.path().to_owned(), 7);
        assert_eq!((fetched.here(id_of(b"four")).unwrap(), fetched.bytes()), (Here::Part(0), 5));
        assert_eq!(bytes_of(&fetched, id_of(b"three")).as_deref(), Some(&b"three"[..]));
    }

    #[test]
    fn what_waits_for_review_goes_last_and_has_room_only_beside_its_like() {
        let home = tempfile::tempdir().unwrap();
        let fetched = Fetched::at(home.path().to_owned(), 8);
        let [waits, done] = [&b"old"[..], b"new"].map(|bytes| keep_at(&fetched, bytes, u64::from(bytes == b"new")));
        fetched.set_waiting(HashSet::from([waits]));
        assert!(fetched.has_room(5).unwrap() && !fetched.has_room(6).unwrap());
        keep_at(&fetched, b"third", 2);
        let here = |id: ContentId| fetched.get(id).is_some();
        assert_eq!((here(waits), here(done), fetched.bytes()), (true, false, 8));
        fetched.set_bytes_max(4).unwrap();
        assert_eq!((here(waits), fetched.bytes()), (true, 3), "the newest of a task that waits for no review went");
        fetched.free(1).unwrap();
        assert_eq!((here(waits), fetched.bytes()), (false, 0), "a photo that is taken now needs the room more");
    }
}
