//! The rule of a decision, on the console and on the phone alike.

use crate::{
    code::Code,
    id::FactId,
    text::{self, TEXT_MAX, TextError},
};
use std::collections::BTreeSet;

/// Why nothing is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// No fact is chosen.
    #[error("no fact is chosen")]
    NothingChosen,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// Somebody has decided on one of the facts before.
    #[error("one of the facts does not wait any more")]
    AlreadyDone,
}

impl DecideError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NothingChosen => Code::NothingChosen,
            Self::Reason(error) => error.code(),
            Self::AlreadyDone => Code::AlreadyDone,
        }
    }
}

/// The facts that are decided on, and the reason as it is kept. `waits` says of each fact whether it waits for a decision.
///
/// # Errors
/// See [`DecideError`].
pub fn checked(
    facts: &[FactId],
    reason: &str,
    waits: impl Fn(FactId) -> bool,
) -> Result<(BTreeSet<FactId>, String), DecideError> {
    let reason = text::required(reason, TEXT_MAX)?;
    let facts: BTreeSet<FactId> = facts.iter().copied().collect();
    if facts.is_empty() {
        return Err(DecideError::NothingChosen);
    }
    if facts.iter().all(|fact| waits(*fact)) { Ok((facts, reason)) } else { Err(DecideError::AlreadyDone) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn r_131_a_decision_has_facts_that_wait_and_a_reason() {
        let [one, other] = [1, 2].map(|n| FactId(Uuid::from_u128(n)));
        let waits = |fact| fact == one;
        assert_eq!(checked(&[one, one], " checked ", waits), Ok((BTreeSet::from([one]), "checked".into())));
        assert_eq!(checked(&[one, other], "checked", waits), Err(DecideError::AlreadyDone));
        assert_eq!(checked(&[], "checked", waits), Err(DecideError::NothingChosen));
        assert_eq!(checked(&[one], " ", waits).map_err(DecideError::code), Err(Code::TextRequired));
    }
}
