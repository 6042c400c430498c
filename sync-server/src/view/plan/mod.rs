//! The page of a plan: items to issue, issued items, ignored items, and the facilities that it leaves open.

mod content;
mod cover;
mod row;

pub use row::{ListedPlanLine, listed};

pub use content::{Content, ContentItem, content};
pub use cover::Cover;

use super::{Reader, project::missing_words};
use crate::{
    query::{member::Executor, plan::PlanRow, project::ProjectRow},
    text::Text as T,
};
use firebee_domain::{
    account::{Action, Subject},
    catalogue::Catalogue,
    code::Code,
    id::{AccountId, PlanId, PlanItemId, ProjectId, ReportId, TaskId},
    plan::{DeleteError, Plan, PlanItem, PlanItemState, check_delete, is_expired},
    project::ready_to_issue,
    time::Punctuality,
};
use firebee_protocol::{
    text::tongue,
    text::{
        Arg, Chip, problem_text,
        when::{date, left},
        word,
    },
};
use std::collections::{BTreeSet, HashMap};
use strum::VariantArray as _;

/// A system with items that can be issued.
pub struct OpenSystem {
    /// Its code in the catalogue.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its facilities with such items.
    pub facilities: Vec<OpenFacility>,
}

/// A facility with items that can be issued.
pub struct OpenFacility {
    /// Its code in the catalogue.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its items that can be issued.
    pub items: Vec<OpenItem>,
}

/// An item that can be issued.
pub struct OpenItem {
    /// The item of the plan.
    pub id: PlanItemId,
    /// Its name.
    pub name: String,
    /// The day and the place that it is meant for; empty while nobody set them.
    pub meant: String,
}

/// What one person executes.
pub struct Issued {
    /// The person's name.
    pub executor: String,
    /// How many items.
    pub count: String,
    /// The items.
    pub items: Vec<IssuedItem>,
}

/// An item that was issued.
pub struct IssuedItem {
    /// The item of the plan.
    pub id: PlanItemId,
    /// Its name.
    pub name: String,
    /// Its facility's name.
    pub facility: String,
    /// Its state.
    pub state: Chip,
    /// The task that it is in.
    pub task: Option<TaskId>,
    /// The day and the place that it is meant for; empty while nobody set them.
    pub meant: String,
    /// Whether nobody has started it: it can be taken back or dated anew.
    pub is_free: bool,
}

/// An item that is left out.
pub struct Ignored {
    /// The item of the plan.
    pub id: PlanItemId,
    /// The names of its facility and of itself.
    pub name: String,
    /// Why it is left out.
    pub reason: String,
}

/// Somebody who can execute items.
pub struct ExecutorLine {
    /// The account.
    pub account: AccountId,
    /// Name and role.
    pub word: String,
}

/// What a plan's view is made of.
pub struct PlanSources<'a> {
    /// How the reader stands to the plan.
    pub subject: &'a Subject,
    /// The plan.
    pub row: &'a PlanRow,
    /// Its report.
    pub report: Option<ReportId>,
    /// Its project.
    pub site: &'a ProjectRow,
    /// The pack of tests that it was made with.
    pub catalogue: &'a Catalogue,
    /// Who can execute its items.
    pub executors: &'a [Executor],
    /// The names of the people of its organisation.
    pub names: &'a HashMap<AccountId, String>,
    /// How many tasks outside the plan began in its period.
    pub outside: i64,
    /// How many of its tasks were handed in in time, late, and not provably in time.
    pub in_time: &'a HashMap<Punctuality, i64>,
}

/// A step before a plan can be deleted.
pub struct Rung {
    /// What is done.
    pub step: Step,
    /// The step in words.
    pub words: String,
}

/// What comes before the deletion of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Tasks at work are deleted (R-117a).
    DeleteTasks,
    /// Issued items are taken back.
    TakeBack,
    /// The plan is deleted.
    Delete,
}

/// A plan.
pub struct PlanView {
    /// The plan.
    pub id: PlanId,
    /// Its name.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Its state.
    pub state: Chip,
    /// How many items are completed, not completed, to issue.
    pub counts: String,
    /// Its report, and that nothing changes behind it.
    pub report: Option<(ReportId, String)>,
    /// Its last day, and how many days are left.
    pub deadline: String,
    /// How many of its tasks were handed in in time, and how many not; empty before one is.
    pub in_time: Vec<Chip>,
    /// That the report of its period cannot hold them all; `None` while it can.
    pub too_late: Option<String>,
    /// Its first and last day, as a form takes them.
    pub days: (String, String),
    /// Which facilities it leaves open.
    pub cover: Cover,
    /// That tasks outside the plan began in its period, if some did.
    pub outside: Option<String>,
    /// Why nothing can be issued, if nothing can.
    pub closed: Option<String>,
    /// Whether the reader may issue items.
    pub may_issue: bool,
    /// Whether the reader may leave items out.
    pub may_ignore: bool,
    /// Whether the reader may delete the plan.
    pub may_delete: bool,
    /// Why the plan cannot be deleted, if it cannot.
    pub stays: Option<String>,
    /// What comes before the deletion, in its order; empty where nothing does, or nothing helps (R-117 to R-117b).
    pub ladder: Vec<Rung>,
    /// Every item that can be taken back.
    pub free: Vec<PlanItemId>,
    /// What can be issued, in the order of the plan.
    pub open: Vec<OpenSystem>,
    /// Who can execute items.
    pub executors: Vec<ExecutorLine>,
    /// Whose certificates have ended or end soon.
    pub expiring: Vec<String>,
    /// Who leads the project.
    pub lead: String,
    /// What is issued, by executor.
    pub issued: Vec<Issued>,
    /// Whether something is issued that nobody has started.
    pub has_free: bool,
    /// What is left out.
    pub ignored: Vec<Ignored>,
}

