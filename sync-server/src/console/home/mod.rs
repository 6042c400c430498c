//! The home page: what needs the visitor.

use super::{
    application,
    frame::Frame,
    list::Asked,
    page,
    pages::{Entry, Page, Readers},
    portal,
    refused::Refusal,
    saved_view::Shortcuts,
    tracking,
    visitor::Visitor,
};
use crate::{
    org::Org,
    query::{
        self,
        device::SilentPhone,
        fault::UnhandledRow,
        page::{Wanted, latest},
        parked::{Of, ParkedRow},
        plan::Made,
        report::ReportRow,
        task::{Filter, TaskRow},
        visible,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::{
        home::{Due, HomeSources, HomeView, Unplanned, view},
        oversight::{MONTHS, Narrow, judged},
    },
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use chrono::Datelike as _;
use firebee_domain::{
    account::{Action, Actor},
    application::ApplicationState,
    catalogue::Nature,
    fault::{Counter, Fault, FaultState},
    id::{PlanId, ProjectId, TaskId},
    oversight::{Standing, Week},
    personnel_change::ChangeState,
    petition::PetitionState,
    plan::PlanSlot,
    project::months_without_plan,
    repair::RepairState,
    suspension::PauseState,
    task::TaskState,
    time::Month,
};
use firebee_protocol::{document::TaskDocument, text::say};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || Router::new().route("/", get(show)),
    entry: Some(Entry {
        href: "/",
        text: T::HomeTitle,
        icon: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
        readers: Readers::Everybody,
    }),
    done: &[],
};

/// After this time, in milliseconds, a phone that holds something unsent counts as silent: a day.
const SILENT_MS: i64 = 86_400_000;
/// The most parked facts of the page. Its tile counts all of them.
const PARKED_MAX: u32 = 5;
/// The most lines of one kind that are shown: tasks that wait, faults, plans. Their tile counts all of them.
const SHOWN_MAX: usize = 50;
/// The most reports to file that are shown. Their tile counts all of them.
const REPORTS_SHOWN_MAX: usize = 10;
/// The most projects that are looked through for months without a plan.
const PROJECTS_MAX: u32 = 10_000;

/// The faults of reports that are to be handled, and the repair requests.
const WAITING: (&str, &str) = ("/waiting#reports", "/waiting#requests");

struct Tile {
    href: String,
    count: usize,
    word: String,
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    f: Frame,
    summary: String,
    tiles: Vec<Tile>,
    shortcuts: Shortcuts,
    v: HomeView,
    /// The list of all tasks that wait for review, if the page does not show them all.
    all_pending: Option<String>,
    /// The list of all faults that nobody has handled, if the page does not show them all.
    all_faults: Option<String>,
    may_list_devices: bool,
    /// Whether the visitor is of a firm, and so has its ledger.
    has_ledger: bool,
}

/// The data of the page.
struct Found {
    /// The latest tasks that wait, and how many there are.
    pending: (Vec<TaskRow>, usize),
    /// The faults that nobody has handled, and how many there are.
    unhandled: (Vec<UnhandledRow>, usize),
    parked_count: usize,
    /// Of those that are shown.
    documents: HashMap<TaskId, TaskDocument>,
    faults: BTreeMap<TaskId, Vec<Fault>>,
    plans: Vec<(PlanId, String, String, i64)>,
    unplanned: Vec<Unplanned>,
    parked: Vec<ParkedRow>,
    phones: Vec<SilentPhone>,
    /// How many repair requests wait for the firm.
    repairs: usize,
    /// How many faults of reports wait.
    reported: usize,
    /// The most urgent reports to file, and how many there are.
    reports: (Vec<ReportRow>, usize),
}

/// The page.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    if portal::is_for(&visitor) {
        return portal::home(&app, &visitor).await;
    }
    if application::is_for(&visitor) {
        return authority(&app, &visitor).await;
    }
    let asking = visitor.clone();
    let found: Result<Found, StoreError> =
        app.store.read("read_home", async move |tx: &mut Tx| find(tx, &asking).await).await;
    page(&made(&app, &visitor, (&found?, Shortcuts::of(&app, &visitor).await?)))
}

/// What waits for the fire service, which reports are missing, and what of the last sample nobody has looked at
///
#[derive(Template)]
#[template(path = "home/authority.html")]
struct AuthorityPage {
    f: Frame,
    summary: String,
    tiles: Vec<Tile>,
    shortcuts: Shortcuts,
}

