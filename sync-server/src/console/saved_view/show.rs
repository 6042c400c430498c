//! The page of a person's shortcuts: keeps a page of the navigation under a name, deletes what is not used.

use super::shortcuts::own;
use crate::{
    console::{
        form::{Answer, Field, Form},
        frame::Frame,
        home, page,
        part::Hidden,
        refused::Refusal,
        visitor::Visitor,
    },
    query::saved_view::SavedView,
    state::App,
    text::Text as T,
};
use askama::Template;
use axum::{extract::State, response::Response};
use firebee_domain::text::NAME_MAX;
use firebee_protocol::text::say;

#[derive(Template)]
#[template(path = "saved_view/show.html")]
struct ShortcutsPage {
    f: Frame,
    views: Vec<SavedView>,
    form: Form,
    hidden: Hidden,
}

/// The page.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refusal> {
    let t = |text| say(visitor.language, text);
    let f = Frame::new(&app, &visitor, t(T::SavedViewTitle), &home::PAGE);
    let places = f.entries().into_iter().map(|link| Answer::word(link.href, link.word));
    let form = Form::new(&visitor, "/views", T::SavedViewKeep)?
        .with(Field::select("address", t(T::SavedViewPlace), places))
        .with(Field::text("name", t(T::SavedViewName), NAME_MAX));
    let views = own(&app, &visitor).await?;
    page(&ShortcutsPage { f, views, form, hidden: visitor.hidden()? })
}