/// The view of a plan.
#[must_use]
pub fn view(reader: Reader<'_>, sources: &PlanSources<'_>) -> PlanView {
    let (language, plan) = (reader.language, &sources.row.plan);
    let (progress, today) = (sources.row.progress(), reader.now.china_day());
    let counts = [
        ("completed", Arg::from(progress.completed)),
        ("open", Arg::from(progress.not_completed)),
        ("left", Arg::from(progress.to_issue)),
    ];
    let deadline = [
        ("date", Arg::from(date(language, plan.deadline()))),
        ("left", Arg::from(left(language, today, plan.deadline()).text)),
    ];
    PlanView {
        id: plan.id,
        name: sources.row.name.clone(),
        project: plan.project,
        project_name: sources.site.project.name.clone(),
        state: Chip::plan(language, progress.status),
        counts: reader.say(T::PlanCounts, &counts),
        report: sources.report.map(|id| (id, problem_text(Code::PlanReported, &[], language))),
        deadline: reader.say(T::PlanDeadline, &deadline),
        in_time: in_time(reader, sources.in_time),
        too_late: too_late(reader, sources.in_time),
        days: days(plan),
        cover: cover::cover(reader, sources),
        outside: usize::try_from(sources.outside)
            .ok()
            .filter(|count| *count > 0)
            .map(|count| reader.n(T::PlanOutside, count)),
        closed: closed(reader, sources),
        may_issue: reader.may(Action::IssuePlan, sources.subject),
        may_ignore: sources.report.is_none() && reader.may(Action::IgnoreItem, sources.subject),
        may_delete: reader.may(Action::DeletePlan, sources.subject),
        ladder: ladder(reader, sources.row),
        free: plan.items.iter().filter(|item| item.state == PlanItemState::Issued).map(|item| item.id).collect(),
        stays: check_delete(plan).err().map(|error| problem_text(error.code(), &[], language)),
        open: open(reader, sources),
        executors: sources.executors.iter().map(|executor| executor_line(reader, executor)).collect(),
        expiring: sources
            .executors
            .iter()
            .flat_map(|executor| word::expiring(language, &executor.name, &executor.endings, today))
            .collect(),
        lead: reader.say(T::PlanLead, &[("name", Arg::from(&sources.site.lead_name))]),
        issued: issued(reader, sources),
        has_free: plan.items.iter().any(|item| item.state == PlanItemState::Issued),
        ignored: ignored(reader, sources),
    }
}

/// R-117, R-117a: first the tasks at work go, then the issued items, then the plan. R-117b: what was submitted stays, and no
/// step helps.
fn ladder(reader: Reader<'_>, row: &PlanRow) -> Vec<Rung> {
    if check_delete(&row.plan) != Err(DeleteError::PlanHasIssuedItems) {
        return Vec::new();
    }
    let of = |state: PlanItemState| row.plan.items.iter().filter(move |item| item.state == state);
    let tasks: BTreeSet<&TaskId> = of(PlanItemState::Executing).filter_map(|item| row.tasks.get(&item.id)).collect();
    let rungs = [
        (Step::DeleteTasks, tasks.len(), T::PlanLadderTasks),
        (Step::TakeBack, of(PlanItemState::Issued).count(), T::PlanLadderItems),
    ];
    let rungs = rungs.into_iter().filter(|(_, count, _)| *count > 0);
    let rungs = rungs.map(|(step, count, text)| Rung { step, words: reader.n(text, count) });
    rungs.chain([Rung { step: Step::Delete, words: reader.t(T::PlanLadderPlan) }]).collect()
}

fn in_time(reader: Reader<'_>, counts: &HashMap<Punctuality, i64>) -> Vec<Chip> {
    let chip = |verdict: &Punctuality| {
        let count = counts.get(verdict).filter(|count| **count > 0)?;
        let chip = Chip::in_time(reader.language, *verdict);
        Some(Chip { word: format!("{} {count}", chip.word), ..chip })
    };
    Punctuality::VARIANTS.iter().filter_map(chip).collect()
}

