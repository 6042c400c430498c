//! Takes in a photo: all steps before a fact may name it.

use super::{
    downscale::{self, DownscaleError, Previews},
    folder::{BLOCK_BYTES, BlobFolder, FolderError, StoredBlob, Streamed, Temp},
};
use crate::disk::StoredFile;
use firebee_domain::{code::Code, id::ContentId};
use firebee_picture::{ExifFacts, PictureMime, sniff};
use firebee_protocol::fact::Mime;
use image::metadata::Orientation;
use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    path::Path,
};

/// The largest photo, in bytes: 30 MiB (protocol, "Values").
pub const PHOTO_BYTES_MAX: u64 = 30 * 1024 * 1024;
/// The most pixels a photo may declare: 100 megapixels.
pub const PHOTO_PIXELS_MAX: u64 = 100_000_000;

/// A stored blob: everything that a fact announces of it, except the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobMeta {
    /// The hash of its bytes, and its name.
    pub id: ContentId,
    /// Its length in bytes.
    pub len: u64,
    /// What its bytes are.
    pub mime: Mime,
}

/// A photo that was taken in: all three blobs are durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// The picture's bytes exactly as they came.
    pub original: BlobMeta,
    /// Upright, at most 1,600 px on its long side, JPEG without EXIF.
    pub preview: BlobMeta,
    /// Upright, at most 320 px on its long side, JPEG without EXIF.
    pub thumbnail: BlobMeta,
    /// What the camera wrote into it.
    pub exif: ExifFacts,
}

/// Why a photo is not taken. After every error, nothing of the photo is left behind.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// No bytes at all.
    #[error("the photo is empty")]
    Empty,
    /// More than [`PHOTO_BYTES_MAX`].
    #[error("the photo is larger than 30 MiB")]
    TooLarge,
    /// More than [`PHOTO_PIXELS_MAX`] declared.
    #[error("the photo has more than 100 megapixels")]
    TooManyPixels,
    /// More memory needed to decode it than a phone has to spare, and no preview was brought.
    #[error("the photo takes too much memory to decode")]
    NeedsMemory,
    /// A HEIC or AVIF picture, which is not decoded here, and no preview was brought.
    #[error("the photo cannot be decoded here and has no preview")]
    NeedsPreview,
    /// Not a picture, or of a kind that is not decoded here.
    #[error("the file is not a JPEG, PNG or WebP picture")]
    FormatUnsupported,
    /// The photo is cut short or broken: it cannot be decoded to its end.
    #[error("the photo is cut short or damaged")]
    Damaged,
    /// The source could not be read, or the folder did not take it.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl IntakeError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::Empty => Code::PhotoEmpty,
            Self::TooLarge => Code::PhotoTooLarge,
            Self::TooManyPixels => Code::PhotoTooManyPixels,
            Self::NeedsMemory => Code::PhotoNeedsMemory,
            Self::NeedsPreview => Code::PhotoNeedsPreview,
            Self::FormatUnsupported => Code::PhotoFormatUnsupported,
            Self::Damaged => Code::PhotoDamaged,
            Self::Folder(error) => error.code(),
        }
    }
}

impl From<io::Error> for IntakeError {
    fn from(error: io::Error) -> Self {
        Self::Folder(error.into())
    }
}

impl From<DownscaleError> for IntakeError {
    fn from(error: DownscaleError) -> Self {
        match error {
            DownscaleError::Damaged => Self::Damaged,
            DownscaleError::Unsupported => Self::FormatUnsupported,
            DownscaleError::NeedsMemory => Self::NeedsMemory,
            DownscaleError::Read(error) => error.into(),
        }
    }
}

/// Takes in the photo at `path`; the file itself is only read.
pub fn intake_file(folder: &BlobFolder, path: &Path) -> Result<Intake, IntakeError> {
    intake(folder, &mut opened(path)?)
}

/// As [`intake_file`], with a preview that the phone's own system made of it. The preview is used only when the original
/// cannot be decoded here. It is made smaller and stripped as any other preview.
pub fn intake_with_preview(folder: &BlobFolder, path: &Path, preview: &Path) -> Result<Intake, IntakeError> {
    take_in(folder, &mut opened(path)?, || made_of(folder, &mut opened(preview)?))
}

fn opened(path: &Path) -> Result<File, FolderError> {
    File::open(path).map_err(FolderError::Source)
}

