//! The sealed scans of the four documents, and submitting an application with them.

use super::{Application, NotOpen};
use crate::{code::Code, id::ContentId, time::Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The documents of a first application, in the order of the annexes.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Document {
    /// Annex 1: the firm. Sealed.
    Firm,
    /// Annex 2: registered engineers. Sealed.
    Engineers,
    /// Annex 3: facility operators. Sealed.
    Operators,
    /// Annex 4: the undertaking. Signed and sealed.
    Undertaking,
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

/// the application with the scan of a document; it replaces the one before.
///
/// # Errors
/// See [`NotOpen`].
pub fn attach(application: &Application, document: Document, scan: ContentId) -> Result<Application, NotOpen> {
    application.is_open()?;
    let mut after = application.clone();
    after.scans.insert(document, scan);
    Ok(after)
}

/// the application, which waits for the corps from now on. Four documents have four scans: one file for two of them
/// is refused.
///
/// # Errors
/// See [`SubmitError`].
pub fn submit(application: &Application, at: Timestamp) -> Result<Application, SubmitError> {
    application.is_open()?;
    let unlike: BTreeSet<&ContentId> = application.scans.values().collect();
    let complete = unlike.len() == Document::VARIANTS.len();
    if application.annex.is_none() || application.applicants.is_empty() || !complete {
        return Err(SubmitError::DocumentsMissing);
    }
    Ok(Application { submitted: Some(at), ..application.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::tests::submitted;

    /// without one of the four nobody accepts the application.
    #[test]
    fn r_002_without_one_of_the_four_documents_nothing_is_submitted() {
        let filled = Application { submitted: None, ..submitted() };
        assert!(submit(&filled, Timestamp(5)).is_ok());
        let missing = Err(SubmitError::DocumentsMissing);
        assert_eq!(submit(&Application { annex: None, ..filled.clone() }, Timestamp(5)), missing);
        assert_eq!(submit(&Application { applicants: vec![], ..filled.clone() }, Timestamp(5)), missing);
        for document in Document::VARIANTS {
            let mut without = filled.clone();
            let scan = without.scans.remove(document).unwrap();
            assert_eq!(submit(&without, Timestamp(5)), missing, "{document:?}");
            let other = without.scans.values().next().copied().unwrap();
            assert_eq!(submit(&attach(&without, *document, other).unwrap(), Timestamp(5)), missing, "one file for two");
            assert!(submit(&attach(&without, *document, scan).unwrap(), Timestamp(5)).is_ok());
        }
    }
}