/// a task that was not handed in in time cannot stand in the report of the plan's period.
fn too_late(reader: Reader<'_>, counts: &HashMap<Punctuality, i64>) -> Option<String> {
    let late =
        counts.iter().filter(|(verdict, _)| **verdict != Punctuality::InTime).map(|(_, count)| *count).sum::<i64>();
    (late > 0).then(|| reader.n(T::PlanTooLate, usize::try_from(late).unwrap_or(usize::MAX)))
}

fn days(plan: &Plan) -> (String, String) {
    (plan.first_day().to_string(), plan.deadline().to_string())
}

/// Why nothing can be issued, said before somebody chooses.
fn closed(reader: Reader<'_>, sources: &PlanSources<'_>) -> Option<String> {
    let (language, project) = (reader.language, &sources.site.project);
    if let Err(lacks) = ready_to_issue(project) {
        let missing = missing_words(language, &lacks.missing);
        return Some(problem_text(lacks.code(), &[("missing", Arg::from(missing))], language));
    }
    let expired = is_expired(&sources.row.plan, project, reader.now.china_day());
    expired.then(|| problem_text(Code::PlanExpired, &[], language))
}

/// Somebody who may be chosen, in words.
#[must_use]
pub fn executor_line(reader: Reader<'_>, executor: &Executor) -> ExecutorLine {
    let role = word::role(reader.language, executor.role);
    ExecutorLine { account: executor.account, word: format!("{} · {role}", executor.name) }
}

/// The names of an item, its facility and its system.
struct Names {
    item: String,
    facility: String,
    system: String,
}

fn names(reader: Reader<'_>, catalogue: &Catalogue, item: &PlanItem) -> Names {
    let tongue = tongue(reader.language);
    match catalogue.item(&item.item_id) {
        Some(found) => Names {
            item: tongue.of(&found.item.name, &found.item.name_en).to_owned(),
            facility: tongue.of(&found.facility.name, &found.facility.name_en).to_owned(),
            system: tongue.of(&found.system.name, &found.system.name_en).to_owned(),
        },
        None => Names { item: item.item_id.clone(), facility: item.facility.clone(), system: item.system.clone() },
    }
}

/// the day and the place that an item is meant for.
fn meant(reader: Reader<'_>, item: &PlanItem) -> String {
    let day = item.planned_for.map(|day| date(reader.language, day));
    day.into_iter().chain(item.position.clone()).collect::<Vec<_>>().join(" · ")
}

fn open(reader: Reader<'_>, sources: &PlanSources<'_>) -> Vec<OpenSystem> {
    let mut systems: Vec<OpenSystem> = Vec::new();
    let left = |item: &&PlanItem| item.state == PlanItemState::NotIssued && item.ignored.is_none();
    for item in sources.row.plan.items.iter().filter(left) {
        let names = names(reader, sources.catalogue, item);
        if systems.last().is_none_or(|system| system.code != item.system) {
            systems.push(OpenSystem { code: item.system.clone(), name: names.system, facilities: Vec::new() });
        }
        let Some(system) = systems.last_mut() else { continue };
        if system.facilities.last().is_none_or(|facility| facility.code != item.facility) {
            let facility = OpenFacility { code: item.facility.clone(), name: names.facility, items: Vec::new() };
            system.facilities.push(facility);
        }
        let Some(facility) = system.facilities.last_mut() else { continue };
        facility.items.push(OpenItem { id: item.id, name: names.item, meant: meant(reader, item) });
    }
    systems
}

fn issued(reader: Reader<'_>, sources: &PlanSources<'_>) -> Vec<Issued> {
    let mut groups: Vec<(AccountId, Issued)> = Vec::new();
    for item in &sources.row.plan.items {
        let Some(executor) = item.executor else { continue };
        let names = names(reader, sources.catalogue, item);
        let row = IssuedItem {
            id: item.id,
            name: names.item,
            facility: names.facility,
            state: Chip::plan_item(reader.language, item.state),
            task: sources.row.tasks.get(&item.id).copied(),
            meant: meant(reader, item),
            is_free: item.state == PlanItemState::Issued,
        };
        match groups.iter_mut().find(|(account, _)| *account == executor) {
            Some((_, group)) => group.items.push(row),
            None => {
                let name = sources.names.get(&executor).cloned().unwrap_or_default();
                groups.push((executor, Issued { executor: name, count: String::new(), items: vec![row] }));
            }
        }
    }
    let counted =
        |(_, group): (AccountId, Issued)| Issued { count: reader.n(T::PlanItemCount, group.items.len()), ..group };
    groups.into_iter().map(counted).collect()
}

fn ignored(reader: Reader<'_>, sources: &PlanSources<'_>) -> Vec<Ignored> {
    let row = |item: &PlanItem| {
        let names = names(reader, sources.catalogue, item);
        let reason = item.ignored.clone()?;
        Some(Ignored { id: item.id, name: format!("{} · {}", names.facility, names.item), reason })
    };
    sources.row.plan.items.iter().filter_map(row).collect()
}
