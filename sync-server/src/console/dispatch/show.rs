//! One dispatch: what for, its log, and what a manager or lead can do about it.

use crate::{
    console::{
        fault,
        frame::Frame,
        page,
        part::{Alert, Choice, Hidden},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::{to_dispatch, to_project, to_task},
        member,
        member::Executor,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::dispatch::{DispatchSources, DispatchView, Opens, view},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Subject},
    catalogue::Catalogue,
    evidence::PhotoExif,
    geofence::Fences,
    id::{AccountId, ContentId, DispatchId, TaskId},
};
use firebee_protocol::{document::DispatchDocument, fact::Mime, text::word};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

#[derive(Template)]
#[template(path = "dispatch/show.html")]
pub(super) struct DispatchPage {
    f: Frame,
    v: DispatchView,
    alert: Option<Alert>,
    team_leads: Vec<Choice>,
    hidden: Hidden,
}

/// The data of the page.
pub(super) struct Found {
    subject: Subject,
    pub(super) document: DispatchDocument,
    project_name: String,
    catalogue: Arc<Catalogue>,
    names: HashMap<AccountId, String>,
    media: HashMap<ContentId, Mime>,
    exif: HashMap<ContentId, PhotoExif>,
    elsewhere: HashMap<ContentId, Vec<(TaskId, String)>>,
    fences: Option<Fences>,
    team_leads: Vec<Executor>,
    gone: bool,
    opens: Opens,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, &found, None)?)
}

/// Finds a dispatch that this visitor may read.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: DispatchId = id.parse().map_err(|_| Refusal::NotFound)?;
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| read(tx, &asking, id).await;
    let found: Result<Option<Found>, StoreError> = app.store.read("read_dispatch", read).await;
    found?.ok_or(Refusal::NotFound)
}

async fn read(tx: &mut Tx, visitor: &Visitor, id: DispatchId) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(subject) = to_dispatch(tx, org, actor, id).await? else { return Ok(None) };
    let Some(task) = query::dispatch::task(tx, org, id).await? else { return Ok(None) };
    let Some(mut of_task) = query::task::document(tx, org, task).await? else { return Ok(None) };
    let Some(document) = query::dispatch::document(tx, org, id).await? else { return Ok(None) };
    let mut written = [document];
    query::act::as_written(tx, org, &mut of_task.task, &mut [], &mut written).await?;
    let [document] = written;
    let Some(site) = query::project::project(tx, org, document.dispatch.project).await? else { return Ok(None) };
    let files: HashSet<ContentId> = document.dispatch.files().collect();
    let opens = Opens {
        project: to_project(tx, org, actor, &[Action::ReadProject], document.dispatch.project).await?.is_some(),
        task: to_task(tx, org, actor, Action::ReadTask, task).await?.is_some(),
    };
    let may_issue = visitor.may(Action::IssueDispatch, &subject);
    Ok(Some(Found {
        media: query::evidence::media(tx, org, &files).await?,
        exif: query::evidence::exif(tx, org, &files).await?,
        elsewhere: query::evidence::places(tx, org, &files).await?,
        fences: site.project.fences(),
        catalogue: query::catalogue::pack(tx, document.catalogue).await?,
        names: member::names(tx, org).await?,
        team_leads: if may_issue { member::team_leads(tx, org, actor).await? } else { Vec::new() },
        gone: !member::can_be_sent(tx, org, document.dispatch.team_lead).await?,
        opens,
        project_name: site.project.name,
        subject,
        document,
    }))
}

pub(super) fn made(app: &App, visitor: &Visitor, found: &Found, alert: Option<Alert>) -> Result<DispatchPage, Refusal> {
    let sources = DispatchSources {
        subject: &found.subject,
        document: &found.document,
        project_name: &found.project_name,
        catalogue: &found.catalogue,
        names: &found.names,
        media: &found.media,
        gone: found.gone,
        opens: found.opens,
        exif: &found.exif,
        elsewhere: &found.elsewhere,
        fences: found.fences.as_ref(),
    };
    let v = view(visitor.reader(), &sources);
    let person = |one: &Executor| Choice {
        value: one.account.to_string(),
        word: format!("{} · {}", one.name, word::role(visitor.language, one.role)),
        chosen: false,
    };
    let others = found.team_leads.iter().filter(|one| one.account != found.document.dispatch.team_lead);
    Ok(DispatchPage {
        f: Frame::new(app, visitor, v.title.clone(), &fault::PAGE),
        alert,
        team_leads: others.map(person).collect(),
        hidden: visitor.hidden()?,
        v,
    })
}
