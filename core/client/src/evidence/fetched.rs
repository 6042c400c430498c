//! Files that this phone fetched so that somebody can look at them. Each can be fetched again, so nothing here is synced,
//! and the oldest go when there are too many.

use crate::disk::is_full;
use firebee_domain::{code::Code, id::ContentId};
use sha2::{Digest, Sha256};
use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The most bytes that are kept.
const KEPT_BYTES_MAX: u64 = 256 << 20;

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
    kept_bytes_max: u64,
}

impl Fetched {
    /// The files in this folder, which the first one makes. What had come of a file before the app ended is removed. An app
    /// opens also on a full disk, so nothing here fails.
    pub fn at(folder: PathBuf) -> Self {
        let found = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
        for part in found.filter(|path| is_part(path)) {
            // A part that stays is gone on with, and its hash decides.
            let _ = fs::remove_file(part);
        }
        Self { folder, kept_bytes_max: KEPT_BYTES_MAX }
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
        Ok(self.trim(id)?)
    }

    fn path(&self, id: ContentId) -> PathBuf {
        self.folder.join(id.to_string())
    }

    fn part(&self, id: ContentId) -> PathBuf {
        self.path(id).with_extension(PART)
    }

    /// Removes the files that were fetched first, but never the newest one, until the rest is small enough.
    fn trim(&self, newest: ContentId) -> io::Result<()> {
        let (mut files, mut bytes) = (Vec::new(), 0_u64);
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let (path, known) = (entry.path(), entry.metadata()?);
            if !is_part(&path) {
                bytes = bytes.saturating_add(known.len());
                files.push((known.modified().ok(), known.len(), path));
            }
        }
        files.sort();
        let keep = self.path(newest);
        for (_, len, path) in files.into_iter().filter(|(_, _, path)| *path != keep) {
            if bytes <= self.kept_bytes_max {
                break;
            }
            fs::remove_file(path)?;
            bytes = bytes.saturating_sub(len);
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

    #[test]
    fn a_file_is_here_when_its_last_piece_has_come() {
        let home = tempfile::tempdir().unwrap();
        let fetched = Fetched::at(home.path().join("fetched"));
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
        let fetched = Fetched::at(home.path().to_owned());
        let id = id_of(b"abcdef");
        fetched.keep(id, 0, 6, b"abc").unwrap();
        assert!(matches!(fetched.keep(id, 3, 6, b"xyz"), Err(KeepError::OtherBytes)));
        assert_eq!((fetched.here(id).unwrap(), fs::read_dir(home.path()).unwrap().count()), (Here::Part(0), 0));
    }

    #[test]
    fn the_files_that_were_fetched_first_make_room_and_a_part_ends_with_the_app() {
        let home = tempfile::tempdir().unwrap();
        let mut fetched = Fetched::at(home.path().to_owned());
        fetched.kept_bytes_max = 7;
        let files = [&b"one"[..], b"two", b"three"];
        for (age, bytes) in files.iter().enumerate() {
            fetched.keep(id_of(bytes), 0, bytes.len() as u64, bytes).unwrap();
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(age as u64);
            let path = fetched.get(id_of(bytes)).unwrap();
            File::open(path).unwrap().set_modified(at).unwrap();
        }
        assert_eq!(files.map(|bytes| fetched.get(id_of(bytes)).is_some()), [false, false, true]);
        fetched.keep(id_of(b"four"), 0, 4, b"fo").unwrap();
        let fetched = Fetched::at(home.path().to_owned());
        assert_eq!(fetched.here(id_of(b"four")).unwrap(), Here::Part(0));
        assert_eq!(bytes_of(&fetched, id_of(b"three")).as_deref(), Some(&b"three"[..]));
    }
}
