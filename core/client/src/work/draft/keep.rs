//! A text is kept as it is typed, and dropped once its act is done.

use crate::work::{Drafts, Trouble};
use firebee_domain::{code::Code, text::TextError};

/// The most characters of one text: far more than any field of a fact takes.
pub const DRAFT_MAX: usize = 65_536;

/// Why a text is not kept. The screen still holds it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepDraftError {
    /// It is longer than any text that can be recorded.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The journal failed.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

impl KeepDraftError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Text(error) => error.code(),
            Self::Trouble(error) => error.code(),
        }
    }
}

/// Refuses what is longer than [`DRAFT_MAX`].
pub(super) fn bounded(texts: &[&str]) -> Result<(), TextError> {
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    match texts.iter().map(|text| text.chars().count()).find(|length| *length > DRAFT_MAX) {
        Some(length) => Err(TextError::TooLong { length: count(length), limit: count(DRAFT_MAX) }),
        None => Ok(()),
    }
}

/// A place of a shell, apart from those of the core.
pub(super) fn shells(place: &str) -> String {
    format!("shell {place}")
}

impl Drafts {
    /// Keeps what is typed in a field of a place, in place of what was. Shells name their places and fields themselves. It
    /// is durable when this returns; it may hold what no fact could.
    ///
    /// # Errors
    /// See [`KeepDraftError`].
    pub fn keep(&self, place: &str, field: &str, text: &str) -> Result<(), KeepDraftError> {
        bounded(&[place, field, text])?;
        Ok(self.0.journal.write("keep_draft", |tx| Ok::<_, Trouble>(tx.put_draft(&shells(place), field, text)?))?)
    }

    /// Drops what was typed at a place: its act is done.
    ///
    /// # Errors
    /// The journal failed.
    pub fn drop(&self, place: &str) -> Result<(), Trouble> {
        self.0.journal.write("drop_drafts", |tx| Ok(tx.drop_drafts(&shells(place))?))
    }
}
