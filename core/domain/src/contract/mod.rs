//! Contracts with owners; a project's kind of work and its dates follow from its contract.

mod end;

pub use end::{ContractEnd, EndError, EndKind, end};

use crate::{
    code::Code,
    id::{ContentId, ContractId, OrganisationId, OwnerId},
    organisation::{Organisation, ServiceType},
    text::{self, At, TextError},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The most characters of a contract's name.
pub const CONTRACT_NAME_LENGTH_MAX: u32 = 200;

/// The most bytes that the files of a contract have together.
pub const CONTRACT_FILES_BYTES_MAX: u64 = 20 << 20;

/// What a contract is about; exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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
    /// Its files, by their hashes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<ContentId>,
    /// Its end before its time, for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<ContractEnd>,
}

/// Where a contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ContractStatus {
    /// In force.
    Running,
    /// Its last day has passed.
    Completed,
    /// Terminated before its time.
    Terminated,
    /// Cancelled: it was never worked on.
    Cancelled,
}

impl Contract {
    /// Its state on a day.
    pub fn status(&self, today: NaiveDate) -> ContractStatus {
        match self.end.as_ref().map(|end| end.kind) {
            Some(EndKind::Terminated) => ContractStatus::Terminated,
            Some(EndKind::Cancelled) => ContractStatus::Cancelled,
            None if today > self.end_date => ContractStatus::Completed,
            None => ContractStatus::Running,
        }
    }
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
    /// A day that was saved would change.
    #[error("the days of a contract never change")]
    DatesImmutable,
    /// It was terminated or cancelled; nothing of it changes any more.
    #[error("the contract is ended")]
    Ended,
    /// Its files are larger than [`CONTRACT_FILES_BYTES_MAX`] together.
    #[error("the files of a contract are too large together")]
    FilesTooLarge,
}

impl ContractError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Name(error) => error.code(),
            Self::DatesReversed => Code::ContractDatesReversed,
            Self::ServiceTypeNotHeld => Code::ServiceTypeNotHeld,
            Self::DatesImmutable => Code::ContractDatesImmutable,
            Self::Ended => Code::ContractEnded,
            Self::FilesTooLarge => Code::ContractFilesTooLarge,
        }
    }
}

/// checks a contract as typed against the organisation that signs it. Returns it fit to keep.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn checked(contract: &Contract, organisation: &Organisation) -> Result<Contract, Vec<At<ContractError>>> {
    let mut wrong = Vec::new();
    let name = At::take(&mut wrong, "name", text::name(&contract.name, CONTRACT_NAME_LENGTH_MAX));
    if !organisation.service_types.contains(&contract.kind.service_type()) {
        wrong.push(At { field: "kind", error: ContractError::ServiceTypeNotHeld });
    }
    if contract.end_date < contract.sign_date {
        wrong.push(At { field: "end_date", error: ContractError::DatesReversed });
    }
    match name.filter(|_| wrong.is_empty()) {
        Some(name) => Ok(Contract { name, organisation: organisation.id, ..contract.clone() }),
        None => Err(wrong),
    }
}

/// gives a contract another name or other files. The days that somebody sent must be its own. Returns the
/// contract so changed.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn changed(
    contract: &Contract,
    name: &str,
    (sign_date, end_date): (Option<NaiveDate>, Option<NaiveDate>),
    files: &[ContentId],
) -> Result<Contract, Vec<At<ContractError>>> {
    let mut wrong = Vec::new();
    if contract.end.is_some() {
        wrong.push(At { field: "name", error: ContractError::Ended });
    }
    let name = At::take(&mut wrong, "name", text::name(name, CONTRACT_NAME_LENGTH_MAX));
    for (field, sent, kept) in [("sign_date", sign_date, contract.sign_date), ("end_date", end_date, contract.end_date)]
    {
        if sent.is_some_and(|sent| sent != kept) {
            wrong.push(At { field, error: ContractError::DatesImmutable });
        }
    }
    match name.filter(|_| wrong.is_empty()) {
        Some(name) => Ok(Contract { name, files: files.to_vec(), ..contract.clone() }),
        None => Err(wrong),
    }
}

/// whether the files of a contract are small enough together.
///
/// # Errors
/// They are not.
pub fn check_files(bytes: u64) -> Result<(), ContractError> {
    if bytes > CONTRACT_FILES_BYTES_MAX { Err(ContractError::FilesTooLarge) } else { Ok(()) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::personnel::tests::day;
    use uuid::Uuid;

    pub(crate) fn contract() -> Contract {
        Contract {
            id: ContractId(Uuid::from_u128(2)),
            organisation: OrganisationId(Uuid::from_u128(1)),
            owner: OwnerId(Uuid::from_u128(3)),
            name: "中仪大厦维保合同".into(),
            kind: ContractKind::Maintenance,
            sign_date: day("2020-01-21"),
            end_date: day("2021-01-20"),
            files: Vec::new(),
            end: None,
        }
    }

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
        let contract = contract();
        assert_eq!(checked(&contract, &organisation), Ok(contract.clone()));
        let one_day = Contract { end_date: contract.sign_date, ..contract.clone() };
        assert_eq!(checked(&one_day, &organisation), Ok(one_day.clone()));
        let reversed = Contract { end_date: day("2020-01-20"), ..contract.clone() };
        let errors = |wrong: &Contract| {
            let wrong = checked(wrong, &organisation).unwrap_err();
            wrong.into_iter().map(|at| (at.field, at.error)).collect::<Vec<_>>()
        };
        assert_eq!(errors(&reversed), [("end_date", ContractError::DatesReversed)]);
        let evaluation = Contract { kind: ContractKind::SafetyEvaluation, name: " ".into(), ..reversed };
        let all = [
            ("name", ContractError::Name(TextError::Empty)),
            ("kind", ContractError::ServiceTypeNotHeld),
            ("end_date", ContractError::DatesReversed),
        ];
        assert_eq!(errors(&evaluation), all, "everything at once");
    }

    /// neither day changes once saved; the name does.
    #[test]
    fn r_052_the_days_of_a_contract_never_change() {
        let contract = contract();
        let same = (Some(contract.sign_date), Some(contract.end_date));
        assert_eq!(changed(&contract, "新名称", same, &[]).map(|after| after.name), Ok("新名称".to_owned()));
        let longer = (None, Some(day("2022-01-20")));
        let wrong = changed(&contract, "新名称", longer, &[]).unwrap_err();
        assert_eq!((wrong[0].field, wrong[0].error), ("end_date", ContractError::DatesImmutable));
    }

    /// the limit is that of all files together.
    #[test]
    fn r_054_the_files_of_a_contract_have_a_limit_together() {
        assert_eq!(check_files(CONTRACT_FILES_BYTES_MAX), Ok(()));
        assert_eq!(check_files(CONTRACT_FILES_BYTES_MAX + 1), Err(ContractError::FilesTooLarge));
    }
}
