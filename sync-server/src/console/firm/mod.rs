//! Firms before the public. Nobody is signed in. What a page shows comes from types that have no other
//! field, so nothing else can be shown.

use super::{frame::Frame, language, list::Asked, page, pages::Page, refused::Refusal};
use crate::{
    query::firm::{public, public_page},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        application::services,
        personnel::{level, occupation, validity},
    },
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use firebee_domain::{
    id::OrganisationId,
    organisation::PublicFirm,
    personnel::{CertificateKind, PublicEngineer, PublicOperator},
    spelling::{Spelled, words},
};
use firebee_protocol::text::{Language, say, when::date};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/firms", get(list)).route("/firms/{firm}", get(show)),
    entry: None,
    done: &[],
};

/// A firm in the list.
struct Line {
    id: OrganisationId,
    name: String,
    services: String,
}

#[derive(Template)]
#[template(path = "firm/list.html")]
struct FirmsPage {
    f: Frame,
    search: String,
    firms: Vec<Line>,
}

/// A registered engineer.
struct EngineerLine {
    name: String,
    level: String,
    validity: String,
    issued: String,
}

/// A facility operator.
struct OperatorLine {
    name: String,
    occupation: String,
    number: String,
    level: String,
}

#[derive(Template)]
#[template(path = "firm/show.html")]
struct FirmPage {
    f: Frame,
    firm: PublicFirm,
    services: String,
    engineers: Vec<EngineerLine>,
    operators: Vec<OperatorLine>,
}

/// The firms whose names hold the words that are searched for.
async fn list(State(app): State<App>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let language = language::of(&headers);
    let found: Result<_, StoreError> =
        app.store.read("list_public_firms", async move |tx: &mut Tx| public(tx).await).await;
    let search = asked.get("q").to_owned();
    let wanted = words(&search);
    let fits = |firm: &PublicFirm| {
        let find = Spelled::of(&firm.name).find;
        wanted.iter().all(|word| find.contains(word.as_str()))
    };
    let firms = found?.into_iter().filter(|(_, firm)| fits(firm)).map(|(id, firm)| Line {
        id,
        services: services(language, &firm.service_types),
        name: firm.name,
    });
    let f = Frame::outside(&app, language, say(language, T::FirmTitle), "/firms");
    page(&FirmsPage { f, search, firms: firms.collect() })
}

/// One firm.
async fn show(State(app): State<App>, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Refusal> {
    let language = language::of(&headers);
    let firm: OrganisationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let read = async move |tx: &mut Tx| public_page(tx, firm).await;
    let found: Result<_, StoreError> = app.store.read("read_public_firm", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    page(&FirmPage {
        f: Frame::outside(&app, language, found.firm.name.clone(), &format!("/firms/{id}")),
        services: services(language, &found.firm.service_types),
        firm: found.firm,
        engineers: found.engineers.iter().map(|held| engineer(language, held)).collect(),
        operators: found.operators.iter().map(|held| operator(language, held)).collect(),
    })
}

fn engineer(language: Language, held: &PublicEngineer) -> EngineerLine {
    EngineerLine {
        name: held.name.clone(),
        level: level(language, CertificateKind::RegisteredEngineer, held.level),
        validity: validity(language, held.valid_from, held.valid_to),
        issued: held.issued.map(|day| date(language, day)).unwrap_or_default(),
    }
}

fn operator(language: Language, held: &PublicOperator) -> OperatorLine {
    OperatorLine {
        name: held.name.clone(),
        occupation: occupation(language, held.kind),
        number: held.number.clone(),
        level: level(language, held.kind, held.level),
    }
}
