//! What the form does that opens an application. Its link is shown on the page that answers, and nowhere else.

use super::{
    is_for,
    list::{form, made},
};
use crate::{
    console::{
        form::{Wrong, again},
        list::Asked,
        page,
        posted::Posted,
        refused::Refusal,
    },
    office::application::open as run,
    state::App,
};
use axum::{extract::State, response::Response};

/// Opens it.
pub(super) async fn open(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let asked = Asked::default();
    match run(&app.store, visitor.act(request), fields.text("name")).await {
        Ok(opened) => {
            let path = format!("/apply/{}", opened.secret);
            let link = app.config.public_address(&path);
            page(&made(&app, &visitor, &asked, (form(&visitor)?, Some(link))).await?)
        }
        Err(error) => {
            let form = form(&visitor)?.filled(&fields).refused(Wrong::of(visitor.language, error)?);
            again(&made(&app, &visitor, &asked, (form, None)).await?)
        }
    }
}
