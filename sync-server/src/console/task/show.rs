//! A task: state and next action first, then everything that is known of it.

use super::{
    answers::{Answers, Group, verdicts},
    change::Typed,
    faults::{FaultView, Faults},
    pictures::{Album, Picture},
    standing::{self, Evidence, May, Next},
    times::{self, Line},
    track::{self, Track},
};
use crate::{
    console::{
        frame::Frame,
        page, parked,
        part::{Alert, Chip, Hidden},
        refused::Refusal,
        visitor::Visitor,
        words,
    },
    query::{self, access::to_task, member, parked::ParkedRow, project::ProjectRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    catalogue::Catalogue,
    id::{AccountId, ContentId, ProjectId, TaskId},
    task::{Controller, TaskState},
    track::Fix,
};
use firebee_protocol::{document::TaskDocument, problem::Code, text::problem_text};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

/// The most parked facts of the page.
const PARKED_MAX: u32 = 50;

struct Known {
    word: String,
    value: String,
    /// Whether the value is Chinese data, whatever the page's language is.
    data: bool,
}

struct ReviewForm {
    hidden: Hidden,
    round: u32,
    manifest: String,
    own: Option<String>,
    decision: String,
    opinion: String,
}

#[derive(Template)]
#[template(path = "task/show.html")]
pub(super) struct TaskPage {
    f: Frame,
    id: TaskId,
    project_id: ProjectId,
    project: String,
    chips: Vec<Chip>,
    alert: Option<Alert>,
    next: Next,
    about: Vec<Known>,
    evidence: Evidence,
    faults: Vec<FaultView>,
    verdicts: Vec<Chip>,
    groups: Vec<Group>,
    pictures: Vec<Picture>,
    track: Option<Track>,
    times: Vec<Line>,
    parked: Vec<parked::Row>,
    review: Option<ReviewForm>,
}

/// What the page is made of.
pub(super) struct Found {
    subject: Subject,
    pub(super) document: TaskDocument,
    site: ProjectRow,
    catalogue: Cow<'static, Catalogue>,
    names: HashMap<AccountId, String>,
    verified: HashSet<ContentId>,
    parked: Vec<ParkedRow>,
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
    let id: TaskId = id.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let found: Result<Option<Found>, StoreError> =
        app.store.read("read_task", async move |tx: &mut Tx| read(tx, &asking, id).await).await;
    let mut found = found?.ok_or(Refusal::NotFound)?;
    if visitor.may(Action::ReadTrack, &found.subject) {
        let task = &found.document.task;
        found.fixes = track::fixes(app, found.subject.organisation, task, &found.verified).await;
    }
    Ok(found)
}

async fn read(tx: &mut Tx, visitor: &Visitor, id: TaskId) -> Result<Option<Found>, StoreError> {
    let actor = &visitor.member.actor;
    let Some(subject) = to_task(tx, actor, Action::ReadTask, id).await? else { return Ok(None) };
    let Some(document) = query::task::document(tx, id).await? else { return Ok(None) };
    let Some(site) = query::project::project(tx, document.task.project).await? else { return Ok(None) };
    let photos = document.task.photos.iter().map(|photo| &photo.taken);
    let blobs = photos.flat_map(|taken| [taken.original, taken.preview, taken.thumbnail]);
    let blobs: HashSet<ContentId> = blobs.chain(document.task.segments.iter().map(|held| held.segment.blob)).collect();
    Ok(Some(Found {
        catalogue: query::catalogue::pack(tx, document.catalogue).await?,
        names: member::names(tx, subject.organisation).await?,
        verified: query::evidence::verified(tx, subject.organisation, &blobs).await?,
        parked: query::parked::parked(tx, actor, None, Some(id), PARKED_MAX).await?,
        fixes: Vec::new(),
        subject,
        document,
        site,
    }))
}

pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    found: &Found,
    typed: &Typed,
    alert: Option<Alert>,
) -> Result<TaskPage, Refusal> {
    let (document, task) = (&found.document, &found.document.task);
    let f = Frame::new(app, visitor, task.name.clone(), &super::PAGE);
    let may = May {
        review: visitor.may(Action::ReviewTask, &found.subject),
        handle: visitor.may(Action::HandleFault, &found.subject),
        faults_must_be_handled: found.site.project.kind.faults_block_approval(),
    };
    let album = Album { visitor, subject: &found.subject, task: task.id, state: task.state, verified: &found.verified };
    let answers = Answers { f: &f, visitor, task, catalogue: &found.catalogue, album: &album };
    let faults = Faults {
        f: &f,
        visitor,
        task,
        catalogue: &found.catalogue,
        names: &found.names,
        may_handle: may.handle,
        typed,
    };
    let shown = task.photos.iter().filter(|photo| photo.withdrawn || photo.taken.item.is_none());
    let (coverage, fence) = (document.coverage.as_ref(), found.site.project.fence());
    let track = visitor.may(Action::ReadTrack, &found.subject);
    Ok(TaskPage {
        id: task.id,
        project_id: task.project,
        project: found.site.project.name.clone(),
        chips: chips(&f, document),
        alert,
        next: standing::next(&f, task, &document.evidence, &found.site.lead_name, may),
        about: about(&f, found),
        evidence: standing::evidence(&f, task, &document.evidence),
        faults: faults.views()?,
        verdicts: verdicts(&f, task),
        groups: answers.groups(),
        pictures: shown.filter_map(|photo| album.picture(photo, "")).collect(),
        track: if track { track::section(&f, visitor, task, coverage, fence.as_ref(), &found.fixes) } else { None },
        times: times::lines(&f, visitor, task, &found.names),
        parked: parked::rows(visitor, found.parked.clone()),
        review: if may.review { review(visitor, found, typed)? } else { None },
        f,
    })
}

