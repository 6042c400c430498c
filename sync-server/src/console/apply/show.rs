//! What the firm sees of its application: what is filled in, what is missing, where it stands.

use super::{find, hidden};
use crate::{
    console::{form::Form, frame::Frame, language, page, refused::Refusal},
    state::App,
    text::Text as T,
    view::application::{ApplicationView, view},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use firebee_domain::application::Application;
use firebee_protocol::text::{Language, say};

#[derive(Template)]
#[template(path = "apply/show.html")]
pub(super) struct ShowPage {
    f: Frame,
    secret: String,
    v: ApplicationView,
    /// The form that submits it.
    submit: Option<Form>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let (_, application) = find(&app, &secret).await?;
    let language = language::of(&headers);
    page(&made(&app, language, (&secret, &application), form(language, &secret)?))
}

/// The form that submits it; it holds nothing but its request.
pub(super) fn form(language: Language, secret: &str) -> Result<Form, Refusal> {
    Ok(Form::outside(language, hidden()?, format!("/apply/{secret}/submit"), T::ApplySubmit))
}

pub(super) fn made(
    app: &App,
    language: Language,
    (secret, application): (&str, &Application),
    submit: Form,
) -> ShowPage {
    let f = Frame::outside(app, language, say(language, T::ApplyTitle), &format!("/apply/{secret}"));
    let v = view(language, application);
    let submit = Some(submit).filter(|_| v.is_open);
    ShowPage { f, secret: secret.to_owned(), v, submit }
}
