//! The form by which a firm draws an application up: first which of the six types, then who.

use super::place;
use crate::{
    console::{
        form::{Answer, Field, Form, Wrong, again},
        frame::Frame,
        page,
        posted::{Fields, Posted},
        refused::Refusal,
        visitor::Visitor,
    },
    office::personnel_change::{DrawUp, draw_up as run},
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        personnel::level,
        personnel_change::{Box as Choice, kind as word_of, kinds},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{
    account::{Action, PHONE_LENGTH_MAX, Subject},
    id::PersonId,
    personnel::{
        CERTIFICATE_NUMBER_LENGTH_MAX, Certificate, CertificateKind, IDENTITY_LENGTH, NAME_LENGTH_MAX, Person,
    },
    personnel_change::ChangeKind,
    text::TEXT_MAX,
};
use firebee_protocol::text::{Language, say, word};

#[derive(Template)]
#[template(path = "personnel_change/choose.html")]
struct ChoosePage {
    f: Frame,
    kinds: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "personnel_change/new.html")]
struct NewPage {
    f: Frame,
    lead: String,
    form: Form,
}

fn may_apply(visitor: &Visitor) -> Result<(), Refusal> {
    let may = visitor.may(Action::RequestPersonnelChange, &Subject::of(visitor.member.org.id(), &[]));
    if may { Ok(()) } else { Err(Refusal::NotFound) }
}

/// The six types.
pub(super) async fn choose(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    may_apply(&visitor)?;
    let f = Frame::new(&app, &visitor, say(visitor.language, T::PersonnelChangeNew), place(&visitor));
    page(&ChoosePage { f, kinds: kinds(visitor.language, ChangeKind::AddEngineer) })
}

/// The empty form of a type.
pub(super) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(kind): Path<String>,
) -> Result<Response, Refusal> {
    may_apply(&visitor)?;
    let kind = kind.parse().map_err(|_| Refusal::NotFound)?;
    let people = people(&app, &visitor).await?;
    page(&made(&app, &visitor, kind, form(&visitor, kind, &people)?))
}

fn made(app: &App, visitor: &Visitor, kind: ChangeKind, form: Form) -> NewPage {
    let f = Frame::new(app, visitor, word_of(visitor.language, kind), place(visitor));
    let lead = say(visitor.language, T::PersonnelChangeNewLead);
    NewPage { f, lead, form }
}

async fn people(app: &App, visitor: &Visitor) -> Result<Vec<Person>, StoreError> {
    let org = visitor.member.org;
    app.store.read("find_people", async move |tx: &mut Tx| query::personnel::present(tx, org).await).await
}

fn form(visitor: &Visitor, kind: ChangeKind, people: &[Person]) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let action = format!("/personnel-changes/new/{}", <&str>::from(kind));
    let form = Form::new(visitor, action, T::PersonnelChangeSave)?;
    let fits = |person: &&Person| {
        let engineer = person.holds(CertificateKind::RegisteredEngineer);
        let operator = person.holds(CertificateKind::FacilityOperatorCert);
        match kind {
            ChangeKind::RemoveEngineer => engineer,
            ChangeKind::RemoveOperator => operator,
            ChangeKind::RemoveOther => !engineer && !operator,
            ChangeKind::AddEngineer | ChangeKind::AddOperator | ChangeKind::AddOther => true,
        }
    };
    let named = people.iter().filter(fits).map(|person| Answer::data(person.id.to_string(), person.name.clone()));
    let nobody = if kind.adds() { T::PersonnelChangeSomebodyNew } else { T::PersonnelChangeChoose };
    let options = std::iter::once(Answer::word("", t(nobody))).chain(named);
    let person = Field::select("person", t(T::PersonnelChangePerson), options);
    let identity = |field: Field| if kind.adds() { field } else { field.hint(t(T::PersonnelChangeIdentityKnown)) };
    let form = if kind.adds() {
        let name = Field::text("name", t(T::PersonnelName), NAME_LENGTH_MAX).optional();
        form.with(person.optional().hint(t(T::PersonnelChangePersonHint))).with(name)
    } else {
        form.with(person)
    };
    let length = u32::try_from(IDENTITY_LENGTH).unwrap_or(u32::MAX);
    let form = form
        .with(identity(Field::text("identity", t(T::PersonnelIdentity), length).optional()))
        .with(Field::phone("phone", t(T::PersonnelChangePhone), PHONE_LENGTH_MAX).optional())
        .with_all(certificate(visitor.language, kind));
    Ok(form.with(Field::area("reason", t(T::PersonnelChangeReason), TEXT_MAX)))
}

