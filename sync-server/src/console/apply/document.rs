//! One of the four documents: its page to be printed and sealed, and the form for the scan of it.

use super::{annex::FormPage, find, hidden, link};
use crate::{
    console::{
        form::{Field, Form, Wrong, again},
        frame::Frame,
        language, page,
        posted::PostedByLink,
        refused::Refusal,
    },
    office::application::attach as run,
    state::App,
    text::Text as T,
    upload::AttachError,
    view::application::{ApplicationView, document as called, view},
};
use askama::Template;
use axum::{
    extract::{Path, Request, State},
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{application::Document, code::Code, evidence::ATTACHMENT_MIB_MAX, id::AccountId};
use firebee_protocol::fact::Mime;
use firebee_protocol::text::{Arg, Language, say, say_with};

/// The document as a page to be printed. It is a Chinese document.
#[derive(Template)]
#[template(path = "apply/print.html")]
struct PrintPage {
    f: Frame,
    secret: String,
    document: &'static str,
    /// What the document is called, in Chinese.
    title: String,
    v: ApplicationView,
}

impl PrintPage {
    /// A text of the document, in Chinese whoever reads.
    fn zh(&self, text: T) -> String {
        say(Language::Zh, text)
    }
}

/// The form.
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path((secret, document)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    find(&app, &secret).await?;
    let document: Document = document.parse().map_err(|_| Refusal::NotFound)?;
    let language = language::of(&headers);
    page(&made(&app, language, (&secret, document), form(language, &secret, document)?))
}

fn form(language: Language, secret: &str, document: Document) -> Result<Form, Refusal> {
    let hint = say_with(language, T::ApplyScanHint, &[("max", Arg::from(ATTACHMENT_MIB_MAX))]);
    let scan = Field::files(say(language, T::ApplyScan), false, "image/*,application/pdf").hint(hint);
    let action = format!("/apply/{secret}/documents/{}", <&str>::from(document));
    Ok(Form::outside(language, hidden()?, action, T::ApplyUpload).with(scan))
}

fn made(app: &App, language: Language, (secret, document): (&str, Document), form: Form) -> FormPage {
    let word: &str = document.into();
    let f = Frame::outside(app, language, called(language, document), &format!("/apply/{secret}/documents/{word}"));
    let print = Some(format!("/apply/{secret}/print/{word}"));
    FormPage { f, secret: secret.to_owned(), lead: say(language, T::ApplyDocumentsLead), print, form }
}

/// Keeps the scan and leads back.
pub(super) async fn attach(
    State(app): State<App>,
    Path((secret, document)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let document: Document = document.parse().map_err(|_| Refusal::NotFound)?;
    let language = language::of(request.headers());
    let (org, application) = find(&app, &secret).await?;
    let posted = PostedByLink::read(request, &app, ((org, AccountId(application.id.0)), Mime::is_attachable)).await?;
    let wrong = match posted.file {
        Err(AttachError::Store(error)) => return Err(error.into()),
        Err(refused) => Wrong::at("file", language, refused.code(), &refused.values()),
        Ok(None) => Wrong::at("file", language, Code::SealedFormRequired, &[]),
        Ok(Some(scan)) => match run(&app.office, link(&secret, posted.request), document, scan).await {
            Ok(()) => return Ok(Redirect::to(&format!("/apply/{secret}")).into_response()),
            Err(error) => Wrong::of(language, error)?,
        },
    };
    let form = form(language, &secret, document)?.refused(wrong);
    again(&made(&app, language, (&secret, document), form))
}

/// The document, filled in from the data.
pub(super) async fn print(
    State(app): State<App>,
    headers: HeaderMap,
    Path((secret, document)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let document: Document = document.parse().map_err(|_| Refusal::NotFound)?;
    let (_, application) = find(&app, &secret).await?;
    let (language, word) = (language::of(&headers), <&'static str>::from(document));
    let f = Frame::outside(&app, language, called(language, document), &format!("/apply/{secret}/print/{word}"));
    let title = called(Language::Zh, document);
    page(&PrintPage { f, secret, document: word, title, v: view(Language::Zh, &application) })
}
