//! One application with its papers, and the answer of the corps.

use super::is_for;
use crate::{
    blobs::BlobKey,
    console::{
        bytes::bytes,
        form::{Answer as Choice, Field, Form},
        frame::Frame,
        page,
        refused::Refusal,
        visitor::Visitor,
    },
    org::Org,
    query::{self, access::to_application},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::application::{ApplicationView, view},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{
    account::LOGIN_LENGTH_MAX,
    application::{Answer, Application},
    id::{ApplicationId, ContentId},
    text::TEXT_MAX,
};
use firebee_protocol::text::say;

/// The page.
#[derive(Template)]
#[template(path = "application/show.html")]
pub(super) struct ApplicationPage {
    f: Frame,
    v: ApplicationView,
    answer: Option<Form>,
    /// The login and the password of the first account, right after it was made.
    made: Option<(String, String)>,
}

/// The application and the fire service's own row, if the application lies with the visitor's unit.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<(Org, Application), Refusal> {
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let id: ApplicationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let actor = visitor.member.actor.clone();
    let read = async move |tx: &mut Tx| {
        let Some((org, _)) = to_application(tx, &actor, id).await? else { return Ok(None) };
        Ok(query::application::application(tx, org, id).await?.map(|application| (org, application)))
    };
    let found: Result<_, StoreError> = app.store.read("read_application", read).await;
    found?.ok_or(Refusal::NotFound)
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (_, application) = find(&app, &visitor, &id).await?;
    page(&made(&app, &visitor, &application, (form(&visitor, &application)?, None)))
}

/// The form of the answer.
pub(super) fn form(visitor: &Visitor, application: &Application) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let answers = [(Answer::Accepted, T::ApplicationAccept), (Answer::Returned, T::ApplicationReturn)];
    let answers = answers.map(|(answer, text)| Choice::word(<&str>::from(answer), t(text)));
    let usual = application.annex.as_ref().map(|annex| annex.profile.contact_phone.clone()).unwrap_or_default();
    let login = Field::text("login", t(T::ApplicationLogin), LOGIN_LENGTH_MAX).optional().value(usual);
    let action = format!("/applications/{}/answer", application.id);
    Ok(Form::new(visitor, action, T::ApplicationAnswer)?
        .with(Field::radio("decision", t(T::ApplicationDecision), answers))
        .with(login.hint(t(T::ApplicationLoginHint)))
        .with(Field::area("reason", t(T::ApplicationReason), TEXT_MAX).optional().hint(t(T::ApplicationReasonHint))))
}

/// The page, with the answer as it stands and the account that was just made.
pub(super) fn made(
    app: &App,
    visitor: &Visitor,
    application: &Application,
    (answer, made): (Form, Option<(String, String)>),
) -> ApplicationPage {
    let f = Frame::new(app, visitor, say(visitor.language, T::ApplicationTitle), &super::PAGE);
    let v = view(visitor.language, application);
    let answer = Some(answer).filter(|_| v.waits);
    ApplicationPage { f, v, answer, made }
}

/// A sealed scan. Missing and forbidden are both 404.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (org, application) = find(&app, &visitor, &id).await?;
    let file: ContentId = file.parse().map_err(|_| Refusal::NotFound)?;
    if !application.scans.values().any(|scan| *scan == file) {
        return Err(Refusal::NotFound);
    }
    bytes(&app, BlobKey { org, id: file }).await
}
