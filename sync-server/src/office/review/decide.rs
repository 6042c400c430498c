//! A lead or the technical director approves or rejects the round that waits (R-150… ).

use crate::{
    office::{
        Act,
        act::{Begun, begin},
        held::{hold, settle},
    },
    query,
    store::{Store, StoreError, Tx},
};
use firebee_domain::{
    account::Action,
    id::{Hash, TaskId},
    personnel::is_qualified_reviewer,
    review::{Decision, ReviewDecided},
    task::{Circumstances, TaskError, advance},
    text::{self, TEXT_MAX, TextError},
};
use serde_json::json;

/// What somebody decides, and what was on the page.
#[derive(Clone, Debug)]
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
}

/// Why nothing is decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// No such task, or none that this actor may review.
    #[error("no such task for this actor")]
    NotFound,
    /// the reviewer is not a registered engineer today.
    #[error("the reviewer is not a registered engineer today")]
    ReviewerNotQualified,
    /// The opinion is not fit to keep.
    #[error(transparent)]
    Opinion(#[from] TextError),
    /// The task refuses.
    #[error(transparent)]
    Task(#[from] TaskError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DecideError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::ReviewerNotQualified => "reviewer_not_qualified",
            Self::Opinion(error) => error.code(),
            Self::Task(error) => error.code(),
            Self::RequestTaken => "already_done",
            Self::Store(error) => error.code(),
        }
    }
}

/// Decides, in one transaction: the first decision wins, approval waits for faults and evidence, a
/// rejection gives the task back. The same request again changes nothing.
///
/// # Errors
/// See [`DecideError`].
pub async fn decide(store: &Store, act: Act, wanted: Decide) -> Result<(), DecideError> {
    store.write("decide_review", async move |tx: &mut Tx| run(tx, &act, &wanted).await).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Decide) -> Result<(), DecideError> {
    let organisation = act.organisation().ok_or(DecideError::NotFound)?;
    let held = hold(tx, organisation, &act.actor, Action::ReviewTask, wanted.task).await?;
    let mut held = held.ok_or(DecideError::NotFound)?;
    let noted = json!({ "round": wanted.round, "manifest": wanted.manifest_hash, "decision": wanted.decision });
    match begin(tx, act, "decide_review", &wanted.task.to_string(), &noted).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(DecideError::RequestTaken),
    }
    let reviewer = query::member::member(tx, act.actor.account).await?.ok_or(DecideError::NotFound)?;
    if !is_qualified_reviewer(&reviewer.person.registrations(), act.at.china_day()) {
        return Err(DecideError::ReviewerNotQualified);
    }
    let decided = ReviewDecided {
        round: wanted.round,
        manifest_hash: wanted.manifest_hash,
        decision: wanted.decision,
        opinion: text::clean(&wanted.opinion, TEXT_MAX)?,
    };
    let around = Circumstances {
        catalogue: None,
        pack: None,
        evidence_missing: u32::try_from(held.document.evidence.missing.len()).unwrap_or(u32::MAX),
        faults_must_be_handled: held.faults_must_be_handled,
    };
    let by = act.attribution(&held.document.task);
    advance(&mut held.document.task, &by, decided, &around)?;
    Ok(settle(tx, held).await?)
}
