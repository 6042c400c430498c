//! The one decision of the fire service on what a firm asks for. There is no function that takes it back.

use crate::{
    code::Code,
    id::AccountId,
    text::{self, TEXT_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// What was asked for comes about.
    Approved,
    /// Nothing changes.
    Rejected,
}

/// A decision: what, why, by which body, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// What.
    pub outcome: Outcome,
    /// Why; never empty at a rejection.
    pub reason: String,
    /// The name of the unit that decided.
    pub unit: String,
    /// The account of its officer.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Why nothing is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulingError {
    /// It was decided, or taken back, before.
    #[error("the request does not wait for a decision")]
    AlreadyDecided,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
}

impl RulingError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::AlreadyDecided => Code::AlreadyDecided,
            Self::Reason(error) => error.code(),
        }
    }
}

/// A decision as it is typed; a rejection says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed<'a> {
    /// What.
    pub outcome: Outcome,
    /// Why.
    pub reason: &'a str,
}

/// Decides something that waits, once. `by` is the unit, its officer and the time.
///
/// # Errors
/// See [`RulingError`].
pub fn decide(
    waits: bool,
    typed: Typed<'_>,
    (unit, by, at): (&str, AccountId, Timestamp),
) -> Result<Ruling, RulingError> {
    if !waits {
        return Err(RulingError::AlreadyDecided);
    }
    let reason = match typed.outcome {
        Outcome::Approved => text::clean(typed.reason, TEXT_MAX)?,
        Outcome::Rejected => text::required(typed.reason, TEXT_MAX)?,
    };
    Ok(Ruling { outcome: typed.outcome, reason, unit: unit.to_owned(), by, at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    /// one decision, by a body and at a time; a rejection says why.
    #[test]
    fn r_326_r_343_a_request_is_decided_once_and_a_rejection_says_why() {
        let by = ("西宁市消防救援支队", AccountId(Uuid::from_u128(3)), Timestamp(9));
        let typed = |outcome, reason| Typed { outcome, reason };
        let ruling = decide(true, typed(Outcome::Rejected, " 材料不全 "), by).unwrap();
        assert_eq!((ruling.reason.as_str(), ruling.unit.as_str(), ruling.at), ("材料不全", by.0, by.2));
        assert_eq!(decide(true, typed(Outcome::Rejected, " "), by).unwrap_err().code(), Code::TextRequired);
        assert_eq!(decide(true, typed(Outcome::Approved, ""), by).map(|ruling| ruling.outcome), Ok(Outcome::Approved));
        assert_eq!(decide(false, typed(Outcome::Approved, ""), by), Err(RulingError::AlreadyDecided));
    }
}