/// Takes in one photo: stores its bytes unchanged, hashing them on the way, and makes preview and thumbnail. After Ok
/// all three are durable under their hashes and a fact may name them (protocol, "Blobs"). The same photo gives the same
/// blobs again.
///
/// Blocks while it decodes and syncs; call it off the thread that draws.
pub fn intake(folder: &BlobFolder, source: &mut impl Read) -> Result<Intake, IntakeError> {
    take_in(folder, source, || Err(IntakeError::NeedsPreview))
}

/// `brought` gives the previews where the original cannot be decoded, or `NeedsPreview` when there are none.
fn take_in(
    folder: &BlobFolder,
    source: &mut impl Read,
    brought: impl FnOnce() -> Result<Previews, IntakeError>,
) -> Result<Intake, IntakeError> {
    let mut original = folder.temp()?;
    let mime = receive(source, &mut original)?;
    let (exif, made) = match mime {
        Received::Decoded(mime) => look_into(&original, mime)?,
        Received::Foreign(_) => (ExifFacts::of_foreign(stored(&original)?), Err(IntakeError::NeedsPreview)),
    };
    let Previews { preview, thumbnail } = match made {
        Err(why @ (IntakeError::NeedsPreview | IntakeError::NeedsMemory | IntakeError::FormatUnsupported)) => {
            brought().map_err(|error| if matches!(error, IntakeError::NeedsPreview) { why } else { error })?
        }
        made => made?,
    };
    let written = |bytes: Vec<u8>| {
        let mut temp = folder.temp()?;
        temp.write_all(&bytes).map(|()| temp)
    };
    let temps = [original, written(preview)?, written(thumbnail)?];
    let [original, preview, thumbnail] = folder.adopt(temps)?;
    let meta = |blob: StoredBlob, mime: Mime| BlobMeta { id: blob.id, len: blob.len, mime };
    Ok(Intake {
        original: meta(original, mime.into()),
        preview: meta(preview, Mime::Jpeg),
        thumbnail: meta(thumbnail, Mime::Jpeg),
        exif,
    })
}

/// Previews of a picture that is not kept itself.
fn made_of(folder: &BlobFolder, source: &mut impl Read) -> Result<Previews, IntakeError> {
    let mut temp = folder.temp()?;
    match receive(source, &mut temp)? {
        Received::Decoded(mime) => look_into(&temp, mime)?.1,
        Received::Foreign(_) => Err(IntakeError::FormatUnsupported),
    }
}

/// What the camera wrote into a picture, and its previews.
fn look_into(picture: &Temp, mime: PictureMime) -> Result<(ExifFacts, Result<Previews, IntakeError>), IntakeError> {
    let declared = sniff::declared(&mut stored(picture)?, mime).map_err(broken_header)?;
    if declared.pixels() > PHOTO_PIXELS_MAX {
        return Err(IntakeError::TooManyPixels);
    }
    let exif = declared.exif.map(ExifFacts::read).unwrap_or_default().or_xmp(declared.xmp.as_deref());
    let made = downscale::previews(stored(picture)?, mime, upright(&exif)).map_err(IntakeError::from);
    Ok((exif, made))
}

/// How the stored pixels are turned.
fn upright(exif: &ExifFacts) -> Orientation {
    Orientation::from_exif(exif.orientation).unwrap_or(Orientation::NoTransforms)
}

/// What a file is found to be.
#[derive(Clone, Copy)]
enum Received {
    Decoded(PictureMime),
    Foreign(Mime),
}

impl Received {
    fn sniff(head: &[u8]) -> Option<Self> {
        PictureMime::sniff(head)
            .map(Self::Decoded)
            .or_else(|| Mime::sniff(head).filter(|mime| mime.is_picture()).map(Self::Foreign))
    }
}

impl From<Received> for Mime {
    fn from(received: Received) -> Self {
        match received {
            Received::Decoded(mime) => mime.into(),
            Received::Foreign(mime) => mime,
        }
    }
}

fn receive(source: &mut impl Read, into: &mut Temp) -> Result<Received, IntakeError> {
    match into.receive(source, PHOTO_BYTES_MAX, Received::sniff)? {
        Streamed::Whole(received) => Ok(received),
        Streamed::Empty => Err(IntakeError::Empty),
        Streamed::Unknown => Err(IntakeError::FormatUnsupported),
        Streamed::TooLarge => Err(IntakeError::TooLarge),
    }
}

fn stored(temp: &Temp) -> io::Result<BufReader<Box<dyn StoredFile>>> {
    temp.read().map(|file| BufReader::with_capacity(BLOCK_BYTES, file))
}

/// A header that ends early or contradicts itself means a damaged picture; any other error comes from the disk.
fn broken_header(error: io::Error) -> IntakeError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => IntakeError::Damaged,
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests;
