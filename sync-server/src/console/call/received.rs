//! What the caller reads: that it was received, and the number to ask by. Nothing else of it, and nothing of others.

use super::{find, form::too_often, look};
use crate::{
    auth::address::ClientAddress,
    console::{frame::Frame, language, page, refused::Refusal},
    query,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use firebee_domain::{
    id::RepairId,
    repair::{Repair, number},
};
use firebee_protocol::text::{When, say, when::when};

#[derive(Template)]
#[template(path = "call/received.html")]
struct ReceivedPage {
    f: Frame,
    code: String,
    building: String,
    number: String,
    at: When,
    training: bool,
}

/// The page.
pub(super) async fn received(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    Path((code, repair)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let language = language::of(&headers);
    if let Err(seconds) = look(&app, &address) {
        return too_often(&app, (language, &code), seconds);
    }
    let door = find(&app, &code).await?;
    let id: RepairId = repair.parse().map_err(|_| Refusal::NotFound)?;
    let org = door.org;
    let read = async move |tx: &mut Tx| query::repair::repair(tx, org, id).await;
    let found: Result<_, StoreError> = app.store.read("read_call", read).await;
    let ours = |repair: &Repair| repair.project == door.row.project.id && repair.caller.is_some();
    let row = found?.filter(|row| ours(&row.repair)).ok_or(Refusal::NotFound)?;
    let project = &door.row.project;
    page(&ReceivedPage {
        f: Frame::outside(&app, language, say(language, T::CallReceived), &format!("/r/{}/{id}", door.code)),
        code: door.code.to_string(),
        building: project.name.clone(),
        number: number(id),
        at: when(language, app.clock.now(), row.at),
        training: project.training,
    })
}
