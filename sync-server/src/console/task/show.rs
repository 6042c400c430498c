//! A task: state and next action first, then everything that is known of it.

use super::{
    change::Typed,
    fault::{Forms, forms},
    fixes::fixes,
};
use crate::{
    console::{
        frame::Frame,
        page,
        part::{Alert, Hidden},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::to_task,
        member::{self, Executor},
        note::NoteRow,
        page::latest,
        parked::{Of, ParkedRow},
        project::ProjectRow,
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
use firebee_domain::{
    account::{Action, Subject},
    catalogue::Catalogue,
    code::Code,
    fault::Fault,
    id::{AccountId, ContentId, EventId, PersonId, TaskId},
    instrument::Instrument,
    personnel::Colleague,
    task::{Task, TaskState},
    text::TEXT_MAX,
    track::Fix,
};
use firebee_protocol::{
    document::{DispatchDocument, TaskDocument},
    fact::Mime,
    text::{problem_text, say},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// The most parked facts of the page.
const PARKED_MAX: u32 = 50;

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
}

/// The data of the page.
pub(in crate::console) struct Found {
    subject: Subject,
    pub(super) document: TaskDocument,
    faults: Vec<Fault>,
    dispatches: Vec<DispatchDocument>,
    /// Who can be sent, for who may choose.
    team_leads: Vec<Executor>,
    site: ProjectRow,
    catalogue: Arc<Catalogue>,
    names: HashMap<AccountId, String>,
    crew: Vec<Colleague>,
    executor: Option<PersonId>,
    /// Whether the assignment that a task outside the plan stands on is gone with its plan.
    footing_gone: bool,
    instruments: Vec<Instrument>,
    executors: Vec<Executor>,
    verified: HashSet<ContentId>,
    elsewhere: HashMap<ContentId, Vec<(TaskId, String)>>,
    moved: HashMap<TaskId, String>,
    media: HashMap<ContentId, Mime>,
    parked: Vec<ParkedRow>,
    notes: Vec<NoteRow>,
    fixes: Vec<Vec<Fix>>,
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
    if visitor.may(Action::ReadTrack, &found.subject) {
        let task = &found.document.task;
        found.fixes = fixes(app, visitor.member.org, task, &found.verified).await;
    }
    Ok(found)
}

async fn read(tx: &mut Tx, visitor: &Visitor, id: TaskId) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(subject) = to_task(tx, org, actor, Action::ReadTask, id).await? else { return Ok(None) };
    let Some(mut document) = query::task::document(tx, org, id).await? else { return Ok(None) };
    let Some(site) = query::project::project(tx, org, document.task.project).await? else { return Ok(None) };
    let mut faults = query::fault::of_tasks(tx, org, &[id]).await?.remove(&id).unwrap_or_default();
    let mut dispatches = query::dispatch::of_task(tx, org, id).await?;
    query::act::as_written(tx, org, &mut document.task, &mut faults, &mut dispatches).await?;
    let photos = document.task.photos.iter().map(|photo| &photo.taken);
    let blobs = photos.flat_map(|taken| [taken.original, taken.preview, taken.thumbnail]);
    let originals = document.task.photos.iter().map(|photo| photo.taken.original).collect();
    let signed = document.task.witness.iter().map(|witness| witness.signed.signature);
    let tracks = document.task.segments.iter().map(|held| held.segment.blob);
    let blobs: HashSet<ContentId> = blobs.chain(signed).chain(tracks).collect();
    let of = Of { project: None, task: Some(id) };
    let files: HashSet<ContentId> = blobs.union(&attached(&document, &faults, &dispatches)).copied().collect();
    let media = query::evidence::media(tx, org, &files).await?;
    let mut verified = query::evidence::verified(tx, org, &blobs).await?;
    // A page shows no file of a photo that is no picture.
    let tracks: HashSet<ContentId> = document.task.segments.iter().map(|held| held.segment.blob).collect();
    verified.retain(|id| tracks.contains(id) || media.get(id).is_some_and(|mime| mime.is_picture()));
    let may_handle = visitor.may(Action::HandleFault, &subject);
    let may_see_notes = visitor.may(Action::ReadDevice, &subject);
    Ok(Some(Found {
        media,
        catalogue: query::catalogue::pack(tx, document.catalogue).await?,
        names: member::names(tx, org).await?,
        crew: query::crew::colleagues(tx, org).await?,
        executor: member::account(tx, org, document.task.executor).await?.and_then(|account| account.person),
        footing_gone: query::task::lost_footing(tx, org, &document).await?,
        instruments: query::crew::instruments(tx, org).await?,
        executors: query::member::executors(tx, org, actor).await?,
        verified,
        elsewhere: query::evidence::used_elsewhere(tx, org, id, &originals).await?,
        moved: moved(tx, visitor, &document.task).await?,
        notes: if may_see_notes { query::note::of_task(tx, org, &document.task).await? } else { Vec::new() },
        parked: query::parked::parked(tx, org, actor, of, &latest(PARKED_MAX)).await?.rows,
        fixes: Vec::new(),
        team_leads: if may_handle { member::team_leads(tx, org, actor).await? } else { Vec::new() },
        faults,
        dispatches,
        subject,
        document,
        site,
    }))
}

/// The names of the tasks at the other end of moved answers, as far as this visitor may read them.
async fn moved(tx: &mut Tx, visitor: &Visitor, task: &Task) -> Result<HashMap<TaskId, String>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let mut names = HashMap::new();
    for other in task.moved_with() {
        if to_task(tx, org, actor, Action::ReadTask, other).await?.is_some()
            && let Some(document) = query::task::document(tx, org, other).await?
        {
            names.insert(other, document.task.name);
        }
    }
    Ok(names)
}

