//! What waits to be handled, in two groups: faults of reports, and repair requests of owners.

use super::list::HREF;
use crate::{
    console::{fault, frame::Frame, list::Asked, page, refused::Refusal, visitor::Visitor},
    org::Org,
    query::{
        self,
        fault::{FaultRow, Filter, Origin},
        page::Wanted,
        repair::RepairRow,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        fault::{FaultLine, line},
        repair::{ListedRepair, listed},
    },
};
use askama::Template;
use axum::{extract::State, response::Response};
use firebee_domain::{
    account::{Action, Actor},
    fault::Counter,
    repair::RepairState,
};
use firebee_protocol::{catalogue::Pack, text::say};

/// The most rows of a group; its list has all.
const SHOWN_MAX: u32 = 20;

#[derive(Template)]
#[template(path = "tracking/waiting.html")]
struct WaitingPage {
    f: Frame,
    /// Where the counters of the reports are.
    tracked: &'static str,
    faults: Vec<FaultLine>,
    faults_count: i64,
    faults_all: String,
    repairs: Vec<ListedRepair>,
    repairs_count: i64,
    repairs_all: String,
    /// Faults of requests that are negotiated with the owner: how many, and their list.
    negotiated: (i64, String),
}

/// Whether the page is meant for somebody: who handles faults of the firm.
pub(in crate::console) fn is_for(visitor: &Visitor) -> bool {
    let sees = |action| !query::visible(&visitor.member.actor, action, visitor.member.org).is_nothing();
    visitor.member.actor.role.is_staff() && sees(Action::HandleFault) && sees(Action::ReadRepair)
}

/// The list of what waits of one group.
pub(in crate::console) fn address(origin: Origin) -> String {
    let counter: &str = Counter::ToHandle.into();
    Asked::address("/faults", [("counter", counter), ("of", origin.into())])
}

struct Found {
    faults: Vec<FaultRow>,
    counts: [i64; 2],
    repairs: Vec<RepairRow>,
    repairs_count: i64,
}

/// The page.
pub(super) async fn waiting(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let faults = of_reports(tx, org, &actor).await?;
        let sent = query::repair::Filter {
            state: Some(RepairState::Sent),
            wanted: Wanted::first(SHOWN_MAX),
            ..Default::default()
        };
        let counts = query::repair::counts(tx, org, &actor, &Default::default()).await?;
        Ok(Found {
            faults,
            counts: query::fault::waiting(tx, org, &actor, Counter::ToHandle).await?,
            repairs: query::repair::repairs(tx, org, &actor, &sent).await?.rows,
            repairs_count: counts.get(&RepairState::Sent).copied().unwrap_or(0),
        })
    };
    let found: Result<Found, StoreError> = app.store.read("read_waiting", read).await;
    let Found { faults, counts: [of_reports, of_requests], repairs, repairs_count } = found?;
    let (reader, catalogue) = (visitor.reader(), &Pack::embedded().catalogue);
    let sent: &str = RepairState::Sent.into();
    page(&WaitingPage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::TrackingWaiting), &fault::PAGE),
        tracked: HREF,
        faults: faults.iter().map(|row| line(reader, row)).collect(),
        faults_count: of_reports,
        faults_all: address(Origin::Report),
        repairs: repairs.iter().map(|row| listed(reader, row, catalogue)).collect(),
        repairs_count: repairs_count.saturating_add(of_requests),
        repairs_all: Asked::address("/repairs", [("state", sent)]),
        negotiated: (of_requests, address(Origin::Request)),
    })
}

/// The faults of reports that wait, those that wait longest first.
async fn of_reports(tx: &mut Tx, org: Org, actor: &Actor) -> Result<Vec<FaultRow>, StoreError> {
    let filter = Filter {
        counter: Some(Counter::ToHandle),
        origin: Some(Origin::Report),
        wanted: Wanted::first(SHOWN_MAX),
        ..Filter::default()
    };
    Ok(query::fault::faults(tx, org, actor, &filter).await?.rows)
}
