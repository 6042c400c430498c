//! Tables that people bring and take along: a workbook or CSV becomes rows, and rows become a workbook. Nothing here knows
//! what the rows are about.

mod csv;
mod write;
mod xlsx;

pub use write::{Heading, Table, workbook};

use chrono::NaiveDate;
use firebee_domain::code::Code;
use serde::{Deserialize, Serialize};

/// The most bytes of a file.
pub const FILE_BYTES_MAX: usize = 10 << 20;
/// The most cells that hold something.
pub const CELLS_MAX: usize = 200_000;
/// The most bytes of what a workbook holds, unpacked. A small file can unpack to far more than a machine holds.
const UNPACKED_BYTES_MAX: u64 = 128 << 20;
/// The most parts of a workbook.
const PARTS_MAX: usize = 2_000;
/// The most columns that are looked at.
const COLUMNS_MAX: u32 = 200;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A text, as it stands there.
    Text(String),
    /// A number, as a person would write it.
    Number(String),
    /// A day.
    Day(NaiveDate),
    /// A formula that has no value.
    Broken(String),
}

/// A row with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, as spreadsheets show it.
    pub number: u32,
    /// Its cells by their column, the first being 0. Empty cells are left out.
    pub cells: Vec<(u32, Cell)>,
}

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// It is no workbook and no text of one of the two encodings.
    #[error("neither a workbook nor a text in UTF-8 or GB18030")]
    Unreadable,
    /// It has too many bytes, or unpacks to too many, or has too many cells.
    #[error("the file is too large")]
    TooLarge,
}

impl SheetError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Unreadable => Code::SheetUnreadable,
            Self::TooLarge => Code::SheetTooLarge,
        }
    }
}

/// The rows of a file: those of the first sheet of a workbook, or those of CSV.
///
/// # Errors
/// As [`SheetError`] says.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, SheetError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(SheetError::TooLarge);
    }
    // A workbook is an archive, and begins like one.
    if bytes.starts_with(b"PK\x03\x04") { xlsx::read(bytes) } else { csv::read(bytes) }
}

impl Cell {
    /// The text of a cell; `None` of one that holds nothing but white space.
    fn text(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self::Text(text.to_owned()))
    }

    /// What a reader sees in it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Broken(text) => text.clone(),
            Self::Day(day) => day.to_string(),
        }
    }
}