async fn authority(app: &App, visitor: &Visitor) -> Result<Response, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let today = visitor.now.china_day();
    let read = async move |tx: &mut Tx| {
        let pauses = query::pause::counts(tx, org, &actor, &Default::default()).await?;
        let petitions = query::petition::counts(tx, org, &actor, &Default::default()).await?;
        let sites = query::oversight::sites(tx, &actor).await?;
        let looked = unlooked(tx, (org, &actor), Week::last_before(today)).await?;
        let changes = query::personnel_change::counts(tx, org, &actor, &Default::default()).await?;
        let applications = query::application::counts(tx, org, &actor, &Default::default()).await?;
        let of = |count: Option<&i64>| count.and_then(|count| usize::try_from(*count).ok()).unwrap_or(0);
        let waiting = [
            of(pauses.get(&PauseState::Pending)),
            of(petitions.get(&PetitionState::Pending)),
            of(changes.get(&ChangeState::Pending)),
            of(applications.get(&ApplicationState::Submitted)),
        ];
        Ok((waiting, sites, looked))
    };
    let found: Result<_, StoreError> = app.store.read("read_authority_home", read).await;
    let ([pauses, petitions, changes, applications], sites, looked) = found?;
    // The month before this one is over, and its reports are there or missing.
    let last = today.with_day(1).and_then(|first| first.pred_opt()).and_then(Month::of);
    let missing = Narrow { month: last, standing: Some(Standing::Missing), ..Narrow::default() };
    let lacking = judged(&sites, today).iter().filter(|each| missing.admits(each)).count();
    let f = Frame::new(app, visitor, say(visitor.language, T::HomeTitle), &PAGE);
    let summary = match pauses + petitions + changes + applications {
        0 => f.t(T::HomeNothing),
        waiting => f.n(T::HomeSummary, waiting),
    };
    let tile = |href: &str, count, text| Tile { href: href.to_owned(), count, word: f.t(text) };
    let tiles = vec![
        tile(&missing.address(MONTHS), lacking, T::OversightTileMissing),
        tile("/samples", looked, T::OversightTileSample),
        tile("/pauses?state=pending", pauses, T::HomeTilePauses),
        tile("/petitions?state=pending", petitions, T::HomeTilePetitions),
        tile("/personnel-changes?state=pending", changes, T::HomeTileChanges),
        tile("/applications?state=submitted", applications, T::HomeTileApplications),
    ];
    page(&AuthorityPage { f, summary, tiles, shortcuts: Shortcuts::of(app, visitor).await? })
}

/// How many tasks of a week's sample nobody has looked at; of one that is not drawn, one: the drawing.
async fn unlooked(tx: &mut Tx, (org, actor): (Org, &Actor), week: Week) -> Result<usize, StoreError> {
    let Some(unit) = query::unit::of_officer(tx, actor.account).await? else { return Ok(0) };
    let Some(sample) = query::oversight::sample(tx, org, unit.id, week).await? else { return Ok(1) };
    let mut open = 0;
    for task in sample.tasks {
        let row = query::oversight::sampled(tx, actor, task).await?;
        open += usize::from(row.is_some_and(|row| row.outcome.is_none()));
    }
    Ok(open)
}

async fn find(tx: &mut Tx, visitor: &Visitor) -> Result<Found, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let rows = u32::try_from(SHOWN_MAX).unwrap_or(u32::MAX);
    let filter = Filter { state: Some(TaskState::PendingReview), wanted: latest(rows), ..Filter::default() };
    let pending = query::task::tasks(tx, org, actor, &filter).await?.rows;
    let unhandled = query::fault::unhandled(tx, org, actor, SHOWN_MAX).await?;
    let shown: Vec<TaskId> = pending.iter().map(|row| row.id).collect();
    let documents = query::task::documents(tx, org, &shown).await?;
    let with_faults: BTreeSet<TaskId> = shown.into_iter().chain(unhandled.0.iter().map(|row| row.task)).collect();
    let faults = query::fault::of_tasks(tx, org, &with_faults.into_iter().collect::<Vec<_>>()).await?;
    let unplanned = unplanned(tx, visitor).await?;
    let today = visitor.now.china_day();
    let reports = if visitor.files_reports() {
        query::report::to_file(tx, org, actor, (today, REPORTS_SHOWN_MAX)).await?
    } else {
        (Vec::new(), 0)
    };
    let phones = query::device::silent(tx, org, actor, visitor.now.plus_ms(-SILENT_MS)).await?;
    let (reported, repairs) = if tracking::handles(visitor) { waiting(tx, org, actor).await? } else { (0, 0) };
    let waiting = query::task::waiting(tx, org, actor).await?;
    Ok(Found {
        pending: (pending, usize::try_from(waiting).unwrap_or(0)),
        unhandled,
        reported,
        repairs,
        parked_count: usize::try_from(query::parked::count(tx, org, actor).await?).unwrap_or(0),
        faults,
        documents: documents.into_iter().map(|document| (document.task.id, document)).collect(),
        plans: query::plan::to_issue(tx, org, actor).await?,
        unplanned,
        parked: query::parked::parked(tx, org, actor, Of::default(), &latest(PARKED_MAX)).await?.rows,
        phones,
        reports,
    })
}

