//! How far an item of a plan is: not issued → issued → executing → submitted → approved.

use crate::{
    id::{AccountId, TaskId},
    task::{Task, TaskState},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The states of a plan item.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PlanItemState {
    /// Nobody has it yet; it may be ignored.
    NotIssued,
    /// Issued to its executor.
    Issued,
    /// In a live task.
    Executing,
    /// In a submitted task.
    Submitted,
    /// In an approved task.
    Approved,
}

/// What the office does to a plan item that no task holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanItemEvent {
    /// Issued to an executor.
    Issue,
    /// Taken back before anybody started.
    Recall,
}

/// Why a plan item does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdvanceError {
    /// This cannot happen to an item in its state.
    #[error("the item's state does not allow this")]
    InvalidState,
    /// It is in a live task already.
    #[error("the item is in another task")]
    AlreadyInTask,
}

impl PlanItemState {
    /// The state of an item that a task holds: that of its task. A discarded task gives its items back.
    pub const fn of_task(task: TaskState) -> Self {
        match task {
            TaskState::Executing | TaskState::Rejected => Self::Executing,
            TaskState::PendingReview => Self::Submitted,
            TaskState::Approved => Self::Approved,
            TaskState::Discarded => Self::Issued,
        }
    }

    /// The state after `event`, or why it cannot happen.
    pub const fn after(self, event: PlanItemEvent) -> Result<Self, AdvanceError> {
        match (self, event) {
            (Self::NotIssued, PlanItemEvent::Issue) => Ok(Self::Issued),
            (Self::Issued, PlanItemEvent::Recall) => Ok(Self::NotIssued),
            _ => Err(AdvanceError::InvalidState),
        }
    }
}

/// What of a plan item changes with tasks. The row of the item is its lock; the assignment's document tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// How far it is.
    pub state: PlanItemState,
    /// To whom it is issued, or who executes the task that holds it.
    pub executor: Option<AccountId>,
    /// The live task that holds it.
    pub task: Option<TaskId>,
}

impl Hold {
    /// Gives the item to a task that starts: it belongs to the live task whose start was accepted first. An item
    /// that was taken back before the phone could know is given too, so that the work done is not lost. To give it to the
    /// task that holds it already changes nothing.
    ///
    /// # Errors
    /// Another live task holds it.
    pub fn take(&mut self, task: &Task) -> Result<(), AdvanceError> {
        if self.task == Some(task.id) {
            return Ok(());
        }
        match self.state {
            PlanItemState::NotIssued | PlanItemState::Issued if self.task.is_none() => {
                self.task = Some(task.id);
                self.executor = Some(task.executor);
                self.follow(task);
                Ok(())
            }
            _ => Err(AdvanceError::AlreadyInTask),
        }
    }

    /// Follows the task that holds the item; of another task it is not touched.
    pub fn follow(&mut self, task: &Task) {
        if self.task == Some(task.id) {
            self.state = PlanItemState::of_task(task.state);
            self.task = task.is_live().then_some(task.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AdvanceError, Hold, PlanItemEvent, PlanItemState};
    use crate::{
        fact::Attribution,
        id::{AccountId, FactId, PlanId, PlanItemId, ProjectId, TaskId},
        task::{ChangesTask, Stamp, StartedItem, Task, TaskKind, TaskStarted, TaskState},
        time::Timestamp,
    };
    use strum::VariantArray;
    use uuid::Uuid;

    fn task(number: u128, state: TaskState) -> Task {
        let id = |number| Uuid::from_u128(number);
        let item = StartedItem { item: PlanItemId(id(1)), item_id: "power-genset.a".into() };
        let started = TaskStarted {
            kind: TaskKind::Planned,
            plan: Some(PlanId(id(1))),
            plan_name: String::new(),
            items: vec![item],
            catalogue: None,
            demands: crate::ways::Demands::default(),
            event: None,
        };
        let by = Attribution {
            event: FactId(id(number)).into(),
            account: AccountId(id(number + 100)),
            project: ProjectId(id(1)),
            task: TaskId(id(number)),
            plan: None,
            at: Stamp::unproved(Timestamp(0)),
            waited_ms: 0,
        };
        Task { state, ..started.begin(&by).unwrap() }
    }

    const FREE: Hold = Hold { state: PlanItemState::Issued, executor: None, task: None };

    /// The part of the machine in `docs/rules/states.md` that the office moves: every other pair is refused.
    #[test]
    fn r_117_an_item_is_issued_once_and_taken_back_before_it_is_started() {
        use PlanItemEvent as E;
        use PlanItemState as S;
        for state in S::VARIANTS.iter().copied() {
            let issued = (state == S::NotIssued).then_some(S::Issued);
            let recalled = (state == S::Issued).then_some(S::NotIssued);
            assert_eq!([state.after(E::Issue).ok(), state.after(E::Recall).ok()], [issued, recalled], "{state:?}");
        }
    }

    /// the state of an item in a task is that of its task, whatever it was before; so no order of events
    /// leaves the two apart.
    #[test]
    fn r_136_an_item_follows_its_task_from_every_state() {
        use PlanItemState as S;
        use TaskState as T;
        let of = [
            (T::Executing, S::Executing, true),
            (T::PendingReview, S::Submitted, true),
            (T::Approved, S::Approved, true),
            (T::Rejected, S::Executing, true),
            (T::Discarded, S::Issued, false),
        ];
        for before in S::VARIANTS.iter().copied() {
            for (state, expected, held) in of {
                let task = task(7, state);
                let mut hold = Hold { state: before, executor: Some(task.executor), task: Some(task.id) };
                hold.follow(&task);
                let held = held.then_some(task.id);
                assert_eq!(hold, Hold { state: expected, executor: Some(task.executor), task: held });
            }
        }
        let mut other = FREE;
        other.follow(&task(7, T::Approved));
        assert_eq!(other, FREE, "an item of another task stays");
    }

    /// an item of a live task cannot be taken into another. A task can also start with an item that was taken
    /// back meanwhile.
    #[test]
    fn r_136_an_item_is_in_one_live_task_only() {
        let (first, second) = (task(1, TaskState::Executing), task(2, TaskState::Executing));
        for state in [PlanItemState::Issued, PlanItemState::NotIssued] {
            let mut hold = Hold { state, ..FREE };
            assert_eq!((hold.take(&first), hold.take(&first)), (Ok(()), Ok(())));
            let held = hold;
            assert_eq!(hold.take(&second), Err(AdvanceError::AlreadyInTask));
            assert_eq!((hold, hold.executor), (held, Some(first.executor)), "an error changes nothing");
            hold.follow(&task(1, TaskState::Discarded));
            assert_eq!((hold.take(&second), hold.task), (Ok(()), Some(second.id)));
        }
        let mut approved = Hold { state: PlanItemState::Approved, ..FREE };
        assert_eq!(approved.take(&first), Err(AdvanceError::AlreadyInTask));
    }
}
