//! My buildings: safe or not, what is open, what is new.

use crate::{
    console::{frame::Frame, home, page, refused::Refusal, saved_view::Shortcuts, visitor::Visitor},
    query::{
        self,
        page::Wanted,
        portal::{NewFault, NewReport},
        project::ProjectRow,
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::portal::{NewPage, PortalSources, PortalView, view},
};
use askama::Template;
use axum::response::Response;
use firebee_domain::{
    fault::Fault,
    id::ProjectId,
    repair::RepairState,
    suspension::PauseRequest,
    time::{Month, Timestamp},
};
use firebee_protocol::text::say;
use std::collections::HashMap;

/// The most buildings of the page.
const BUILDINGS_MAX: u32 = 1_000;
/// The most new reports, and new faults, of the page.
const NEWS_MAX: u32 = 20;
/// The most open faults of the page. Their tile counts all of them.
const FAULTS_SHOWN_MAX: usize = 20;

struct Tile {
    href: &'static str,
    count: usize,
    word: String,
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct PortalPage {
    f: Frame,
    owner: String,
    firm: String,
    tiles: Vec<Tile>,
    shortcuts: Shortcuts,
    v: PortalView,
    /// Whether there are more open faults than the page shows.
    more: bool,
}

/// The data of the page.
pub(super) struct Found {
    pub(super) projects: Vec<ProjectRow>,
    pub(super) faults: Vec<Fault>,
    pub(super) maintained: HashMap<ProjectId, Timestamp>,
    pub(super) reported: HashMap<ProjectId, Vec<Month>>,
    pub(super) pauses: Vec<PauseRequest>,
    /// How many repair requests wait for the unit itself.
    inside: usize,
    new_reports: Vec<NewReport>,
    new_faults: Vec<NewFault>,
}

impl Found {
    /// What a view is made of.
    pub(super) fn sources(&self) -> PortalSources<'_> {
        PortalSources {
            projects: &self.projects,
            faults: &self.faults,
            maintained: &self.maintained,
            reported: &self.reported,
            pauses: &self.pauses,
            new_reports: &self.new_reports,
            new_faults: &self.new_faults,
        }
    }
}

/// What is known of the buildings of a contact.
pub(super) async fn find(tx: &mut Tx, visitor: &Visitor) -> Result<Found, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let projects = query::project::Filter { wanted: Wanted::first(BUILDINGS_MAX), ..Default::default() };
    Ok(Found {
        projects: query::project::projects(tx, org, actor, &projects).await?.rows,
        faults: query::portal::open_faults(tx, org, actor).await?,
        maintained: query::portal::maintained(tx, org, actor).await?,
        reported: query::portal::reported(tx, org, actor).await?,
        pauses: query::plan::paused(tx, org, actor).await?,
        inside: inside(tx, visitor).await?,
        new_reports: query::portal::new_reports(tx, org, actor, NEWS_MAX).await?,
        new_faults: query::portal::new_faults(tx, org, actor, NEWS_MAX).await?,
    })
}

/// what strangers called for waits here first.
async fn inside(tx: &mut Tx, visitor: &Visitor) -> Result<usize, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let counts = query::repair::counts(tx, org, actor, &query::repair::Filter::default()).await?;
    let inside = counts.get(&RepairState::Inside).copied().unwrap_or(0);
    Ok(usize::try_from(inside).unwrap_or(0))
}

/// The page.
pub(in crate::console) async fn home(app: &App, visitor: &Visitor) -> Result<Response, Refusal> {
    let asking = visitor.clone();
    let found: Result<Found, StoreError> =
        app.store.read("read_portal", async move |tx: &mut Tx| find(tx, &asking).await).await;
    let found = found?;
    let f = Frame::new(app, visitor, say(visitor.language, T::PortalTitle), &home::PAGE);
    let mut v = view(visitor.reader(), &found.sources());
    let tile = |href, count, text| Tile { href, count, word: f.t(text) };
    let tiles = vec![
        tile("#faults", v.faults.len(), T::PortalTileFaults),
        tile("/repairs?state=inside", found.inside, T::PortalTileRepairs),
        tile("#news", v.news.len(), T::PortalTileNews),
        tile("#buildings", v.missing, T::PortalTileMissing),
    ];
    let more = v.faults.len() > FAULTS_SHOWN_MAX;
    v.faults.truncate(FAULTS_SHOWN_MAX);
    let owner = found.projects.first().map(|row| row.owner_name.clone()).unwrap_or_default();
    page(&PortalPage {
        f,
        owner,
        firm: visitor.member.organisation_name.clone(),
        tiles,
        shortcuts: Shortcuts::of(app, visitor).await?,
        v,
        more,
    })
}
