//! Contracts with owners; a project's kind of work and its dates follow from its contract.

use crate::{
    code::Code,
    id::{ContractId, OrganisationId, OwnerId},
    organisation::{Organisation, ServiceType},
    text::{self, TextError},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The most characters of a contract's name.
pub const CONTRACT_NAME_LENGTH_MAX: u32 = 200;

/// What a contract is about; exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractKind {
    /// Monthly, quarterly and yearly maintenance.
    Maintenance,
    /// Inspection at completion of a building.
    CompletionInspection,
    /// Inspection once a year.
    AnnualInspection,
    /// Inspection of one concern.
    SpecialInspection,
    /// Fire safety evaluation.
    SafetyEvaluation,
}

impl ContractKind {
    /// the service type an organisation needs for it.
    pub const fn service_type(self) -> ServiceType {
        match self {
            Self::SafetyEvaluation => ServiceType::SafetyEvaluation,
            _ => ServiceType::MaintenanceInspection,
        }
    }
}

/// A contract between the organisation and an owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Its id.
    pub id: ContractId,
    /// The service organisation.
    pub organisation: OrganisationId,
    /// The owner.
    pub owner: OwnerId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub kind: ContractKind,
    /// The day it was signed. Never changes after saving.
    pub sign_date: NaiveDate,
    /// Its last day, inclusive. Never changes after saving.
    pub end_date: NaiveDate,
}

/// Why a contract is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    /// The name is not fit to keep.
    #[error(transparent)]
    Name(#[from] TextError),
    /// It ends before it was signed.
    #[error("a contract ends before it was signed")]
    DatesReversed,
    /// The organisation does not hold the service type of this kind.
    #[error("the organisation does not hold the service type of this contract")]
    ServiceTypeNotHeld,
}

impl ContractError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Name(error) => error.code(),
            Self::DatesReversed => Code::ContractDatesReversed,
            Self::ServiceTypeNotHeld => Code::ServiceTypeNotHeld,
        }
    }
}

/// checks a contract as typed against the organisation that signs it. Returns it fit to keep.
pub fn checked(contract: &Contract, organisation: &Organisation) -> Result<Contract, ContractError> {
    let name = text::name(&contract.name, CONTRACT_NAME_LENGTH_MAX)?;
    if contract.end_date < contract.sign_date {
        return Err(ContractError::DatesReversed);
    }
    if !organisation.service_types.contains(&contract.kind.service_type()) {
        return Err(ContractError::ServiceTypeNotHeld);
    }
    Ok(Contract { name, organisation: organisation.id, ..contract.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personnel::tests::day;
    use uuid::Uuid;

    /// the end is not before the signature, and the service type is held.
    #[test]
    fn r_053_r_060_a_contract_has_its_dates_in_order_and_its_service_type_held() {
        let organisation = Organisation {
            id: OrganisationId(Uuid::from_u128(1)),
            name: "安泰".into(),
            uscc: "9163".into(),
            national_registration_no: None,
            service_types: vec![ServiceType::MaintenanceInspection],
            technical_director: None,
            cutoff: crate::time::Cutoff::default(),
            profile: None,
        };
        let contract = Contract {
            id: ContractId(Uuid::from_u128(2)),
            organisation: organisation.id,
            owner: OwnerId(Uuid::from_u128(3)),
            name: "中仪大厦维保合同".into(),
            kind: ContractKind::Maintenance,
            sign_date: day("2020-01-21"),
            end_date: day("2021-01-20"),
        };
        assert_eq!(checked(&contract, &organisation), Ok(contract.clone()));
        let one_day = Contract { end_date: contract.sign_date, ..contract.clone() };
        assert_eq!(checked(&one_day, &organisation), Ok(one_day.clone()));
        let reversed = Contract { end_date: day("2020-01-20"), ..contract.clone() };
        assert_eq!(checked(&reversed, &organisation), Err(ContractError::DatesReversed));
        let evaluation = Contract { kind: ContractKind::SafetyEvaluation, ..contract };
        assert_eq!(checked(&evaluation, &organisation), Err(ContractError::ServiceTypeNotHeld));
    }
}
