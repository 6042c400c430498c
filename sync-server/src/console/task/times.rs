//! When everything happened, and how sure that is: start, submissions, decisions.

use crate::{
    console::{
        frame::Frame,
        part::When,
        visitor::Visitor,
        when::{self, sureness, when},
    },
    text::Text as T,
};
use firebee_domain::{
    id::AccountId,
    review::{Decision, Review},
    submission::Submission,
    task::{Stamp, Task},
};
use firebee_protocol::text::{Arg, say_with};
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
            when: when(f.language, visitor.now, when::instant(at)),
            what,
            sure: sureness(f.language, visitor.now, at),
            text,
        };
        (when::instant(at), line)
    };
    let round = |text: T, round: u32| say_with(f.language, text, &[("round", Arg::from(round))]);
    let submitted =
        |submission: &Submission| line(&submission.at, round(T::TaskTimeSubmitted, submission.round), String::new());
    let reviewed = |review: &Review| {
        let text = match review.decided.decision {
            Decision::Approved => T::TaskTimeApproved,
            Decision::Rejected => T::TaskTimeRejected,
        };
        let who = names.get(&review.reviewer).cloned().unwrap_or_default();
        let values = [("name", Arg::from(who)), ("round", Arg::from(review.decided.round))];
        line(&review.at, say_with(f.language, text, &values), review.decided.opinion.clone())
    };
    let mut lines = vec![line(&task.started, f.t(T::TaskTimeStarted), String::new())];
    lines.extend(task.description.iter().map(|said| line(&said.at, f.t(T::TaskTimeDescribed), String::new())));
    let first = task.results.iter().min_by_key(|result| when::instant(&result.at));
    lines.extend(first.map(|result| line(&result.at, f.t(T::TaskTimeFirstResult), String::new())));
    let last = task.results.iter().max_by_key(|result| when::instant(&result.at));
    let last = last.filter(|_| task.results.len() > 1);
    lines.extend(last.map(|result| line(&result.at, f.t(T::TaskTimeLastResult), String::new())));
    lines.extend(task.submissions.iter().map(submitted));
    lines.extend(task.reviews.iter().map(reviewed));
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}
