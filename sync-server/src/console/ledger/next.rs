//! The coming plans of all projects at once: what will happen to each, and the form that does it.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        part::Hidden,
        posted::Posted,
        project::{self, narrow},
        refused::Refusal,
        visitor::Visitor,
    },
    office::{
        Refused,
        plan::{PlanNext, plan_next, request_of},
    },
    query::{
        self,
        page::Wanted,
        project::{Known, ProjectRow, ProjectSort, known},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::ledger::{NextLine, next, next_chip, period},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use firebee_domain::{
    catalogue::Nature,
    id::{AccountId, ProjectId},
    plan::{Foreseen, Next, Outlook, PlanSlot, foresee, period_start},
    time::Month,
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, when, word},
};
use std::collections::{BTreeSet, HashMap};
use strum::VariantArray as _;
use uuid::Uuid;

/// The most projects of the preview.
const PROJECTS_MAX: u32 = 10_000;
/// How many months ahead plans are made: this one, and a year.
const MONTHS: usize = 13;

static NEXT: List<NextLine> = List {
    href: "/ledger/next",
    file: "coming-plans",
    none: T::LedgerNextNone,
    usual: ("name", false),
    filters: narrow::filters!("nature", "month", "next"),
    month: None,
    columns: &[
        Column {
            title: T::PartProject,
            sort: Some("name"),
            cell: |line| Cell::Link { href: format!("/projects/{}", line.id), name: line.name.clone() },
        },
        Column { title: T::PartLead, sort: None, cell: |line| Cell::Data(line.lead.clone()) },
        Column { title: T::LedgerNextWhat, sort: None, cell: |line| Cell::State(line.next.clone()) },
        Column { title: T::PartExecutor, sort: None, cell: |line| Cell::Data(line.executors.clone()) },
        Column { title: T::LedgerNextWhy, sort: None, cell: |line| Cell::Words(line.held.clone()) },
    ],
};

#[derive(Template)]
#[template(path = "ledger/next.html")]
struct NextPage {
    f: Frame,
    hidden: Hidden,
    nature: &'static str,
    month: String,
    /// The projects to which something happens, in one word.
    acts: String,
    /// What the button says, with their number; empty where nothing is to do.
    button: String,
    /// What the form will do, in numbers.
    summary: String,
    /// Why the form did nothing; empty where it was not sent.
    note: String,
    list: Shown,
}

/// A project with what will happen to it.
struct Ahead {
    row: ProjectRow,
    foreseen: Foreseen,
}

struct Found {
    all: Vec<Ahead>,
    names: HashMap<AccountId, String>,
    known: Known,
}

/// Nature and month of an address or of a form: by themselves the month after this one.
fn wanted(visitor: &Visitor, nature: &str, month: &str) -> Result<(Nature, Month), Refusal> {
    let this = Month::of(visitor.now.china_day()).ok_or(Refusal::NotFound)?;
    let offered = std::iter::successors(Some(this), |month| Some(month.next())).take(MONTHS);
    let chosen = month.parse().ok().filter(|month| offered.clone().any(|offered| offered == *month));
    Ok((nature.parse().unwrap_or(Nature::Month), chosen.unwrap_or(this.next())))
}

/// The preview, or its file.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (nature, month) = wanted(&visitor, asked.get("nature"), asked.get("month"))?;
    let found = find(&app, &visitor, &asked, (nature, month)).await?;
    let only: Option<Next> = asked.get("next").parse().ok();
    let shown: Vec<&Ahead> =
        found.all.iter().filter(|ahead| only.is_none_or(|only| ahead.foreseen.next == only)).collect();
    let acts = shown.iter().filter(|ahead| ahead.foreseen.next.is_act());
    let acts: Vec<String> = acts.map(|ahead| ahead.row.project.id.0.simple().to_string()).collect();
    let facets = facets(&visitor, &asked, (nature, month), &found);
    let (reader, count) = (visitor.reader(), acts.len());
    let page = super::cut(shown, &NEXT.wanted::<ProjectSort>(&asked), |ahead| ahead.row.project.id);
    let page = page.map(|ahead| next(reader, &ahead.row, &ahead.foreseen, &found.names));
    let of = period(reader, nature, period_start(nature, month));
    let summary = reader.say(T::LedgerNextSummary, &[("period", Arg::from(of)), ("count", Arg::from(count))]);
    let note = if asked.get("nothing") == "yes" { reader.t(T::LedgerNextFaster) } else { String::new() };
    let hidden = visitor.hidden()?;
    NEXT.answer((&app, &visitor, &asked), (T::LedgerNextTitle, &project::PAGE), (page, facets), |f, list| NextPage {
        button: if count == 0 { String::new() } else { f.n(T::LedgerNextButton, count) },
        f,
        hidden,
        nature: nature.into(),
        month: month.to_string(),
        acts: acts.join("_"),
        summary,
        note,
        list,
    })
    .await
}

