//! The end of a contract before its time: terminated or cancelled, never deleted.

use super::Contract;
use crate::{
    code::Code,
    id::AccountId,
    text::{self, TEXT_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// How a contract ends before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EndKind {
    /// The work stops. Its projects end with it.
    Terminated,
    /// It was entered by mistake, and nobody has worked on it.
    Cancelled,
}

/// The end of a contract. There is no function that takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractEnd {
    /// How.
    pub kind: EndKind,
    /// Why.
    pub reason: String,
    /// Who ended it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Why a contract is not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndError {
    /// It was terminated or cancelled before.
    #[error("the contract is ended")]
    Ended,
    /// A project of it has a plan: it was worked on, so it can be terminated and not cancelled.
    #[error("a project of the contract has a plan")]
    InUse,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
}

impl EndError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Ended => Code::ContractEnded,
            Self::InUse => Code::ContractInUse,
            Self::Reason(error) => error.code(),
        }
    }
}

/// ends a contract, for ever. `planned` tells whether a project of it has a plan. Returns the contract so ended.
///
/// # Errors
/// See [`EndError`].
pub fn end(
    contract: &Contract,
    kind: EndKind,
    (reason, by, at): (&str, AccountId, Timestamp),
    planned: bool,
) -> Result<Contract, EndError> {
    if contract.end.is_some() {
        return Err(EndError::Ended);
    }
    if planned && kind == EndKind::Cancelled {
        return Err(EndError::InUse);
    }
    let reason = text::required(reason, TEXT_MAX)?;
    Ok(Contract { end: Some(ContractEnd { kind, reason, by, at }), ..contract.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{ContractStatus, tests::contract};
    use uuid::Uuid;

    /// a contract ends once, by a reason, and is cancelled only while nobody has worked on it.
    #[test]
    fn r_057_a_contract_is_terminated_or_cancelled_for_ever() {
        let running = contract();
        let why = ("业主搬迁", AccountId(Uuid::from_u128(7)), Timestamp(1));
        let ended = end(&running, EndKind::Terminated, why, true).unwrap();
        assert_eq!(ended.status(running.sign_date), ContractStatus::Terminated);
        assert_eq!(end(&ended, EndKind::Cancelled, why, false), Err(EndError::Ended));
        assert_eq!(end(&running, EndKind::Cancelled, why, true), Err(EndError::InUse));
        let cancelled = end(&running, EndKind::Cancelled, why, false).unwrap();
        assert_eq!(cancelled.status(running.sign_date), ContractStatus::Cancelled);
        let silent = (" ", why.1, why.2);
        assert_eq!(end(&running, EndKind::Terminated, silent, false), Err(EndError::Reason(TextError::Empty)));
        assert_eq!(running.status(running.end_date), ContractStatus::Running);
        let after = running.end_date.succ_opt().unwrap();
        assert_eq!(running.status(after), ContractStatus::Completed);
    }
}
