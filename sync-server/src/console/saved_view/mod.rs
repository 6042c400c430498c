//! What a person keeps under a name: views of lists, and pages of the navigation.

mod shortcuts;
mod show;

pub(super) use shortcuts::Shortcuts;

use super::{
    form::{Field, Form, FormPage, Wrong, again},
    frame::Frame,
    home, inside,
    pages::Page,
    posted::{Fields, Posted, up},
    refused::Refusal,
    visitor::Visitor,
};
use crate::{
    office::saved_view::{Keep, forget, keep},
    state::App,
    text::Text as T,
};
use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use firebee_domain::text::NAME_MAX;
use firebee_protocol::text::say;
use uuid::Uuid;

/// Where all of them stand.
const PAGE_OF_ALL: &str = "/views";

/// What this folder gives to the console.
pub(super) static PAGE: Page = Page {
    routes: || {
        Router::new()
            .route("/views", get(show::show).post(make))
            .route("/views/{view}/delete", get(up::<3>).post(delete))
    },
    entry: None,
    done: &[],
};

/// Keeps a view and leads back to it, or a page and leads back to all.
async fn make(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let text = |name| fields.text(name).to_owned();
    let address = inside(Some(fields.text("address")));
    let (list, back) = match fields.text("list") {
        "" => (address.clone(), PAGE_OF_ALL.to_owned()),
        list => (list.to_owned(), address.clone()),
    };
    let wanted = Keep { list, name: text("name"), address };
    match keep(&app.store, visitor.act(request), wanted).await {
        Ok(()) => Ok(Redirect::to(&back).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            again(&asked(&app, &visitor, &fields, wrong)?)
        }
    }
}

/// The form again, on a page of its own.
fn asked(app: &App, visitor: &Visitor, fields: &Fields, wrong: Wrong) -> Result<FormPage, Refusal> {
    let t = |text| say(visitor.language, text);
    let name = Field::text("name", t(T::ListViewName), NAME_MAX).hint(t(T::ListViewHint));
    let back = inside(Some(fields.text("address")));
    let form = Form::new(visitor, "/views", T::ListKeepView)?
        .with(name)
        .carrying("list", fields.text("list"))
        .carrying("address", back.as_str())
        .filled(fields)
        .refused(wrong);
    let f = Frame::new(app, visitor, t(T::ListKeepView), &home::PAGE);
    Ok(FormPage { f, data: false, back: (back, t(T::ListViews)), lead: String::new(), form })
}

/// Deletes the view and leads back to the list.
async fn delete(State(app): State<App>, Path(view): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    let view: Uuid = view.parse().map_err(|_| Refusal::NotFound)?;
    if !forget(&app.store, visitor.act(request), view).await? {
        return Err(Refusal::NotFound);
    }
    Ok(Redirect::to(&inside(Some(fields.text("address")))).into_response())
}
