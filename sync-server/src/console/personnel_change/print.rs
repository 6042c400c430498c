//! Annex 5 as a page to be printed and sealed, filled in from the data. It is a Chinese document.

use super::{
    place,
    show::{find, viewed},
};
use crate::{
    console::{frame::Frame, page, refused::Refusal, visitor::Visitor},
    state::App,
    text::Text as T,
    view::{
        Reader,
        personnel_change::{Box as Tick, ChangeView, paper},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firebee_domain::personnel_change::Paper;
use firebee_protocol::text::{Language, say};
use strum::VariantArray as _;

#[derive(Template)]
#[template(path = "personnel_change/print.html")]
struct PrintPage {
    f: Frame,
    v: ChangeView,
    /// The four papers of the annex, those of this type ticked.
    papers: Vec<Tick>,
}

impl PrintPage {
    /// A text of the form, in Chinese whoever reads.
    fn zh(&self, text: T) -> String {
        say(Language::Zh, text)
    }
}

/// The page.
pub(super) async fn print(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = find(&app, &visitor, &id).await?;
    let chinese = Reader { language: Language::Zh, ..visitor.reader() };
    let needed = found.row.change.kind.papers();
    let tick =
        |each: &Paper| Tick { value: each.into(), word: paper(Language::Zh, *each), ticked: needed.contains(each) };
    let papers = Paper::VARIANTS.iter().map(tick).collect();
    let f = Frame::new(&app, &visitor, say(visitor.language, T::PersonnelChangeForm), place(&visitor));
    page(&PrintPage { f, v: viewed(chinese, &found), papers })
}
