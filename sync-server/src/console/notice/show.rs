//! The page of the notice: what it says, and the forms of its address.

use crate::{
    console::{
        frame::Frame,
        home, page,
        part::{Fact, Facts, Hidden},
        portal, project,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{self, access::to_project, project::ProjectRow, repair_door::Door},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::notice::{NoticeSources, notice},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::{account::Action, id::ProjectId, organisation::Organisation, report::Notice, time::Timestamp};
use firebee_protocol::text::{When, say, when::date};

#[derive(Template)]
#[template(path = "notice/show.html")]
struct NoticePage {
    f: Frame,
    project: (ProjectId, String),
    about: Facts,
    /// Whether the firm has not said where it is called.
    silent: bool,
    training: bool,
    /// The address as it is printed, its path here, and since when it is open.
    call: Option<(String, String, When)>,
    hidden_open: Hidden,
    hidden_close: Hidden,
}

/// What a notice is read from.
pub(super) struct Found {
    row: ProjectRow,
    organisation: Organisation,
    maintained: Option<Timestamp>,
    door: Option<Door>,
}

impl Found {
    /// The notice as it stands.
    pub(super) fn notice(&self, app: &App, now: Timestamp) -> Notice {
        let call_at = self.door.map(|door| app.config.public_address(&path(door)));
        let (row, organisation, maintained) = (&self.row, &self.organisation, self.maintained);
        notice(NoticeSources { row, organisation, maintained, call_at }, now)
    }
}

/// The path of an address.
fn path(door: Door) -> String {
    format!("/r/{}", door.code)
}

/// What the notice of a project is made of, for those who keep it.
pub(super) async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, Refusal> {
    let id: ProjectId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let actions = [Action::ReadProject, Action::KeepNotice];
        if to_project(tx, org, &actor, &actions, id).await?.is_none() {
            return Ok(None);
        }
        let Some(row) = query::project::project(tx, org, id).await? else { return Ok(None) };
        Ok(Some(Found {
            row,
            organisation: query::org::organisation(tx, org).await?,
            maintained: query::portal::maintained(tx, org, &actor).await?.remove(&id),
            door: query::repair_door::of_project(tx, org, id).await?,
        }))
    };
    let found: Result<Option<Found>, StoreError> = app.store.read("read_notice", read).await;
    found?.ok_or(Refusal::NotFound)
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let (reader, said) = (visitor.reader(), found.notice(&app, visitor.now));
    let place = if portal::is_for(&visitor) { &home::PAGE } else { &project::PAGE };
    let maintained = said.maintained_on.map(|day| date(visitor.language, day));
    let about = [
        Fact::data(reader.t(T::PartProject), &said.project),
        Fact::data(reader.t(T::ProjectAddress), &said.address),
        Fact::data(reader.t(T::PartOwner), &said.owner),
        Fact::data(reader.t(T::PortalFirm), &said.organisation),
        Fact::data(reader.t(T::PartLead), &said.lead),
        Fact::words(reader.t(T::NoticeMaintained), maintained.unwrap_or_else(|| reader.t(T::NoticeMaintainedNever))),
        Fact::words(reader.t(T::NoticePhone), &said.service_phone),
    ];
    page(&NoticePage {
        f: Frame::new(&app, &visitor, say(visitor.language, T::NoticeTitle), place),
        project: (found.row.project.id, found.row.project.name.clone()),
        about: about.into_iter().collect(),
        silent: said.service_phone.is_empty(),
        training: said.training,
        call: said.call_at.zip(found.door).map(|(at, door)| (at, path(door), reader.when(door.opened))),
        hidden_open: visitor.hidden()?,
        hidden_close: visitor.hidden()?,
    })
}
