//! When everything happened, and how sure that is: start, submissions, decisions.

use crate::console::{frame::Frame, part::When, visitor::Visitor};
use firebee_domain::{
    id::AccountId,
    review::{Decision, Review},
    submission::Submission,
    task::{Stamp, Task},
};
use firebee_protocol::text::{
    Arg, Text as T, say_with,
    when::{self, sureness, when},
};
use std::collections::HashMap;

/// One line.
pub(in crate::console) struct Line {
    pub(in crate::console) when: When,
    pub(in crate::console) what: String,
    /// How sure the time is, or who.
    pub(in crate::console) sure: String,
    pub(in crate::console) text: String,
}

/// The lines of a task, in their order.
pub(super) fn lines(f: &Frame, visitor: &Visitor, task: &Task, names: &HashMap<AccountId, String>) -> Vec<Line> {
    let line = |at: &Stamp, what: String, text: String| {
        let line = Line {
            when: when(f.language, visitor.now, when::instant(at)).into(),
            what,
            sure: sureness(f.language, visitor.now, at),
            text,
        };
        (when::instant(at), line)
    };
    let round = |text: T, round: u32| say_with(f.language, text, &[("round", Arg::from(round))]);
    let submitted =
        |submission: &Submission| line(&submission.at, round(T::ConsoleTimeSubmitted, submission.round), String::new());
    let reviewed = |review: &Review| {
        let text = match review.decided.decision {
            Decision::Approved => T::ConsoleTimeApproved,
            Decision::Rejected => T::ConsoleTimeRejected,
        };
        let who = names.get(&review.reviewer).cloned().unwrap_or_default();
        let values = [("name", Arg::from(who)), ("round", Arg::from(review.decided.round))];
        line(&review.at, say_with(f.language, text, &values), review.decided.opinion.clone())
    };
    let mut lines = vec![line(&task.started, f.t(T::ConsoleTimeStarted), String::new())];
    lines.extend(task.description.iter().map(|said| line(&said.at, f.t(T::ConsoleTimeDescribed), String::new())));
    let first = task.results.iter().min_by_key(|result| when::instant(&result.at));
    lines.extend(first.map(|result| line(&result.at, f.t(T::ConsoleTimeFirstResult), String::new())));
    let last = task.results.iter().max_by_key(|result| when::instant(&result.at));
    let last = last.filter(|_| task.results.len() > 1);
    lines.extend(last.map(|result| line(&result.at, f.t(T::ConsoleTimeLastResult), String::new())));
    lines.extend(task.submissions.iter().map(submitted));
    lines.extend(task.reviews.iter().map(reviewed));
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}
