//! Annex 1: the firm (R-004…R-006).

use super::{find, hidden, link};
use crate::{
    console::{
        form::{Answer, Branch, Field, Form, Wrong, again},
        frame::Frame,
        language, page,
        posted::{Fields, PostedByLink},
        refused::Refusal,
    },
    office::application::enter as run,
    state::App,
    text::Text as T,
    view::application::service,
};
use askama::Template;
use axum::{
    extract::{Path, Request, State},
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    account::PHONE_LENGTH_MAX,
    application::{Annex, WantedAnnex},
    id::AccountId,
    organisation::{ADDRESS_LENGTH_MAX, Profile, ServiceType},
    text::NAME_MAX,
};
use firebee_protocol::fact::Mime;
use firebee_protocol::text::{Language, say};

/// A page of the application that is one form.
#[derive(Template)]
#[template(path = "apply/form.html")]
pub(super) struct FormPage {
    pub(super) f: Frame,
    pub(super) secret: String,
    pub(super) lead: String,
    /// The page to be printed, if the form is for the scan of one.
    pub(super) print: Option<String>,
    pub(super) form: Form,
}

/// The form.
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let (_, application) = find(&app, &secret).await?;
    let language = language::of(&headers);
    page(&made(&app, language, &secret, form(language, &secret, application.annex.as_ref())?))
}

fn made(app: &App, language: Language, secret: &str, form: Form) -> FormPage {
    let f = Frame::outside(app, language, say(language, T::ApplicationFirm), &format!("/apply/{secret}/annex"));
    FormPage { f, secret: secret.to_owned(), lead: say(language, T::ApplyAnnexLead), print: None, form }
}

const fn word(service: ServiceType) -> &'static str {
    match service {
        ServiceType::MaintenanceInspection => "maintenance_inspection",
        ServiceType::SafetyEvaluation => "safety_evaluation",
    }
}

const SERVICES: [ServiceType; 2] = [ServiceType::MaintenanceInspection, ServiceType::SafetyEvaluation];

fn form(language: Language, secret: &str, annex: Option<&Annex>) -> Result<Form, Refusal> {
    let t = |text| say(language, text);
    let profile = annex.map(|annex| annex.profile.clone()).unwrap_or_default();
    let of = |of: fn(&Annex) -> &String| annex.map(of).cloned().unwrap_or_default();
    let text = |name: &'static str, label, value: String| Field::text(name, t(label), NAME_MAX).value(value);
    let phone = |name: &'static str, label, value: String| Field::phone(name, t(label), PHONE_LENGTH_MAX).value(value);
    let services = SERVICES.map(|each| Answer::word(word(each), service(language, each))).to_vec();
    let held = annex.map(|annex| annex.service_types.clone()).unwrap_or_default();
    let services = Field::many(
        "service",
        t(T::ApplicationServices),
        [Branch { title: String::new(), twigs: vec![(String::new(), services)] }],
    )
    .values(held.iter().map(|each| word(*each).to_owned()));
    let address = Field::text("address", t(T::ApplicationAddress), ADDRESS_LENGTH_MAX).value(profile.address);
    let action = format!("/apply/{secret}/annex");
    Ok(Form::outside(language, hidden()?, action, T::ApplySave)
        .with(text("name", T::ApplicationName, of(|annex| &annex.name)).hint(t(T::ApplyAsLicence)))
        .with(services)
        .with(text("uscc", T::ApplicationUscc, of(|annex| &annex.uscc)).hint(t(T::ApplyAsLicence)))
        .with(text("registration", T::ApplicationRegistration, of(|annex| &annex.national_registration_no)))
        .with(
            text("legal_representative", T::ApplicationLegal, profile.legal_representative).hint(t(T::ApplyAsLicence)),
        )
        .with(phone("legal_phone", T::ApplicationLegalPhone, profile.legal_phone))
        .with(text("director", T::ApplicationDirector, profile.director))
        .with(phone("director_phone", T::ApplicationDirectorPhone, profile.director_phone))
        .with(phone("service_phone", T::ApplicationServicePhone, profile.service_phone))
        .with(text("email", T::ApplicationEmail, profile.email))
        .with(phone("fax", T::ApplicationFax, profile.fax).optional())
        .with(address.hint(t(T::ApplyAsLicence)))
        .with(text("contact", T::ApplicationContact, profile.contact).hint(t(T::ApplyContactHint)))
        .with(phone("contact_phone", T::ApplicationContactPhone, profile.contact_phone)))
}

fn typed(fields: &Fields) -> WantedAnnex {
    let text = |name: &str| fields.text(name).to_owned();
    WantedAnnex {
        name: text("name"),
        uscc: text("uscc"),
        national_registration_no: text("registration"),
        service_types: SERVICES
            .into_iter()
            .filter(|each| fields.all("service").any(|word_of| word_of == word(*each)))
            .collect(),
        profile: Profile {
            legal_representative: text("legal_representative"),
            legal_phone: text("legal_phone"),
            director: text("director"),
            director_phone: text("director_phone"),
            service_phone: text("service_phone"),
            email: text("email"),
            fax: text("fax"),
            address: text("address"),
            contact: text("contact"),
            contact_phone: text("contact_phone"),
        },
    }
}

/// Keeps it and leads back.
pub(super) async fn enter(
    State(app): State<App>,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let language = language::of(request.headers());
    let (org, application) = find(&app, &secret).await?;
    let posted = PostedByLink::read(request, &app, ((org, AccountId(application.id.0)), Mime::is_attachable)).await?;
    match run(&app.office, link(&secret, posted.request), typed(&posted.fields)).await {
        Ok(()) => Ok(Redirect::to(&format!("/apply/{secret}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(language, error)?;
            let form = form(language, &secret, None)?.filled(&posted.fields).refused(wrong);
            again(&made(&app, language, &secret, form))
        }
    }
}
