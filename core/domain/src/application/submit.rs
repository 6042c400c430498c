//! Submitting an application with its four sealed copies.

use super::{Application, NotOpen};
use crate::{code::Code, id::ContentId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// The scans of the four documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Annex 1, sealed.
    pub firm: ContentId,
    /// Annex 2, sealed.
    pub engineers: ContentId,
    /// Annex 3, sealed.
    pub operators: ContentId,
    /// Annex 4, signed and sealed.
    pub undertaking: ContentId,
    /// When they came.
    pub at: Timestamp,
}

/// Why an application is not submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The firm may not change it now.
    #[error(transparent)]
    NotOpen(#[from] NotOpen),
    /// One of the four documents is missing: its data or its scan.
    #[error("one of the four documents is missing")]
    DocumentsMissing,
}

impl SubmitError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotOpen(error) => error.code(),
            Self::DocumentsMissing => Code::DocumentsMissing,
        }
    }
}

impl Sealed {
    /// The four scans, in the order of the annexes.
    pub const fn files(&self) -> [ContentId; 4] {
        [self.firm, self.engineers, self.operators, self.undertaking]
    }
}

/// the application with its scans; it waits for the corps from now on. The four are four: one file for two
/// documents is refused.
///
/// # Errors
/// See [`SubmitError`].
pub fn submit(application: &Application, sealed: Sealed) -> Result<Application, SubmitError> {
    application.is_open()?;
    let files = sealed.files();
    let unlike = (1..).zip(&files).all(|(next, file)| !files.iter().skip(next).any(|other| other == file));
    if application.annex.is_none() || application.applicants.is_empty() || !unlike {
        return Err(SubmitError::DocumentsMissing);
    }
    Ok(Application { sealed: Some(sealed), ..application.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::tests::{sealed, submitted};

    /// without one of the four nobody accepts the application.
    #[test]
    fn r_002_without_one_of_the_four_documents_nothing_is_submitted() {
        let filled = Application { sealed: None, ..submitted() };
        assert!(submit(&filled, sealed()).is_ok());
        let missing = Err(SubmitError::DocumentsMissing);
        assert_eq!(submit(&Application { annex: None, ..filled.clone() }, sealed()), missing);
        assert_eq!(submit(&Application { applicants: vec![], ..filled.clone() }, sealed()), missing);
        assert_eq!(submit(&filled, Sealed { undertaking: sealed().firm, ..sealed() }), missing);
    }
}
