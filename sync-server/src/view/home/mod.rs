//! What needs the reader: reviews, reports to file, faults, plans, facts that do not count, silent phones.

use super::{
    Reader, parked,
    report::{self, ReportLine},
    task,
};
use crate::{
    query::{
        device::SilentPhone, fault::UnhandledRow, parked::ParkedRow, project::ProjectRow, report::ReportRow,
        task::TaskRow,
    },
    text::Text as T,
};
use firebee_domain::{
    fault::Fault,
    id::{FaultId, PlanId, ProjectId, TaskId},
    time::Month,
};
use firebee_protocol::{
    document::TaskDocument,
    text::{Arg, Chip, Shape, Tone, When, when::month, word},
};
use std::collections::{BTreeMap, HashMap};

/// A task that waits for review.
pub struct ReviewLine {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: String,
    /// Its project's name.
    pub project: String,
    /// Its executor's name.
    pub executor: String,
    /// When it was submitted.
    pub when: When,
    /// What it waits for.
    pub chips: Vec<Chip>,
}

/// A fault that nobody has handled.
pub struct FaultLine {
    /// The task that found it.
    pub task: TaskId,
    /// The fault.
    pub id: FaultId,
    /// What is wrong.
    pub text: String,
    /// The task's name.
    pub task_name: String,
    /// The project's name.
    pub project: String,
}

/// What is to be done about a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It is to be made, in this project.
    Make(ProjectId),
    /// The plan's month is over. The plan could still be made but not issued any more, so the line leads to the
    /// project.
    Late(ProjectId),
    /// Its items are to be issued.
    Issue(PlanId),
}

/// A plan that needs somebody.
pub struct PlanLine {
    /// What is to be done.
    pub due: Due,
    /// The plan's name; where there is no plan, the project's.
    pub name: String,
    /// The project's name; where there is no plan, its address.
    pub project: String,
    /// What is to be done, in words.
    pub chips: Vec<Chip>,
}

/// A project with due months of which no plan is made.
pub struct Unplanned {
    /// The project.
    pub row: ProjectRow,
    /// The months, the oldest first; never empty.
    pub months: Vec<Month>,
}

/// A phone that holds something and was not heard for long.
pub struct PhoneLine {
    /// Who works with it.
    pub holder: String,
    /// What it is called.
    pub device: String,
    /// What it has not sent.
    pub unsent: String,
    /// When it was heard last.
    pub seen: When,
}

/// What the view is made of.
pub struct HomeSources<'a> {
    /// The tasks that wait for review and have a line of their own.
    pub pending: &'a [TaskRow],
    /// Their documents.
    pub documents: &'a HashMap<TaskId, TaskDocument>,
    /// The faults that nobody has handled and that have a line of their own.
    pub unhandled: &'a [UnhandledRow],
    /// The faults of the tasks of both.
    pub faults: &'a BTreeMap<TaskId, Vec<Fault>>,
    /// Plans with items to issue: plan, name, project's name, how many.
    pub plans: &'a [(PlanId, String, String, i64)],
    /// Projects that lack plans.
    pub unplanned: &'a [Unplanned],
    /// Facts that do not count.
    pub parked: &'a [ParkedRow],
    /// Silent phones.
    pub phones: &'a [SilentPhone],
    /// Reports that the reader has to file, the most urgent first.
    pub reports: &'a [ReportRow],
}

/// What needs the reader.
pub struct HomeView {
    /// The tasks that wait for review.
    pub reviews: Vec<ReviewLine>,
    /// The faults that nobody has handled.
    pub faults: Vec<FaultLine>,
    /// The plans that need somebody.
    pub plans: Vec<PlanLine>,
    /// What was received and does not count.
    pub parked: Vec<parked::ParkedLine>,
    /// The silent phones.
    pub phones: Vec<PhoneLine>,
    /// The reports to file.
    pub reports: Vec<ReportLine>,
}