async fn find(app: &App, visitor: &Visitor, asked: &Asked, (nature, month): (Nature, Month)) -> Result<Found, Refusal> {
    let (org, actor, today) = (visitor.member.org, visitor.member.actor.clone(), visitor.now.china_day());
    if !super::may_plan(visitor) {
        return Err(Refusal::NotFound);
    }
    let Wanted { search, descending, .. } = NEXT.wanted::<ProjectSort>(asked);
    let filter = narrow::filter(asked, Wanted { search, descending, ..Wanted::first(PROJECTS_MAX) });
    let read = async move |tx: &mut Tx| {
        let period = period_start(nature, month);
        let rows = query::project::to_plan(tx, org, &actor, &filter).await?.rows;
        let pauses = query::ledger::pauses(tx, org, &actor).await?;
        let coming = query::ledger::coming(tx, org, &actor, PlanSlot { nature, period }).await?;
        let last = query::ledger::last_shares(tx, org, &actor, (nature, period)).await?;
        let executors = query::member::executors(tx, org, &actor).await?;
        let open: BTreeSet<AccountId> = executors.iter().map(|executor| executor.account).collect();
        let (catalogue, nothing) = (&Pack::embedded().catalogue, BTreeSet::new());
        let ahead = |row: ProjectRow| {
            let id = row.project.id;
            let there = coming.get(&id);
            // Of all its plans only that of the period matters here: the only plan of an inspection is made by hand.
            let slots = there.map(|_| PlanSlot { nature, period });
            let foreseen = foresee(&Outlook {
                project: &row.project,
                pauses: pauses.get(&id).map_or(&[], Vec::as_slice),
                slots: slots.as_slice(),
                left: there.map_or(&nothing, |coming| &coming.left),
                last: last.get(&id).map_or(&[], Vec::as_slice),
                open: &open,
                catalogue,
                nature,
                month,
                today,
            });
            Ahead { row, foreseen }
        };
        let all = rows.into_iter().map(ahead).collect();
        let names = executors.into_iter().map(|executor| (executor.account, executor.name)).collect();
        Ok(Found { all, names, known: known(tx, org, &actor).await? })
    };
    let found: Result<_, StoreError> = app.store.read("read_coming_plans", read).await;
    Ok(found?)
}

fn facets(visitor: &Visitor, asked: &Asked, (nature, month): (Nature, Month), found: &Found) -> Vec<Facet> {
    let (language, reader) = (visitor.language, visitor.reader());
    let mut counts = HashMap::<Next, i64>::new();
    for ahead in &found.all {
        *counts.entry(ahead.foreseen.next).or_default() += 1;
    }
    let next =
        Next::VARIANTS.iter().map(|next| Answer::counted(next.into(), next_chip(reader, *next).word, counts.get(next)));
    let next = next.filter(|answer| answer.count != Some(0)).collect();
    let natured = |nature: &Nature| Answer {
        value: <&str>::from(nature).to_owned(),
        word: word::nature(language, *nature),
        count: None,
        data: false,
    };
    // What is chosen stands first: a field that the address does not name shows its first answer.
    let mut natures = Nature::VARIANTS.to_vec();
    natures.sort_by_key(|held| *held != nature);
    let this = Month::of(visitor.now.china_day()).unwrap_or(month);
    let mut months: Vec<Month> = std::iter::successors(Some(this), |month| Some(month.next())).take(MONTHS).collect();
    months.sort_by_key(|held| *held != month);
    let monthly = |month: Month| Answer {
        value: month.to_string(),
        word: when::month(language, month),
        count: None,
        data: false,
    };
    let own = [
        Facet {
            name: "nature",
            title: T::PlanNature,
            every: None,
            answers: natures.iter().map(natured).collect(),
            form: Form::Pick,
        },
        Facet {
            name: "month",
            title: T::PlanMonth,
            every: None,
            answers: months.into_iter().map(monthly).collect(),
            form: Form::Pick,
        },
        Facet { name: "next", title: T::LedgerNextWhat, every: Some(T::ListEvery), answers: next, form: Form::Chips },
    ];
    own.into_iter().chain(narrow::facets(visitor, asked, found.known.clone(), (None, None))).collect()
}

/// Makes and issues the plans of the projects that the form names: those that the preview showed. Each is an act of its own, so a
/// form that breaks off in the middle is sent again and does the rest.
pub(super) async fn issue(State(app): State<App>, posted: Posted) -> Result<Response, Refusal> {
    let Posted { visitor, request, fields } = posted;
    if !super::may_plan(&visitor) {
        return Err(Refusal::NotFound);
    }
    let (nature, month) = (fields.parsed("nature")?, fields.parsed("month")?);
    let (mut first, mut foreign, mut own) = (None, false, false);
    let ids = fields.text("projects").split('_').filter(|id| !id.is_empty());
    for id in ids.take(PROJECTS_MAX as usize) {
        let project = ProjectId(id.parse::<Uuid>().map_err(|_| Refusal::FormExpired)?);
        let act = visitor.act(request_of(request, project));
        let done = plan_next(&app.store, &app.clock, act, PlanNext { project, nature, month }).await;
        match done {
            Ok(_) => first = first.or(Some(request_of(request, project))),
            Err(Refused::Store(error)) => return Err(error.into()),
            Err(Refused::NotFound) => foreign = true,
            // Somebody was faster: the preview says how it stands now.
            Err(_) => own = true,
        }
    }
    // Not one of these projects is this visitor's.
    if foreign && !own && first.is_none() {
        return Err(Refusal::NotFound);
    }
    let values = [("nature", <&str>::from(nature).to_owned()), ("month", month.to_string())];
    let back = Asked::address("/ledger/next", values);
    let told = first.map_or_else(|| "nothing=yes".to_owned(), |done| format!("done={done}"));
    Ok(Redirect::to(&format!("{back}&{told}")).into_response())
}
