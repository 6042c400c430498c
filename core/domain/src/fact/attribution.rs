//! The author, time and task of a fact or of an act on the console.

use crate::{
    id::{AccountId, EventId, FactId, PlanId, ProjectId, TaskId},
    task::Stamp,
};

/// The author, time and task of a fact or of an act on the console. The body is passed beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The fact or the office's request; the same one again changes nothing.
    pub event: EventId,
    /// Whose fact or act it is.
    pub account: AccountId,
    /// The project that is named.
    pub project: ProjectId,
    /// The task that is named; for `task.started` the task that begins.
    pub task: TaskId,
    /// The plan that is named, if one is: that of the task.
    pub plan: Option<PlanId>,
    /// When it happened.
    pub at: Stamp,
    /// How long before that what it tells began, in milliseconds: a track is walked first and sealed later. `i64::MAX`
    /// when that was before the phone restarted; 0 for everything else.
    pub waited_ms: i64,
}

impl Attribution {
    /// When what it tells began.
    #[must_use]
    pub fn began(&self) -> Stamp {
        self.at.earlier_by(self.waited_ms)
    }

    /// The event as the id of a fact, for kinds that only devices record.
    pub const fn fact(&self) -> FactId {
        FactId(self.event.0)
    }
}
