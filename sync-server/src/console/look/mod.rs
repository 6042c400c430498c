//! Which contacts of owners have looked at which reports and faults, and when: the list, and the part of the pages
//! of reports and faults.

mod list;

use super::{pages::Page, refused::Refusal, visitor::Visitor};
use crate::{
    query::{self, look::Looked},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::look::{LookLine, look},
};
use askama::{Template, filters::HtmlSafe};
use axum::{Router, routing::get};
use firebee_domain::account::{Action, Subject};
use firebee_protocol::text::{Language, When, say};

use super::part::WhenMark;

/// What this folder gives to the console.
pub(super) static PAGE: Page =
    Page { routes: || Router::new().route("/looks", get(list::list)), entry: None, done: &[] };

/// Who has looked at a report or a fault, drawn.
#[derive(Template)]
#[template(path = "look/looks.html")]
pub(super) struct Looks {
    language: Language,
    looks: Vec<LookLine>,
}

/// The template escapes every value.
impl HtmlSafe for Looks {}

impl Looks {
    fn t(&self, text: T) -> String {
        say(self.language, text)
    }

    fn when<'a>(&self, when: &'a When) -> WhenMark<'a> {
        WhenMark::from(when)
    }
}

/// Who has looked at something that the visitor reads, if the visitor may know.
pub(super) async fn of(
    app: &App,
    visitor: &Visitor,
    (subject, looked): (&Subject, Looked),
) -> Result<Option<Looks>, Refusal> {
    if !visitor.may(Action::ReadLooks, subject) {
        return Ok(None);
    }
    let org = visitor.member.org;
    let read = async move |tx: &mut Tx| query::look::of(tx, org, looked).await;
    let found: Result<Vec<query::look::Look>, StoreError> = app.store.read("read_looks", read).await;
    let looks = found?.iter().map(|held| look(visitor.reader(), held)).collect();
    Ok(Some(Looks { language: visitor.language, looks }))
}
