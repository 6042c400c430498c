//! The day and the place that items of a plan are meant for.

use super::{Plan, PlanItemState};
use crate::{
    code::Code,
    id::{AccountId, PlanItemId},
    text::{self, TextError},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The most characters of an item's position.
pub const POSITION_LENGTH_MAX: u32 = 100;

/// Why nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The position is not fit to keep.
    #[error(transparent)]
    Position(#[from] TextError),
    /// No item is chosen.
    #[error("no item is chosen")]
    NothingChosen,
    /// The plan has no such item.
    #[error("the plan has no such item")]
    ItemUnknown,
    /// The item is in a task, or was tested by one. The task keeps the day and position that it was started with.
    #[error("the item is in a task")]
    ItemStarted,
    /// The day lies outside the plan's period.
    #[error("the day lies outside the plan's period")]
    DayOutOfPlan,
}

impl ScheduleError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Position(error) => error.code(),
            Self::NothingChosen => Code::ItemsRequired,
            Self::ItemUnknown => Code::PlanItemUnknown,
            Self::ItemStarted => Code::PlanItemStarted,
            Self::DayOutOfPlan => Code::PlanDayOutOfPeriod,
        }
    }
}

/// sets the day and the position of items, all or none. Without a day and without a position it clears both.
/// Returns the executors who have the items already, so that the caller can tell their phones.
pub fn schedule(
    plan: &mut Plan,
    items: &[PlanItemId],
    planned_for: Option<NaiveDate>,
    position: &str,
) -> Result<BTreeSet<AccountId>, ScheduleError> {
    let position = text::line(position, POSITION_LENGTH_MAX)?;
    if items.is_empty() {
        return Err(ScheduleError::NothingChosen);
    }
    if planned_for.is_some_and(|day| day < plan.first_day() || plan.deadline() < day) {
        return Err(ScheduleError::DayOutOfPlan);
    }
    for id in items {
        match plan.item(*id).ok_or(ScheduleError::ItemUnknown)?.state {
            PlanItemState::NotIssued | PlanItemState::Issued => {}
            _ => return Err(ScheduleError::ItemStarted),
        }
    }
    let holders = plan.chosen_mut(items).filter_map(|item| {
        item.planned_for = planned_for;
        item.position = (!position.is_empty()).then(|| position.clone());
        item.executor
    });
    Ok(holders.collect())
}

#[cfg(test)]
mod tests {
    use super::{
        super::fixture::{executor_id, in_task, issued, plan},
        *,
    };
    use crate::personnel::tests::day;
    use crate::task::TaskState;
    use uuid::Uuid;

    /// day and position of items, before and after they are issued.
    #[test]
    fn r_111_an_item_has_a_day_and_a_position() {
        let mut plan = plan();
        let id = plan.items[0].id;
        assert_eq!(schedule(&mut plan, &[id], Some(day("2020-03-09")), " 地下一层 "), Ok(BTreeSet::new()));
        assert_eq!(plan.items[0].planned_for, Some(day("2020-03-09")));
        assert_eq!(plan.items[0].position.as_deref(), Some("地下一层"));
        assert_eq!(schedule(&mut plan, &[id], None, ""), Ok(BTreeSet::new()));
        assert_eq!((plan.items[0].planned_for, plan.items[0].position.clone()), (None, None));
        let told = schedule(&mut issued(), &[id], None, "屋顶");
        assert_eq!(told, Ok(BTreeSet::from([executor_id()])));
    }

    /// the day lies in the plan's month, quarter or year; both of its ends count.
    #[test]
    fn r_111_the_day_lies_within_the_plan() {
        let id = plan().items[0].id;
        let on = |text: &str| schedule(&mut plan(), &[id], Some(day(text)), "").map(drop);
        let outside = Err(ScheduleError::DayOutOfPlan);
        assert_eq!(
            ["2020-02-29", "2020-03-01", "2020-03-31", "2020-04-01"].map(on),
            [outside, Ok(()), Ok(()), outside]
        );
    }

    #[test]
    fn what_cannot_be_set_changes_nothing() {
        let mut plan = issued();
        let ids: Vec<_> = plan.items.iter().map(|item| item.id).collect();
        in_task(&mut plan, &ids[..1], TaskState::Executing);
        let before = plan.clone();
        let unknown = PlanItemId(Uuid::from_u128(99_999));
        let mut refused = |items: &[PlanItemId]| schedule(&mut plan, items, None, "屋顶");
        assert_eq!(refused(&[ids[1], ids[0]]), Err(ScheduleError::ItemStarted));
        assert_eq!(refused(&[ids[1], unknown]), Err(ScheduleError::ItemUnknown));
        assert_eq!(refused(&[]), Err(ScheduleError::NothingChosen));
        assert_eq!(plan, before);
    }
}
