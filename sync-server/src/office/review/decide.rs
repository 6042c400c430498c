//! A lead or the technical director approves or rejects the round that waits (R-150… ).

use crate::{
    office::{Act, Refused, Rule, command::command, on_task::on_task},
    query,
    store::{Store, Tx},
};
use firebee_domain::{
    code::Code,
    fact::Says as _,
    id::{ContentId, Hash, TaskId},
    personnel::is_qualified_reviewer,
    review::{Decision, ReviewDecided},
    task::TaskError,
    text::{self, TEXT_MAX, TextError},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What somebody decides, and what was on the page.
#[derive(Clone, Debug, Serialize)]
pub struct Decide {
    /// The task.
    pub task: TaskId,
    /// The round that was looked at.
    pub round: u32,
    /// The manifest that was looked at.
    pub manifest_hash: Hash,
    /// The decision.
    pub decision: Decision,
    /// The opinion as typed; required for a rejection.
    pub opinion: String,
    /// Files that belong to it, brought by the same actor before.
    pub attachments: Vec<ContentId>,
}

/// Why nothing is decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// the reviewer is not a registered engineer today.
    #[error("the reviewer is not a registered engineer today")]
    ReviewerNotQualified,
    /// The opinion is not fit to keep.
    #[error(transparent)]
    Opinion(#[from] TextError),
    /// The task refuses.
    #[error(transparent)]
    Task(#[from] TaskError),
}

impl Rule for DecideError {
    fn code(&self) -> Code {
        match self {
            Self::ReviewerNotQualified => Code::ReviewerNotQualified,
            Self::Opinion(error) => error.code(),
            Self::Task(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Opinion(error) => error.values(),
            Self::Task(error) => error.values(),
            Self::ReviewerNotQualified => Values::new(),
        }
    }
}

/// Decides: the first decision wins, approval waits for faults and evidence, a
/// rejection gives the task back. Gives the task when its track can be judged now, for
/// [`Tracks`](crate::coverage::Tracks).
///
/// # Errors
/// [`Refused`], also when the task is not there or this actor may not review it.
pub async fn decide(store: &Store, act: Act, wanted: Decide) -> Result<Option<TaskId>, Refused<DecideError>> {
    command(store, act, "decide_review", wanted.task, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Decide) -> Result<Option<TaskId>, Refused<DecideError>> {
    let on_task = on_task(tx, act, ReviewDecided::ACTION, wanted.task).await?;
    let reviewer = query::member::member(tx, act.org, act.actor.account).await?.ok_or(Refused::NotFound)?;
    if !is_qualified_reviewer(&reviewer.person.registrations(), act.at.china_day()) {
        return Err(DecideError::ReviewerNotQualified.into());
    }
    let decided = ReviewDecided {
        round: wanted.round,
        manifest_hash: wanted.manifest_hash,
        decision: wanted.decision,
        opinion: text::clean(&wanted.opinion, TEXT_MAX).map_err(DecideError::from)?,
        attachments: wanted.attachments.clone(),
    };
    on_task.say(tx, decided).await
}
