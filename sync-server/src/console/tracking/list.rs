//! Each report that counts, with its faults by where they stand; each count opens the list of them.

use crate::{
    console::{
        fault,
        frame::Frame,
        list::{Asked, Cell, Column, Facet, List, Shown},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        self,
        access::named,
        page::Page,
        tracking::{Filter, TrackedRow},
        visible,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::tracking::{TrackedLine, line, word},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Role},
    fault::Counter,
};

/// Where the list is.
pub(super) const HREF: &str = "/reports/faults";

static TRACKED: List<TrackedLine> = List {
    href: HREF,
    file: "report-faults",
    none: T::TrackingNone,
    usual: ("date", true),
    filters: &["project", "owner", "from", "to"],
    month: None,
    columns: &[
        Column {
            title: T::ReportName,
            sort: Some("name"),
            cell: |row| Cell::Link { href: format!("/reports/{}", row.id), name: row.name.clone() },
        },
        Column {
            title: T::PartProject,
            sort: Some("project"),
            cell: |row| Cell::Link { href: format!("{HREF}?project={}", row.project), name: row.project_name.clone() },
        },
        Column { title: T::PartOwner, sort: Some("owner"), cell: owner },
        Column { title: T::ReportDate, sort: Some("date"), cell: |row| Cell::Day(row.date.clone()) },
        Column {
            title: T::TrackingUntestable,
            sort: None,
            cell: |row| Cell::Counted { href: format!("/reports/{}#untestable", row.id), count: row.tally.untestable },
        },
        Column { title: word(Counter::ToHandle), sort: None, cell: |row| counted(row, Counter::ToHandle) },
        Column { title: word(Counter::Resolving), sort: None, cell: |row| counted(row, Counter::Resolving) },
        Column { title: word(Counter::Resolved), sort: None, cell: |row| counted(row, Counter::Resolved) },
        Column { title: word(Counter::Refused), sort: None, cell: |row| counted(row, Counter::Refused) },
        Column { title: word(Counter::OutOfScope), sort: None, cell: |row| counted(row, Counter::OutOfScope) },
        Column { title: T::HazardTitle, sort: None, cell: |row| Cell::Ways(ways(row)) },
    ],
};

/// The owner, which narrows the list of its firm. Who oversees the firm reads one project.
fn owner(row: &TrackedLine) -> Cell {
    let name = row.owner_name.clone();
    match row.owner {
        Some(owner) => Cell::Link { href: Asked::address(HREF, [("owner", owner.to_string())]), name },
        None => Cell::Data(name),
    }
}

/// The hazard summary of the project.
fn ways(row: &TrackedLine) -> Vec<(String, String)> {
    vec![(Asked::address("/hazards", [("project", row.project.to_string())]), row.summary.clone())]
}

/// A count, which opens the faults that it counts.
fn counted(row: &TrackedLine, counter: Counter) -> Cell {
    let values = [("report", row.id.to_string()), ("counter", <&str>::from(counter).to_owned())];
    Cell::Counted { href: Asked::address("/faults", values), count: row.tally.of(counter) }
}

#[derive(Template)]
#[template(path = "tracking/list.html")]
struct TrackedPage {
    f: Frame,
    list: Shown,
}

struct Found {
    project: Option<String>,
    owner: Option<String>,
    page: Page<TrackedRow>,
}

/// Whether the list is meant for the visitor: who reads reports of the firm or oversees it. An owner's contact reads the
/// faults of its own buildings.
pub(in crate::console) fn is_for(visitor: &Visitor) -> bool {
    let actor = &visitor.member.actor;
    actor.role != Role::OwnerContact && !visible(actor, Action::ReadReport, visitor.member.org).is_nothing()
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let filter = Filter {
        project: asked.get("project").parse().ok(),
        owner: asked.get("owner").parse().ok(),
        days: (asked.day("from"), asked.day("to")),
        wanted: TRACKED.wanted(&asked),
    };
    let asking = visitor.clone();
    let read = async move |tx: &mut Tx| find(tx, &asking, &filter).await;
    let found: Result<Option<Found>, StoreError> = app.store.read("list_report_faults", read).await;
    let found = found?.ok_or(Refusal::NotFound)?;
    let only = [
        Facet::only("project", T::ListProject, &asked, found.project),
        Facet::only("owner", T::PartOwner, &asked, found.owner),
    ];
    let days = [Facet::day("from", T::TrackingFrom), Facet::day("to", T::TrackingTo)];
    let facets = only.into_iter().flatten().chain(days).collect();
    let within = visitor.member.actor.role != Role::Regulator;
    let page = found.page.map(|row| line(visitor.reader(), &row, within));
    let head = (T::TrackingTitle, &fault::PAGE);
    TRACKED.answer((&app, &visitor, &asked), head, (page, facets), |f, list| TrackedPage { f, list }).await
}

async fn find(tx: &mut Tx, visitor: &Visitor, filter: &Filter) -> Result<Option<Found>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let Some(project) = named(tx, org, actor, filter.project).await? else { return Ok(None) };
    let owner = match filter.owner {
        Some(id) => query::tracking::owner(tx, org, actor, id).await?,
        None => None,
    };
    if filter.owner.is_some() && owner.is_none() {
        return Ok(None);
    }
    Ok(Some(Found { project, owner, page: query::tracking::reports(tx, org, actor, filter).await? }))
}
