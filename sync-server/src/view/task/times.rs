//! The instants of a task (start, submissions, decisions), and how sure each of them is.

use super::attached::{Attached, Files};
use crate::{text::Text as T, view::Reader};
use firebee_domain::{
    id::AccountId,
    review::{Decision, Review},
    submission::Submission,
    task::{HandOver, Stamp, Task},
};
use firebee_protocol::text::{Arg, When, when::order};
use std::collections::HashMap;

/// One line.
pub struct Line {
    /// When it happened.
    pub when: When,
    /// What happened.
    pub what: String,
    /// Who did it; empty where that is said already.
    pub by: String,
    /// What was said about it; may be empty.
    pub text: String,
    /// The files that belong to it.
    pub attached: Vec<Attached>,
}

/// The lines of a task, in their order.
pub(super) fn lines(
    reader: Reader<'_>,
    task: &Task,
    names: &HashMap<AccountId, String>,
    files: Files<'_>,
) -> Vec<Line> {
    let line = |at: &Stamp, what: String, text: String| {
        (order(at), Line { when: reader.recorded(at), what, by: String::new(), text, attached: Vec::new() })
    };
    let round = |text: T, round: u32| reader.say(text, &[("round", Arg::from(round))]);
    let submitted =
        |submission: &Submission| line(&submission.at, round(T::TaskTimeSubmitted, submission.round), String::new());
    let reviewed = |review: &Review| {
        let text = match review.decided.decision {
            Decision::Approved => T::TaskTimeApproved,
            Decision::Rejected => T::TaskTimeRejected,
        };
        let who = names.get(&review.reviewer).cloned().unwrap_or_default();
        let values = [("name", Arg::from(who)), ("round", Arg::from(review.decided.round))];
        let (at, line) = line(&review.at, reader.say(text, &values), review.decided.opinion.clone());
        (at, Line { attached: files.of(&review.decided.attachments), ..line })
    };
    let mut lines = vec![line(&task.started, reader.t(T::TaskTimeStarted), String::new())];
    lines.extend(task.description.iter().map(|said| line(&said.at, reader.t(T::TaskTimeDescribed), String::new())));
    let first = task.results.iter().min_by_key(|result| order(&result.at));
    lines.extend(first.map(|result| line(&result.at, reader.t(T::TaskTimeFirstResult), String::new())));
    let last = task.results.iter().max_by_key(|result| order(&result.at));
    let last = last.filter(|_| task.results.len() > 1);
    lines.extend(last.map(|result| line(&result.at, reader.t(T::TaskTimeLastResult), String::new())));
    let handed = |hand: &HandOver| {
        let name = |account| names.get(account).cloned().unwrap_or_default();
        let values = [
            ("from", Arg::from(name(&hand.from))),
            ("to", Arg::from(name(&hand.to))),
            ("by", Arg::from(name(&hand.by))),
        ];
        line(&hand.at, reader.say(T::TaskTimeHandedOver, &values), hand.reason.clone())
    };
    lines.extend(task.hands.iter().map(handed));
    lines.extend(task.submissions.iter().map(submitted));
    lines.extend(task.reviews.iter().map(reviewed));
    lines.extend(task.discarded.iter().map(|held| {
        let who = names.get(&held.by).cloned().unwrap_or_default();
        line(&held.at, reader.say(T::TaskTimeDiscarded, &[("name", Arg::from(who))]), held.reason.clone())
    }));
    // The officer is none of the firm's people; the petition says which unit decided.
    lines
        .extend(task.taken_back.iter().map(|held| line(&held.at, reader.t(T::TaskTimeTakenBack), held.reason.clone())));
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}
