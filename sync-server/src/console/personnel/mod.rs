//! The personnel list: a firm reads its own and changes none of it, the fire service reads those of its firms.

use super::{
    account,
    frame::Frame,
    list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
    oversight,
    pages::Page,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::{
        self,
        page::Page as Rows,
        personnel::{Filter, PersonRow, people},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::personnel::{PersonLine, line},
};
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use firebee_domain::{
    account::{Action, Category, Relation, Role, Subject},
    id::OrganisationId,
    personnel::CertificateKind,
};
use firebee_protocol::text::{say, word};
use strum::VariantArray as _;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/personnel", get(list)), entry: None, done: &[] };

/// The place in the navigation that its pages mark: the fire service finds them under oversight, a firm behind its account.
fn place(visitor: &Visitor) -> &'static Page {
    if visitor.member.actor.role.is_staff() { &account::PAGE } else { &oversight::PAGE }
}

static PEOPLE: List<PersonLine> = List {
    href: "/personnel",
    file: "personnel",
    none: T::PersonnelNone,
    usual: ("name", false),
    filters: &["firm", "here", "projects", "category", "certificate"],
    month: None,
    columns: &[
        Column { title: T::PersonnelName, sort: Some("name"), cell: |row| Cell::Data(row.name.clone()) },
        Column { title: T::PersonnelSex, sort: None, cell: |row| Cell::Words(row.sex.clone()) },
        Column { title: T::PersonnelIdentity, sort: None, cell: |row| Cell::Data(row.identity.clone()) },
        Column { title: T::PersonnelHeld, sort: None, cell: |row| Cell::Words(row.certificates.clone()) },
        Column { title: T::PersonnelNumber, sort: None, cell: |row| Cell::Data(row.numbers.clone()) },
        Column {
            title: T::PersonnelFirm,
            sort: Some("organisation"),
            cell: |row| Cell::Link { href: format!("/personnel?firm={}", row.firm), name: row.organisation.clone() },
        },
        Column { title: T::PersonnelCategory, sort: None, cell: |row| Cell::Words(row.category.clone()) },
        Column { title: T::PersonnelProjects, sort: None, cell: |row| Cell::Data(row.projects.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "personnel/personnel.html")]
struct PeoplePage {
    f: Frame,
    list: Shown,
    /// Whether the reader may apply for changes.
    may_apply: bool,
}

/// Whether this visitor reads whole records: of the own firm, or of firms in the jurisdiction.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    let overseen = Subject::of(visitor.member.org.id(), &[Relation::Jurisdiction]);
    visitor.may(Action::ReadPersonnelFile, &overseen)
}

struct Found {
    page: Rows<PersonRow>,
    firms: Vec<(OrganisationId, String)>,
}

/// The list, or its file.
async fn list(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let yes = |name: &str| match asked.get(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let filter = Filter {
        today: visitor.now.china_day(),
        organisation: asked.get("firm").parse().ok(),
        gone: yes("here").map(|here| !here),
        busy: yes("projects"),
        category: asked.get("category").parse().ok(),
        certificate: asked.get("certificate").parse().ok(),
        wanted: PEOPLE.wanted(&asked),
    };
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let page = people(tx, org, &actor, &filter).await?;
        Ok(Found { page, firms: query::personnel::overseen(tx, &actor).await? })
    };
    let found: Result<Found, StoreError> = app.store.read("list_people", read).await;
    let found = found?;
    let page = found.page.map(|row| line(visitor.reader(), &row));
    let may_apply = visitor.may(Action::RequestPersonnelChange, &Subject::of(org.id(), &[]));
    let head = (T::PersonnelTitle, place(&visitor));
    PEOPLE.answer((&app, &visitor, &asked), head, (page, facets(&visitor, found.firms)), |f, list| PeoplePage {
        f,
        list,
        may_apply,
    })
}

fn facets(visitor: &Visitor, firms: Vec<(OrganisationId, String)>) -> Vec<Facet> {
    let language = visitor.language;
    let answer = |value: &str, word: String| Answer { value: value.to_owned(), word, count: None, data: false };
    let yes_no = |name, title, yes, no| Facet {
        name,
        title,
        every: Some(T::ListEvery),
        answers: vec![answer("yes", say(language, yes)), answer("no", say(language, no))],
        form: Form::Chips,
    };
    let categories = Category::VARIANTS.iter().map(|category| {
        let role = Role::from(*category);
        answer(role.into(), word::role(language, role))
    });
    let kinds = CertificateKind::VARIANTS.iter().map(|kind| answer(kind.into(), word::certificate(language, *kind)));
    let pick = |name, title, answers| Facet { name, title, every: Some(T::ListEvery), answers, form: Form::Pick };
    let firms: Vec<Answer> = firms
        .into_iter()
        .map(|(id, name)| Answer { value: id.to_string(), word: name, count: None, data: true })
        .collect();
    let mut facets = vec![
        yes_no("here", T::PersonnelHere, T::PersonnelHereYes, T::PersonnelHereNo),
        yes_no("projects", T::PersonnelProjects, T::PersonnelProjectsYes, T::PersonnelProjectsNo),
        pick("category", T::PersonnelCategory, categories.collect()),
        pick("certificate", T::PersonnelHeld, kinds.collect()),
    ];
    if !firms.is_empty() {
        facets.push(pick("firm", T::PersonnelFirm, firms));
    }
    facets
}
