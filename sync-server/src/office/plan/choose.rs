//! Which items of a plan somebody means.

use firebee_domain::{
    id::PlanItemId,
    plan::{Plan, PlanItem, PlanItemState},
};

/// The items that are named, and everything that is left of the named facilities, in the order of the plan; then what the
/// plan does not have, which a rule refuses.
pub(super) fn choose(plan: &Plan, items: &[PlanItemId], facilities: &[String]) -> Vec<PlanItemId> {
    let of_facility = |item: &PlanItem| {
        let left = item.state == PlanItemState::NotIssued && item.ignored.is_none();
        left && facilities.contains(&item.facility)
    };
    let meant = plan.items.iter().filter(|item| items.contains(&item.id) || of_facility(item)).map(|item| item.id);
    let unknown = items.iter().copied().filter(|id| plan.item(*id).is_none());
    meant.chain(unknown).collect()
}
