//! The page.

use super::{
    document::Document,
    line::{CodeLine, Room, SchemaLine, rooms, schemas, told},
};
use crate::{
    console::{frame::Frame, language, page, refused::Refusal},
    state::App,
    text::Text as T,
};
use askama::Template;
use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use firebee_protocol::text::say;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "interface/show.html")]
struct InterfacePage {
    f: Frame,
    rooms: Vec<Room>,
    schemas: Vec<SchemaLine>,
    codes: Vec<CodeLine>,
}

/// The page, for everybody.
pub(super) async fn show(
    State(app): State<App>,
    Extension(document): Extension<Arc<Document>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let language = language::of(&headers);
    let rooms = rooms(language, &app.config.public_address(""), &document);
    page(&InterfacePage {
        f: Frame::outside(&app, language, say(language, T::InterfaceTitle), "/api"),
        schemas: schemas(language, &document),
        codes: told(language, &rooms),
        rooms,
    })
}
