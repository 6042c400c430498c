//! The form that asks: what it is about, why, and the paper.

use crate::{
    console::{
        form::{Answer, Field, Form, FormPage, Wrong, again},
        frame::Frame,
        page,
        posted::{Posted, PostedFiles},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    office::petition::{Ask, ask as run, asks},
    query::{
        self,
        access::to_project,
        petition::{approved, filed},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::petition::kind as word,
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    id::ProjectId,
    petition::{Matter, MatterKind},
    text::TEXT_MAX,
};

use crate::console::list::Asked;

/// What the form is made of.
struct Found {
    id: ProjectId,
    name: String,
    kind: MatterKind,
    /// What can be taken back, by id and name.
    choices: Vec<(String, String)>,
}

/// The page.
pub(super) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, kind)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, (&project, &kind)).await?;
    let form = form(&visitor, &found, asked.get("of"))?;
    page(&made(&app, &visitor, &found, form))
}

async fn find(app: &App, visitor: &Visitor, (id, kind): (&str, &str)) -> Result<Found, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let kind: MatterKind = kind.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        if to_project(tx, org, &actor, &[asks(kind)], id).await?.is_none() {
            return Ok(None);
        }
        let Some(site) = query::project::project(tx, org, id).await? else { return Ok(None) };
        let choices = match kind {
            MatterKind::SpecialSite => Vec::new(),
            MatterKind::TakeBackReport => named(filed(tx, org, id).await?),
            MatterKind::TakeBackApproval => named(approved(tx, org, id).await?),
        };
        Ok(Some(Found { id, name: site.project.name, kind, choices }))
    };
    let found: Result<_, StoreError> = app.store.read("read_new_petition", read).await;
    found?.ok_or(Refusal::NotFound)
}

fn named<I: ToString>(all: Vec<(I, String)>) -> Vec<(String, String)> {
    all.into_iter().map(|(id, name)| (id.to_string(), name)).collect()
}

fn form(visitor: &Visitor, found: &Found, chosen: &str) -> Result<Form, Refusal> {
    let t = |text| visitor.reader().t(text);
    let action = format!("/projects/{}/petitions/new/{}", found.id, <&str>::from(found.kind));
    let form = Form::new(visitor, action, T::PetitionSend)?;
    let which = |text| {
        let answers = found.choices.iter().map(|(id, name)| Answer::data(id.clone(), name.clone()));
        let field = Field::select("matter", t(text), answers).value(chosen);
        if found.choices.is_empty() { field.hint(t(T::PetitionNothing)) } else { field }
    };
    let (form, paper) = match found.kind {
        MatterKind::SpecialSite => (form, T::PetitionCertificate),
        MatterKind::TakeBackReport => (form.with(which(T::PetitionWhichReport)), T::PetitionSealed),
        MatterKind::TakeBackApproval => (form.with(which(T::PetitionWhichTask)), T::PetitionSealed),
    };
    Ok(form
        .with(Field::area("reason", t(T::PetitionReason), TEXT_MAX))
        .with(Field::files(t(paper), true, "image/*,application/pdf"))
        .with(Field::tick("sure", t(T::PetitionSure)).required()))
}

fn made(app: &App, visitor: &Visitor, found: &Found, form: Form) -> FormPage {
    let reader = visitor.reader();
    let lead = match found.kind {
        MatterKind::SpecialSite => T::PetitionLeadSpecialSite,
        MatterKind::TakeBackReport | MatterKind::TakeBackApproval => T::PetitionLeadChange,
    };
    FormPage {
        f: Frame::new(app, visitor, word(reader, found.kind), &project::PAGE),
        back: (format!("/petitions?project={}", found.id), found.name.clone()),
        data: true,
        lead: reader.t(lead),
        form,
    }
}

/// Sends the petition and leads to it.
pub(super) async fn ask(
    State(app): State<App>,
    Path((project, kind)): Path<(String, String)>,
    posted: PostedFiles,
) -> Result<Response, Refusal> {
    let PostedFiles { posted: Posted { visitor, request, fields }, files } = posted;
    let found = find(&app, &visitor, (&project, &kind)).await?;
    let refused = |wrong: Wrong| {
        let form = form(&visitor, &found, "")?.filled(&fields).refused(wrong);
        again(&made(&app, &visitor, &found, form))
    };
    let files = match files {
        Ok(files) => files,
        Err(error) => return refused(Wrong::at("file", visitor.language, error.code(), &error.values())),
    };
    let matter = match found.kind {
        MatterKind::SpecialSite => Matter::SpecialSite,
        MatterKind::TakeBackReport => Matter::TakeBackReport(fields.parsed("matter")?),
        MatterKind::TakeBackApproval => Matter::TakeBackApproval(fields.parsed("matter")?),
    };
    let wanted = Ask { project: found.id, matter, reason: fields.text("reason").to_owned(), files };
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(id) => Ok(Redirect::to(&format!("/projects/{project}/petitions/{id}?done={request}")).into_response()),
        Err(error) => refused(Wrong::of(visitor.language, error)?),
    }
}
