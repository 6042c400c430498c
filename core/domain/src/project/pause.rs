//! A month of a project is asked to be paused, and the fire service decides.

use super::Project;
use crate::{
    catalogue::Nature,
    code::Code,
    id::{AccountId, ContentId},
    plan::PlanSlot,
    ruling::{Outcome, RulingError, Typed},
    suspension::{PauseRequest, PauseState},
    text::{self, At, TEXT_MAX, TextError},
    time::{Month, Timestamp},
};

/// Why a month is not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PauseError {
    /// nothing is asked for a terminated project.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// only maintenance can pause.
    #[error("only maintenance can pause")]
    NotMaintenance,
    /// The month is not one of the project.
    #[error("the month is not one of the project")]
    OutOfPeriod,
    /// the month has a plan.
    #[error("the month has a plan")]
    MonthHasPlan,
    /// the month is asked for, or paused.
    #[error("the month is asked for, or paused")]
    AlreadyAsked,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
}

impl PauseError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::NotMaintenance => Code::PauseNotOffered,
            Self::OutOfPeriod => Code::PlanOutOfPeriod,
            Self::MonthHasPlan => Code::MonthHasPlan,
            Self::AlreadyAsked => Code::PauseAsked,
            Self::Reason(error) => error.code(),
        }
    }
}

/// Why a request is not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecidePauseError {
    /// It does not wait, or the reason is missing.
    #[error(transparent)]
    Ruling(#[from] RulingError),
    /// the project was terminated meanwhile.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// the month has got a plan meanwhile.
    #[error("the month has a plan")]
    MonthHasPlan,
}

impl DecidePauseError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Ruling(error) => error.code(),
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::MonthHasPlan => Code::MonthHasPlan,
        }
    }
}

/// the request with the decision of the fire service. An approval needs the month to be free of a plan
/// still; a rejection is possible at any time.
///
/// # Errors
/// See [`DecidePauseError`].
pub fn decide_pause(
    (project, plans): (&Project, &[PlanSlot]),
    request: &PauseRequest,
    typed: Typed<'_>,
    by: (&str, AccountId, Timestamp),
) -> Result<PauseRequest, DecidePauseError> {
    let decided = request.decided(typed, by)?;
    if typed.outcome == Outcome::Rejected {
        return Ok(decided);
    }
    if project.termination.is_some() {
        return Err(DecidePauseError::ProjectTerminated);
    }
    let planned = plans.contains(&PlanSlot { nature: Nature::Month, period: request.month });
    if planned { Err(DecidePauseError::MonthHasPlan) } else { Ok(decided) }
}

/// Whether a month of the project can be asked for; a past one can.
///
/// # Errors
/// See [`PauseError`].
pub fn may_pause(
    project: &Project,
    (requests, plans): (&[PauseRequest], &[PlanSlot]),
    month: Month,
) -> Result<(), PauseError> {
    if project.termination.is_some() {
        return Err(PauseError::ProjectTerminated);
    }
    if project.practice().one_plan_only {
        return Err(PauseError::NotMaintenance);
    }
    let period = project.first_due_month().zip(project.last_due_month());
    if !period.is_some_and(|(first, last)| first <= month && month <= last) {
        return Err(PauseError::OutOfPeriod);
    }
    if plans.contains(&PlanSlot { nature: Nature::Month, period: month }) {
        return Err(PauseError::MonthHasPlan);
    }
    let asked = |request: &PauseRequest| request.project == project.id && request.month == month && request.is_open();
    if requests.iter().any(asked) { Err(PauseError::AlreadyAsked) } else { Ok(()) }
}

