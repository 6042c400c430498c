//! Whether reports came in time, by unit, firm and month; each figure opens its list.

use super::is_for;
use crate::{
    console::{frame::Frame, list::Asked, page, refused::Refusal, visitor::Visitor},
    query::oversight::sites,
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::oversight::{By, Narrow, TallyRow, judged, standing, table},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{oversight::Standing, time::Month};
use firebee_protocol::text::{Chip, when::month};
use strum::VariantArray as _;

/// A link that narrows the figures, or tells them by something else.
struct Way {
    href: String,
    word: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "oversight/statistics.html")]
struct StatisticsPage {
    f: Frame,
    ways: Vec<Way>,
    months: Vec<Way>,
    heads: Vec<Chip>,
    rows: Vec<TallyRow>,
}

/// What an address narrows figures to.
pub(super) fn narrow(asked: &Asked) -> Narrow {
    Narrow {
        month: asked.get("month").parse().ok(),
        unit: asked.get("unit").parse().ok(),
        firm: asked.get("firm").parse().ok(),
        standing: asked.get("standing").parse().ok(),
    }
}

/// The most months that the page offers.
const MONTHS_MAX: usize = 24;

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
        app.store.read("read_statistics", async move |tx: &mut Tx| sites(tx, &actor).await).await;
    let sites = found?;
    let (reader, narrow, by) = (visitor.reader(), narrow(&asked), asked.get("by").parse::<By>().unwrap_or_default());
    let judged = judged(&sites, visitor.now.china_day());
    let told_by = |text, each: By| {
        let base = narrow.address("/oversight");
        let joint = if base.contains('?') { '&' } else { '?' };
        Way { href: format!("{base}{joint}by={}", <&str>::from(each)), word: reader.t(text), here: each == by }
    };
    let of_month = |held: Option<Month>| {
        let base = Narrow { month: held, ..narrow }.address("/oversight");
        let joint = if base.contains('?') { '&' } else { '?' };
        let word = held.map_or_else(|| reader.t(T::OversightEveryMonth), |held| month(reader.language, held));
        Way { href: format!("{base}{joint}by={}", <&str>::from(by)), word, here: held == narrow.month }
    };
    let mut months: Vec<Month> = judged.iter().map(|each| each.held.month).collect();
    months.sort_unstable();
    months.dedup();
    let months = months.into_iter().rev().take(MONTHS_MAX).map(Some);
    page(&StatisticsPage {
        f: Frame::new(&app, &visitor, reader.t(T::OversightTitle), &super::PAGE),
        ways: vec![
            told_by(T::OversightByUnit, By::Unit),
            told_by(T::OversightByFirm, By::Firm),
            told_by(T::OversightByMonth, By::Month),
        ],
        months: std::iter::once(None).chain(months).map(of_month).collect(),
        heads: Standing::VARIANTS.iter().map(|each| standing(reader, *each)).collect(),
        rows: table(reader, &judged, narrow, by),
    })
}
