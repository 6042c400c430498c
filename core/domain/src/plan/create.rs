//! Making a plan.

use super::{Plan, PlanItem, PlanItemState, PlanName, PlanSlot, period_last_month, period_start};
use crate::{
    catalogue::{Catalogue, Nature},
    code::Code,
    id::{ContentId, PlanId, PlanItemId},
    project::Project,
    suspension::{PauseRequest, is_paused},
    time::{Month, Timestamp},
};

/// What somebody chooses, and what the plan is made from.
#[derive(Clone, Copy, Debug)]
pub struct NewPlan<'a> {
    /// The new plan's id.
    pub id: PlanId,
    /// Month, quarter or year.
    pub nature: Nature,
    /// The month of the plan; for a quarter or year any of its months.
    pub month: Month,
    /// The catalogue pack that the plan pins.
    pub catalogue: &'a Catalogue,
    /// That pack's id.
    pub catalogue_id: ContentId,
    /// Now.
    pub created: Timestamp,
}

/// Why a plan is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// a terminated project takes no plan.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// an inspection or evaluation has its plan already.
    #[error("the project has its only plan")]
    OnlyOnePlanAllowed,
    /// an inspection or evaluation has a year plan only.
    #[error("this kind of project has a year plan only")]
    NatureNotAllowed,
    /// the project has a plan of this nature and period already.
    #[error("the project has a plan of this nature and period")]
    PlanExists,
    /// each month of the period in which the project runs is paused.
    #[error("the month is paused")]
    MonthPaused,
    /// the project does not run in the period of the plan.
    #[error("the month lies outside the project")]
    PlanOutOfPeriod,
    /// A ticked facility is not in the catalogue pack that the plan would pin.
    #[error("a ticked facility is not in the catalogue")]
    FacilityUnknown,
    /// None of the ticked facilities has an item of this nature.
    #[error("no ticked facility has an item of this nature")]
    PlanWithoutItems,
}

impl CreateError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::ProjectTerminated => Code::ProjectTerminated,
            Self::OnlyOnePlanAllowed => Code::OnlyOnePlanAllowed,
            Self::NatureNotAllowed => Code::NatureNotAllowed,
            Self::PlanExists => Code::PlanExists,
            Self::MonthPaused => Code::MonthPaused,
            Self::PlanOutOfPeriod => Code::PlanOutOfPeriod,
            Self::FacilityUnknown => Code::FacilityUnknown,
            Self::PlanWithoutItems => Code::PlanWithoutItems,
        }
    }
}

/// makes the plan of a project with every item of its ticked facilities that belongs to the nature
/// . `existing` are the project's other plans, `pauses` its pause requests, `next_item` gives fresh ids.
pub fn create(
    project: &Project,
    existing: &[PlanSlot],
    pauses: &[PauseRequest],
    new: NewPlan<'_>,
    mut next_item: impl FnMut() -> PlanItemId,
) -> Result<Plan, CreateError> {
    let slot = PlanSlot { nature: new.nature, period: period_start(new.nature, new.month) };
    check_slot(project, existing, pauses, slot, new.month)?;
    let contents = new.catalogue.items_of(project.practice().usage, &project.facilities, new.nature);
    if !contents.unknown.is_empty() {
        return Err(CreateError::FacilityUnknown);
    }
    if contents.items.is_empty() {
        return Err(CreateError::PlanWithoutItems);
    }
    let items = contents.items.iter().map(|found| PlanItem {
        id: next_item(),
        item_id: found.item.id.clone(),
        facility: found.facility.code.clone(),
        system: found.system.code.clone(),
        state: PlanItemState::NotIssued,
        executor: None,
        ignored: None,
        planned_for: None,
        position: None,
    });
    Ok(Plan {
        id: new.id,
        project: project.id,
        nature: new.nature,
        period: slot.period,
        name: name(project, new.nature, new.month),
        catalogue: new.catalogue_id,
        facilities: project.facilities.clone(),
        created: new.created,
        items: items.collect(),
    })
}

pub(super) fn check_slot(
    project: &Project,
    existing: &[PlanSlot],
    pauses: &[PauseRequest],
    slot: PlanSlot,
    chosen: Month,
) -> Result<(), CreateError> {
    if project.termination.is_some() {
        return Err(CreateError::ProjectTerminated);
    }
    let practice = project.practice();
    if practice.one_plan_only && !existing.is_empty() {
        return Err(CreateError::OnlyOnePlanAllowed);
    }
    if !practice.natures.contains(&slot.nature) {
        return Err(CreateError::NatureNotAllowed);
    }
    if existing.contains(&slot) {
        return Err(CreateError::PlanExists);
    }
    let within = months_within(project, slot, chosen);
    if within.is_empty() {
        return Err(CreateError::PlanOutOfPeriod);
    }
    // A quarter or year is paused only when all its months are. The other months still owe their tests.
    if within.iter().all(|month| is_paused(pauses, project.id, *month)) {
        return Err(CreateError::MonthPaused);
    }
    Ok(())
}

