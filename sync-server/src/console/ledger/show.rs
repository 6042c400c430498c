//! The ledger: projects by periods of a year.

use crate::{
    console::{
        frame::Frame,
        list::{Answer, Asked, Cell, Column, Facet, Form, List, Shown},
        owner,
        project::{self, narrow},
        refused::Refusal,
        visitor::Visitor,
    },
    query::{
        ledger::{Worked, of_period, of_projects, pauses},
        page::{Page, Wanted},
        project::{Filter, Known, ProjectRow, known, only, projects},
    },
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::ledger::{LedgerLine, LedgerSources, Opens, Step, line, period, stage},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Relation, Subject},
    catalogue::Nature,
    id::ProjectId,
    plan::{PlanSlot, period_start},
    project::{Ledger, PlanWork, Stage, Standing},
    suspension::PauseRequest,
    time::Month,
};
use firebee_protocol::text::{Arg, say_with, word};
use std::collections::HashMap;
use strum::VariantArray as _;

/// The most projects that are looked through: where they stand is no column of the database.
const PROJECTS_MAX: u32 = 10_000;

/// A ledger with these periods.
macro_rules! ledger {
    ($($title:ident: $at:literal),*) => {
        List {
            href: "/ledger",
            file: "ledger",
            none: T::ProjectNone,
            usual: ("name", false),
            filters: narrow::filters!("nature", "stage", "overdue"),
            month: Some(T::LedgerMonth),
            columns: &[
                Column {
                    title: T::PartProject,
                    sort: Some("name"),
                    cell: |line| Cell::Link { href: format!("/projects/{}", line.id), name: line.name.clone() },
                },
                Column { title: T::PartLead, sort: Some("lead"), cell: |line| Cell::Data(line.lead.clone()) },
                $(Column { title: T::$title, sort: None, cell: |line| step(line.steps.get($at)) },)*
            ],
        }
    };
}

static MONTHS: List<LedgerLine> = ledger!(
    LedgerMonth1: 0, LedgerMonth2: 1, LedgerMonth3: 2, LedgerMonth4: 3, LedgerMonth5: 4, LedgerMonth6: 5,
    LedgerMonth7: 6, LedgerMonth8: 7, LedgerMonth9: 8, LedgerMonth10: 9, LedgerMonth11: 10, LedgerMonth12: 11
);
static QUARTERS: List<LedgerLine> = ledger!(LedgerQuarter1: 0, LedgerQuarter2: 1, LedgerQuarter3: 2, LedgerQuarter4: 3);
static YEARS: List<LedgerLine> = ledger!(LedgerYear: 0);

/// Where a cell leads.
pub(super) fn href(to: Opens) -> String {
    match to {
        Opens::Make(project) => format!("/projects/{project}/plans/new"),
        Opens::Pauses(project) => format!("/projects/{project}/pauses"),
        Opens::Plan(plan) => format!("/plans/{plan}"),
        Opens::Tasks(plan) => format!("/tasks?plan={plan}"),
        Opens::Report(report) => format!("/reports/{report}"),
    }
}

fn step(step: Option<&Step>) -> Cell {
    step.map_or(Cell::Words(String::new()), |step| Cell::Step { href: step.to.map(href), chip: step.chip.clone() })
}

#[derive(Template)]
#[template(path = "ledger/show.html")]
struct LedgerPage {
    f: Frame,
    /// The year that is shown, and the ways to the year before and after.
    year: String,
    before: String,
    after: String,
    /// What the counts beside the states count.
    counted: String,
    /// Whether the reader makes plans.
    plans: bool,
    list: Shown,
}

/// What the address asks for beside the filters of every list of projects.
#[derive(Clone)]
struct Wants {
    nature: Nature,
    /// The period whose states are counted and narrow the list.
    period: Month,
    stage: Option<Stage>,
    late: bool,
    filter: Filter,
}

struct Found {
    page: Page<ProjectRow>,
    works: HashMap<ProjectId, Vec<Worked>>,
    pauses: HashMap<ProjectId, Vec<PauseRequest>>,
    counts: HashMap<Stage, i64>,
    late: i64,
    known: Known,
    only: (Option<String>, Option<String>),
}