/// asks for one month. Returns the request, which waits for the fire service.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn ask_pause(
    project: &Project,
    known: (&[PauseRequest], &[PlanSlot]),
    (month, reason, files): (Month, &str, &[ContentId]),
    by: (AccountId, Timestamp),
) -> Result<PauseRequest, Vec<At<PauseError>>> {
    let mut wrong = Vec::new();
    At::take(&mut wrong, "month", may_pause(project, known, month));
    match At::take(&mut wrong, "reason", text::required(reason, TEXT_MAX)).filter(|_| wrong.is_empty()) {
        Some(reason) => Ok(PauseRequest {
            project: project.id,
            month,
            reason,
            state: PauseState::Pending,
            files: files.to_vec(),
            asked: Some(by),
            ruling: None,
        }),
        None => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        contract::ContractKind,
        project::fixture::project,
        suspension::tests::{pause, termination},
    };
    use uuid::Uuid;

    /// one month with a reason, of maintenance, without a plan, once.
    #[test]
    fn r_320_r_322_r_324_r_329_a_month_without_a_plan_is_asked_for_once() {
        let project = project();
        let month: Month = "2020-05".parse().unwrap();
        let by = (AccountId(Uuid::from_u128(1)), Timestamp(0));
        let asked = ask_pause(&project, (&[], &[]), (month, " 停业装修 ", &[]), by).unwrap();
        assert_eq!((asked.reason.as_str(), asked.state), ("停业装修", PauseState::Pending));
        let errors = |project: &Project, known: (&[PauseRequest], &[PlanSlot]), month: &str| {
            let wrong = ask_pause(project, known, (month.parse().unwrap(), "停业", &[]), by).unwrap_err();
            wrong.into_iter().map(|at| at.error).collect::<Vec<_>>()
        };
        let plan = [PlanSlot { nature: Nature::Month, period: month }];
        assert_eq!(errors(&project, (&[], &plan), "2020-05"), [PauseError::MonthHasPlan]);
        assert_eq!(errors(&project, (&[], &[]), "2022-05"), [PauseError::OutOfPeriod]);
        assert_eq!(errors(&project, (&[asked], &[]), "2020-05"), [PauseError::AlreadyAsked]);
        let withdrawn = pause(project.id, month, PauseState::Withdrawn);
        assert!(may_pause(&project, (&[withdrawn], &[]), month).is_ok());
        let ended = Project { termination: Some(termination()), ..project.clone() };
        assert_eq!(errors(&ended, (&[], &[]), "2020-05"), [PauseError::ProjectTerminated]);
        let inspection = Project { kind: ContractKind::AnnualInspection, ..project.clone() };
        assert_eq!(errors(&inspection, (&[], &[]), "2020-05"), [PauseError::NotMaintenance]);
        let silent = ask_pause(&project, (&[], &plan), (month, " ", &[]), by).unwrap_err();
        assert_eq!(silent.iter().map(|at| at.field).collect::<Vec<_>>(), ["month", "reason"], "all at once");
    }
    /// the decision looks at the plans again; a rejection needs only its reason.
    #[test]
    fn r_324_r_343_a_month_that_has_got_a_plan_is_not_paused() {
        let project = project();
        let month: Month = "2020-05".parse().unwrap();
        let request = pause(project.id, month, PauseState::Pending);
        let by = ("西宁市消防救援支队", AccountId(Uuid::from_u128(1)), Timestamp(9));
        let typed = |outcome| Typed { outcome, reason: "理由" };
        let plan = [PlanSlot { nature: Nature::Month, period: month }];
        let decide = |project: &Project, plans: &[PlanSlot], outcome| {
            decide_pause((project, plans), &request, typed(outcome), by).map(|decided| decided.state)
        };
        assert_eq!(decide(&project, &[], Outcome::Approved), Ok(PauseState::Approved));
        assert_eq!(decide(&project, &plan, Outcome::Approved), Err(DecidePauseError::MonthHasPlan));
        assert_eq!(decide(&project, &plan, Outcome::Rejected), Ok(PauseState::Rejected));
        let quarter = [PlanSlot { nature: Nature::Quarter, period: month }];
        assert_eq!(decide(&project, &quarter, Outcome::Approved), Ok(PauseState::Approved), "another plan");
        let ended = Project { termination: Some(termination()), ..project.clone() };
        assert_eq!(decide(&ended, &[], Outcome::Approved), Err(DecidePauseError::ProjectTerminated));
        let gone = pause(project.id, month, PauseState::Withdrawn);
        let late = decide_pause((&project, &[]), &gone, typed(Outcome::Approved), by);
        assert_eq!(late.unwrap_err().code(), Code::AlreadyDecided);
    }
}
