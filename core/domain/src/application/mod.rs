//! The first application of a firm: four documents as data and as sealed scans, accepted or returned by the
//! corps. The corps opens it and gives its link to the firm; nobody registers alone.

mod answer;
mod applicant;
mod enter;
mod submit;

pub use answer::{Answer, AnswerError, Answered, answer};
pub use applicant::{Applicant, ApplicantError, WantedApplicant, add, remove};
pub use enter::{Annex, EnterError, WantedAnnex, enter};
pub use submit::{Document, SubmitError, attach, submit};

use crate::{
    code::Code,
    id::{AccountId, ApplicationId, ContentId, RegulatorUnitId},
    text::{self, NAME_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ApplicationState {
    /// The firm fills it in.
    Open,
    /// It waits for the corps.
    Submitted,
    /// The corps gave it back with a reason; the firm mends it and submits it again.
    Returned,
    /// The firm has its account.
    Accepted,
}

/// An application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// The unit that opened it: the corps.
    pub unit: RegulatorUnitId,
    /// What the corps calls the firm, until the firm writes its name.
    pub name: String,
    /// Who opened it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// Annex 1, once it is filled in.
    pub annex: Option<Annex>,
    /// Annexes 2 and 3: everybody with a certificate.
    pub applicants: Vec<Applicant>,
    /// The sealed scans that are here. A document whose data change loses its scan: it is printed and sealed anew.
    pub scans: BTreeMap<Document, ContentId>,
    /// Since when it waits for the corps; `None` while it is the firm's.
    pub submitted: Option<Timestamp>,
    /// The last answer of the corps.
    pub answered: Option<Answered>,
}

/// The application is not the firm's to change now: it waits for the corps, or was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the application waits for the corps, or was accepted")]
pub struct NotOpen;

impl NotOpen {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::ApplicationNotOpen
    }
}

impl Application {
    /// an application that the corps opens.
    ///
    /// # Errors
    /// The name is not fit to keep.
    pub fn open(
        id: ApplicationId,
        unit: RegulatorUnitId,
        name: &str,
        (by, at): (AccountId, Timestamp),
    ) -> Result<Self, TextError> {
        let (name, applicants, scans) = (text::name(name, NAME_MAX)?, Vec::new(), BTreeMap::new());
        Ok(Self { id, unit, name, by, at, annex: None, applicants, scans, submitted: None, answered: None })
    }

    /// Where it stands.
    pub fn state(&self) -> ApplicationState {
        match (&self.submitted, &self.answered) {
            (_, Some(Answered { answer: Answer::Accepted, .. })) => ApplicationState::Accepted,
            (Some(_), _) => ApplicationState::Submitted,
            (None, Some(_)) => ApplicationState::Returned,
            (None, None) => ApplicationState::Open,
        }
    }

    /// Whether the firm may change it now.
    fn is_open(&self) -> Result<(), NotOpen> {
        let open = matches!(self.state(), ApplicationState::Open | ApplicationState::Returned);
        if open { Ok(()) } else { Err(NotOpen) }
    }

    /// Takes the scan of a document away whose data change.
    fn unseal(&mut self, document: Document) {
        self.scans.remove(&document);
    }

    /// What the firm is called.
    pub fn called(&self) -> &str {
        self.annex.as_ref().map_or(&self.name, |annex| &annex.name)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        organisation::{Profile, ServiceType},
        personnel::tests::{engineer, operator},
    };
    use uuid::Uuid;

    pub(crate) fn account() -> AccountId {
        AccountId(Uuid::from_u128(40))
    }

    pub(crate) fn opened() -> Application {
        let (id, unit) = (ApplicationId(Uuid::from_u128(1)), RegulatorUnitId(Uuid::from_u128(2)));
        Application::open(id, unit, " 青海安泰 ", (account(), Timestamp(1))).unwrap()
    }

    pub(crate) fn annex() -> WantedAnnex {
        let of = str::to_owned;
        WantedAnnex {
            name: of("青海安泰消防技术服务有限公司"),
            uscc: of("91630100MA7G000018"),
            national_registration_no: of("QH-001"),
            service_types: vec![ServiceType::MaintenanceInspection, ServiceType::MaintenanceInspection],
            profile: Profile {
                legal_representative: of("赵某"),
                legal_phone: of("13900000001"),
                director: of("李某"),
                director_phone: of("13900000002"),
                service_phone: of("0971-1234567"),
                email: of("a@firebee.example"),
                fax: String::new(),
                address: of("西宁市某街1号"),
                contact: of("王芳"),
                contact_phone: of("13900000003"),
            },
        }
    }

    /// With a scan of each document.
    pub(crate) fn sealed(application: &Application) -> Application {
        (1..).zip(Document::VARIANTS).fold(application.clone(), |application, (n, document)| {
            attach(&application, *document, ContentId([n; 32])).unwrap()
        })
    }

    /// An application that waits for the corps.
    pub(crate) fn submitted() -> Application {
        let filled = enter(&opened(), annex()).unwrap();
        let of = |name: &str, identity: &str, certificate| WantedApplicant {
            name: name.into(),
            identity: identity.into(),
            phone: "13900000009".into(),
            certificate,
        };
        let lead = of("李建国", "630102199001010013", engineer("2026-01-01", "2028-12-31"));
        let filled = add(&add(&filled, lead).unwrap(), of("马晓燕", "630102199102020026", operator(4))).unwrap();
        submit(&sealed(&filled), Timestamp(5)).unwrap()
    }

    #[test]
    fn r_002_an_application_goes_from_open_to_accepted_and_may_be_returned() {
        assert_eq!((opened().state(), opened().called()), (ApplicationState::Open, "青海安泰"));
        let waits = submitted();
        assert_eq!(waits.state(), ApplicationState::Submitted);
        assert_eq!(enter(&waits, annex()), Err(EnterError::NotOpen(NotOpen)));
        let back = answer(&waits, (Answer::Returned, "缺公章"), (account(), Timestamp(6))).unwrap();
        assert_eq!(back.state(), ApplicationState::Returned);
        let mended = enter(&back, annex()).unwrap();
        assert_eq!(submit(&mended, Timestamp(6)), Err(SubmitError::DocumentsMissing), "annex 1 is sealed anew");
        let again = submit(&sealed(&mended), Timestamp(6)).unwrap();
        assert_eq!(again.state(), ApplicationState::Submitted, "a returned one is mended and submitted again");
        let done = answer(&again, (Answer::Accepted, ""), (account(), Timestamp(7))).unwrap();
        assert_eq!(done.state(), ApplicationState::Accepted);
        assert_eq!(remove(&done, 0), Err(NotOpen));
    }
}
