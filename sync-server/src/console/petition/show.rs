//! One petition: what it asks, what it changes, what was decided, and the form that decides it.

use crate::{
    console::{
        form::{Answer, Field, Form, Wrong, again},
        frame::Frame,
        page,
        part::Alert,
        posted::Posted,
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused, Rule as _,
        petition::{Decide, decide as run, decides, effect},
    },
    query::{self, access::to_project, member, petition::PetitionRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::petition::{Change, PetitionLine, changes, line},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    account::{Action, Subject},
    code::Code,
    id::{AccountId, ContentId, ProjectId, RequestId},
    organisation::RegulatorUnit,
    petition::{Effect, EffectError, MatterKind},
    ruling::Outcome,
    text::TEXT_MAX,
};
use std::collections::HashMap;
use strum::VariantArray as _;

#[derive(Template)]
#[template(path = "petition/show.html")]
struct PetitionPage {
    f: Frame,
    v: PetitionLine,
    files: Vec<(ContentId, usize)>,
    /// What it changes, or has changed.
    changes: Vec<Change>,
    /// Why it cannot be carried out now.
    obstacle: Option<Alert>,
    alerts: Vec<Alert>,
    decide: Option<Form>,
    /// Whether the corps decides it and the reader belongs to a unit below.
    waits_corps: bool,
}

/// What the page is made of.
pub(super) struct Found {
    subject: Subject,
    pub(super) row: PetitionRow,
    names: HashMap<AccountId, String>,
    unit: Option<RegulatorUnit>,
    /// What it would change now; `None` once it is decided.
    effect: Option<Result<Effect, EffectError>>,
}

/// The petition, if the visitor may read its project's plans.
pub(super) async fn find(app: &App, visitor: &Visitor, (project, id): (&str, &str)) -> Result<Found, Refusal> {
    let project: ProjectId = project.parse().map_err(|_| Refusal::NotFound)?;
    let id: RequestId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor, now) = (visitor.member.org, visitor.member.actor.clone(), visitor.now);
    let read = async move |tx: &mut Tx| {
        let actions = [Action::ReadProject, Action::ReadPlan];
        let Some(subject) = to_project(tx, org, &actor, &actions, project).await? else { return Ok(None) };
        let row = query::petition::petition(tx, org, id).await?.filter(|row| row.petition.project == project);
        let Some(row) = row else { return Ok(None) };
        let held = &row.petition;
        let told = match held.ruling {
            Some(_) => None,
            None => match effect::<Code>(tx, (org, project), held.matter, (&held.reason, now)).await {
                Ok(told) => Some(told.map(|(_, effect)| effect)),
                Err(Refused::Store(error)) => return Err(error),
                Err(_) => None,
            },
        };
        let names = member::names(tx, org).await?;
        let unit = query::unit::of_officer(tx, actor.account).await?;
        Ok(Some(Found { subject, row, names, unit, effect: told }))
    };
    let found: Result<_, StoreError> = app.store.read("read_petition", read).await;
    found?.ok_or(Refusal::NotFound)
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, petition)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, (&project, &petition)).await?;
    page(&made(&app, &visitor, &found, |form| form)?)
}

/// Decides and leads back to the petition.
pub(super) async fn decide(
    State(app): State<App>,
    Path((project, petition)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let wanted = Decide {
        project: project.parse().map_err(|_| Refusal::NotFound)?,
        petition: petition.parse().map_err(|_| Refusal::NotFound)?,
        decision: fields.parsed("decision")?,
        reason: fields.text("reason").to_owned(),
    };
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&format!("/projects/{project}/petitions/{petition}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let found = find(&app, &visitor, (&project, &petition)).await?;
            again(&made(&app, &visitor, &found, |form| form.filled(&fields).refused(wrong))?)
        }
    }
}

fn made(app: &App, visitor: &Visitor, found: &Found, redo: impl FnOnce(Form) -> Form) -> Result<PetitionPage, Refusal> {
    let (reader, petition) = (visitor.reader(), &found.row.petition);
    let kind = petition.matter.kind();
    let level = found.unit.as_ref().map(|unit| unit.level);
    let may = visitor.may(decides(kind), &found.subject);
    let decides = may && level.is_some_and(|level| kind.is_decided_by(level));
    let (told, obstacle) = match (&petition.effect, &found.effect) {
        (Some(effect), _) | (None, Some(Ok(effect))) => (changes(reader, effect, &found.names), None),
        (None, Some(Err(error))) => (Vec::new(), Some(Alert::new(visitor.language, error.code(), &error.values()))),
        (None, None) => (Vec::new(), None),
    };
    let waits = petition.ruling.is_none();
    let form = redo(form(visitor, &found.row)?);
    let (decide, alerts) = if decides && waits { (Some(form), Vec::new()) } else { (None, form.into_alerts()) };
    Ok(PetitionPage {
        f: Frame::new(app, visitor, reader.t(T::PetitionTitle), &project::PAGE),
        v: line(reader, &found.row),
        files: petition.files.iter().copied().zip(1..).collect(),
        changes: told,
        obstacle,
        alerts,
        decide,
        waits_corps: waits && may && !decides && kind == MatterKind::SpecialSite,
    })
}

fn form(visitor: &Visitor, row: &PetitionRow) -> Result<Form, Refusal> {
    let reader = visitor.reader();
    let action = format!("/projects/{}/petitions/{}", row.petition.project, row.id);
    let word = |outcome: &Outcome| match outcome {
        Outcome::Approved => T::PetitionApprove,
        Outcome::Rejected => T::PauseReject,
    };
    let answers = Outcome::VARIANTS.iter().map(|each| Answer::word(<&str>::from(each), reader.t(word(each))));
    let reason = Field::area("reason", reader.t(T::PetitionOpinion), TEXT_MAX).optional();
    Ok(Form::new(visitor, action, T::PetitionDecide)?
        .with(Field::radio("decision", reader.t(T::PetitionDecision), answers))
        .with(reason.hint(reader.t(T::PetitionOpinionHint))))
}
