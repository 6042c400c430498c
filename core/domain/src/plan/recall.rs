//! Taking issued items of a plan back.

use super::{AdvanceError, Plan, PlanItemEvent, PlanItemState};
use crate::{
    code::Code,
    id::{AccountId, PlanItemId},
};
use std::collections::BTreeSet;

/// Why nothing is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecallError {
    /// No item is chosen.
    #[error("no item is chosen")]
    NothingChosen,
    /// The plan has no such item.
    #[error("the plan has no such item")]
    ItemUnknown,
    /// The item is not issued, or its executor has started it.
    #[error("only an issued item that nobody started can be taken back")]
    NotRecallable,
}

impl RecallError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NothingChosen => Code::ItemsRequired,
            Self::ItemUnknown => Code::PlanItemUnknown,
            Self::NotRecallable => Code::PlanItemNotRecallable,
        }
    }
}

/// takes back issued items that nobody has started, all or none. The items can then be issued to somebody else.
/// Returns the executors who lose items, so that the caller can tell their phones.
pub fn recall(plan: &mut Plan, items: &[PlanItemId]) -> Result<BTreeSet<AccountId>, RecallError> {
    if items.is_empty() {
        return Err(RecallError::NothingChosen);
    }
    for id in items {
        let item = plan.item(*id).ok_or(RecallError::ItemUnknown)?;
        item.state.after(PlanItemEvent::Recall).map_err(|_: AdvanceError| RecallError::NotRecallable)?;
    }
    let recalled = plan.chosen_mut(items).filter_map(|item| {
        item.state = PlanItemState::NotIssued;
        item.executor.take()
    });
    Ok(recalled.collect())
}

#[cfg(test)]
mod tests {
    use super::{
        super::fixture::{executor_id, in_task, issued},
        *,
    };
    use crate::task::TaskState;

    /// an item nobody started is taken back and can go to another; a started one is not.
    #[test]
    fn r_117_only_what_nobody_started_is_taken_back() {
        let mut plan = issued();
        let ids: Vec<_> = plan.items.iter().map(|item| item.id).collect();
        in_task(&mut plan, &ids[..1], TaskState::Executing);
        let before = plan.clone();
        assert_eq!(recall(&mut plan, &[ids[1], ids[0]]), Err(RecallError::NotRecallable));
        assert_eq!(recall(&mut plan, &[]), Err(RecallError::NothingChosen));
        assert_eq!(plan, before, "an error changes nothing");
        assert_eq!(recall(&mut plan, &ids[1..2]), Ok(BTreeSet::from([executor_id()])));
        assert_eq!((plan.items[1].state, plan.items[1].executor), (PlanItemState::NotIssued, None));
    }
}
