//! Service organisations and the units that oversee them.

mod credit;
mod profile;

pub use credit::{CreditCode, CreditCodeError};
pub use profile::{ADDRESS_LENGTH_MAX, Profile, PublicFirm};

use crate::{
    account::{Account, Role},
    code::Code,
    id::{AccountId, OrganisationId, RegulatorUnitId},
    personnel::Person,
    text,
    time::Cutoff,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What an organisation is registered to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceType {
    /// Maintenance and inspection of fire facilities.
    MaintenanceInspection,
    /// Fire safety evaluation.
    SafetyEvaluation,
}

/// A fire technical service organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name as on the business licence.
    pub name: String,
    /// Its unified social credit code.
    pub uscc: String,
    /// Its number in the national information system; `None` until it has registered there.
    pub national_registration_no: Option<String>,
    /// What it may do; both may be held.
    pub service_types: Vec<ServiceType>,
    /// The account of the appointed technical director.
    pub technical_director: Option<AccountId>,
    /// What decides where a deadline lies between proof and proof. A task keeps the setting with which it
    /// began.
    #[serde(default)]
    pub cutoff: Cutoff,
    /// What it says of itself in annex 1; `None` for a firm that was founded without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
}

impl Organisation {
    /// an organisation can be active once it is registered nationally and holds a service type.
    pub fn may_be_activated(&self) -> bool {
        self.national_registration_no.as_ref().is_some_and(|number| !text::is_blank(number))
            && !self.service_types.is_empty()
    }
}

/// Why an account cannot be appointed technical director.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppointError {
    /// The account is no lead's and no manager's of this organisation, or not that of this person.
    #[error("the account is not of a lead or a manager, or not of this person on this organisation's personnel list")]
    NotAllowed,
    /// The person is not a registered fire engineer today.
    #[error("a technical director must be a registered fire engineer")]
    QualificationInsufficient,
}

impl AppointError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotAllowed => Code::DirectorNotAllowed,
            Self::QualificationInsufficient => Code::QualificationInsufficient,
        }
    }
}

/// the technical director is an appointment that an account has besides its category; the holder is on
/// the personnel list and a registered engineer on `today`. Returns the organisation with the appointment.
pub fn appoint_technical_director(
    organisation: &Organisation,
    account: &Account,
    person: &Person,
    today: NaiveDate,
) -> Result<Organisation, AppointError> {
    let staff = matches!(account.role, Role::ProjectLead | Role::CompanyManager | Role::TechnicalDirector);
    let own = account.organisation == Some(organisation.id) && person.organisation == organisation.id;
    if !staff || !own || account.person != Some(person.id) {
        return Err(AppointError::NotAllowed);
    }
    if !person.is_registered_engineer(today) {
        return Err(AppointError::QualificationInsufficient);
    }
    Ok(Organisation { technical_director: Some(account.id), ..organisation.clone() })
}

/// Where a unit stands in the tree of the fire rescue service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegulatorLevel {
    /// Of a province.
    Corps,
    /// Of a city.
    Detachment,
    /// Of a district.
    Brigade,
}

/// One unit of the regulator; a project's jurisdiction is one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegulatorUnit {
    /// Its id.
    pub id: RegulatorUnitId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: RegulatorLevel,
    /// The unit above it; `None` for a corps.
    pub parent: Option<RegulatorUnitId>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        account::tests::account,
        personnel::tests::{day, engineer, operator, person},
    };
    use uuid::Uuid;

    pub(crate) fn organisation() -> Organisation {
        Organisation {
            id: OrganisationId(Uuid::from_u128(1)),
            name: "青海安泰消防技术服务有限公司".into(),
            uscc: "91630100MA00000000".into(),
            national_registration_no: Some("QH-001".into()),
            service_types: vec![ServiceType::MaintenanceInspection],
            technical_director: None,
            cutoff: Cutoff::default(),
            profile: None,
        }
    }

    /// registration in the national system and at least one service type come first.
    #[test]
    fn r_001_only_a_registered_organisation_with_a_service_type_may_be_active() {
        assert!(organisation().may_be_activated());
        assert!(!Organisation { national_registration_no: None, ..organisation() }.may_be_activated());
        assert!(!Organisation { national_registration_no: Some(" ".into()), ..organisation() }.may_be_activated());
        assert!(!Organisation { service_types: vec![], ..organisation() }.may_be_activated());
    }

    /// an appointment of a registered engineer from the personnel list.
    #[test]
    fn r_036_the_technical_director_is_a_registered_engineer_of_the_organisation() {
        let today = day("2020-05-01");
        let qualified = person(vec![engineer("2019-01-01", "2021-12-31")]);
        let manager = account(Role::CompanyManager);
        let appoint = |account: &Account, person: &Person| {
            appoint_technical_director(&organisation(), account, person, today).map(|after| after.technical_director)
        };
        assert_eq!(appoint(&manager, &qualified), Ok(Some(manager.id)));
        assert_eq!(appoint(&manager, &person(vec![operator(1)])), Err(AppointError::QualificationInsufficient));
        assert_eq!(appoint(&account(Role::OwnerContact), &qualified), Err(AppointError::NotAllowed));
        let mut stranger = account(Role::ProjectLead);
        stranger.organisation = Some(OrganisationId(Uuid::from_u128(2)));
        assert_eq!(appoint(&stranger, &qualified), Err(AppointError::NotAllowed));
    }
}
