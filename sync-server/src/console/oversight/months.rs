//! The months behind a figure.

use super::{is_for, statistics::narrow};
use crate::{
    console::{frame::Frame, list::Asked, page, refused::Refusal, visitor::Visitor},
    query::oversight::sites,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::oversight::{Judged, MonthLine, judged, month_line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use std::cmp::Reverse;

/// The most months of the page; it says how many there are.
const ROWS_MAX: usize = 500;

#[derive(Template)]
#[template(path = "oversight/months.html")]
struct MonthsPage {
    f: Frame,
    count: usize,
    rows: Vec<MonthLine>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let actor = visitor.member.actor.clone();
    let found: Result<_, StoreError> =
        app.store.read("read_months", async move |tx: &mut Tx| sites(tx, &actor).await).await;
    let sites = found?;
    let (reader, narrow) = (visitor.reader(), narrow(&asked));
    let all = judged(&sites, visitor.now.china_day());
    let mut held: Vec<&Judged<'_>> = all.iter().filter(|each| narrow.admits(each)).collect();
    held.sort_by_key(|each| Reverse(each.held.month));
    page(&MonthsPage {
        f: Frame::new(&app, &visitor, reader.t(T::OversightMonths), &super::PAGE),
        count: held.len(),
        rows: held.into_iter().take(ROWS_MAX).map(|each| month_line(reader, each)).collect(),
    })
}
