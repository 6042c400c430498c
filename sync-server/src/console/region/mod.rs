//! What holds in the region of this server, and what was set when. The administrator of the server sets it there.

use super::{account, frame::Frame, page, pages::Page, refused::Refusal, visitor::Visitor};
use crate::{
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::region::{RegionView, view},
};
use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use firebee_protocol::text::say;

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page { routes: || Router::new().route("/region", get(show)), entry: None, done: &[] };

/// So many changes are shown, the last ones.
const CHANGES_MAX: u32 = 50;

#[derive(Template)]
#[template(path = "region/region.html")]
struct RegionPage {
    f: Frame,
    v: RegionView,
}

/// The page; it tells nothing of any firm.
async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let read = async |tx: &mut Tx| query::region::settings(tx, CHANGES_MAX).await;
    let settings: Result<_, StoreError> = app.store.read("read_region", read).await;
    let v = view(visitor.reader(), &settings?);
    page(&RegionPage { f: Frame::new(&app, &visitor, say(visitor.language, T::RegionTitle), &account::PAGE), v })
}