fn chips(f: &Frame, document: &TaskDocument) -> Vec<Chip> {
    let task = &document.task;
    let mut chips = vec![words::task(f.language, task.state)];
    let unhandled = task.unhandled_faults();
    if task.state == TaskState::PendingReview && unhandled > 0 {
        chips.push(words::wrong(f.n(T::TaskFaultsUnhandled, unhandled as usize)));
    }
    if !document.evidence.missing.is_empty() {
        chips.push(words::waits(f.n(T::TaskFilesComing, document.evidence.missing.len())));
    }
    chips.extend(document.coverage.as_ref().map(|coverage| words::track(f.language, coverage.verdict)));
    chips
}

fn about(f: &Frame, found: &Found) -> Vec<Known> {
    let task = &found.document.task;
    let known = |text, value: String, data| Known { word: f.t(text), value, data };
    let mut about = vec![
        known(T::PartExecutor, found.document.executor_name.clone(), true),
        known(T::PartLead, found.site.lead_name.clone(), true),
        known(T::PlanTitle, found.document.plan_name.clone(), true),
        known(T::TaskRound, task.round.to_string(), false),
    ];
    let Some(said) = task.description.as_ref().map(|description| &description.described) else {
        about.push(known(T::TaskController, f.t(T::TaskNotYet), false));
        return about;
    };
    about.push(match &said.controller {
        Controller::None => known(T::TaskController, f.t(T::TaskControllerNone), false),
        Controller::Brand(brand) => known(T::TaskController, brand.clone(), true),
    });
    for (list, text) in [(&said.helpers, T::TaskHelpers), (&said.instruments, T::TaskInstruments)] {
        if !list.is_empty() {
            about.push(known(text, words::join(f.language, list.iter().cloned()), true));
        }
    }
    about
}

fn review(visitor: &Visitor, found: &Found, typed: &Typed) -> Result<Option<ReviewForm>, Refusal> {
    let task = &found.document.task;
    let waits = task.last_submission().filter(|_| task.state == TaskState::PendingReview);
    let Some(submission) = waits else { return Ok(None) };
    let own = task.executor == visitor.member.actor.account;
    Ok(Some(ReviewForm {
        hidden: Hidden { csrf: visitor.csrf.clone(), request: Visitor::request()? },
        round: submission.round,
        manifest: submission.manifest_hash.to_string(),
        own: own.then(|| problem_text(Code::OwnSubmission, &[], visitor.language)),
        decision: typed.decision.clone(),
        opinion: typed.opinion.clone(),
    }))
}
