//! Annexes 2 and 3: people with certificates, one at a time (R-008…R-011).

use super::{find, hidden, link};
use crate::{
    console::{
        form::{Field, Form, Wrong, again},
        frame::Frame,
        language, page,
        part::{Alert, Hidden},
        personnel_change::{certificate_fields, typed_certificate},
        posted::PostedByLink,
        refused::Refusal,
    },
    office::{
        Refused,
        application::{add as run_add, remove as run_remove},
    },
    state::App,
    text::Text as T,
    view::application::{ApplicantLine, document as called, view},
};
use askama::Template;
use axum::{
    extract::{Path, Request, State},
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    account::PHONE_LENGTH_MAX,
    application::{Application, Document, WantedApplicant},
    code::Code,
    id::AccountId,
    personnel::{CertificateKind, IDENTITY_LENGTH, NAME_LENGTH_MAX},
};
use firebee_protocol::fact::Mime;
use firebee_protocol::text::{Language, say};

#[derive(Template)]
#[template(path = "apply/people.html")]
struct PeoplePage {
    f: Frame,
    secret: String,
    document: &'static str,
    people: Vec<ApplicantLine>,
    alert: Option<Alert>,
    form: Form,
    hidden: Hidden,
}

/// One of the two lists of people.
fn list(document: &str) -> Result<Document, Refusal> {
    let document: Document = document.parse().map_err(|_| Refusal::NotFound)?;
    let people = matches!(document, Document::Engineers | Document::Operators);
    if people { Ok(document) } else { Err(Refusal::NotFound) }
}

/// The people, and the form for one more.
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path((secret, document)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (_, application) = find(&app, &secret).await?;
    let (language, document) = (language::of(&headers), list(&document)?);
    page(&made(&app, language, (&secret, &application, document), (form(language, &secret, document)?, None))?)
}

fn form(language: Language, secret: &str, document: Document) -> Result<Form, Refusal> {
    let t = |text| say(language, text);
    let kinds: &[CertificateKind] = match document {
        Document::Engineers => &[CertificateKind::RegisteredEngineer],
        _ => &[CertificateKind::FacilityOperatorCert, CertificateKind::LegacyFireGuardCert],
    };
    let length = u32::try_from(IDENTITY_LENGTH).unwrap_or(u32::MAX);
    let action = format!("/apply/{secret}/people/{}", <&str>::from(document));
    Ok(Form::outside(language, hidden()?, action, T::ApplyAdd)
        .with(Field::text("name", t(T::PersonnelName), NAME_LENGTH_MAX))
        .with(Field::text("identity", t(T::PersonnelIdentity), length))
        .with(Field::phone("phone", t(T::PersonnelChangePhone), PHONE_LENGTH_MAX))
        .with_all(certificate_fields(language, kinds)))
}

fn made(
    app: &App,
    language: Language,
    (secret, application, document): (&str, &Application, Document),
    (form, alert): (Form, Option<Alert>),
) -> Result<PeoplePage, Refusal> {
    let word: &'static str = document.into();
    let path = format!("/apply/{secret}/people/{word}");
    let f = Frame::outside(app, language, called(language, document), &path);
    let v = view(language, application);
    let people = if document == Document::Engineers { v.engineers } else { v.operators };
    Ok(PeoplePage { f, secret: secret.to_owned(), document: word, people, alert, form, hidden: hidden()? })
}

/// Takes somebody down and leads back to the list.
pub(super) async fn add(
    State(app): State<App>,
    Path((secret, document)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let (language, document) = (language::of(request.headers()), list(&document)?);
    let (org, application) = find(&app, &secret).await?;
    let posted = PostedByLink::read(request, &app, ((org, AccountId(application.id.0)), Mime::is_attachable)).await?;
    let text = |name: &str| posted.fields.text(name).to_owned();
    let wrong = match typed_certificate(&posted.fields) {
        None => Wrong::at("level", language, Code::CertificateRequired, &[]),
        Some(certificate) => {
            let who =
                WantedApplicant { name: text("name"), identity: text("identity"), phone: text("phone"), certificate };
            match run_add(&app.office, link(&secret, posted.request), who).await {
                Ok(()) => {
                    let back = format!("/apply/{secret}/people/{}", <&str>::from(document));
                    return Ok(Redirect::to(&back).into_response());
                }
                Err(error) => Wrong::of(language, error)?,
            }
        }
    };
    let form = form(language, &secret, document)?.filled(&posted.fields).refused(wrong);
    again(&made(&app, language, (&secret, &application, document), (form, None))?)
}

/// Takes somebody out and leads back to the list.
pub(super) async fn remove(
    State(app): State<App>,
    Path((secret, document)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let (language, document) = (language::of(request.headers()), list(&document)?);
    let (org, application) = find(&app, &secret).await?;
    let posted = PostedByLink::read(request, &app, ((org, AccountId(application.id.0)), Mime::is_attachable)).await?;
    let at = posted.fields.parsed("at")?;
    match run_remove(&app.office, link(&secret, posted.request), at).await {
        Ok(()) => {
            let back = format!("/apply/{secret}/people/{}", <&str>::from(document));
            Ok(Redirect::to(&back).into_response())
        }
        Err(Refused::NotFound) => Err(Refusal::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let alert = Alert::new(language, error.code(), &error.values());
            let form = form(language, &secret, document)?;
            again(&made(&app, language, (&secret, &application, document), (form, Some(alert)))?)
        }
    }
}
