//! The events, the latest first.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        access::named,
        monitoring::{EventRow, Filter, counts, events},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::monitoring::{EventLine, line, signal},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    account::{Action, Relation, Subject},
    monitoring::Signal,
};
use firebee_protocol::text::say;
use strum::VariantArray as _;

static EVENTS: List<Told> = List {
    href: "/monitoring",
    file: "monitoring",
    none: T::MonitoringNone,
    usual: ("time", true),
    filters: &["signal", "project"],
    month: None,
    columns: &[
        Column { title: T::MonitoringPlace, sort: None, cell: |row| Cell::Data(row.line.place.clone()) },
        Column { title: T::MonitoringSignal, sort: None, cell: |row| Cell::State(row.line.signal.clone()) },
        Column { title: T::MonitoringAt, sort: Some("time"), cell: |row| Cell::When(Some(row.line.at.clone())) },
        Column {
            title: T::MonitoringReceived,
            sort: Some("received"),
            cell: |row| Cell::When(Some(row.line.received.clone())),
        },
        Column { title: T::MonitoringSays, sort: None, cell: |row| Cell::Data(row.line.says.clone()) },
        Column { title: T::MonitoringSource, sort: None, cell: |row| Cell::Data(row.line.source.clone()) },
        Column {
            title: T::PartProject,
            sort: None,
            cell: |row| Cell::Link {
                href: format!("/projects/{}", row.line.project),
                name: row.line.project_name.clone(),
            },
        },
        Column { title: T::MonitoringWays, sort: None, cell: |row| Cell::Ways(row.ways.clone()) },
    ],
};

/// An event, and what its reader can do with it.
struct Told {
    line: EventLine,
    ways: Vec<(String, String)>,
}

impl Told {
    fn of(visitor: &Visitor, row: &EventRow) -> Self {
        let line = line(visitor.reader(), row);
        // A director who leads other projects reads all of them.
        let leads = row.lead == visitor.member.actor.account;
        let relations =
            if leads { &[Relation::Lead][..] } else { &[Relation::Jurisdiction, Relation::OwnerOfBuilding] };
        let subject = Subject::of(visitor.member.org.id(), relations);
        let way = |href: String, text: T| (href, say(visitor.language, text));
        let may = |action| visitor.may(action, &subject);
        let mut ways = Vec::new();
        if let Some(repair) = line.repair.filter(|_| may(Action::ReadRepair)) {
            ways.push(way(format!("/repairs/{repair}"), T::RepairTitle));
        }
        if let Some(task) = line.task.filter(|_| may(Action::ReadTask)) {
            ways.push(way(format!("/tasks/{task}"), T::MonitoringTask));
        }
        if line.asks_repair && may(Action::TurnEvent) {
            ways.push(way(format!("/monitoring/{}/repair", line.id), T::MonitoringTurn));
            if may(Action::IssuePlan) {
                ways.push(way(format!("/monitoring/{}/test", line.id), T::MonitoringOrder));
            }
        }
        Self { line, ways }
    }
}

#[derive(Template)]
#[template(path = "monitoring/list.html")]
struct MonitoringPage {
    f: Frame,
    list: Shown,
}

/// A project that is in the visitor's charge.
fn in_charge(visitor: &Visitor) -> Subject {
    Subject::of(visitor.member.org.id(), &[Relation::Lead, Relation::Jurisdiction, Relation::OwnerOfBuilding])
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    // Whoever may know of no event finds no such page.
    if !visitor.may(Action::ReadMonitoring, &in_charge(&visitor)) {
        return Err(Refusal::NotFound);
    }
    let filter = Filter {
        signal: asked.get("signal").parse().ok(),
        project: asked.get("project").parse().ok(),
        wanted: EVENTS.wanted(&asked),
    };
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(project) = named(tx, org, &actor, filter.project).await? else { return Ok(None) };
        let page = events(tx, org, &actor, &filter).await?;
        Ok(Some((project, page, counts(tx, org, &actor, &filter).await?)))
    };
    let found: Result<_, StoreError> = app.store.read("list_monitoring", read).await;
    let (project, page, counts) = found?.ok_or(Refusal::NotFound)?;
    let of = |each: &Signal| Answer::counted(each.into(), signal(visitor.language, *each).word, counts.get(each));
    let answers = Signal::VARIANTS.iter().map(of).collect();
    let kinds =
        Facet { name: "signal", title: T::MonitoringSignal, every: Some(T::ListEvery), answers, form: Form::Chips };
    let facets = [kinds].into_iter().chain(Facet::only("project", T::ListProject, &asked, project)).collect();
    let page = page.map(|row| Told::of(&visitor, &row));
    let head = (T::MonitoringTitle, &project::PAGE);
    EVENTS.answer((&app, &visitor, &asked), head, (page, facets), |f, list| MonitoringPage { f, list }).await
}
