//! The accounts of the organisation, and what a manager can do for their holders.

mod change;
mod drop_key;

use super::{
    account,
    frame::Frame,
    page,
    pages::Page,
    part::{Alert, Hidden},
    posted::up,
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    query::staff::staff,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::staff::{StaffLine, lines},
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_domain::account::{Action, Subject};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/staff", get(show))
            .route("/staff/{account}/drop-key", get(up::<2>).post(drop_key::drop_key))
            .route("/staff/{account}/{remedy}", get(up::<2>).post(change::change))
    },
    entry: None,
    done: &[
        ("toggle_account.open", T::StaffDoneOpened),
        ("toggle_account.close", T::StaffDoneClosed),
        ("force_release.release_phone", T::StaffDoneReleased),
        ("drop_device_key", T::StaffDoneDropped),
    ],
};

/// The page.
#[derive(Template)]
#[template(path = "staff/staff.html")]
struct StaffPage {
    f: Frame,
    staff: Vec<StaffLine>,
    alert: Option<Alert>,
    /// Whose password was just replaced, and the new one.
    shown: Option<(String, String)>,
    hidden: Hidden,
}

/// Whether this visitor looks after accounts.
pub(super) fn is_for(visitor: &Visitor) -> bool {
    visitor.may(Action::ToggleAccount, &Subject::of(visitor.member.org.id(), &[]))
}

/// Every account, with its forms.
async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    page(&made(&app, &visitor, None, None).await?)
}

async fn made(
    app: &App,
    visitor: &Visitor,
    shown: Option<(String, String)>,
    alert: Option<Alert>,
) -> Result<StaffPage, Refusal> {
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let found: Result<_, StoreError> =
        app.store.read("list_staff", async move |tx: &mut Tx| staff(tx, org, &actor).await).await;
    let staff = lines(visitor.reader(), &found?);
    let f = Frame::new(app, visitor, say(visitor.language, T::StaffTitle), &account::PAGE);
    Ok(StaffPage { f, staff, alert, shown, hidden: visitor.hidden()? })
}
