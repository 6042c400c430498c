//! The items that one executor may work on in one plan, revision by revision; and whether the author of a fact could
//! still work by an older revision (protocol, "Scope as of capture").

use super::Plan;
use crate::{
    code::Code,
    id::{AccountId, PlanId, PlanItemId, ProjectId},
    task::StartedItem,
    time::{Bound, Timestamp},
    ways::Demands,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One item that is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentItem {
    /// The item of the plan.
    pub plan_item: PlanItemId,
    /// The catalogue's id of the item.
    pub item_id: String,
    /// The catalogue's code of its facility.
    pub facility: String,
    /// The catalogue's code of its system.
    pub system: String,
    /// The day it is meant for, where somebody set one.
    pub planned_for: Option<NaiveDate>,
    /// Where in the building, where somebody set it.
    pub position: Option<String>,
}

/// What is issued to one executor in one plan, at one revision. The server keeps every revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The plan.
    pub plan: PlanId,
    /// Its project.
    pub project: ProjectId,
    /// To whom.
    pub executor: AccountId,
    /// Which revision this is; grows with every change.
    pub revision: u64,
    /// When this revision was granted.
    pub granted: Timestamp,
    /// The last day of the plan's period, in UTC+8.
    pub deadline: NaiveDate,
    /// The items, in the order of the plan; empty when all were taken back.
    pub items: Vec<AssignmentItem>,
    /// What the firm asked beyond the rules when this revision was granted.
    #[serde(default, skip_serializing_if = "Demands::is_of_the_rules")]
    pub demands: Demands,
}

impl Assignment {
    /// The items that `plan` has issued to `executor`. `revision` is the new revision, `granted` the instant at which
    /// it was made, `demands` what the firm asks then.
    pub fn of(plan: &Plan, executor: AccountId, revision: u64, granted: Timestamp, demands: Demands) -> Self {
        let issued = plan.items.iter().filter(|item| item.executor == Some(executor)).map(|item| AssignmentItem {
            plan_item: item.id,
            item_id: item.item_id.clone(),
            facility: item.facility.clone(),
            system: item.system.clone(),
            planned_for: item.planned_for,
            position: item.position.clone(),
        });
        Self {
            plan: plan.id,
            project: plan.project,
            executor,
            revision,
            granted,
            deadline: plan.deadline(),
            items: issued.collect(),
            demands,
        }
    }

    /// What `author` is granted when a lead or manager adopts work that no revision covers: the plan as it stands, without
    /// the items that are left out. So what is adopted is judged like any other work, against the present plan.
    pub fn adopted(plan: &Plan, author: AccountId, granted: Timestamp) -> Self {
        let mut open = plan.clone();
        open.items.retain(|item| item.ignored.is_none());
        for item in &mut open.items {
            item.executor = Some(author);
        }
        Self::of(&open, author, 0, granted, Demands::default())
    }

    /// Whether this revision grants an item.
    pub fn grants(&self, item: PlanItemId) -> bool {
        self.granted(item).is_some()
    }

    /// An item as this revision grants it.
    pub fn granted(&self, item: PlanItemId) -> Option<&AssignmentItem> {
        self.items.iter().find(|granted| granted.plan_item == item)
    }

    /// Whether this revision grants every chosen item, and as the same item of the catalogue.
    pub fn grants_all(&self, chosen: &[StartedItem]) -> bool {
        let same = |chosen: &StartedItem| self.granted(chosen.item).is_some_and(|held| held.item_id == chosen.item_id);
        chosen.iter().all(same)
    }
}

/// Why a fact is out of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// The revision that the phone acted on did not issue the item to the account.
    #[error("the item was not issued to this account")]
    ItemNotIssued,
    /// The phone knew of a later revision before it recorded this.
    #[error("the assignment had been replaced when this was recorded")]
    AssignmentReplaced,
}

impl ScopeError {
    /// The stable code of this error; the same for both, the lead decides in either case.
    pub const fn code(self) -> Code {
        Code::OutOfScope
    }
}

impl Assignment {
    /// Whether a task outside the plan may begin on this revision: it makes its executor one who works in the project
    /// . As for an item, a start that is certainly later than the moment at which the store
    /// acknowledged the next revision is out of scope.
    ///
    /// # Errors
    /// It grants nothing, or had been replaced.
    pub fn admits(&self, captured: Bound, successor_known: Option<Timestamp>) -> Result<(), ScopeError> {
        match self.items.first() {
            None => Err(ScopeError::ItemNotIssued),
            Some(any) => in_scope(self, self.executor, any.plan_item, captured, successor_known),
        }
    }
}

