//! What the process says: one line for a report, another one for a failure.

use serde::{Deserialize, Serialize};

/// A report was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How many pages it has.
    pub pages: usize,
    /// How long the file is.
    pub bytes: usize,
    /// The hash of the file, 64 hex digits.
    pub sha256: String,
    /// What the file conforms to.
    pub standard: String,
    /// The family that it is set in.
    pub font: String,
    /// What no font can print, field by field; each such character became a visible mark.
    pub unprintable: Vec<Unprintable>,
    /// The pictures that could not be decoded. Each has an empty frame.
    pub left_out: Vec<LeftOut>,
}

/// Characters that no font can print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unprintable {
    /// Where they stand in the snapshot, as a JSON pointer: `/people/0/name`.
    pub field: String,
    /// Each of them once.
    pub characters: Vec<char>,
}

/// A picture that is not in the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "number", rename_all = "snake_case")]
pub enum LeftOut {
    /// The photo of this number.
    Photo(u32),
    /// The signature of the witness at this place, from 1.
    Signature(usize),
    /// The drawing of the task at this place, from 1.
    Map(usize),
    /// The file that is the text: a page says where it is.
    Upload,
}

/// No report was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Why, for a program.
    pub code: FailureCode,
    /// Why, for whoever mends it. It holds no text of the snapshot.
    pub details: String,
}

/// Why there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// A file that must be there is not, or could not be read.
    InputMissing,
    /// More than the bounds of [`crate::input`] allow.
    InputTooLarge,
    /// The snapshot is no snapshot of this edition.
    SnapshotInvalid,
    /// A photo or a signature is not what the snapshot names, or a picture cannot be decoded.
    PictureForeign,
    /// A PDF that was to be bound into a report cannot be read.
    UploadUnreadable,
    /// No Chinese font was found. The details name the package.
    FontMissing,
    /// The PDF would be larger than [`crate::PDF_BYTES_MAX`], even with small photos.
    ReportTooLarge,
    /// The file could not be written.
    OutputFailed,
    /// A defect of this program.
    RenderFailed,
}

impl Failure {
    /// A failure with its details.
    pub fn new(code: FailureCode, details: impl Into<String>) -> Self {
        Self { code, details: details.into() }
    }
}
