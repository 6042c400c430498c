//! The people of annexes 2 and 3.

use super::{Application, Document, NotOpen};
use crate::{
    account::{AccountError, checked_phone},
    code::Code,
    personnel::{Certificate, IdentityError, IdentityNumber, NAME_LENGTH_MAX, PersonError},
    text::{self, TextError},
};
use serde::{Deserialize, Serialize};

/// The most people of an application.
pub const APPLICANTS_MAX: usize = 500;

/// Somebody with a certificate: a registered engineer or a facility operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The name.
    pub name: String,
    /// The number of the identity card.
    pub identity: IdentityNumber,
    /// The phone number.
    pub phone: String,
    /// The certificate.
    pub certificate: Certificate,
}

impl Applicant {
    /// The document in which somebody stands.
    pub const fn document(&self) -> Document {
        if self.certificate.kind.is_engineers() { Document::Engineers } else { Document::Operators }
    }
}

/// Somebody as typed.
#[derive(Clone, Debug)]
pub struct WantedApplicant {
    /// The name.
    pub name: String,
    /// The number of the identity card.
    pub identity: String,
    /// The phone number.
    pub phone: String,
    /// The certificate.
    pub certificate: Certificate,
}

/// Why somebody is not taken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplicantError {
    /// The firm may not change it now.
    #[error(transparent)]
    NotOpen(#[from] NotOpen),
    /// The name.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The ID number.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The phone number.
    #[error(transparent)]
    Phone(#[from] AccountError),
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] PersonError),
    /// A registration lacks one of its days.
    #[error("a registration names its first and its last day")]
    CertificateRequired,
    /// The same certificate of the same person stands there, or there are too many people.
    #[error("the same certificate of the same person stands there, or there are too many")]
    Listed,
}

impl ApplicantError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotOpen(error) => error.code(),
            Self::Text(error) => error.code(),
            Self::Identity(error) => error.code(),
            Self::Phone(error) => error.code(),
            Self::Certificate(error) => error.code(),
            Self::CertificateRequired => Code::CertificateRequired,
            Self::Listed => Code::IdentityListed,
        }
    }
}

/// the application with somebody more. Somebody with two certificates stands there twice.
///
/// # Errors
/// See [`ApplicantError`].
pub fn add(application: &Application, wanted: WantedApplicant) -> Result<Application, ApplicantError> {
    application.is_open()?;
    let applicant = Applicant {
        name: text::name(&wanted.name, NAME_LENGTH_MAX)?,
        identity: IdentityNumber::new(&wanted.identity)?,
        phone: checked_phone(&wanted.phone)?,
        certificate: wanted.certificate.checked()?,
    };
    let held = &applicant.certificate;
    if held.kind.is_engineers() && held.valid_from.zip(held.valid_to).is_none() {
        return Err(ApplicantError::CertificateRequired);
    }
    let same = |other: &Applicant| {
        let of = |certificate: &Certificate| (certificate.kind, certificate.number.clone());
        other.identity == applicant.identity && of(&other.certificate) == of(held)
    };
    if application.applicants.len() >= APPLICANTS_MAX || application.applicants.iter().any(same) {
        return Err(ApplicantError::Listed);
    }
    let mut after = application.clone();
    after.unseal(applicant.document());
    after.applicants.push(applicant);
    Ok(after)
}

/// The application without its applicant of this place, counted from 0. One that is not there is gone already.
///
/// # Errors
/// See [`NotOpen`].
pub fn remove(application: &Application, at: usize) -> Result<Application, NotOpen> {
    application.is_open()?;
    let mut after = application.clone();
    if at < after.applicants.len() {
        let gone = after.applicants.remove(at);
        after.unseal(gone.document());
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        application::tests::opened,
        personnel::tests::{engineer, operator},
    };

    fn wanted(certificate: Certificate) -> WantedApplicant {
        let of = str::to_owned;
        WantedApplicant {
            name: of("赵敏"), identity: of("630102199001010013"), phone: of("13900000009"), certificate
        }
    }

    /// each is checked; the same certificate stands there once.
    #[test]
    fn r_010_somebody_has_name_id_number_phone_and_certificate() {
        let with = add(&opened(), wanted(operator(4))).unwrap();
        let two = add(&with, wanted(engineer("2026-01-01", "2028-12-31"))).unwrap();
        assert_eq!(two.applicants.len(), 2, "one person may hold both");
        let refused = |wanted| add(&with, wanted).map(drop).map_err(ApplicantError::code);
        assert_eq!(refused(wanted(operator(4))), Err(Code::IdentityListed));
        assert_eq!(
            refused(WantedApplicant { identity: "1".into(), ..wanted(operator(3)) }),
            Err(Code::IdentityMalformed)
        );
        let undated = Certificate { valid_from: None, ..engineer("2026-01-01", "2028-12-31") };
        assert_eq!(refused(wanted(undated)), Err(Code::CertificateRequired));
        assert_eq!(remove(&with, 0).map(|after| after.applicants.len()), Ok(0));
        assert_eq!(remove(&with, 7).map(|after| after.applicants.len()), Ok(1));
    }
}
