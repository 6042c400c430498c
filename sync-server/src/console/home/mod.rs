//! What needs me.

use super::{
    frame::Frame,
    page,
    pages::{Entry, Page},
    parked,
    part::{Chip, When},
    refused::Refusal,
    visitor::Visitor,
    when::{month, when},
    words,
};
use crate::{
    query::{
        self,
        parked::ParkedRow,
        phone::PhoneRow,
        plan::Made,
        project::ProjectRow,
        task::{Filter, TaskRow},
        visible,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_domain::{
    account::Action,
    catalogue::Nature,
    id::{PlanId, TaskId},
    plan::PlanSlot,
    project::months_without_plan,
    task::TaskState,
    time::Month,
};
use firebee_protocol::{
    document::TaskDocument,
    text::{Arg, say, say_with},
};
use std::collections::HashMap;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/", get(show)),
    entry: Some(Entry { href: "/", text: T::HomeTitle, icon: "M4 11 12 4l8 7v9h-5v-6H9v6H4z" }),
    done: &[],
};

/// A phone that holds something and was not heard for this long is silent, in milliseconds: a day.
const SILENT_MS: i64 = 86_400_000;
/// The most parked facts of the page.
const PARKED_MAX: u32 = 5;

struct Tile {
    href: &'static str,
    count: usize,
    word: String,
}

struct Review {
    id: TaskId,
    name: String,
    project: String,
    executor: String,
    when: When,
    chips: Vec<Chip>,
}

struct Fault {
    task: TaskId,
    id: String,
    text: String,
    task_name: String,
    project: String,
}

struct Plan {
    href: String,
    name: String,
    project: String,
    chips: Vec<Chip>,
}

struct Phone {
    holder: String,
    device: String,
    unsent: String,
    seen: When,
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    f: Frame,
    summary: String,
    tiles: Vec<Tile>,
    reviews: Vec<Review>,
    faults: Vec<Fault>,
    plans: Vec<Plan>,
    parked: Vec<parked::Row>,
    may_list_devices: bool,
    phones: Vec<Phone>,
}

/// What the page is made of.
struct Found {
    pending: Vec<TaskRow>,
    documents: HashMap<TaskId, TaskDocument>,
    plans: Vec<(PlanId, String, String, i64)>,
    unplanned: Vec<Unplanned>,
    parked: Vec<ParkedRow>,
    phones: Vec<PhoneRow>,
}

/// A project that lacks plans.
struct Unplanned {
    row: ProjectRow,
    /// The months, the oldest first; never empty.
    months: Vec<Month>,
}

/// The page.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let asking = visitor.clone();
    let found: Result<Found, StoreError> =
        app.store.read("read_home", async move |tx: &mut Tx| find(tx, &asking).await).await;
    page(&made(&app, &visitor, found?))
}

async fn find(tx: &mut Tx, visitor: &Visitor) -> Result<Found, StoreError> {
    let actor = &visitor.member.actor;
    let filter = Filter { state: Some(TaskState::PendingReview), ..Filter::default() };
    let pending = query::task::tasks(tx, actor, &filter).await?;
    let ids: Vec<TaskId> = pending.iter().map(|row| row.id).collect();
    let documents = query::task::documents(tx, &ids).await?;
    let unplanned = unplanned(tx, visitor).await?;
    let phones = query::phone::silent(tx, actor, visitor.now.plus_ms(-SILENT_MS)).await?;
    Ok(Found {
        pending,
        documents: documents.into_iter().map(|document| (document.task.id, document)).collect(),
        plans: query::plan::to_issue(tx, actor).await?,
        unplanned,
        parked: query::parked::parked(tx, actor, None, None, PARKED_MAX).await?,
        phones,
    })
}

/// the projects with due months of which no plan is issued.
async fn unplanned(tx: &mut Tx, visitor: &Visitor) -> Result<Vec<Unplanned>, StoreError> {
    let actor = &visitor.member.actor;
    let (plans, pauses) = (query::plan::made(tx, actor).await?, query::plan::paused(tx, actor).await?);
    let mut unplanned = Vec::new();
    for row in query::project::projects(tx, actor).await? {
        let of = |made: &&Made| made.project == row.project.id;
        let issued: Vec<PlanSlot> = plans.iter().filter(of).filter(|made| made.issued).map(|made| made.slot).collect();
        let paused: Vec<_> = pauses.iter().filter(|pause| pause.project == row.project.id).cloned().collect();
        let mut months = months_without_plan(&row.project, &paused, &issued, visitor.now.china_day());
        // A plan that is made and not issued is in the list by itself.
        months.retain(|month| {
            let slot = PlanSlot { nature: Nature::Month, period: *month };
            !plans.iter().filter(of).any(|made| made.slot == slot)
        });
        if !months.is_empty() {
            unplanned.push(Unplanned { row, months });
        }
    }
    Ok(unplanned)
}

