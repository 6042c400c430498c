//! The accounts of the organisation, and what a manager can do for their holders.

mod appoint;
mod change;
mod drop_key;
mod new;

use super::{
    account,
    frame::Frame,
    list::{Asked, Cell, Column, List, Paging, Search, Views},
    page,
    pages::Page,
    part::{Alert, Hidden},
    posted::up,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::{page::Page as Rows, staff::staff},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::staff::{StaffLine, lines},
};
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use firebee_domain::{
    account::{Action, Subject},
    text::TEXT_MAX,
};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/staff", get(show))
            .route("/staff/new", get(new::new).post(new::create))
            .route("/staff/{account}/director", get(up::<2>).post(appoint::appoint))
            .route("/staff/{account}/drop-key", get(up::<2>).post(drop_key::drop_key))
            .route("/staff/{account}/{remedy}", get(up::<2>).post(change::change))
    },
    entry: None,
    done: &[
        ("toggle_account.open", T::StaffDoneOpened),
        ("toggle_account.close", T::StaffDoneClosed),
        ("force_release.release_phone", T::StaffDoneReleased),
        ("drop_device_key", T::StaffDoneDropped),
        ("appoint_director", T::StaffDoneAppointed),
    ],
};

/// The page.
#[derive(Template)]
#[template(path = "staff/staff.html")]
struct StaffPage {
    f: Frame,
    staff: Vec<StaffLine>,
    views: Views,
    search: Search,
    paging: Paging,
    alert: Option<Alert>,
    /// Whose password was just replaced, and the new one.
    shown: Option<(String, String)>,
    hidden: Hidden,
}

/// Whether this visitor looks after accounts.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::ToggleAccount, &Subject::of(visitor.member.org.id(), &[]))
}

/// The page shows each account as a card, because its forms take room.
static STAFF: List<StaffLine> = List {
    href: "/staff",
    file: "staff",
    none: T::StaffNone,
    usual: ("name", false),
    filters: &[],
    month: None,
    columns: &[
        Column { title: T::StaffName, sort: Some("name"), cell: |row| Cell::Data(row.name.clone()) },
        Column { title: T::StaffLogin, sort: Some("login"), cell: |row| Cell::Data(row.login.clone()) },
        Column { title: T::StaffRole, sort: None, cell: |row| Cell::Words(row.role.clone()) },
    ],
};

/// The accounts with their forms, or the file.
async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    if asked.is_file() {
        return Ok(STAFF.part(visitor.language, found(&app, &visitor, &asked).await?));
    }
    page(&made(&app, &visitor, &asked, None, None).await?)
}

/// The rows of a page, and the place behind which the next one begins.
async fn found(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Rows<StaffLine>, Refusal> {
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let wanted = STAFF.wanted(asked);
    let found: Result<_, StoreError> =
        app.store.read("list_staff", async move |tx: &mut Tx| staff(tx, org, &actor, &wanted).await).await;
    let found = found?;
    Ok(Rows { rows: lines(visitor.reader(), &found.rows), next: found.next })
}

async fn made(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    shown: Option<(String, String)>,
    alert: Option<Alert>,
) -> Result<StaffPage, Refusal> {
    let Rows { rows: staff, next } = found(app, visitor, asked).await?;
    let views = STAFF.views(app, visitor, asked).await?;
    let f = Frame::new(app, visitor, say(visitor.language, T::StaffTitle), &account::PAGE);
    let (search, paging) =
        (STAFF.search(visitor.language, asked, &[]), STAFF.paging(visitor.language, asked, next.as_ref()));
    Ok(StaffPage { f, staff, views, search, paging, alert, shown, hidden: visitor.hidden()? })
}