/// The page, or its file.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let nature = asked.get("nature").parse().unwrap_or(Nature::Month);
    let month = asked.month().or_else(|| Month::of(visitor.now.china_day())).ok_or(Refusal::NotFound)?;
    let list = match nature {
        Nature::Month => &MONTHS,
        Nature::Quarter => &QUARTERS,
        Nature::Year => &YEARS,
    };
    let wants = Wants {
        nature,
        period: period_start(nature, month),
        stage: asked.get("stage").parse().ok(),
        late: asked.get("overdue") == "yes",
        filter: narrow::filter(&asked, list.wanted(&asked)),
    };
    let asking = visitor.clone();
    let year = month.year;
    let read = async move |tx: &mut Tx| find(tx, &asking, &wants).await;
    let found: Result<Found, StoreError> = app.store.read("read_ledger", read).await;
    let found = found?;
    let facets = facets(&visitor, &asked, &found);
    let (reader, works, pauses) = (visitor.reader(), &found.works, &found.pauses);
    let rows = found.page.map(|row| {
        let id = row.project.id;
        let of = |id: &ProjectId| works.get(id).map_or(&[][..], Vec::as_slice);
        let leads = row.project.lead == Some(visitor.member.actor.account);
        let relations: &[Relation] = if leads { &[Relation::Lead] } else { &[] };
        let sources = LedgerSources {
            row: &row,
            plans: of(&id),
            pauses: pauses.get(&id).map_or(&[][..], Vec::as_slice),
            may_make: visitor.may(Action::CreatePlan, &Subject::of(visitor.member.org.id(), relations)),
        };
        line(reader, sources, (nature, year))
    });
    let in_year = |year: i32| {
        let month = Month::new(year, month.month).ok()?;
        let values = [("nature", <&str>::from(nature).to_owned()), ("month", month.to_string())];
        Some(Asked::address("/ledger", values))
    };
    let period = period(reader, nature, period_start(nature, month));
    list.answer((&app, &visitor, &asked), (T::LedgerTitle, &project::PAGE), (rows, facets), |f, list| LedgerPage {
        year: say_with(f.language, T::LedgerYearShown, &[("year", Arg::from(year))]),
        before: in_year(year - 1).unwrap_or_default(),
        after: in_year(year + 1).unwrap_or_default(),
        counted: say_with(f.language, T::LedgerCounted, &[("period", Arg::from(period))]),
        plans: super::may_plan(&visitor),
        f,
        list,
    })
    .await
}

async fn find(tx: &mut Tx, visitor: &Visitor, wants: &Wants) -> Result<Found, StoreError> {
    let (org, actor) = (visitor.member.org, &visitor.member.actor);
    let pauses = pauses(tx, org, actor).await?;
    let slot = PlanSlot { nature: wants.nature, period: wants.period };
    let standings = Standings {
        works: of_period(tx, org, actor, slot).await?,
        pauses: &pauses,
        slot,
        today: visitor.now.china_day(),
    };
    let wanted = Wanted { after: None, rows: PROJECTS_MAX, ..wants.filter.wanted.clone() };
    let mut rows = projects(tx, org, actor, &Filter { wanted, ..wants.filter.clone() }).await?.rows;
    let (mut counts, mut late) = (HashMap::new(), 0);
    rows.retain(|row| {
        let standing = standings.of(row);
        *counts.entry(standing.stage).or_insert(0) += 1;
        late += i64::from(standing.late);
        wants.stage.is_none_or(|stage| stage == standing.stage) && (standing.late || !wants.late)
    });
    let page = super::cut(rows, &wants.filter.wanted, |row| row.project.id);
    let ids: Vec<ProjectId> = page.rows.iter().map(|row| row.project.id).collect();
    let of = |year, month| Month { year, month };
    let years = if wants.nature == Nature::Year { (2000, 2199) } else { (wants.period.year, wants.period.year) };
    let works = of_projects(tx, org, &ids, (of(years.0, 1), of(years.1, 12))).await?;
    let only = if owner::is_for(visitor) { only(tx, org, &wants.filter).await? } else { (None, None) };
    Ok(Found { page, works, pauses: pauses.clone(), counts, late, known: known(tx, org, actor).await?, only })
}

/// Where every project stands in one period.
struct Standings<'p> {
    works: HashMap<ProjectId, Vec<Worked>>,
    pauses: &'p HashMap<ProjectId, Vec<PauseRequest>>,
    slot: PlanSlot,
    today: NaiveDate,
}

impl Standings<'_> {
    fn of(&self, row: &ProjectRow) -> Standing {
        let id = row.project.id;
        let works: Vec<PlanWork> = self.works.get(&id).into_iter().flatten().map(|worked| worked.plan).collect();
        let pauses = self.pauses.get(&id).map_or(&[][..], Vec::as_slice);
        Ledger::of(&row.project, pauses, &works).standing(self.slot.nature, self.slot.period, self.today)
    }
}

fn facets(visitor: &Visitor, asked: &Asked, found: &Found) -> Vec<Facet> {
    let (language, reader) = (visitor.language, visitor.reader());
    let nature = |nature: &Nature| Answer {
        value: <&str>::from(nature).to_owned(),
        word: word::nature(language, *nature),
        count: None,
        data: false,
    };
    let natures = Nature::VARIANTS.iter().map(nature).collect();
    let there = |answer: &Answer, name: &str| answer.count != Some(0) || answer.value == asked.get(name);
    let stages =
        Stage::VARIANTS.iter().map(|held| Answer::counted(held.into(), stage(reader, *held), found.counts.get(held)));
    let stages = stages.filter(|answer| there(answer, "stage")).collect();
    let late = Answer::counted("yes", reader.t(T::LedgerLateOnly), Some(&found.late));
    let late = Some(late).filter(|answer| there(answer, "overdue")).into_iter().collect();
    let own = [
        Facet { name: "nature", title: T::PlanNature, every: None, answers: natures, form: Form::Pick },
        Facet { name: "stage", title: T::ListState, every: Some(T::ListEvery), answers: stages, form: Form::Chips },
        Facet { name: "overdue", title: T::LedgerLateOnly, every: None, answers: late, form: Form::Chips },
    ];
    own.into_iter().chain(narrow::facets(visitor, asked, found.known.clone(), found.only.clone())).collect()
}
