//! The sample of a week: the seed that drew it, and of each task the selfie, the track against the fence and what
//! became of its faults.

use super::is_for;
use crate::{
    console::{
        form::{Form, Wrong, again},
        frame::Frame,
        page,
        part::Alert,
        posted::Posted,
        refused::Refusal,
        visitor::Visitor,
    },
    office::oversight::{Draw, draw as run},
    query::{
        self,
        oversight::{Sample, SampledRow, sample, sampled, weeks},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::oversight::{SampledLine, sampled as line},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use firebee_domain::{evidence::PhotoRole, oversight::Week};
use firebee_protocol::{
    document::TaskDocument,
    text::{Arg, Chip, When, when::date},
};

/// A sampled task on the page.
struct Shown {
    v: SampledLine,
    /// The addresses of its selfies.
    selfies: Vec<String>,
    /// Its track against the fence, once it is judged.
    track: Option<Chip>,
}

/// How the sample was drawn.
struct Drawn {
    seed: String,
    from: String,
    at: When,
}

#[derive(Template)]
#[template(path = "oversight/sample.html")]
struct SamplePage {
    f: Frame,
    days: String,
    drawn: Option<Drawn>,
    rows: Vec<Shown>,
    /// The form that draws it.
    form: Option<Form>,
    /// Why it was not drawn.
    alerts: Vec<Alert>,
    /// Whether the week is not over.
    runs: bool,
    /// The weeks that were drawn, with their days.
    weeks: Vec<(Week, String)>,
}

struct Found {
    sample: Option<Sample>,
    rows: Vec<(SampledRow, Option<TaskDocument>)>,
    weeks: Vec<Week>,
}

/// Leads to the last week that is over.
pub(super) async fn latest(visitor: Visitor) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    let week = Week::last_before(visitor.now.china_day());
    Ok(Redirect::to(&format!("/samples/{week}")).into_response())
}

/// The page of a week.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(week): Path<String>,
) -> Result<Response, Refusal> {
    let week: Week = week.parse().map_err(|_| Refusal::NotFound)?;
    let found = find(&app, &visitor, week).await?;
    page(&made(&app, &visitor, (week, found), |form| form)?)
}

/// Draws the sample and leads back to its page.
pub(super) async fn draw(
    State(app): State<App>,
    Path(week): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Posted { visitor, request, .. } = posted;
    let week: Week = week.parse().map_err(|_| Refusal::NotFound)?;
    match run(&app.store, visitor.act(request), Draw { week }).await {
        Ok(()) => Ok(Redirect::to(&format!("/samples/{week}?done={request}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(visitor.language, error)?;
            let found = find(&app, &visitor, week).await?;
            again(&made(&app, &visitor, (week, found), |form| form.refused(wrong))?)
        }
    }
}

async fn find(app: &App, visitor: &Visitor, week: Week) -> Result<Found, Refusal> {
    if !is_for(visitor) {
        return Err(Refusal::NotFound);
    }
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let read = async move |tx: &mut Tx| {
        let Some(unit) = query::unit::of_officer(tx, actor.account).await? else { return Ok(None) };
        let drawn = sample(tx, org, unit.id, week).await?;
        let mut rows = Vec::new();
        for task in drawn.iter().flat_map(|sample| &sample.tasks) {
            // What has left the jurisdiction since is not shown.
            if let Some(row) = sampled(tx, &actor, *task).await? {
                let document = query::task::documents(tx, row.org, &[*task]).await?.pop();
                rows.push((row, document));
            }
        }
        Ok(Some(Found { sample: drawn, rows, weeks: weeks(tx, org, unit.id).await? }))
    };
    let found: Result<_, StoreError> = app.store.read("read_sample", read).await;
    found?.ok_or(Refusal::NotFound)
}

fn made(
    app: &App,
    visitor: &Visitor,
    (week, found): (Week, Found),
    redo: impl FnOnce(Form) -> Form,
) -> Result<SamplePage, Refusal> {
    let reader = visitor.reader();
    let runs = !week.is_over(visitor.now.china_day());
    let form = Form::new(visitor, format!("/samples/{week}"), T::OversightDraw)?;
    let form = redo(form);
    let open = found.sample.is_none() && !runs;
    let (form, alerts) = if open { (Some(form), Vec::new()) } else { (None, form.into_alerts()) };
    let days = |week: Week| {
        let (from, to) = (date(reader.language, week.monday()), date(reader.language, week.sunday()));
        reader.say(T::OversightWeek, &[("from", Arg::from(from)), ("to", Arg::from(to))])
    };
    let drawn = |held: &Sample| Drawn {
        seed: held.seed.to_string(),
        from: reader.say(
            T::OversightDrawnFrom,
            &[("count", Arg::from(held.tasks.len() as u64)), ("all", Arg::from(held.candidates))],
        ),
        at: reader.when(held.at),
    };
    let shown = |(row, document): &(SampledRow, Option<TaskDocument>)| Shown {
        v: line(reader, row),
        selfies: document.iter().flat_map(selfies).collect(),
        track: document
            .as_ref()
            .and_then(|held| held.coverage.as_ref())
            .map(|held| Chip::track(reader.language, held.verdict)),
    };
    Ok(SamplePage {
        f: Frame::new(app, visitor, reader.t(T::OversightSample), &super::PAGE),
        days: days(week),
        drawn: found.sample.as_ref().map(drawn),
        rows: found.rows.iter().map(shown).collect(),
        form,
        alerts,
        runs,
        weeks: found.weeks.iter().map(|week| (*week, days(*week))).collect(),
    })
}

/// The addresses of the selfies of a task that nobody has withdrawn.
fn selfies(document: &TaskDocument) -> Vec<String> {
    let task = &document.task;
    let taken = task.current_photos().filter(|photo| photo.taken.role == PhotoRole::Selfie);
    taken.map(|photo| format!("/tasks/{}/photos/{}", task.id, photo.fact)).collect()
}