/// The view of what needs the reader.
#[must_use]
pub fn view(reader: Reader<'_>, sources: &HomeSources<'_>) -> HomeView {
    HomeView {
        reviews: sources.pending.iter().map(|row| review(reader, row, sources)).collect(),
        faults: sources.unhandled.iter().filter_map(|row| fault(row, sources.faults)).collect(),
        plans: plans(reader, sources),
        parked: parked::lines(reader, sources.parked),
        phones: sources.phones.iter().map(|row| phone(reader, row)).collect(),
        reports: sources.reports.iter().map(|row| report::line(reader, row)).collect(),
    }
}

fn review(reader: Reader<'_>, row: &TaskRow, sources: &HomeSources<'_>) -> ReviewLine {
    let faults = sources.faults.get(&row.id).map_or(&[][..], Vec::as_slice);
    let document = sources.documents.get(&row.id);
    ReviewLine {
        id: row.id,
        name: row.name.clone(),
        project: row.project_name.clone(),
        executor: row.executor_name.clone(),
        when: reader.recorded(&row.submitted.unwrap_or(row.started)),
        chips: document.map(|document| task::waiting(reader, document, faults)).unwrap_or_default(),
    }
}

fn fault(row: &UnhandledRow, of_tasks: &BTreeMap<TaskId, Vec<Fault>>) -> Option<FaultLine> {
    let fault = of_tasks.get(&row.task)?.iter().find(|fault| fault.id == row.id)?;
    Some(FaultLine {
        task: row.task,
        id: row.id,
        text: fault.description.text.clone(),
        task_name: row.task_name.clone(),
        project: row.project_name.clone(),
    })
}

fn plans(reader: Reader<'_>, sources: &HomeSources<'_>) -> Vec<PlanLine> {
    let missing = sources.unplanned.iter().map(|lacking| missing(reader, lacking));
    let open = sources.plans.iter().map(|(id, name, project, count)| PlanLine {
        due: Due::Issue(*id),
        name: name.clone(),
        project: project.clone(),
        chips: vec![plan_due(reader.n(T::HomePlanToIssue, usize::try_from(*count).unwrap_or(0)))],
    });
    missing.chain(open).collect()
}

/// The line of a project that lacks plans. The reader can make the plan of this month; earlier months are only named.
fn missing(reader: Reader<'_>, lacking: &Unplanned) -> PlanLine {
    let project = &lacking.row.project;
    let this_month = Month::of(reader.now.china_day());
    let (now, over): (Vec<&Month>, Vec<&Month>) = lacking.months.iter().partition(|held| Some(**held) == this_month);
    let said = |text: T, months: &[&Month]| {
        let names = months.iter().map(|held| month(reader.language, **held));
        reader.say(text, &[("month", Arg::from(word::join(reader.language, names)))])
    };
    let mut chips = Vec::new();
    if !over.is_empty() {
        chips.push(Chip { tone: Tone::Late, shape: Shape::Clock, word: said(T::HomePlanLate, &over) });
    }
    if !now.is_empty() {
        chips.push(plan_due(said(T::HomePlanMissing, &now)));
    }
    PlanLine {
        due: if now.is_empty() { Due::Late(project.id) } else { Due::Make(project.id) },
        name: project.name.clone(),
        project: project.address.clone(),
        chips,
    }
}

/// A plan that has to be made, or issued.
const fn plan_due(word: String) -> Chip {
    Chip { tone: Tone::Waiting, shape: Shape::Circle, word }
}

fn phone(reader: Reader<'_>, row: &SilentPhone) -> PhoneLine {
    let values = [("facts", Arg::from(row.unsent_facts)), ("blobs", Arg::from(row.unsent_blobs))];
    PhoneLine {
        holder: row.holder.clone(),
        device: row.device.clone(),
        unsent: reader.say(T::HomePhoneUnsent, &values),
        seen: reader.when(row.last_seen),
    }
}
