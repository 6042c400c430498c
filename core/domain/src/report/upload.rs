//! Reports whose text somebody else wrote: a PDF is uploaded, and the system adds the cover and what was recorded on site
//!

use super::ReportKind;
use crate::{code::Code, project::Project};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// a file that is uploaded is smaller than this many MiB, and not as large.
pub const UPLOAD_MIB_LIMIT: u32 = 10;
/// The same in bytes.
pub const UPLOAD_BYTES_LIMIT: u64 = (UPLOAD_MIB_LIMIT as u64) << 20;
/// The most pages of a file that is uploaded: a large mall's inspection has 200.
pub const UPLOAD_PAGES_MAX: u32 = 500;

/// How a report comes into being.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Form {
    /// The system writes it from what was recorded.
    #[default]
    Generated,
    /// It is a file, with what was recorded added to it.
    Uploaded,
}

impl Form {
    /// inspections and evaluations are uploaded. R-300: so are the reports of a site where phones are
    /// forbidden, which the corps has approved for the project.
    pub const fn of(project: &Project, kind: ReportKind) -> Self {
        match kind {
            ReportKind::Inspection | ReportKind::Evaluation => Self::Uploaded,
            ReportKind::Month | ReportKind::Quarter | ReportKind::Year if project.special_site => Self::Uploaded,
            ReportKind::Month | ReportKind::Quarter | ReportKind::Year => Self::Generated,
        }
    }
}

/// What an inspection concludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Conclusion {
    /// The facilities are qualified.
    Qualified,
    /// They are not.
    Unqualified,
}

/// What the bytes of an uploaded file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadFound {
    /// Whether they begin as a PDF does.
    pub is_pdf: bool,
    /// How many there are.
    pub bytes: u64,
}

/// Why a file is not taken as the text of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UploadError {
    /// the system writes this report, and the corps has approved no other way for the project.
    #[error("the report of this project is generated")]
    NotAllowed,
    /// there is no file, or it is no PDF.
    #[error("a PDF is required")]
    PdfRequired,
    /// it has [`UPLOAD_BYTES_LIMIT`] bytes or more.
    #[error("the file is too large")]
    TooLarge,
    /// an inspection says whether the facilities are qualified.
    #[error("a conclusion is required")]
    ConclusionRequired,
}

impl UploadError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotAllowed => Code::DirectUploadNotAllowed,
            Self::PdfRequired => Code::PdfRequired,
            Self::TooLarge => Code::AttachmentTooLarge,
            Self::ConclusionRequired => Code::ConclusionRequired,
        }
    }
}

/// What stands in the way of a report of this kind with this file, if any, and this conclusion.
pub fn check(
    (form, kind): (Form, ReportKind),
    file: Option<UploadFound>,
    conclusion: Option<Conclusion>,
) -> Vec<UploadError> {
    let of_file = match (form, file) {
        (Form::Generated, None) => None,
        (Form::Generated, Some(_)) => Some(UploadError::NotAllowed),
        (Form::Uploaded, Some(found)) if found.is_pdf && found.bytes < UPLOAD_BYTES_LIMIT => None,
        (Form::Uploaded, Some(found)) if found.is_pdf => Some(UploadError::TooLarge),
        (Form::Uploaded, _) => Some(UploadError::PdfRequired),
    };
    let lacks = kind.has_conclusion() && conclusion.is_none();
    of_file.into_iter().chain(lacks.then_some(UploadError::ConclusionRequired)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::fixture::project;

    const PDF: UploadFound = UploadFound { is_pdf: true, bytes: UPLOAD_BYTES_LIMIT - 1 };

    #[test]
    fn r_204_r_300_r_304_the_kind_and_the_site_say_whether_a_report_is_uploaded() {
        let (usual, special) = (project(), Project { special_site: true, ..project() });
        for kind in ReportKind::VARIANTS {
            let written = matches!(kind, ReportKind::Month | ReportKind::Quarter | ReportKind::Year);
            assert_eq!(Form::of(&usual, *kind) == Form::Generated, written, "{kind:?}");
            assert_eq!(Form::of(&special, *kind), Form::Uploaded, "{kind:?}");
        }
    }

    #[test]
    fn r_212_r_303_a_pdf_of_less_than_ten_mib_is_taken_and_nothing_else() {
        let of = |file| check((Form::Uploaded, ReportKind::Evaluation), file, None);
        assert_eq!(of(Some(PDF)), []);
        assert_eq!(of(Some(UploadFound { bytes: UPLOAD_BYTES_LIMIT, ..PDF })), [UploadError::TooLarge]);
        assert_eq!(of(Some(UploadFound { is_pdf: false, ..PDF })), [UploadError::PdfRequired]);
        assert_eq!(of(None), [UploadError::PdfRequired]);
        assert_eq!(UploadError::TooLarge.code(), Code::AttachmentTooLarge);
    }

    #[test]
    fn r_232_an_inspection_concludes_and_the_other_kinds_do_not() {
        let of = |kind, conclusion| check((Form::Uploaded, kind), Some(PDF), conclusion);
        assert_eq!(of(ReportKind::Inspection, None), [UploadError::ConclusionRequired]);
        assert_eq!(of(ReportKind::Inspection, Some(Conclusion::Unqualified)), []);
        assert_eq!(of(ReportKind::Evaluation, None), []);
        assert_eq!(of(ReportKind::Month, None), []);
        let nothing = check((Form::Uploaded, ReportKind::Inspection), None, None);
        assert_eq!(nothing, [UploadError::PdfRequired, UploadError::ConclusionRequired], "both at once");
    }

    #[test]
    fn r_300_without_the_approval_a_maintenance_report_is_not_uploaded() {
        let told = check((Form::Generated, ReportKind::Month), Some(PDF), None);
        assert_eq!(told, [UploadError::NotAllowed]);
        assert_eq!(told[0].code(), Code::DirectUploadNotAllowed);
        assert_eq!(check((Form::Generated, ReportKind::Month), None, None), []);
    }
}