/// the months of the period in which the project runs. For an inspection or evaluation only the chosen month
/// counts, because its one plan is named after that month.
fn months_within(project: &Project, slot: PlanSlot, chosen: Month) -> Vec<Month> {
    let (from, to) = if project.practice().one_plan_only {
        (chosen, chosen)
    } else {
        (slot.period, period_last_month(slot.nature, slot.period))
    };
    let Some((first, last)) = project.first_due_month().zip(project.last_due_month()) else { return vec![] };
    std::iter::successors(Some(from), |month| Some(month.next()))
        .take_while(|month| *month <= to)
        .filter(|month| first <= *month && *month <= last)
        .collect()
}

fn name(project: &Project, nature: Nature, chosen: Month) -> PlanName {
    let names_month = nature == Nature::Month || project.practice().one_plan_only;
    PlanName {
        year: chosen.year,
        quarter: (nature == Nature::Quarter).then_some((chosen.month - 1) / 3 + 1),
        month: names_month.then_some(chosen.month),
        nature,
        kind: project.kind,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::pack, *};
    use crate::{
        contract::ContractKind,
        project::{fixture::project, tick},
        suspension::{
            PauseState,
            tests::{pause, termination},
        },
    };
    use strum::VariantArray;
    use uuid::Uuid;

    fn make(
        project: &Project,
        existing: &[PlanSlot],
        pauses: &[PauseRequest],
        nature: Nature,
        month: &str,
    ) -> Result<Plan, CreateError> {
        let mut n = 0;
        let new = NewPlan {
            id: PlanId(Uuid::from_u128(1)),
            nature,
            month: month.parse().unwrap(),
            catalogue: pack(),
            catalogue_id: ContentId([7; 32]),
            created: Timestamp(1),
        };
        create(project, existing, pauses, new, || {
            n += 1;
            PlanItemId(Uuid::from_u128(n))
        })
    }

    fn slot(nature: Nature, period: &str) -> PlanSlot {
        PlanSlot { nature, period: period.parse().unwrap() }
    }

    fn inspection() -> Project {
        Project { kind: ContractKind::AnnualInspection, facilities: vec!["si-record".into()], ..project() }
    }

    /// maintenance has all three natures; an inspection or evaluation exactly one plan of nature year.
    #[test]
    fn r_101_inspection_and_evaluation_have_one_year_plan_only() {
        for nature in Nature::VARIANTS.iter().copied() {
            assert!(make(&project(), &[], &[], nature, "2020-03").is_ok(), "{nature:?}");
        }
        let evaluation =
            Project { kind: ContractKind::SafetyEvaluation, facilities: vec!["sev-items".into()], ..project() };
        for project in [inspection(), evaluation] {
            assert_eq!(make(&project, &[], &[], Nature::Month, "2020-03"), Err(CreateError::NatureNotAllowed));
            assert!(make(&project, &[], &[], Nature::Year, "2020-03").is_ok());
            let first = [slot(Nature::Year, "2020-01")];
            assert_eq!(make(&project, &first, &[], Nature::Year, "2021-01"), Err(CreateError::OnlyOnePlanAllowed));
        }
    }

    /// the parts of a generated name.
    #[test]
    fn r_102_a_name_says_year_period_nature_and_kind() {
        let name = |project: &Project, nature, month| {
            make(project, &[], &[], nature, month).map(|plan| (plan.name.year, plan.name.quarter, plan.name.month))
        };
        assert_eq!(name(&project(), Nature::Month, "2020-07"), Ok((2020, None, Some(7))));
        assert_eq!(name(&project(), Nature::Quarter, "2020-12"), Ok((2020, Some(4), None)));
        assert_eq!(name(&project(), Nature::Year, "2020-12"), Ok((2020, None, None)));
        assert_eq!(name(&inspection(), Nature::Year, "2020-02"), Ok((2020, None, Some(2))));
        let plan = make(&inspection(), &[], &[], Nature::Year, "2020-02").unwrap();
        assert_eq!((plan.name.nature, plan.name.kind), (Nature::Year, ContractKind::AnnualInspection));
    }

    /// one plan for each nature and period; any month of a quarter is the same quarter.
    #[test]
    fn r_103_a_second_plan_of_the_same_period_is_refused() {
        let existing = [slot(Nature::Month, "2020-03"), slot(Nature::Quarter, "2020-04")];
        let make = |nature, month| make(&project(), &existing, &[], nature, month).map(|plan| plan.period.to_string());
        assert_eq!(make(Nature::Month, "2020-03"), Err(CreateError::PlanExists));
        assert_eq!(make(Nature::Month, "2020-04"), Ok("2020-04".into()));
        assert_eq!(make(Nature::Quarter, "2020-06"), Err(CreateError::PlanExists));
        assert_eq!(make(Nature::Quarter, "2020-09"), Ok("2020-07".into()));
    }

    /// plans are made ahead; nothing asks for the day on which one is made.
    #[test]
    fn r_104_a_plan_can_be_made_ahead() {
        assert!(make(&project(), &[], &[], Nature::Month, "2021-01").is_ok());
    }

    /// a paused month takes no plan; a quarter only when each of its months is paused.
    #[test]
    fn r_105_a_paused_month_takes_no_plan() {
        let pause = |month: &str, state| pause(project().id, month.parse().unwrap(), state);
        let one = [pause("2020-04", PauseState::Approved)];
        assert_eq!(make(&project(), &[], &one, Nature::Month, "2020-04"), Err(CreateError::MonthPaused));
        assert!(make(&project(), &[], &one, Nature::Month, "2020-05").is_ok());
        assert!(make(&project(), &[], &one, Nature::Quarter, "2020-04").is_ok());
        let all = ["2020-04", "2020-05", "2020-06"].map(|month| pause(month, PauseState::Approved));
        assert_eq!(make(&project(), &[], &all, Nature::Quarter, "2020-05"), Err(CreateError::MonthPaused));
        let pending = [pause("2020-04", PauseState::Pending)];
        assert!(make(&project(), &[], &pending, Nature::Month, "2020-04").is_ok(), "R-324");
    }

    /// a terminated project takes no plan.
    #[test]
    fn r_106_a_terminated_project_takes_no_plan() {
        let ended = Project { termination: Some(termination()), ..project() };
        assert_eq!(make(&ended, &[], &[], Nature::Month, "2020-03"), Err(CreateError::ProjectTerminated));
    }

    /// from the first due month to the month of the end date; a quarter or year must touch it.
    #[test]
    fn r_107_the_month_lies_within_the_project() {
        let make = |nature, month| make(&project(), &[], &[], nature, month).map(|_| ());
        let outside = Err(CreateError::PlanOutOfPeriod);
        let month = |month| make(Nature::Month, month);
        assert_eq!(
            [month("2020-01"), month("2020-02"), month("2021-01"), month("2021-02")],
            [outside, Ok(()), Ok(()), outside]
        );
        assert_eq!(make(Nature::Quarter, "2020-01"), Ok(()));
        assert_eq!(make(Nature::Quarter, "2019-12"), outside);
        assert_eq!(make(Nature::Quarter, "2021-04"), outside);
        assert_eq!([make(Nature::Year, "2021-12"), make(Nature::Year, "2022-01")], [Ok(()), outside]);
        let single = super::tests::make(&inspection(), &[], &[], Nature::Year, "2020-01").map(|_| ());
        assert_eq!(single, outside);
    }

    /// a plan holds each item of the nature of each ticked facility, and pins its catalogue.
    #[test]
    fn r_088_a_plan_contains_every_item_of_its_nature() {
        let plan = make(&project(), &[], &[], Nature::Month, "2020-03").unwrap();
        let facility = pack().facility("power-panel").unwrap().facility;
        let expected: Vec<_> =
            facility.items.iter().filter(|item| item.frequency.contains(&Nature::Month)).map(|item| &item.id).collect();
        assert_eq!(plan.items.iter().map(|item| &item.item_id).collect::<Vec<_>>(), expected);
        assert!(plan.items.iter().all(|item| item.facility == "power-panel" && item.system == "power"));
        assert_eq!(plan.catalogue, ContentId([7; 32]));
        let bare = Project { facilities: vec![], ..project() };
        assert_eq!(super::tests::make(&bare, &[], &[], Nature::Month, "2020-03"), Err(CreateError::PlanWithoutItems));
        let strange = Project { facilities: vec!["no-such".into()], ..project() };
        assert_eq!(make(&strange, &[], &[], Nature::Month, "2020-03"), Err(CreateError::FacilityUnknown));
    }

    /// what is ticked later reaches later plans only.
    #[test]
    fn r_093_a_change_of_the_project_reaches_later_plans_only() {
        let before = project();
        let march = make(&before, &[], &[], Nature::Month, "2020-03").unwrap();
        let kept = march.clone();
        let other = pack().facilities().map(|found| found.facility.code.clone()).nth(1).unwrap();
        let after = tick(&before, pack(), std::slice::from_ref(&other)).unwrap();
        let april = make(&after, &[march.slot()], &[], Nature::Year, "2020-04").unwrap();
        assert_eq!(march, kept);
        assert!(march.items.iter().all(|item| item.facility == "power-panel"));
        assert!(april.items.iter().all(|item| item.facility == other));
    }
}
