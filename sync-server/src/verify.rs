//! Reads a data folder without serving it, hashes every blob again, and walks the chain of every firm's acts.

mod acts;
mod report;

pub use acts::{MissingKey, VerifiedActs};
pub use report::{ForeignFile, REPORT_BYTES_MAX, VerifiedReport, verify_report};

use crate::{
    blobs::{BlobKey, Blobs, Sums},
    config::Config,
    keys::{KeyError, Keyring},
    query::{act, held, org},
    store::{BlobStage, DATABASE, OpenError, Store, StoreError, Tx},
};
use firebee_domain::id::{ContentId, FactId};
use firebee_protocol::problem::CodeWord;
use serde::{Deserialize, Serialize};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// What a data folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Every fact.
    pub facts: Vec<VerifiedFact>,
    /// Every blob that a fact announced.
    pub blobs: Vec<VerifiedBlob>,
    /// The acts of each firm.
    pub acts: Vec<VerifiedActs>,
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedFact {
    /// Its id.
    pub id: FactId,
    /// The code of the quarantine; null when the fact counts.
    pub code: Option<CodeWord>,
}

/// A blob.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedBlob {
    /// Its hash.
    pub id: ContentId,
    /// How far the database says that it is.
    pub state: BlobStage,
    /// The bytes in its file; null when there is no file.
    pub len: Option<u64>,
    /// Whether they hash to its name and have the CRC-32 of the row.
    pub sound: bool,
}

impl Verified {
    /// Blobs that the database calls verified and that are not what their name says.
    pub fn broken(&self) -> usize {
        self.blobs.iter().filter(|blob| blob.state == BlobStage::Verified && !blob.sound).count()
    }

    /// Firms whose key is not here.
    pub fn without_key(&self) -> impl Iterator<Item = (&VerifiedActs, &MissingKey)> {
        self.acts.iter().filter_map(|acts| Some((acts, acts.key.as_ref()?)))
    }

    /// Firms whose chain of acts does not hold.
    pub fn rewritten(&self) -> impl Iterator<Item = (&VerifiedActs, u64)> {
        self.acts.iter().filter_map(|acts| Some((acts, acts.broken_at?)))
    }
}

/// Why a folder is not read.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// There is neither a data folder nor a backup.
    #[error("{0} holds no data of a server, and is no backup")]
    NoData(String),
    /// The database cannot be opened: a server is running on it.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A blob cannot be read.
    #[error("a blob cannot be read: {0}")]
    Blob(#[from] io::Error),
}

/// Reads the database and the blobs of a server, or of a backup: a folder with an SQLite database, on which no server may
/// run, or PostgreSQL with the blobs in the folder, beside its servers. Nothing is written, so the folder need not be
/// writable.
///
/// # Errors
/// See [`VerifyError`]. A missing or changed blob is no error but a finding.
pub async fn verify(config: &Config) -> Result<Verified, VerifyError> {
    let store = match &config.postgres {
        Some(address) => Store::postgres(address.clone(), 1)?,
        None => {
            let database = config.data.join(DATABASE);
            if !database.is_file() {
                return Err(VerifyError::NoData(config.data.display().to_string()));
            }
            Store::sqlite_alone(&database)?
        }
    };
    let read = store
        .read("verify", async |tx: &mut Tx| {
            let (mut facts, mut blobs, mut chains) = (Vec::new(), Vec::new(), Vec::new());
            for org in org::all(tx).await? {
                facts.extend(held::facts(tx, org).await?);
                blobs.extend(held::blobs(tx, org).await?);
                let (links, count) = (act::links(tx, org).await?, act::count(tx, org).await?);
                let (seal, former) = (org::seal(tx, org).await?, org::former(tx, org).await?);
                chains.push(acts::Chain { org, links, count, seal, former });
            }
            Ok::<_, StoreError>((facts, blobs, chains))
        })
        .await;
    store.close().await;
    let (facts, blobs, chains) = read?;
    let (folder, keyring) = (Blobs::at(&config.blobs_folder()), Keyring::in_folder(&config.data));
    let check = |blob: held::HeldBlob| {
        let path = folder.path(BlobKey { org: blob.org, id: blob.id });
        let found = summed(&path)?;
        let sound =
            |sums: &Sums| ContentId(sums.hash()) == blob.id && blob.crc32.is_none_or(|crc32| crc32 == sums.crc32());
        let sound = found.as_ref().is_some_and(|(_, sums)| sound(sums));
        Ok(VerifiedBlob { id: blob.id, state: blob.state, len: found.map(|(len, _)| len), sound })
    };
    Ok(Verified {
        facts: facts.into_iter().map(|fact| VerifiedFact { id: fact.id, code: fact.code }).collect(),
        blobs: blobs.into_iter().map(check).collect::<io::Result<_>>()?,
        acts: chains.iter().map(|chain| acts::walk(chain, &keyring)).collect::<Result<_, _>>()?,
    })
}

fn summed(path: &Path) -> io::Result<Option<(u64, Sums)>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let (mut sums, mut len, mut block) = (Sums::default(), 0, vec![0; 64 << 10]);
    loop {
        let read = file.read(&mut block)?;
        let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else {
            return Ok(Some((len, sums)));
        };
        sums.update(part);
        len += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_hashed_whole_and_a_missing_one_is_a_finding() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blob");
        assert!(summed(&path).unwrap().is_none());
        std::fs::write(&path, vec![7; 200_000]).unwrap();
        let (len, sums) = summed(&path).unwrap().unwrap();
        let mut expected = Sums::default();
        expected.update(&vec![7; 200_000]);
        assert_eq!((len, sums.hash(), sums.crc32()), (200_000, expected.hash(), expected.crc32()));
    }

    #[tokio::test]
    async fn a_folder_without_data_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(verify(&Config::in_folder(folder.path())).await, Err(VerifyError::NoData(_))));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn only_a_blob_that_should_be_whole_can_be_broken() {
        let blob = |state, sound| VerifiedBlob { id: ContentId([1; 32]), state, len: None, sound };
        let blobs =
            vec![blob(BlobStage::Announced, false), blob(BlobStage::Verified, true), blob(BlobStage::Verified, false)];
        assert_eq!(Verified { blobs, ..Verified::default() }.broken(), 1);
    }
}