/// Whether a fact about `item` by `account` was in scope when it was captured. The phone acted on the revision `seen`,
/// which must have granted the item. `successor_known` is the moment at which this store acknowledged the next
/// revision; `None` while there is none or the store has not acknowledged it. A fact that is certainly later than that
/// moment is out of scope.
pub fn in_scope(
    seen: &Assignment,
    account: AccountId,
    item: PlanItemId,
    captured: Bound,
    successor_known: Option<Timestamp>,
) -> Result<(), ScopeError> {
    if seen.executor != account || !seen.grants(item) {
        return Err(ScopeError::ItemNotIssued);
    }
    match successor_known {
        Some(known) if captured.earliest > known => Err(ScopeError::AssignmentReplaced),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::fixture::{executor_id, issued},
        *,
    };
    use uuid::Uuid;

    fn captured(earliest: i64, latest: i64) -> Bound {
        Bound { earliest: Timestamp(earliest), latest: Timestamp(latest) }
    }

    /// an assignment holds what is issued to this executor and nothing else.
    #[test]
    fn r_118_r_130_an_assignment_holds_what_is_issued_to_its_executor_only() {
        let mut plan = issued();
        let other = AccountId(Uuid::from_u128(51));
        plan.items[0].executor = Some(other);
        let theirs = Assignment::of(&plan, other, 1, Timestamp(5), Demands::default());
        assert_eq!(theirs.items.iter().map(|item| item.plan_item).collect::<Vec<_>>(), [plan.items[0].id]);
        assert_eq!((theirs.plan, theirs.project, theirs.deadline), (plan.id, plan.project, plan.deadline()));
        let mine = Assignment::of(&plan, executor_id(), 2, Timestamp(5), Demands::default());
        assert_eq!(mine.items.len(), plan.items.len() - 1);
        assert!(!mine.grants(plan.items[0].id) && mine.grants(plan.items[1].id));
        let chosen = |at: usize, item_id: &str| [StartedItem { item: plan.items[at].id, item_id: item_id.into() }];
        assert!(mine.grants_all(&chosen(1, &plan.items[1].item_id)));
        assert!(!mine.grants_all(&chosen(1, "another")) && !mine.grants_all(&chosen(0, &plan.items[0].item_id)));
        let (bound, item) = (captured(1, 2), plan.items[0].id);
        assert_eq!(in_scope(&mine, executor_id(), item, bound, None), Err(ScopeError::ItemNotIssued));
        assert_eq!(in_scope(&theirs, executor_id(), item, bound, None), Err(ScopeError::ItemNotIssued));
        assert_eq!(in_scope(&theirs, other, item, bound, None), Ok(()));
    }

    /// what is adopted is measured by the plan as it stands, not by what was issued to whom.
    #[test]
    fn r_131_adopted_work_is_granted_every_item_of_the_plan_that_is_not_left_out() {
        let mut plan = issued();
        plan.items[1].ignored = Some("no access".into());
        plan.items[1].executor = None;
        let other = AccountId(Uuid::from_u128(51));
        let granted = Assignment::adopted(&plan, other, Timestamp(5));
        assert_eq!((granted.plan, granted.executor), (plan.id, other));
        assert!(granted.grants(plan.items[0].id) && !granted.grants(plan.items[1].id));
    }

    /// Work recorded before the phone could know of the change counts; recorded surely afterwards it does not.
    #[test]
    fn r_130_work_counts_as_long_as_the_phone_may_not_have_known_better() {
        let plan = issued();
        let seen = Assignment::of(&plan, executor_id(), 1, Timestamp(5), Demands::default());
        let item = plan.items[0].id;
        let at = |bound, known| in_scope(&seen, executor_id(), item, bound, known);
        assert_eq!(at(captured(900, 1_100), None), Ok(()));
        assert_eq!(at(captured(900, 1_100), Some(Timestamp(1_000))), Ok(()));
        assert_eq!(at(captured(1_000, 1_100), Some(Timestamp(1_000))), Ok(()));
        assert_eq!(at(captured(1_001, 1_100), Some(Timestamp(1_000))), Err(ScopeError::AssignmentReplaced));
    }
}