/// The files of the decisions, handlings and dispatches of a task.
pub(super) fn attached(
    document: &TaskDocument,
    faults: &[Fault],
    dispatches: &[DispatchDocument],
) -> HashSet<ContentId> {
    let decided = document.task.reviews.iter().flat_map(|review| &review.decided.attachments);
    let handled = faults.iter().flat_map(|fault| &fault.handlings).flat_map(|handling| &handling.attachments);
    let steps = dispatches.iter().flat_map(|held| held.dispatch.files());
    decided.chain(handled).copied().chain(steps).collect()
}

/// The view of what was found.
pub(in crate::console) fn view_of(visitor: &Visitor, found: &Found) -> TaskView {
    let sources = TaskSources {
        subject: &found.subject,
        document: &found.document,
        faults: &found.faults,
        dispatches: &found.dispatches,
        site: &found.site,
        catalogue: &found.catalogue,
        names: &found.names,
        crew: &found.crew,
        executor: found.executor,
        footing_gone: found.footing_gone,
        instruments: &found.instruments,
        verified: &found.verified,
        media: &found.media,
        elsewhere: &found.elsewhere,
        moved: &found.moved,
        parked: &found.parked,
        notes: &found.notes,
        fixes: &found.fixes,
    };
    view(visitor.reader(), &sources)
}

/// The forms of one of its faults.
pub(in crate::console) fn forms_of(
    visitor: &Visitor,
    found: &Found,
    fault: &FaultView,
    typed: &Typed,
) -> Result<Forms, Refusal> {
    forms(visitor, (found.document.task.round, &found.team_leads), fault, typed)
}

pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    typed: &Typed,
    alert: Option<Alert>,
) -> Result<TaskPage, Refusal> {
    let v = view_of(visitor, found);
    let may_review = visitor.may(Action::ReviewTask, &found.subject);
    let mut f = Frame::new(app, visitor, v.name.clone(), &super::PAGE);
    f.done = f.done.filter(|_| visitor.done.as_ref().is_some_and(|done| stands(done.event, found)));
    Ok(TaskPage {
        f,
        alert,
        link: v.next.step.map(|step| link(visitor, step)),
        forms: v.faults.iter().map(|fault| forms_of(visitor, found, fault, typed)).collect::<Result<_, _>>()?,
        delete: if v.may_delete { Some((visitor.hidden()?, typed.deletion.clone())) } else { None },
        review: if may_review { review(visitor, found, typed)? } else { None },
        hand_over: hand_over(visitor, found, typed)?,
        v,
    })
}

/// Whether an act is still what the task says: nothing was decided, submitted or chosen since.
pub(in crate::console) fn stands(event: EventId, found: &Found) -> bool {
    let task = &found.document.task;
    let decided = matches!(task.state, TaskState::Approved | TaskState::Rejected)
        && task.reviews.last().is_some_and(|review| review.event == event);
    let last = |fault: &Fault| {
        let handled = fault.handlings.last().is_some_and(|handling| handling.event == event);
        handled || fault.records.last().is_some_and(|entry| entry.event == event)
    };
    let handed = task.hands.last().is_some_and(|hand| hand.event == event);
    let deleted = task.discarded.as_ref().is_some_and(|held| held.event == event);
    decided || handed || deleted || found.faults.iter().any(last)
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
    let task = &found.document.task;
    if !task.is_editable() || !visitor.may(Action::HandOverTask, &found.subject) {
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
    let task = &found.document.task;
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
