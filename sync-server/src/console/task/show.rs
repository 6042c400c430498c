//! A task: state and next action first, then everything that is known of it.

use super::{
    change::Typed,
    fault::{Forms, forms},
};
use crate::{
    console::{
        evidence,
        frame::Frame,
        page,
        part::{Alert, Hidden},
        refused::Refusal,
        visitor::Visitor,
    },
    evidence::fixes::fixes,
    query::{
        member::{self, Executor},
        monitoring::{EventRow, event as event_of},
        task::next_review,
        whole::{WholeTask, whole_task},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        plan::{ExecutorLine, executor_line},
        task::{FaultView, Step, TaskSources, TaskView, view},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::NaiveDate;
use firebee_domain::{
    account::Action,
    code::Code,
    fault::Fault,
    id::{AccountId, ContentId, EventId, TaskId},
    task::TaskState,
    text::TEXT_MAX,
    track::Fix,
};
use firebee_protocol::text::{problem_text, say};

/// The link to the place of the next step.
struct Link {
    href: &'static str,
    word: String,
}

struct ReviewForm {
    hidden: Hidden,
    round: u32,
    manifest: String,
    own: Option<String>,
    decision: String,
    opinion: String,
    /// The files that a refused form has brought already.
    brought: Vec<ContentId>,
}

/// Hands the task to somebody else.
struct HandOverForm {
    hidden: Hidden,
    from: AccountId,
    /// Each, and whether it was chosen in a form that was refused.
    receivers: Vec<(ExecutorLine, bool)>,
    reason: String,
}

#[derive(Template)]
#[template(path = "task/show.html")]
pub(super) struct TaskPage {
    /// The events of its project, and the place of the one because of which it was ordered.
    event: Option<(String, String)>,
    f: Frame,
    v: TaskView,
    alert: Option<Alert>,
    link: Option<Link>,
    /// The forms of the faults, in their order.
    forms: Vec<Forms>,
    review: Option<ReviewForm>,
    hand_over: Option<HandOverForm>,
    /// The form that deletes the task, and why as typed.
    delete: Option<(Hidden, String)>,
    /// What waits next for a reviewer whose decision on this one is made: the task, its name, the words of the link.
    next_review: Option<(TaskId, String, String)>,
    /// Whose day of tracks it belongs to, for whoever reads tracks.
    day: Option<(AccountId, NaiveDate)>,
    /// Whether the reader takes the evidence along.
    takes: bool,
}

/// The data of the page.
pub(in crate::console) struct Found {
    /// The event because of which it was ordered, for who may read it.
    event: Option<EventRow>,
    pub(in crate::console) whole: WholeTask,
    /// Who can be sent, for who may choose.
    team_leads: Vec<Executor>,
    executors: Vec<Executor>,
    fixes: Vec<Vec<Fix>>,
    next_review: Option<(TaskId, String, i64)>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, &found, &Typed::default(), None)?)
}

pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    found(app, visitor, id.parse().map_err(|_| Refusal::NotFound)?).await
}

/// The data of a task's page, if this visitor may read the task.
pub(in crate::console) async fn found(app: &App, visitor: &Visitor, id: TaskId) -> Result<Found, Refusal> {
    let asking = visitor.clone();
    let found: Result<Option<Found>, StoreError> =
        app.store.read("read_task", async move |tx: &mut Tx| read(tx, &asking, id).await).await;
    let mut found = found?.ok_or(Refusal::NotFound)?;
    if visitor.may(Action::ReadTrack, &found.whole.subject) {
        let task = &found.whole.document.task;
        found.fixes = fixes(&app.blobs, visitor.member.org, task, &found.whole.verified).await;
    }
    Ok(found)
}

async fn read(tx: &mut Tx, visitor: &Visitor, id: TaskId) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(whole) = whole_task(tx, org, actor, id).await? else { return Ok(None) };
    let may_handle = visitor.may(Action::HandleFault, &whole.subject);
    let decided = whole.document.task.state != TaskState::PendingReview;
    let next_review = match decided && visitor.may(Action::ReviewTask, &whole.subject) {
        true => next_review(tx, org, actor, id).await?,
        false => None,
    };
    let event = match whole.document.task.event {
        Some(event) if visitor.may(Action::ReadMonitoring, &whole.subject) => event_of(tx, org, event).await?,
        _ => None,
    };
    Ok(Some(Found {
        executors: member::executors(tx, org, actor).await?,
        team_leads: if may_handle { member::team_leads(tx, org, actor).await? } else { Vec::new() },
        fixes: Vec::new(),
        next_review,
        event,
        whole,
    }))
}

/// The view of what was found.
pub(in crate::console) fn view_of(visitor: &Visitor, found: &Found) -> TaskView {
    view(visitor.reader(), &TaskSources::of(&found.whole, &found.fixes))
}

/// The forms of one of its faults.
pub(in crate::console) fn forms_of(
    visitor: &Visitor,
    found: &Found,
    fault: &FaultView,
    typed: &Typed,
) -> Result<Forms, Refusal> {
    forms(visitor, (found.whole.document.task.round, &found.team_leads), fault, typed)
}

pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    typed: &Typed,
    alert: Option<Alert>,
) -> Result<TaskPage, Refusal> {
    let v = view_of(visitor, found);
    let task = &found.whole.document.task;
    let reviewers = task.demands.reviewers;
    let me = visitor.member.actor.account;
    let may_review = visitor.may(Action::ReviewTask, &found.whole.subject)
        && reviewers.include(me, task.executor, found.whole.site.project.lead);
    let mut f = Frame::new(app, visitor, v.name.clone(), &super::PAGE);
    f.done = f.done.filter(|_| visitor.done.as_ref().is_some_and(|done| stands(done.event, found)));
    Ok(TaskPage {
        f,
        alert,
        link: v.next.step.map(|step| link(visitor, step)),
        forms: v.faults.iter().map(|fault| forms_of(visitor, found, fault, typed)).collect::<Result<_, _>>()?,
        delete: if v.may_delete { Some((visitor.hidden()?, typed.deletion.clone())) } else { None },
        event: found.event.as_ref().map(|told| (format!("/monitoring?project={}", told.project), told.place.clone())),
        review: if may_review { review(visitor, found, typed)? } else { None },
        hand_over: hand_over(visitor, found, typed)?,
        next_review: found
            .next_review
            .as_ref()
            .map(|(task, name, left)| (*task, name.clone(), in_queue(visitor, *left))),
        day: track_day(visitor, found),
        takes: evidence::takes(visitor, &found.whole.subject),
        v,
    })
}

/// The words of the link to the next review: how many wait.
fn in_queue(visitor: &Visitor, left: i64) -> String {
    visitor.reader().n(T::TaskNextInQueue, usize::try_from(left).unwrap_or(usize::MAX))
}

/// The day on which the first piece of its track was sealed, and whose it is.
fn track_day(visitor: &Visitor, found: &Found) -> Option<(AccountId, NaiveDate)> {
    let first = found.whole.document.task.segments.first()?;
    // The fire service opens tasks of many firms; a person's day belongs to the firm's own staff.
    let reads = visitor.member.actor.role.is_staff() && visitor.may(Action::ReadTrack, &found.whole.subject);
    reads.then(|| (found.whole.document.task.executor, first.day()))
}

/// Whether an act is still what the task says: nothing was decided, submitted or chosen since.
pub(in crate::console) fn stands(event: EventId, found: &Found) -> bool {
    let task = &found.whole.document.task;
    let decided = matches!(task.state, TaskState::Approved | TaskState::Rejected)
        && task.reviews.last().is_some_and(|review| review.event == event);
    let last = |fault: &Fault| {
        let handled = fault.handlings.last().is_some_and(|handling| handling.event == event);
        handled || fault.records.last().is_some_and(|entry| entry.event == event)
    };
    let handed = task.hands.last().is_some_and(|hand| hand.event == event);
    let deleted = task.discarded.as_ref().is_some_and(|held| held.event == event);
    decided || handed || deleted || found.whole.faults.iter().any(last)
}

fn link(visitor: &Visitor, step: Step) -> Link {
    let (href, text) = match step {
        Step::HandleFaults => ("#faults", T::TaskNextFaultsLink),
        Step::Review => ("#review", T::TaskNextReviewLink),
    };
    Link { href, word: say(visitor.language, text) }
}

/// The form for a task that is not handed in, where the reader may hand it over.
fn hand_over(visitor: &Visitor, found: &Found, typed: &Typed) -> Result<Option<HandOverForm>, Refusal> {
    let task = &found.whole.document.task;
    if !task.is_editable() || !visitor.may(Action::HandOverTask, &found.whole.subject) {
        return Ok(None);
    }
    let chosen = typed.hand_over.as_ref().map(|typed| typed.0);
    let others = found.executors.iter().filter(|executor| executor.account != task.executor);
    Ok(Some(HandOverForm {
        hidden: visitor.hidden()?,
        from: task.executor,
        receivers: others
            .map(|executor| (executor_line(visitor.reader(), executor), chosen == Some(executor.account)))
            .collect(),
        reason: typed.hand_over.as_ref().map(|typed| typed.1.clone()).unwrap_or_default(),
    }))
}

fn review(visitor: &Visitor, found: &Found, typed: &Typed) -> Result<Option<ReviewForm>, Refusal> {
    let task = &found.whole.document.task;
    let waits = task.last_submission().filter(|_| task.state == TaskState::PendingReview);
    let Some(submission) = waits else { return Ok(None) };
    let own = task.executor == visitor.member.actor.account;
    Ok(Some(ReviewForm {
        hidden: visitor.hidden()?,
        round: submission.round,
        manifest: submission.manifest_hash.to_string(),
        own: own.then(|| problem_text(Code::OwnSubmission, &[], visitor.language)),
        decision: typed.decision.clone(),
        opinion: typed.opinion.clone(),
        brought: if typed.fault.is_none() { typed.files.clone() } else { Vec::new() },
    }))
}
