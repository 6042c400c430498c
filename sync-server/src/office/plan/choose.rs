//! The items of a plan that a form means.

use firebee_domain::{
    id::PlanItemId,
    plan::{Plan, PlanItem, PlanItemState},
};

/// The named items, and all items of the named facilities that are neither issued nor ignored, in the order of the
/// plan. Behind them stand the ids that the plan does not have, so that a rule can refuse them.
pub(super) fn choose(plan: &Plan, items: &[PlanItemId], facilities: &[String]) -> Vec<PlanItemId> {
    let of_facility = |item: &PlanItem| {
        let left = item.state == PlanItemState::NotIssued && item.ignored.is_none();
        left && facilities.contains(&item.facility)
    };
    let meant = plan.items.iter().filter(|item| items.contains(&item.id) || of_facility(item)).map(|item| item.id);
    let unknown = items.iter().copied().filter(|id| plan.item(*id).is_none());
    meant.chain(unknown).collect()
}
