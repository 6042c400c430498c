//! What is issued, by executor. What nobody has started can be taken back, or get another day and place.

use super::{
    change::Typed,
    item::{meant, names},
    show::Found,
};
use crate::{
    console::{frame::Frame, part::Chip, words},
    text::Text as T,
};
use firebee_domain::{
    id::{AccountId, PlanItemId, TaskId},
    plan::PlanItemState,
};

/// What one executor has.
pub(super) struct Issued {
    pub(super) executor: String,
    pub(super) count: String,
    pub(super) items: Vec<IssuedItem>,
}

/// One item of it.
pub(super) struct IssuedItem {
    pub(super) id: PlanItemId,
    pub(super) name: String,
    pub(super) facility: String,
    pub(super) meant: String,
    pub(super) state: Chip,
    pub(super) task: Option<TaskId>,
    /// Nobody has started it.
    pub(super) free: bool,
    pub(super) chosen: bool,
}

/// The executors in the order of the plan, each with its items.
pub(super) fn issued(f: &Frame, found: &Found, typed: &Typed) -> Vec<Issued> {
    let mut groups: Vec<(AccountId, Issued)> = Vec::new();
    for item in &found.row.plan.items {
        let Some(executor) = item.executor else { continue };
        let names = names(f, &found.catalogue, item);
        let row = IssuedItem {
            id: item.id,
            name: names.item,
            facility: names.facility,
            meant: meant(f, item),
            state: words::plan_item(f.language, item.state),
            task: found.row.tasks.get(&item.id).copied(),
            free: item.state == PlanItemState::Issued,
            chosen: typed.items.contains(&item.id),
        };
        match groups.iter_mut().find(|(account, _)| *account == executor) {
            Some((_, group)) => group.items.push(row),
            None => {
                let name = found.names.get(&executor).cloned().unwrap_or_default();
                groups.push((executor, Issued { executor: name, count: String::new(), items: vec![row] }));
            }
        }
    }
    let counted = |(_, group): (AccountId, Issued)| Issued { count: f.n(T::PlanItemCount, group.items.len()), ..group };
    groups.into_iter().map(counted).collect()
}