/// How many faults of reports, and how many repair requests, are to be handled.
async fn waiting(tx: &mut Tx, org: Org, actor: &Actor) -> Result<(usize, usize), StoreError> {
    let [of_reports, of_requests] = query::fault::waiting(tx, org, actor, Counter::ToHandle).await?;
    let sent = query::repair::counts(tx, org, actor, &Default::default()).await?;
    let sent = sent.get(&RepairState::Sent).copied().unwrap_or(0);
    let size = |count: i64| usize::try_from(count).unwrap_or(0);
    Ok((size(of_reports), size(of_requests.saturating_add(sent))))
}

/// the projects with due months that have no issued plan. A plan that is made and not issued stands in the
/// page's list of its own.
async fn unplanned(tx: &mut Tx, visitor: &Visitor) -> Result<Vec<Unplanned>, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let (mut plans, mut unplanned) = (HashMap::<ProjectId, Vec<Made>>::new(), Vec::new());
    for made in query::plan::made(tx, org, actor).await? {
        plans.entry(made.project).or_default().push(made);
    }
    let pauses = query::ledger::pauses(tx, org, actor).await?;
    let projects = query::project::Filter { wanted: Wanted::first(PROJECTS_MAX), ..Default::default() };
    for row in query::project::projects(tx, org, actor, &projects).await?.rows {
        let of = plans.get(&row.project.id).map_or(&[][..], Vec::as_slice);
        let issued: Vec<PlanSlot> = of.iter().filter(|made| made.issued).map(|made| made.slot).collect();
        let paused = pauses.get(&row.project.id).map_or(&[][..], Vec::as_slice);
        let mut months = months_without_plan(&row.project, paused, &issued, visitor.now.china_day());
        months.retain(|month| {
            let slot = PlanSlot { nature: Nature::Month, period: *month };
            !of.iter().any(|made| made.slot == slot)
        });
        if !months.is_empty() {
            unplanned.push(Unplanned { row, months });
        }
    }
    Ok(unplanned)
}

fn made(app: &App, visitor: &Visitor, (found, shortcuts): (&Found, Shortcuts)) -> HomePage {
    let f = Frame::new(app, visitor, say(visitor.language, T::HomeTitle), &PAGE);
    let sources = HomeSources {
        pending: &found.pending.0,
        documents: &found.documents,
        unhandled: &found.unhandled.0,
        faults: &found.faults,
        plans: &found.plans,
        unplanned: &found.unplanned,
        parked: &found.parked,
        phones: &found.phones,
        reports: &found.reports.0,
    };
    let mut v = view(visitor.reader(), &sources);
    let plans = v.plans.len();
    v.plans.truncate(SHOWN_MAX);
    let tile = |href: &str, count, text| Tile { href: href.to_owned(), count, word: f.t(text) };
    let mut tiles = vec![
        tile("#review", found.pending.1, T::HomeTileReview),
        tile("#reports", found.reports.1, T::HomeTileReports),
        tile("#faults", found.unhandled.1, T::HomeTileFaults),
        tile(WAITING.0, found.reported, T::HomeTileReported),
        tile(WAITING.1, found.repairs, T::HomeTileRepairs),
        tile("#plans", plans, T::HomeTilePlans),
        tile("#parked", found.parked_count, T::HomeTileParked),
    ];
    let may_list_devices = visible(&visitor.member.actor, Action::ListDevices, visitor.member.org).is_everything();
    if may_list_devices {
        tiles.push(tile("#phones", v.phones.len(), T::HomeTilePhones));
    }
    let waiting: usize = tiles.iter().map(|tile| tile.count).sum();
    let summary = if waiting == 0 { f.t(T::HomeNothing) } else { f.n(T::HomeSummary, waiting) };
    // A tile without its section leads nowhere.
    let is_bare =
        |href: &str| href == WAITING.0 || href == WAITING.1 || matches!(href, "#reports" | "#faults" | "#parked");
    tiles.retain(|tile| tile.count > 0 || !is_bare(&tile.href));
    let all = |href: &str, state: &str, (shown, count): (usize, usize)| {
        (count > shown).then(|| Asked::address(href, [("state", state)]))
    };
    let all_pending = all("/tasks", TaskState::PendingReview.into(), (v.reviews.len(), found.pending.1));
    let all_faults = all("/faults", FaultState::Unhandled.into(), (v.faults.len(), found.unhandled.1));
    let has_ledger = visitor.member.actor.role.is_staff();
    HomePage { f, summary, tiles, shortcuts, v, all_pending, all_faults, may_list_devices, has_ledger }
}
