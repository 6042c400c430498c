//! How far a plan is, and whether it covers what is ticked.

use super::{Plan, PlanItem, PlanItemState};
use serde::{Deserialize, Serialize};

/// Where a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// Nothing of it is issued.
    NotIssued,
    /// Some of its items are issued.
    PartlyIssued,
    /// Every item that is not ignored is issued.
    Issued,
    /// Every item that is not ignored is approved.
    Completed,
}

/// What a plan's row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Progress {
    /// Where it stands.
    pub status: PlanStatus,
    /// Issued items that are approved.
    pub completed: u32,
    /// Issued items that are not.
    pub not_completed: u32,
    /// Items that are not issued and not ignored.
    pub to_issue: u32,
    /// Ignored items.
    pub ignored: u32,
}

/// counts a plan's items. A plan that is not issued shows 0 completed and 0 not completed.
pub fn progress(plan: &Plan) -> Progress {
    let count = |is: fn(&PlanItem) -> bool| {
        let items = plan.items.iter().filter(|item| is(item)).count();
        u32::try_from(items).unwrap_or(u32::MAX)
    };
    let completed = count(|item| item.state == PlanItemState::Approved);
    let issued = count(|item| item.state != PlanItemState::NotIssued);
    let ignored = count(|item| item.ignored.is_some());
    let to_issue = count(|item| item.state == PlanItemState::NotIssued && item.ignored.is_none());
    Progress::of(Tally { issued, completed, to_issue, ignored })
}

/// How many items of a plan there are by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Issued, whatever became of them since.
    pub issued: u32,
    /// Approved.
    pub completed: u32,
    /// Not issued and not ignored.
    pub to_issue: u32,
    /// Ignored.
    pub ignored: u32,
}

impl Progress {
    /// what the counts of a plan say.
    pub const fn of(tally: Tally) -> Self {
        let Tally { issued, completed, to_issue, ignored } = tally;
        let status = match (issued, to_issue) {
            (0, _) => PlanStatus::NotIssued,
            (_, 0) if completed == issued => PlanStatus::Completed,
            (_, 0) => PlanStatus::Issued,
            _ => PlanStatus::PartlyIssued,
        };
        Self { status, completed, not_completed: issued.saturating_sub(completed), to_issue, ignored }
    }
}

/// Which ticked facilities a plan leaves open. Codes of the catalogue, in the order of ticking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilityCoverage {
    /// Facilities without an item of the plan's nature. The report lists them; nobody has to do anything.
    pub without_items: Vec<String>,
    /// Facilities whose items are all ignored. The plan cannot be reported.
    pub all_ignored: Vec<String>,
    /// Items that are not ignored and not approved yet.
    pub unfinished: Vec<String>,
}

impl FacilityCoverage {
    /// whether every ticked facility that has an item of the plan's nature has one that is not ignored.
    pub const fn is_planned(&self) -> bool {
        self.all_ignored.is_empty()
    }
}

/// compares a plan with the facilities that were ticked when it was made.
pub fn coverage(plan: &Plan) -> FacilityCoverage {
    let mut coverage = FacilityCoverage::default();
    for code in &plan.facilities {
        let mut items = plan.items.iter().filter(|item| item.facility == *code).peekable();
        if items.peek().is_none() {
            coverage.without_items.push(code.clone());
            continue;
        }
        let mut counted = items.filter(|item| item.ignored.is_none()).peekable();
        if counted.peek().is_none() {
            coverage.all_ignored.push(code.clone());
        } else if counted.any(|item| item.state != PlanItemState::Approved) {
            coverage.unfinished.push(code.clone());
        }
    }
    coverage
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fixture::{in_task, issued, plan},
            ignore,
        },
        *,
    };
    use crate::task::TaskState;

    fn approve_all(plan: &mut Plan) {
        let ids: Vec<_> = plan.items.iter().filter(|item| item.ignored.is_none()).map(|item| item.id).collect();
        for state in [TaskState::Executing, TaskState::PendingReview, TaskState::Approved] {
            in_task(plan, &ids, state);
        }
    }

    /// 0/0 before issue; afterwards what is approved against what is not; completed when all is approved.
    #[test]
    fn r_108_a_plan_that_is_not_issued_shows_0_of_0() {
        let total = u32::try_from(plan().items.len()).unwrap();
        let counts = |plan: &Plan| {
            let shown = progress(plan);
            (shown.status, shown.completed, shown.not_completed, shown.to_issue)
        };
        assert_eq!(counts(&plan()), (PlanStatus::NotIssued, 0, 0, total));
        let mut partly = issued();
        partly.items[0].state = PlanItemState::NotIssued;
        assert_eq!(counts(&partly), (PlanStatus::PartlyIssued, 0, total - 1, 1));
        ignore(&mut partly, plan().items[0].id, "拆除").unwrap();
        assert_eq!(counts(&partly), (PlanStatus::Issued, 0, total - 1, 0));
        assert_eq!(progress(&partly).ignored, 1);
        approve_all(&mut partly);
        assert_eq!(counts(&partly), (PlanStatus::Completed, total - 1, 0, 0));
    }

    /// one item that is not ignored is enough to plan a facility; all of those must be approved.
    #[test]
    fn r_088_every_ticked_facility_with_items_needs_one_that_is_not_ignored() {
        let mut plan = plan();
        plan.facilities = vec!["power-panel".into(), "without".into()];
        let ticked = plan.facilities.clone();
        let ids: Vec<_> = plan.items.iter().map(|item| item.id).collect();
        for id in &ids[1..] {
            ignore(&mut plan, *id, "拆除").unwrap();
        }
        let open = coverage(&plan);
        assert_eq!((open.without_items.as_slice(), open.unfinished.as_slice()), (&ticked[1..], &ticked[..1]));
        assert!(open.is_planned());
        ignore(&mut plan, ids[0], "拆除").unwrap();
        assert_eq!(coverage(&plan).all_ignored, &ticked[..1]);
        assert!(!coverage(&plan).is_planned());
        let mut done = issued();
        approve_all(&mut done);
        assert_eq!(coverage(&done), FacilityCoverage::default());
    }
}
