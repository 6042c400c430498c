//! What comes next for a task, in one sentence, and what the reader can do about it.

use crate::{text::Text as T, view::Reader};
use firebee_domain::{
    id::AccountId,
    task::{Task, TaskState},
};
use firebee_protocol::{blob::EvidenceCount, text::Arg};
use std::collections::HashMap;

/// What comes next, for this reader.
pub struct Next {
    /// What it is.
    pub sentence: String,
    /// What the reader can do now, if it is the reader's turn.
    pub step: Option<Step>,
}

/// What the reader can do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Handle the faults that wait.
    HandleFaults,
    /// Decide the review.
    Review,
}

/// What the reader may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct May {
    pub(super) review: bool,
    pub(super) handle: bool,
    pub(super) faults_must_be_handled: bool,
    /// How many faults wait.
    pub(super) faults_unhandled: u32,
}

/// What comes next.
pub(super) fn next(
    reader: Reader<'_>,
    task: &Task,
    evidence: &EvidenceCount,
    (lead, names): (&str, &HashMap<AccountId, String>),
    may: May,
) -> Next {
    let plain = |sentence: String| Next { sentence, step: None };
    match task.state {
        TaskState::Executing => {
            let done = task.items.iter().filter(|item| !task.answers_of(item.item).is_empty());
            let values = [("done", Arg::from(done.count())), ("total", Arg::from(task.items.len()))];
            plain(reader.say(T::TaskNextExecuting, &values))
        }
        TaskState::Rejected => plain(reader.t(T::TaskNextRejected)),
        TaskState::Approved => plain(reader.t(T::TaskNextApproved)),
        TaskState::Discarded => match task.discarded.as_ref().filter(|held| held.by != task.executor) {
            None => plain(reader.t(T::TaskNextDiscarded)),
            Some(held) => {
                let name = names.get(&held.by).cloned().unwrap_or_default();
                let values = [("name", Arg::from(name)), ("reason", Arg::from(&held.reason))];
                plain(reader.say(T::TaskNextDeleted, &values))
            }
        },
        TaskState::PendingReview => {
            let unhandled = may.faults_unhandled as usize;
            if may.faults_must_be_handled && unhandled > 0 {
                let sentence = reader.n(T::TaskNextFaults, unhandled);
                return Next { sentence, step: may.handle.then_some(Step::HandleFaults) };
            }
            // Such a file will never count, so only a rejection helps.
            if !evidence.not_pictures.is_empty() {
                let sentence = reader.n(T::TaskNextNotPictures, evidence.not_pictures.len());
                return Next { sentence, step: may.review.then_some(Step::Review) };
            }
            if !evidence.missing.is_empty() {
                return plain(reader.n(T::TaskNextEvidence, evidence.missing.len()));
            }
            if may.review {
                return Next { sentence: reader.t(T::TaskNextReview), step: Some(Step::Review) };
            }
            plain(reader.say(T::TaskNextWaits, &[("name", Arg::from(lead))]))
        }
    }
}