fn made(app: &App, visitor: &Visitor, found: Found) -> HomePage {
    let language = visitor.language;
    let frame = Frame::new(app, visitor, say(language, T::HomeTitle), &PAGE);
    let reviews: Vec<Review> = found.pending.iter().map(|row| review(&frame, visitor, row, &found.documents)).collect();
    let faults: Vec<Fault> = found.pending.iter().flat_map(|row| faults(row, &found.documents)).collect();
    let plans = plans(&frame, visitor, &found);
    let tile = |href, count, text| Tile { href, count, word: frame.t(text) };
    let mut tiles = vec![
        tile("#review", reviews.len(), T::HomeTileReview),
        tile("#faults", faults.len(), T::HomeTileFaults),
        tile("#plans", plans.len(), T::HomeTilePlans),
        tile("#parked", found.parked.len(), T::HomeTileParked),
    ];
    let may_list_devices = visible(&visitor.member.actor, Action::ListDevices).is_everything();
    if may_list_devices {
        tiles.push(tile("#phones", found.phones.len(), T::HomeTilePhones));
    }
    let waiting: usize = tiles.iter().map(|tile| tile.count).sum();
    let summary = if waiting == 0 { frame.t(T::HomeNothing) } else { frame.n(T::HomeSummary, waiting) };
    // A tile without its section leads nowhere.
    tiles.retain(|tile| tile.count > 0 || !matches!(tile.href, "#faults" | "#parked"));
    let phones = found.phones.into_iter().map(|row| phone(visitor, row)).collect();
    let parked = parked::rows(visitor, found.parked);
    HomePage { f: frame, summary, tiles, reviews, faults, plans, parked, may_list_devices, phones }
}

fn review(f: &Frame, visitor: &Visitor, row: &TaskRow, documents: &HashMap<TaskId, TaskDocument>) -> Review {
    let mut chips = Vec::new();
    if let Some(document) = documents.get(&row.id) {
        let unhandled = document.task.unhandled_faults();
        if unhandled > 0 {
            chips.push(words::wrong(f.n(T::TaskFaultsUnhandled, unhandled as usize)));
        }
        let missing = document.evidence.missing.len();
        if missing > 0 {
            chips.push(words::waits(f.n(T::TaskFilesComing, missing)));
        }
    }
    Review {
        id: row.id,
        name: row.name.clone(),
        project: row.project_name.clone(),
        executor: row.executor_name.clone(),
        when: when(visitor.language, visitor.now, row.submitted.unwrap_or(row.started)),
        chips,
    }
}

fn faults<'a>(row: &'a TaskRow, documents: &'a HashMap<TaskId, TaskDocument>) -> impl Iterator<Item = Fault> + use<'a> {
    let open = documents.get(&row.id).into_iter().flat_map(|document| &document.task.faults);
    open.filter(|fault| fault.is_unhandled()).map(|fault| Fault {
        task: row.id,
        id: fault.id.to_string(),
        text: fault.description.text.clone(),
        task_name: row.name.clone(),
        project: row.project_name.clone(),
    })
}

fn plans(f: &Frame, visitor: &Visitor, found: &Found) -> Vec<Plan> {
    let missing = found.unplanned.iter().map(|lacking| missing(f, visitor, lacking));
    let open = found.plans.iter().map(|(id, name, project, count)| Plan {
        href: format!("/plans/{id}"),
        name: name.clone(),
        project: project.clone(),
        chips: vec![words::plan_due(f.n(T::HomePlanToIssue, usize::try_from(*count).unwrap_or(0)))],
    });
    missing.chain(open).collect()
}

/// A project without a plan for this month leads to the form that makes one. A month that is over cannot be issued any
/// more: it is said, and leads to the project.
fn missing(f: &Frame, visitor: &Visitor, lacking: &Unplanned) -> Plan {
    let project = &lacking.row.project;
    let this_month = Month::of(visitor.now.china_day());
    let (now, over): (Vec<&Month>, Vec<&Month>) = lacking.months.iter().partition(|month| Some(**month) == this_month);
    let said = |text: T, months: &[&Month]| {
        let names = months.iter().map(|held| month(f.language, **held));
        say_with(f.language, text, &[("month", Arg::from(words::join(f.language, names)))])
    };
    let mut chips = Vec::new();
    if !over.is_empty() {
        chips.push(words::late(said(T::HomePlanLate, &over)));
    }
    if !now.is_empty() {
        chips.push(words::plan_due(said(T::HomePlanMissing, &now)));
    }
    let form = if now.is_empty() { "" } else { "/plans/new" };
    Plan {
        href: format!("/projects/{}{form}", project.id),
        name: project.name.clone(),
        project: project.address.clone(),
        chips,
    }
}

fn phone(visitor: &Visitor, row: PhoneRow) -> Phone {
    let values = [("facts", Arg::from(row.unsent_facts)), ("blobs", Arg::from(row.unsent_blobs))];
    Phone {
        holder: row.holder,
        device: row.device,
        unsent: say_with(visitor.language, T::HomePhoneUnsent, &values),
        seen: when(visitor.language, visitor.now, row.last_seen),
    }
}
