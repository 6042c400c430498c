//! What is to be rendered, read from a folder within bounds.

use crate::answer::{Failure, FailureCode as Code};
use firebee_domain::{
    id::ContentId,
    report::{AGREEMENT_EDITION, Agreement, NOTICE_EDITION, Notice, SNAPSHOT_EDITION, Snapshot, TABLE_EDITION, Table},
};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::{fs::File, io::Read, path::Path};

/// The largest snapshot: ten times what a year of a large mall has.
pub const SNAPSHOT_BYTES_MAX: u64 = 16 << 20;
/// The largest manifest.
pub const MANIFEST_BYTES_MAX: u64 = 4 << 20;
/// The largest photo or signature. A preview has a quarter of it.
pub const PICTURE_BYTES_MAX: u64 = 2 << 20;
/// The largest file that somebody else wrote.
pub const UPLOAD_BYTES_MAX: u64 = 10 << 20;
/// The most photos.
pub const PHOTOS_MAX: usize = 600;
/// The most rows of a kind: records, values, lines.
pub const ROWS_MAX: usize = 20_000;

/// The most cells of a table, with the notes of its rows.
pub const TABLE_CELLS_MAX: usize = 60_000;

/// A sign across each page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Not generated yet: a look at what it will be.
    Draft,
    /// Of a system for training.
    Training,
    /// Superseded.
    Void,
}

/// A report to render.
#[derive(Clone, Debug)]
pub struct Job {
    /// The snapshot, as it is kept: its code and the attachment are made of these bytes.
    pub bytes: Vec<u8>,
    /// The same, read.
    pub snapshot: Snapshot,
    /// The previews, in the order of `snapshot.photos`.
    pub photos: Vec<Vec<u8>>,
    /// The signatures, in the order of `snapshot.witnesses`.
    pub signatures: Vec<Vec<u8>>,
    /// The file that is the text, where the snapshot names one.
    pub upload: Option<Vec<u8>>,
    /// The manifests, to be attached.
    pub manifest: Option<Vec<u8>>,
    /// The sign across each page.
    pub mark: Option<Mark>,
}

impl Job {
    /// Reads a folder, as the docs of this crate describe it.
    pub fn read(folder: &Path, mark: Option<Mark>) -> Result<Self, Failure> {
        let bytes = read(&folder.join("snapshot.json"), SNAPSHOT_BYTES_MAX)?;
        let snapshot = snapshot(&bytes)?;
        bounded(&snapshot)?;
        let manifest = folder.join("manifest.json");
        let manifest = if manifest.exists() { Some(read(&manifest, MANIFEST_BYTES_MAX)?) } else { None };
        let photos = snapshot.photos.iter().map(|photo| {
            let path = folder.join("photos").join(photo.number.to_string());
            picture(&path, photo.preview)
        });
        let photos = photos.collect::<Result<_, _>>()?;
        let signatures = (1..).zip(&snapshot.witnesses).map(|(place, witness)| {
            let path = folder.join("signatures").join(place.to_string());
            picture(&path, witness.signature)
        });
        let signatures = signatures.collect::<Result<_, _>>()?;
        let upload = match &snapshot.upload {
            Some(held) => Some(named_by(&folder.join("upload.pdf"), UPLOAD_BYTES_MAX, held.file)?),
            None => None,
        };
        Ok(Self { bytes, snapshot, photos, signatures, upload, manifest, mark })
    }
}

/// Reads the table of a folder, as the docs of this crate describe it.
pub fn table(folder: &Path) -> Result<Table, Failure> {
    let read: Table = passing(folder, "table")?;
    let invalid = |details: String| Failure::new(Code::SnapshotInvalid, details);
    of_edition("table", read.edition, TABLE_EDITION)?;
    if read.columns.is_empty() || read.rows.iter().any(|row| row.cells.len() != read.columns.len()) {
        return Err(invalid("a row has not a cell for each column".to_owned()));
    }
    let cells = read.rows.iter().map(|row| row.cells.len() + row.notes.len()).sum::<usize>();
    if cells > TABLE_CELLS_MAX {
        return Err(Failure::new(Code::InputTooLarge, format!("{cells} cells, of {TABLE_CELLS_MAX} allowed")));
    }
    Ok(read)
}

/// Reads the text of a contract of a folder, as the docs of this crate describe it.
pub fn agreement(folder: &Path) -> Result<Agreement, Failure> {
    let read: Agreement = passing(folder, "agreement")?;
    of_edition("agreement", read.edition, AGREEMENT_EDITION)?;
    if read.articles.iter().any(|article| article.rows.iter().any(|row| row.len() != article.columns.len())) {
        return Err(Failure::new(Code::SnapshotInvalid, "a row has not a cell for each column".to_owned()));
    }
    let rows = read.articles.iter().map(|article| article.clauses.len() + article.rows.len()).sum::<usize>();
    if rows > ROWS_MAX {
        return Err(Failure::new(Code::InputTooLarge, format!("{rows} clauses and rows, of {ROWS_MAX} allowed")));
    }
    Ok(read)
}

/// Reads the notice of a folder, as the docs of this crate describe it.
pub fn notice(folder: &Path) -> Result<Notice, Failure> {
    let read: Notice = passing(folder, "notice")?;
    of_edition("notice", read.edition, NOTICE_EDITION)?;
    Ok(read)
}

