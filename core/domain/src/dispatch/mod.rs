//! Dispatches: a team lead is sent to troubleshoot or to repair a fault.
//!
//! `to_issue → issued → received → executing → resolved | unresolved`. What is not issued yet can be cancelled.

mod apply;
mod finish;
mod follow;
mod id;
mod issue;
mod make;
mod receive;
mod start;

pub use apply::{ChangesDispatch, advance, carry_on};
pub use finish::{DispatchFinished, Outcome};
pub(crate) use follow::{cancel_waiting, close, found_again, issue_waiting};
pub use id::dispatch_id;
pub(crate) use make::made;
pub use receive::DispatchReceived;
pub use start::DispatchStarted;

use crate::{
    account::{Action, Actor, Relation, Subject, may},
    fact::Attribution,
    fault::Fault,
    id::{AccountId, ContentId, DispatchId, EventId, FaultId, ProjectId, TaskId},
    result::FaultText,
    task::{Stamp, Task, TaskError},
    text::{self, TEXT_MAX, TextError},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What somebody is sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DispatchKind {
    /// To find the cause.
    Troubleshoot,
    /// To repair what is known.
    Repair,
}

/// Where a dispatch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DispatchState {
    /// Made by the handling of a fault; nobody is told yet.
    ToIssue,
    /// Its team lead is told.
    Issued,
    /// Its team lead has taken it on.
    Received,
    /// Work on it has begun.
    Executing,
    /// Done, and the fault is gone: final.
    Resolved,
    /// Done, and the fault is still there: final.
    Unresolved,
    /// Given up before it was issued, or because its fault was withdrawn: final.
    Cancelled,
}

/// Whom the handling of a fault sends, and with which plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The team lead.
    pub team_lead: AccountId,
    /// The repair plan; a repair needs one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plan: String,
}

impl Order {
    /// The order with its plan fit to keep.
    ///
    /// # Errors
    /// The plan is too long or holds what may not travel.
    pub fn cleaned(&self) -> Result<Self, TextError> {
        Ok(Self { team_lead: self.team_lead, plan: text::clean(&self.plan, TEXT_MAX)? })
    }
}

/// What happened to a dispatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Step {
    /// The handling of a fault made it.
    Made,
    /// It was issued.
    Issued,
    /// Another team lead was named.
    Reassigned,
    /// The team lead took it on.
    Received,
    /// Work began.
    Started,
    /// It ended, and the fault is gone.
    Resolved,
    /// It ended, and the fault is still there.
    Unresolved,
    /// It was given up.
    Cancelled,
    /// Its fault was found again, elsewhere or otherwise.
    Changed,
}

/// What a dispatch tells of its fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// Where the fault is, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// What is wrong.
    pub description: FaultText,
}

impl Described {
    /// The fault as its task found it. The position is that of the result.
    fn of(fault: &Fault, task: &Task) -> Self {
        let position = task.current_result(fault.key).and_then(|held| held.recorded.position.clone());
        Self { position, description: fault.description.clone() }
    }
}

/// A line of its log: each step has a time and a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchStep {
    /// The fact or the act of the office.
    pub event: EventId,
    /// Who.
    pub by: AccountId,
    /// When.
    pub at: Stamp,
    /// What.
    pub step: Step,
    /// Who is sent, from the steps that name somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_lead: Option<AccountId>,
    /// What the team lead says of the work.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub details: String,
    /// Photos and other files that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<ContentId>,
    /// What it told of its fault before, from the steps that changed that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Described>,
}

/// A dispatch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatch {
    /// Its id.
    pub id: DispatchId,
    /// The task that found the fault.
    pub task: TaskId,
    /// The project of that task.
    pub project: ProjectId,
    /// The fault.
    pub fault: FaultId,
    /// What for.
    pub kind: DispatchKind,
    /// Who is sent: only this account receives and executes it.
    pub team_lead: AccountId,
    /// The repair plan; empty where a cause is looked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plan: String,
    /// The catalogue item of the fault, which names its system and facility.
    pub item_id: String,
    /// The item's name in Chinese, as shown when it was answered.
    pub item_name: String,
    /// Where the fault is, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// What is wrong.
    pub description: FaultText,
    /// Where it stands.
    pub state: DispatchState,
    /// What happened to it, in order; it only grows.
    pub log: Vec<DispatchStep>,
}

impl DispatchStep {
    /// A line that only says what happened.
    const fn of(by: &Attribution, step: Step) -> Self {
        let Attribution { event, account, at, .. } = *by;
        Self {
            event,
            by: account,
            at,
            step,
            team_lead: None,
            details: String::new(),
            attachments: Vec::new(),
            was: None,
        }
    }
}

impl DispatchState {
    /// Whether nothing more happens to it.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Resolved | Self::Unresolved | Self::Cancelled)
    }

    /// Whether its team lead knows of it and has not finished it.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Issued | Self::Received | Self::Executing)
    }
}

impl Dispatch {
    /// Whether the team lead has been told of it: from then on it is on the team lead's phone.
    pub fn is_told(&self) -> bool {
        self.log.iter().any(|line| line.step == Step::Issued)
    }

    /// The step that ended its work, resolved or not.
    pub fn end(&self) -> Option<&DispatchStep> {
        self.log.iter().find(|line| matches!(line.step, Step::Resolved | Step::Unresolved))
    }

    /// Everybody whom it names.
    pub fn named(&self) -> BTreeSet<AccountId> {
        let log = self.log.iter().flat_map(|line| line.team_lead.into_iter().chain([line.by]));
        log.chain([self.team_lead]).collect()
    }

    /// Every file that its log names.
    pub fn files(&self) -> impl Iterator<Item = ContentId> {
        self.log.iter().flat_map(|line| &line.attachments).copied()
    }

    /// Takes a step and leaves its line in the log.
    fn take(&mut self, line: DispatchStep, state: DispatchState) {
        self.state = state;
        self.log.push(line);
    }

    /// The order holds.
    fn require(&self, state: DispatchState) -> Result<(), TaskError> {
        if self.state == state { Ok(()) } else { Err(TaskError::DispatchStateWrong) }
    }
}

/// The right that reading a dispatch asks for. Until its team lead is told of it, only those read it who decide about it
///
pub const fn reading(told: bool) -> Action {
    if told { Action::ReadDispatch } else { Action::ReadUntoldDispatch }
}

/// Whether an account can be sent: an open account of an operator or a lead, who execute.
pub fn can_be_sent(actor: &Actor) -> bool {
    let own = actor.organisation.map(|organisation| Subject::of(organisation, &[Relation::Own]));
    own.is_some_and(|own| may(actor, Action::ExecuteDispatch, &own))
}

/// The dispatch of a fault that its team lead knows of and has not finished.
pub fn under_way(dispatches: &[Dispatch], fault: FaultId) -> Option<&Dispatch> {
    dispatches.iter().find(|dispatch| dispatch.fault == fault && dispatch.state.is_under_way())
}
