//! Filling in annex 1.

use super::{Application, Document, NotOpen};
use crate::{
    code::Code,
    organisation::{CreditCode, Profile, ServiceType},
    text::{self, NAME_MAX, TextError},
};
use serde::{Deserialize, Serialize};

/// Annex 1 as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// As on the business licence.
    pub name: String,
    /// The unified social credit code, as on the business licence.
    pub uscc: String,
    /// The number in the national system.
    pub national_registration_no: String,
    /// What the firm may do: one service or both.
    pub service_types: Vec<ServiceType>,
    /// Everything else.
    pub profile: Profile,
}

/// Annex 1 as typed.
#[derive(Clone, Debug)]
pub struct WantedAnnex {
    /// The name.
    pub name: String,
    /// The credit code.
    pub uscc: String,
    /// The number in the national system.
    pub national_registration_no: String,
    /// The services that are ticked.
    pub service_types: Vec<ServiceType>,
    /// Everything else.
    pub profile: Profile,
}

/// Why annex 1 is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnterError {
    /// The firm may not change it now.
    #[error(transparent)]
    NotOpen(#[from] NotOpen),
    /// A text is missing or not fit to keep.
    #[error("{field}: {error}")]
    Text {
        /// The name of its field.
        field: &'static str,
        /// Why.
        error: TextError,
    },
    /// The credit code is not 18 digits and capital letters.
    #[error("the credit code is not 18 digits and capital letters")]
    Uscc,
    /// No service is ticked.
    #[error("no service is ticked")]
    NoService,
}

impl EnterError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotOpen(error) => error.code(),
            Self::Text { error, .. } => error.code(),
            Self::Uscc => Code::CreditCodeMalformed,
            Self::NoService => Code::NothingChosen,
        }
    }
}

/// the application with annex 1, and without the scan of another one.
///
/// # Errors
/// See [`EnterError`].
pub fn enter(application: &Application, wanted: WantedAnnex) -> Result<Application, EnterError> {
    application.is_open()?;
    let Ok(CreditCode::Code(uscc)) = wanted.uscc.parse() else { return Err(EnterError::Uscc) };
    let mut service_types = wanted.service_types;
    service_types.dedup();
    if service_types.is_empty() {
        return Err(EnterError::NoService);
    }
    let name = |field, typed: &str| text::name(typed, NAME_MAX).map_err(|error| EnterError::Text { field, error });
    let annex = Annex {
        name: name("name", &wanted.name)?,
        uscc,
        national_registration_no: name("registration", &wanted.national_registration_no)?,
        service_types,
        profile: wanted.profile.checked().map_err(|(field, error)| EnterError::Text { field, error })?,
    };
    let mut after = Application { annex: Some(annex), ..application.clone() };
    after.unseal(Document::Firm);
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::tests::{annex, opened};

    /// annex 1 has each field; one service or both.
    #[test]
    fn r_005_annex_1_names_one_service_or_both_and_a_credit_code() {
        let kept = enter(&opened(), annex()).unwrap();
        assert_eq!(kept.annex.as_ref().map(|annex| annex.service_types.len()), Some(1), "each once");
        assert_eq!(kept.called(), "青海安泰消防技术服务有限公司");
        let both = vec![ServiceType::MaintenanceInspection, ServiceType::SafetyEvaluation];
        assert!(enter(&opened(), WantedAnnex { service_types: both, ..annex() }).is_ok());
        let refused = |wanted| enter(&opened(), wanted).map(drop).map_err(EnterError::code);
        assert_eq!(refused(WantedAnnex { service_types: vec![], ..annex() }), Err(Code::NothingChosen));
        assert_eq!(refused(WantedAnnex { uscc: "9163".into(), ..annex() }), Err(Code::CreditCodeMalformed));
        assert_eq!(refused(WantedAnnex { national_registration_no: " ".into(), ..annex() }), Err(Code::TextRequired));
    }
}