/// Reads a document that is kept nowhere, from the file of its name.
fn passing<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, Failure> {
    let bytes = read(&folder.join(format!("{name}.json")), SNAPSHOT_BYTES_MAX)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Failure::new(Code::SnapshotInvalid, format!("{name}.json, line {line}, column {column}"))
    })
}

fn of_edition(name: &str, edition: u16, known: u16) -> Result<(), Failure> {
    if edition == known {
        return Ok(());
    }
    let details = format!("edition {edition} of the {name}; this program knows {known}");
    Err(Failure::new(Code::SnapshotInvalid, details))
}

/// Reads a snapshot of the edition that this program knows. What is wrong is told by its place only: a snapshot holds
/// names.
fn snapshot(bytes: &[u8]) -> Result<Snapshot, Failure> {
    let read: Snapshot = serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Failure::new(Code::SnapshotInvalid, format!("snapshot.json, line {line}, column {column}"))
    })?;
    let mut numbers: Vec<u32> = read.photos.iter().map(|photo| photo.number).collect();
    numbers.sort_unstable();
    if numbers.windows(2).any(|pair| matches!(pair, [one, next] if one == next)) {
        return Err(Failure::new(Code::SnapshotInvalid, "two photos have one number"));
    }
    if read.edition == SNAPSHOT_EDITION {
        return Ok(read);
    }
    let details = format!("edition {} of the snapshot; this program knows {SNAPSHOT_EDITION}", read.edition);
    Err(Failure::new(Code::SnapshotInvalid, details))
}

/// No list is longer than the page layout is meant for.
fn bounded(snapshot: &Snapshot) -> Result<(), Failure> {
    let records = snapshot.systems.iter().flat_map(|system| &system.records);
    let steps = snapshot.faults.iter().map(|fault| fault.steps.len() + fault.particulars.len());
    let course = snapshot.course.as_ref();
    let refused = course.map_or(0, |course| course.refused.len());
    let designs = course.map_or(0, |course| course.designs.iter().map(|line| 1 + line.measured.len()).sum());
    let counts = [
        ("photos", snapshot.photos.len(), PHOTOS_MAX),
        ("records", records.clone().count(), ROWS_MAX),
        ("values", records.map(|record| record.each.len()).sum(), ROWS_MAX),
        ("opinion lines", snapshot.opinion.systems.iter().map(|system| system.lines.len()).sum(), ROWS_MAX),
        ("facilities", snapshot.facilities.len(), ROWS_MAX),
        ("untestable items", snapshot.untestable.len(), ROWS_MAX),
        ("faults", snapshot.faults.len() + snapshot.earlier.len() + refused, ROWS_MAX / 10),
        ("design values", designs, ROWS_MAX),
        ("steps of faults", steps.sum(), ROWS_MAX),
        ("steps of dispatches", snapshot.dispatches.iter().map(|sent| 1 + sent.steps.len()).sum(), ROWS_MAX),
        ("tasks", snapshot.site_work.len() + snapshot.witnesses.len(), ROWS_MAX / 10),
        ("gaps of tracks", snapshot.site_work.iter().map(|work| work.gaps.len()).sum(), ROWS_MAX),
        ("people and instruments", snapshot.people.len() + snapshot.instruments.len(), ROWS_MAX / 10),
        ("buildings", snapshot.buildings.len() + snapshot.basics.len(), ROWS_MAX / 10),
    ];
    match counts.iter().find(|(_, count, most)| count > most) {
        None => Ok(()),
        Some((what, count, most)) => {
            Err(Failure::new(Code::InputTooLarge, format!("{count} {what}, of {most} allowed")))
        }
    }
}

/// The bytes of a PDF that is to be bound into a report.
pub fn upload(path: &Path) -> Result<Vec<u8>, Failure> {
    read(path, UPLOAD_BYTES_MAX)
}

fn picture(path: &Path, id: ContentId) -> Result<Vec<u8>, Failure> {
    named_by(path, PICTURE_BYTES_MAX, id)
}

/// The bytes of a file, which are what the snapshot names.
fn named_by(path: &Path, bytes_max: u64, id: ContentId) -> Result<Vec<u8>, Failure> {
    let bytes = read(path, bytes_max)?;
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    if hash == id.0 {
        return Ok(bytes);
    }
    Err(Failure::new(Code::PictureForeign, format!("{} is not the file {id}", named(path))))
}

/// A whole file of at most so many bytes.
fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Failure> {
    let missing = |error: std::io::Error| Failure::new(Code::InputMissing, format!("{}: {error}", named(path)));
    let file = File::open(path).map_err(missing)?;
    let mut bytes = Vec::new();
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(missing)?;
    if bytes.len() as u64 > bytes_max {
        return Err(Failure::new(Code::InputTooLarge, format!("{} has more than {bytes_max} bytes", named(path))));
    }
    Ok(bytes)
}

/// A path inside the folder: the last two names of it.
fn named(path: &Path) -> String {
    let names: Vec<_> = path.iter().rev().take(2).map(|name| name.to_string_lossy()).collect();
    match names.as_slice() {
        [file, folder] if folder == "photos" || folder == "signatures" => format!("{folder}/{file}"),
        [file, ..] => file.to_string(),
        [] => String::new(),
    }
}
