//! Reads a report's PDF without its server: the snapshot that lies in it, and the code that follows from it.

use firebee_domain::report::{Cover, VerificationCode};
use flate2::read::ZlibDecoder;
use hayro_syntax::{
    Filter, Pdf,
    object::{Array, Dict, Object, Stream, String as Text},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    io::Read,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// A larger file is not read. A report has 10 MB at most, its signed copy some more.
pub const REPORT_BYTES_MAX: u64 = 64 << 20;
/// A larger snapshot is none.
const SNAPSHOT_BYTES_MAX: u64 = 64 << 20;
/// The name under which a report holds its snapshot.
const SNAPSHOT: &[u8] = b"snapshot.json";
/// How deep the tree of attached files may be.
const DEPTH_MAX: usize = 8;

/// What a report's file says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerifiedReport {
    /// The code that its cover must show.
    pub code: VerificationCode,
    /// The hash of the file, 64 hex digits: the page of the code shows that of the file that was generated.
    pub sha256: String,
    /// What the snapshot has for the cover; `None` where another edition made it.
    pub cover: Option<Cover>,
}

/// A file that is no report: not a PDF, or one without a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no PDF with the snapshot of a report")]
pub struct ForeignFile;

/// The part of a snapshot that is told.
#[derive(Deserialize)]
struct Covered {
    cover: Cover,
}

/// Reads a report.
///
/// # Errors
/// [`ForeignFile`].
pub fn verify_report(file: &[u8]) -> Result<VerifiedReport, ForeignFile> {
    // A panic in the reader counts as a defect of the file.
    let read = || snapshot(file);
    let snapshot = catch_unwind(AssertUnwindSafe(read)).ok().flatten().ok_or(ForeignFile)?;
    Ok(VerifiedReport {
        code: VerificationCode::of(&snapshot),
        sha256: Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect(),
        cover: serde_json::from_slice::<Covered>(&snapshot).ok().map(|covered| covered.cover),
    })
}

/// The bytes of the snapshot that is attached to a PDF.
fn snapshot(file: &[u8]) -> Option<Vec<u8>> {
    let pdf = Pdf::new(file.to_vec()).ok()?;
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let names: Dict<'_> = root.get("Names")?;
    let attached = attached(&names.get("EmbeddedFiles")?, DEPTH_MAX)?;
    let files: Dict<'_> = attached.get("EF")?;
    unpacked(&files.get::<Stream<'_>>("F")?)
}

/// Looks the snapshot up in a tree of names, whose leaves are pairs of a name and a file.
fn attached<'a>(node: &Dict<'a>, depth: usize) -> Option<Dict<'a>> {
    let leaf = node.get::<Array<'a>>("Names").and_then(|pairs| {
        let mut pairs = pairs.iter::<Object<'a>>();
        while let (Some(name), Some(file)) = (pairs.next(), pairs.next()) {
            if let (Object::String(name), Object::Dict(file)) = (name, file)
                && is_snapshot(&name, &file)
            {
                return Some(file);
            }
        }
        None
    });
    let depth = depth.checked_sub(1)?;
    leaf.or_else(|| node.get::<Array<'a>>("Kids")?.iter::<Dict<'a>>().find_map(|kid| attached(&kid, depth)))
}

/// Whether an attached file is the snapshot: its name in the tree may have a folder before it.
fn is_snapshot(name: &Text<'_>, file: &Dict<'_>) -> bool {
    let named = |words: &[u8]| words.rsplit(|byte| *byte == b'/').next() == Some(SNAPSHOT);
    named(name.as_bytes()) || file.get::<Text<'_>>("F").is_some_and(|words| named(words.as_bytes()))
}

/// The bytes of an attached file.
fn unpacked(stream: &Stream<'_>) -> Option<Vec<u8>> {
    let raw = stream.raw_data();
    let mut bytes = Vec::new();
    match stream.filters().as_slice() {
        [] => bytes.extend_from_slice(&raw),
        [Filter::FlateDecode] => {
            ZlibDecoder::new(&*raw).take(SNAPSHOT_BYTES_MAX + 1).read_to_end(&mut bytes).ok()?;
        }
        _ => return None,
    }
    (bytes.len() as u64 <= SNAPSHOT_BYTES_MAX).then_some(bytes)
}