/// The fields of a certificate, where one comes.
fn certificate(language: Language, kind: ChangeKind) -> Vec<Field> {
    let held: &[CertificateKind] = match kind {
        ChangeKind::AddEngineer => &[CertificateKind::RegisteredEngineer],
        ChangeKind::AddOperator => &[CertificateKind::FacilityOperatorCert, CertificateKind::LegacyFireGuardCert],
        _ => return Vec::new(),
    };
    certificate_fields(language, held)
}

/// The fields of a certificate of one of these kinds. Its kind is chosen where there are several.
pub(in crate::console) fn certificate_fields(language: Language, kinds: &[CertificateKind]) -> Vec<Field> {
    let t = |text| say(language, text);
    let first = kinds.first().copied().unwrap_or(CertificateKind::FacilityOperatorCert);
    let levels = if first.is_engineers() { 1..=2 } else { 1..=5 };
    let levels = levels.map(|number: u8| Answer::word(number.to_string(), level(language, first, number)));
    let usual = if first.is_engineers() { "1" } else { "4" };
    let of = kinds.iter().map(|kind| Answer::word(<&str>::from(kind), word::certificate(language, *kind)));
    let kind = Field::radio("held", t(T::PersonnelHeld), of).value(<&str>::from(first));
    let day = |name: &'static str, text, optional: bool| {
        let field = Field::date(name, t(text));
        if optional { field.optional() } else { field }
    };
    let engineers = first.is_engineers();
    vec![
        kind,
        Field::select("level", t(T::PersonnelChangeLevel), levels).value(usual),
        Field::text("number", t(T::PersonnelNumber), CERTIFICATE_NUMBER_LENGTH_MAX),
        day("from", T::PersonnelChangeFrom, !engineers),
        day("to", T::PersonnelChangeTo, !engineers),
        day("issued", T::PersonnelChangeIssued, true),
    ]
}

/// The certificate that was typed; `None` where the form has no such fields, or a choice of them is none. A day that is no
/// day is missing.
pub(in crate::console) fn typed_certificate(fields: &Fields) -> Option<Certificate> {
    Some(Certificate {
        kind: fields.text("held").parse().ok()?,
        level: fields.text("level").parse().ok()?,
        number: fields.text("number").to_owned(),
        valid_from: fields.text("from").parse().ok(),
        valid_to: fields.text("to").parse().ok(),
        issued: fields.text("issued").parse().ok(),
    })
}

/// Draws it up and leads to it.
pub(super) async fn draw_up(
    State(app): State<App>,
    Path(kind): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    may_apply(&visitor)?;
    let kind: ChangeKind = kind.parse().map_err(|_| Refusal::NotFound)?;
    let text = |name: &str| fields.text(name).to_owned();
    let person: Option<PersonId> = match fields.text("person") {
        "" => None,
        chosen => Some(chosen.parse().map_err(|_| Refusal::FormExpired)?),
    };
    let wanted = DrawUp {
        kind,
        person,
        name: text("name"),
        identity: text("identity"),
        phone: text("phone"),
        certificate: typed_certificate(&fields),
        reason: text("reason"),
    };
    match run(&app.store, visitor.act(request), wanted).await {
        Ok(id) => Ok(Redirect::to(&format!("/personnel-changes/{id}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let people = people(&app, &visitor).await?;
            let form = form(&visitor, kind, &people)?.filled(&fields).refused(wrong);
            again(&made(&app, &visitor, kind, form))
        }
    }
}
