//! The two lists on paper, as they are narrowed: printed anew each time, because a fault goes on to change.

use super::list::{Read, filter, list_of, read, title};
use crate::{
    console::{bytes::shown, list::Asked, refused::Refusal, visitor::Visitor},
    query::hazard::Summary,
    report::PrintError,
    state::App,
    text::Text as T,
    view::Reader,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use firebee_domain::report::{Named, TABLE_EDITION, Table};
use firebee_protocol::text::{Arg, Language, when::date};

/// The most rows of a print; who wants others narrows the days.
const ROWS_MAX: u32 = 2_000;

/// The hazard summary of a project.
pub(super) async fn hazards(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    pdf(&app, &visitor, Summary::Hazards, &asked).await
}

/// Its repair records.
pub(super) async fn repairs(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    pdf(&app, &visitor, Summary::Repairs, &asked).await
}

async fn pdf(app: &App, visitor: &Visitor, of: Summary, asked: &Asked) -> Result<Response, Refusal> {
    let mut wanted = filter(of, asked)?;
    (wanted.wanted.rows, wanted.wanted.after) = (ROWS_MAX, None);
    let days = wanted.days;
    let found = read(app, visitor, wanted).await?;
    // What is filed with an authority is Chinese, whatever the reader's language is.
    let reader = Reader { language: Language::Zh, ..visitor.reader() };
    let lines = found.lines(reader);
    let (columns, rows) = list_of(of).printed(reader.language, &lines);
    let table = Table {
        edition: TABLE_EDITION,
        title: reader.t(title(of)),
        organisation: found.firm.clone(),
        printed_on: visitor.now.china_day(),
        about: about(reader, &found, days),
        columns,
        rows,
    };
    match app.printer.table(&table).await {
        Ok(pdf) => shown(pdf),
        Err(PrintError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "a table was not printed");
            Err(Refusal::NotPrinted)
        }
    }
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// Project, owner, address, period, and whether rows are left out.
fn about(reader: Reader<'_>, found: &Read, days: Days) -> Vec<Named> {
    let named = |name: T, value: String| Named { name: reader.t(name), value };
    let project = &found.site.project;
    let mut about = vec![
        named(T::PartProject, project.name.clone()),
        named(T::PartOwner, found.site.owner_name.clone()),
        named(T::ProjectAddress, project.address.clone()),
        named(T::PartLead, found.site.lead_name.clone()),
    ];
    if days != (None, None) {
        let day = |day: Option<NaiveDate>| day.map(|day| date(reader.language, day)).unwrap_or_default();
        let values = [("from", Arg::from(day(days.0))), ("to", Arg::from(day(days.1)))];
        about.push(named(T::HazardPeriod, reader.say(T::HazardPeriodValue, &values)));
    }
    if found.page.next.is_some() {
        about.push(named(T::HazardLeftOut, reader.say(T::HazardLeftOutValue, &[("count", Arg::from(ROWS_MAX))])));
    }
    about
}
