//! The decision of the regulator, and what it does to the list.

use super::{ChangeState, Decided, PersonnelChange, Ties};
use crate::{
    code::Code,
    id::{AccountId, PersonId},
    personnel::{Person, PersonError},
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
    /// The list is changed.
    Approved,
    /// The list stays.
    Rejected,
}

/// Why nothing is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// It was not sent yet, or somebody decided before.
    #[error("the application does not wait for a decision")]
    NotPending,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// The record that would follow is none.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// Whom it is about is not on the list any more.
    #[error("the person is not on the personnel list any more")]
    PersonRequired,
    /// Somebody of this ID number is on the list already.
    #[error("somebody of this ID number is on the personnel list")]
    IdentityListed,
    /// The person leads a running project or has work that is not finished.
    #[error("the person still has work that somebody else has to take over")]
    InUse(Ties),
}

impl DecideError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NotPending => Code::AlreadyDecided,
            Self::Reason(error) => error.code(),
            Self::Person(error) => error.code(),
            Self::PersonRequired => Code::PersonRequired,
            Self::IdentityListed => Code::IdentityListed,
            Self::InUse(_) => Code::PersonInUse,
        }
    }
}

/// the application with its one decision. A rejection says why.
///
/// # Errors
/// See [`DecideError`].
pub fn decide(
    change: &PersonnelChange,
    (outcome, reason): (Outcome, &str),
    (by, at): (AccountId, Timestamp),
) -> Result<PersonnelChange, DecideError> {
    if change.state() != ChangeState::Pending {
        return Err(DecideError::NotPending);
    }
    let reason = match outcome {
        Outcome::Approved => text::clean(reason, TEXT_MAX)?,
        Outcome::Rejected => text::required(reason, TEXT_MAX)?,
    };
    Ok(PersonnelChange { decided: Some(Decided { outcome, reason, by, at }), ..change.clone() })
}

/// the record of the person as an approval makes it. `listed` is the record that the application names, or of
/// somebody new one with the same ID number; `id` is the id of somebody new.
///
/// # Errors
/// See [`DecideError`].
pub fn approved(
    change: &PersonnelChange,
    listed: Option<&Person>,
    ties: Ties,
    id: PersonId,
) -> Result<Person, DecideError> {
    let Some(decided) = change.decided.as_ref().filter(|decided| decided.outcome == Outcome::Approved) else {
        return Err(DecideError::NotPending);
    };
    if !change.kind.adds() {
        let person = listed.filter(|person| !person.is_gone()).ok_or(DecideError::PersonRequired)?;
        return match ties.is_free() {
            true => Ok(Person { left_on: Some(decided.at.china_day()), ..person.clone() }),
            false => Err(DecideError::InUse(ties)),
        };
    }
    let before = match (change.person, listed) {
        // Somebody who left comes back to the record that history names.
        (Some(_), Some(person)) => person.clone(),
        (None, Some(person)) if person.is_gone() => person.clone(),
        (None, Some(_)) => return Err(DecideError::IdentityListed),
        (Some(_), None) => return Err(DecideError::PersonRequired),
        (None, None) => Person::new(id, change.organisation, change.name.clone(), Vec::new()),
    };
    let with = match &change.certificate {
        Some(certificate) => before.with_certificate(certificate.clone())?,
        None => before,
    };
    Ok(Person { identity: Some(change.identity.clone()), phone: Some(change.phone.clone()), left_on: None, ..with })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        personnel::tests::{engineer, operator, person},
        personnel_change::{
            ChangeKind,
            tests::{account, pending, today},
        },
        time::china_midnight,
    };
    use uuid::Uuid;

    fn decided(kind: ChangeKind, outcome: Outcome) -> PersonnelChange {
        decide(&pending(kind), (outcome, "理由"), (account(), china_midnight(today()))).unwrap()
    }

    fn new() -> PersonId {
        PersonId(Uuid::from_u128(50))
    }

    /// one decision; a draft and a decided application take none.
    #[test]
    fn r_022_an_application_is_decided_once() {
        let by = (account(), Timestamp(3));
        let done = decided(ChangeKind::AddOther, Outcome::Approved);
        assert_eq!(done.state(), ChangeState::Approved);
        assert_eq!(decide(&done, (Outcome::Rejected, "x"), by), Err(DecideError::NotPending));
        let draft = PersonnelChange { sent: None, ..pending(ChangeKind::AddOther) };
        assert_eq!(decide(&draft, (Outcome::Approved, ""), by), Err(DecideError::NotPending));
    }

    /// a rejection says why and makes no record.
    #[test]
    fn r_023_a_rejection_has_a_reason_and_changes_nothing() {
        let by = (account(), Timestamp(3));
        let bare = decide(&pending(ChangeKind::AddOther), (Outcome::Rejected, " "), by);
        assert_eq!(bare, Err(DecideError::Reason(TextError::Empty)));
        let rejected = decided(ChangeKind::AddOther, Outcome::Rejected);
        assert_eq!(rejected.state(), ChangeState::Rejected);
        assert_eq!(approved(&rejected, None, Ties::default(), new()), Err(DecideError::NotPending));
    }

    /// an approval makes the record, or adds to it.
    #[test]
    fn r_022_an_approval_puts_somebody_on_the_list_or_adds_a_certificate() {
        let change = decided(ChangeKind::AddOperator, Outcome::Approved);
        let made = approved(&change, None, Ties::default(), new()).unwrap();
        assert_eq!((made.id, made.name.as_str(), &made.certificates[..]), (new(), "赵敏", &[operator(4)][..]));
        assert_eq!(made.identity.as_ref(), Some(&change.identity));
        let held = person(vec![operator(3)]);
        assert_eq!(approved(&change, Some(&held), Ties::default(), new()), Err(DecideError::IdentityListed));
        let named = PersonnelChange { person: Some(held.id), ..decided(ChangeKind::AddEngineer, Outcome::Approved) };
        let after = approved(&named, Some(&held), Ties::default(), new()).unwrap();
        assert_eq!(after.certificates, [operator(3), engineer("2026-01-01", "2028-12-31")]);
        let gone = Person { left_on: Some(today()), ..held };
        let back = approved(&change, Some(&gone), Ties::default(), new()).unwrap();
        assert_eq!((back.id, back.is_gone()), (gone.id, false), "whoever comes back has the same record");
    }

    /// whoever still has work stays on the list, and what has to be taken over is told.
    #[test]
    fn r_024_a_person_in_use_is_not_removed() {
        let change = decided(ChangeKind::RemoveOperator, Outcome::Approved);
        let held = person(vec![operator(3)]);
        for ties in [
            Ties { led: 1, ..Ties::default() },
            Ties { tasks: 1, ..Ties::default() },
            Ties { issued: 1, ..Ties::default() },
            Ties { dispatches: 1, ..Ties::default() },
        ] {
            let refused = approved(&change, Some(&held), ties, new());
            assert_eq!(refused, Err(DecideError::InUse(ties)));
            assert_eq!(refused.map_err(DecideError::code), Err(Code::PersonInUse));
        }
        let left = approved(&change, Some(&held), Ties::default(), new()).unwrap();
        assert_eq!((left.left_on, left.name.as_str()), (Some(today()), "马晓燕"), "history keeps the name");
        assert_eq!(approved(&change, Some(&left), Ties::default(), new()), Err(DecideError::PersonRequired));
    }
}
