//! Contracts: made, changed, ended before their time, never deleted.

mod change;
mod create;
mod end;
mod files;

pub use change::{Change, change};
pub use create::{Create, create};
pub use end::{End, end};

use super::{Flaw, Rule};
use firebee_domain::{code::Code, contract::ContractError, text::At};

/// Why a contract is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// What the domain says of its fields.
    #[error("{} fields of the contract are wrong", .0.len())]
    Fields(Vec<At<ContractError>>),
    /// A day is none.
    #[error("not a day")]
    NoDay(&'static str),
}

impl Rule for KeepError {
    fn code(&self) -> Code {
        match self {
            Self::Fields(wrong) => wrong.first().map_or(Code::FieldMalformed, |at| at.error.code()),
            Self::NoDay(_) => Code::DayMalformed,
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Fields(wrong) => Flaw::all(wrong),
            Self::NoDay(field) => vec![Flaw::of(*field, self)],
        }
    }
}

/// A day as typed.
fn day(field: &'static str, typed: &str) -> Result<chrono::NaiveDate, KeepError> {
    typed.trim().parse().map_err(|_| KeepError::NoDay(field))
}
