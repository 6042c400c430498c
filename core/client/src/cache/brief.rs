//! What lists show of a task: a small row that is kept beside each pulled task document, so that no list reads documents.
//! What a list is narrowed and sorted by are columns; only the rows of a page are read in full.

use super::{CacheError, CacheRows, Listed};
use chrono::NaiveDate;
use firebee_domain::{
    id::{AccountId, ContentId, PlanId, PlanItemId, ProjectId, TaskId},
    ordinals::Ordinals,
    result::{ResultKey, TaskResult, Verdict},
    review::Review,
    spelling::Spelled,
    submission::Due,
    task::{
        Controller, Description, Discarded, Stamp, Standing, Task, TaskDescribed, TaskItem, TaskKind, TaskState,
        current_of,
    },
    time::{Punctuality, Timestamp},
};
use firebee_protocol::document::kind;
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// What a list shows of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskBrief {
    /// The task.
    pub id: TaskId,
    /// Its project.
    pub project: ProjectId,
    /// Its plan.
    pub plan: Option<PlanId>,
    /// What it is for.
    pub kind: TaskKind,
    /// Who executes it.
    pub executor: AccountId,
    /// The executor's name.
    pub executor_name: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: TaskState,
    /// The last submitted round.
    pub round: u32,
    /// When it was started, by the phone's wall clock.
    pub started: Timestamp,
    /// When the last round was submitted, by the phone's wall clock.
    pub submitted: Option<Timestamp>,
    /// How many items it has.
    pub asked: u32,
    /// How many of them have a result.
    pub answered: u32,
    /// Its items, by plan item id; empty where only a row of a list was read.
    #[serde(skip)]
    pub items: Vec<BriefItem>,
    /// The opinion of the last review, while the task is rejected.
    pub opinion: Option<String>,
    /// Results that do not conform.
    pub nonconform: u32,
    /// Faults that nobody has handled. Not stored: each reader counts the faults' own documents.
    #[serde(skip)]
    pub faults_unhandled: u32,
    /// Blobs verified on the server.
    pub evidence_verified: u32,
    /// Blobs that the task's facts announce.
    pub evidence_total: u32,
    /// The brand of its controller, if it has one.
    pub controller: Option<String>,
    /// Its helpers.
    pub helpers: Vec<String>,
    /// Whether the start of the task is parked. Such a task holds no items.
    pub start_parked: bool,
    /// When the office deleted it, and why; `None` for a task that its executor gave up, and for any other.
    pub deleted: Option<(Timestamp, String)>,
    /// The last day on which a round of it is in time, where the phone knows that.
    pub last_day: Option<NaiveDate>,
    /// Whether its last round came in time, once the server has placed it.
    pub in_time: Option<Punctuality>,
}

/// An item of a task on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefItem {
    /// The plan item.
    pub item: PlanItemId,
    /// Its catalogue id.
    pub item_id: String,
    /// The most serious verdict among the instances; `None` without a result.
    pub verdict: Option<Verdict>,
}

impl TaskBrief {
    /// The brief of a task. The start of a pulled task counts.
    pub fn of(
        task: &Task,
        executor_name: &str,
        due: Option<Due>,
        (evidence_verified, evidence_total): (u32, u32),
    ) -> Self {
        let evidence = Counted { verified: evidence_verified, total: evidence_total };
        TaskOutline::of(task).brief(executor_name.to_owned(), evidence, due)
    }

    /// whether the task holds its items. A discarded task, or one whose start does not count, has given them
    /// back.
    pub fn is_holding(&self) -> bool {
        self.state != TaskState::Discarded && !self.start_parked
    }
}

/// What a task's document says to whoever waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskPins {
    /// Who executes the task.
    pub executor: AccountId,
    /// The catalogue pack that the task is judged by.
    pub catalogue: ContentId,
}

/// What came of keeping a brief.
pub(super) struct BriefKept {
    /// What the document says.
    pub(super) pins: Option<TaskPins>,
    /// The plan whose items may have other tasks now, or tasks in other states.
    pub(super) plan: Option<PlanId>,
}

/// The parts of a task's document that its brief is made of. The rest of the text is passed over: a page of many tasks is
/// pulled without building them.
#[derive(Deserialize)]
struct Outline {
    task: TaskOutline,
    executor_name: String,
    evidence: Counted,
    due: Option<Due>,
    catalogue: ContentId,
}

#[derive(Deserialize)]
struct Counted {
    verified: u32,
    total: u32,
}

#[derive(Deserialize)]
struct TaskOutline {
    id: TaskId,
    project: ProjectId,
    plan: Option<PlanId>,
    kind: TaskKind,
    executor: AccountId,
    name: String,
    state: TaskState,
    round: u32,
    started: Stamp,
    items: Vec<TaskItem>,
    description: Option<Description>,
    results: Vec<ResultOutline>,
    submissions: Vec<SubmissionOutline>,
    reviews: Vec<Review>,
    #[serde(default)]
    discarded: Option<Discarded>,
}

#[derive(Clone, Deserialize)]
struct ResultOutline {
    key: ResultKey,
    replaced: bool,
    recorded: VerdictOutline,
}

#[derive(Clone, Deserialize)]
struct VerdictOutline {
    verdict: Verdict,
    #[serde(default)]
    also: Ordinals,
}

#[derive(Clone, Copy, Deserialize)]
struct SubmissionOutline {
    at: Stamp,
}

impl TaskOutline {
    fn of(task: &Task) -> Self {
        let result = |held: &TaskResult| ResultOutline {
            key: held.key,
            replaced: held.replaced,
            recorded: VerdictOutline { verdict: held.recorded.verdict, also: held.recorded.also.clone() },
        };
        Self {
            id: task.id,
            project: task.project,
            plan: task.plan,
            kind: task.kind,
            executor: task.executor,
            name: task.name.clone(),
            state: task.state,
            round: task.round,
            started: task.started,
            items: task.items.clone(),
            description: task.description.clone(),
            results: task.results.iter().map(result).collect(),
            submissions: task.submissions.iter().map(|held| SubmissionOutline { at: held.at }).collect(),
            reviews: task.reviews.clone(),
            discarded: task.discarded.clone(),
        }
    }

    /// An answer for many is among them also where each of its instances has its own: it conforms, and conforming is the
    /// least grave.
    fn current_results(&self) -> impl Iterator<Item = (ResultKey, Verdict)> {
        let standing = |held: &ResultOutline| Standing {
            key: held.key,
            for_many: !held.recorded.also.is_empty(),
            replaced: held.replaced,
        };
        current_of(&self.results, standing).map(|held| (held.key, held.recorded.verdict))
    }

    fn brief(self, executor_name: String, evidence: Counted, due: Option<Due>) -> TaskBrief {
        let mut task = self;
        let last_at = task.submissions.last().map(|last| last.at);
        let failing = task.current_results().filter(|(_, verdict)| *verdict == Verdict::Nonconform).count();
        let items = items_of(&task);
        let last = task.reviews.pop().filter(|_| task.state == TaskState::Rejected);
        let described = task.description.map(|description| description.described);
        let (controller, helpers) = match described {
            None => (None, Vec::new()),
            Some(TaskDescribed { controller: Controller::None, helpers, .. }) => (None, helpers),
            Some(TaskDescribed { controller: Controller::Brand(brand), helpers, .. }) => (Some(brand), helpers),
        };
        TaskBrief {
            id: task.id,
            project: task.project,
            plan: task.plan,
            kind: task.kind,
            executor: task.executor,
            executor_name,
            name: task.name,
            state: task.state,
            round: task.round,
            started: task.started.wall_ms,
            submitted: last_at.map(|at| at.wall_ms),
            asked: count(items.len()),
            answered: count(items.iter().filter(|item| item.verdict.is_some()).count()),
            items,
            opinion: last.map(|review| review.decided.opinion),
            nonconform: count(failing),
            faults_unhandled: 0,
            evidence_verified: evidence.verified,
            evidence_total: evidence.total,
            controller,
            helpers: helpers.into_iter().map(|helper| helper.name).collect(),
            start_parked: false,
            deleted: task.discarded.filter(|held| held.by != task.executor).map(|held| (held.at.wall_ms, held.reason)),
            last_day: due.map(|due| due.last_day),
            in_time: due.zip(last_at).and_then(|(due, at)| due.judge(at)).map(|judged| judged.verdict),
        }
    }
}

/// Both lists are in the order of plan items, so one walk finds the verdicts.
fn items_of(task: &TaskOutline) -> Vec<BriefItem> {
    let mut results = task.current_results().peekable();
    let item = |held: &TaskItem| {
        let mut verdict = None;
        while let Some((key, found)) = results.next_if(|(key, _)| key.item <= held.item) {
            if key.item == held.item {
                verdict = gravest(verdict, found);
            }
        }
        BriefItem { item: held.item, item_id: held.item_id.clone(), verdict }
    };
    task.items.iter().map(item).collect()
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The graver of the verdicts.
pub(crate) const fn gravest(one: Option<Verdict>, other: Verdict) -> Option<Verdict> {
    match one {
        Some(one) if one.gravity() >= other.gravity() => Some(one),
        _ => Some(other),
    }
}

impl CacheRows<'_> {
    /// The briefs of all pulled tasks, by id.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn briefs(&self) -> Result<Vec<TaskBrief>, CacheError> {
        self.whole_briefs("?1 IS NULL", None)
    }

    /// The briefs of the pulled tasks of a plan, by id.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn briefs_of_plan(&self, plan: PlanId) -> Result<Vec<TaskBrief>, CacheError> {
        self.whole_briefs("plan = ?1", Some(plan))
    }

    fn whole_briefs(&self, of: &str, plan: Option<PlanId>) -> Result<Vec<TaskBrief>, CacheError> {
        let sql = format!("SELECT body, items FROM brief WHERE {of} ORDER BY id");
        let plan = plan.map(|plan| plan.to_string());
        let rows: Vec<(String, String)> = self.many(&sql, params![plan], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let brief = |(body, items): &(String, String)| {
            let brief: TaskBrief = serde_json::from_str(body).ok()?;
            Some(TaskBrief { items: serde_json::from_str(items).ok()?, ..brief })
        };
        Ok(rows.iter().filter_map(brief).collect())
    }

    /// The briefs of some pulled tasks, without their items.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn briefs_of(&self, tasks: &[TaskId]) -> Result<Vec<TaskBrief>, CacheError> {
        let ids: Vec<String> = tasks.iter().map(TaskId::to_string).collect();
        let sql = "SELECT body FROM brief WHERE id IN (SELECT value FROM json_each(?1))";
        let ids = serde_json::to_string(&ids).unwrap_or_default();
        let bodies: Vec<String> = self.many(sql, params![ids], |row| row.get(0))?;
        Ok(bodies.iter().filter_map(|body| serde_json::from_str(body).ok()).collect())
    }

    /// The briefs of the pulled tasks of a project, by id, without their items.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn briefs_in_project(&self, project: ProjectId) -> Result<Vec<TaskBrief>, CacheError> {
        let sql = "SELECT body FROM brief WHERE project = ?1 ORDER BY id";
        let bodies: Vec<String> = self.many(sql, params![project.to_string()], |row| row.get(0))?;
        Ok(bodies.iter().filter_map(|body| serde_json::from_str(body).ok()).collect())
    }

    /// The latest of a project's pulled tasks before `task` that has an answer to an item of the catalogue, and its plan item;
    /// tasks that were discarded, and these, are passed over.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn last_answered(
        &self,
        (project, task): (ProjectId, TaskId),
        item_id: &str,
        except: &[TaskId],
    ) -> Result<Option<(TaskId, PlanItemId)>, CacheError> {
        let sql = "SELECT b.id, e.value ->> '$.item' FROM brief AS b, json_each(b.items) AS e \
                   WHERE b.project = ?1 AND b.id < ?2 AND b.state <> ?3 AND instr(b.items, ?4) > 0 \
                   AND b.id NOT IN (SELECT value FROM json_each(?5)) \
                   AND e.value ->> '$.item_id' = ?4 AND e.value ->> '$.verdict' IS NOT NULL \
                   ORDER BY b.id DESC, e.key LIMIT 1";
        let discarded: &str = TaskState::Discarded.into();
        let except = serde_json::to_string(except).unwrap_or_default();
        let values = params![project.to_string(), task.to_string(), discarded, item_id, except];
        let found: Option<(String, String)> = self.one(sql, values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.and_then(|(task, item)| Some((task.parse().ok()?, item.parse().ok()?))))
    }

    /// Keeps the brief of a task document in step with the document. The document is read once: what others need of it
    /// comes back. A body that this version cannot read counts as not pulled.
    pub(super) fn put_brief(&self, id: &str, body: Option<&str>) -> Result<BriefKept, CacheError> {
        let sql = "SELECT plan, state, asked FROM brief WHERE id = ?1";
        let before: Option<(Option<String>, String, u32)> =
            self.one(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let Some(Outline { task, executor_name, evidence, due, catalogue }) =
            body.and_then(|body| serde_json::from_str(body).ok())
        else {
            self.execute("DELETE FROM brief WHERE id = ?1", params![id])?;
            let plan = before.and_then(|(plan, ..)| plan?.parse().ok());
            return Ok(BriefKept { pins: None, plan });
        };
        let brief = task.brief(executor_name, evidence, due);
        let (Ok(body), Ok(items)) = (serde_json::to_string(&brief), serde_json::to_string(&brief.items)) else {
            return Ok(BriefKept { pins: None, plan: None });
        };
        let Listed { project, executor, state, started, submitted, deleted, facilities, spelled, .. } =
            Listed::of(&brief);
        let sql = "INSERT OR REPLACE INTO brief (id, project, plan, executor, catalogue, state, started_ms, \
                   submitted_ms, deleted_ms, asked, sort, facilities, find, body, items) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        let (project, held_by, pack) = (project.to_string(), executor.to_string(), catalogue.to_string());
        let plan = brief.plan.map(|plan| plan.to_string());
        let state: &str = state.into();
        let (started, submitted, deleted) = (started.0, submitted.map(|at| at.0), deleted.map(|at| at.0));
        let Spelled { sort, find } = spelled;
        let values = params![
            id,
            project,
            plan,
            held_by,
            pack,
            state,
            started,
            submitted,
            deleted,
            brief.asked,
            sort,
            facilities,
            find,
            body,
            items
        ];
        self.execute(sql, values)?;
        // A task keeps the items that it began with, or gets further ones.
        let as_before = before.is_some_and(|(_, was, asked)| (was.as_str(), asked) == (state, brief.asked));
        let plan = brief.plan.filter(|_| !as_before);
        Ok(BriefKept { pins: Some(TaskPins { executor, catalogue }), plan })
    }

    /// The packs that pulled tasks are judged by.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn packs_of_tasks(&self) -> Result<Vec<ContentId>, CacheError> {
        let named: Vec<String> = self.many("SELECT DISTINCT catalogue FROM brief", [], |row| row.get(0))?;
        Ok(named.iter().filter_map(|id| id.parse().ok()).collect())
    }

    /// The pulled tasks of a state, each with its project; the one first whose last round was submitted first.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn tasks_in(&self, state: TaskState) -> Result<Vec<(TaskId, ProjectId)>, CacheError> {
        let sql = "SELECT id, project FROM brief WHERE state = ?1 ORDER BY submitted_ms, id";
        let state: &str = state.into();
        let rows: Vec<(String, String)> = self.many(sql, params![state], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.iter().filter_map(|(id, project)| Some((id.parse().ok()?, project.parse().ok()?))).collect())
    }

    /// Makes every brief anew, after a snapshot has taken the place of the documents.
    pub(super) fn renew_briefs(&self) -> Result<(), CacheError> {
        self.execute("DELETE FROM brief", [])?;
        let sql = "SELECT id FROM document WHERE kind = ?1";
        let ids: Vec<String> = self.many(sql, params![kind::TASK], |row| row.get(0))?;
        for id in ids {
            let sql = "SELECT body FROM document WHERE kind = ?1 AND id = ?2";
            let body: Option<String> = self.one(sql, params![kind::TASK, id], |row| row.get(0))?;
            self.put_brief(&id, body.as_deref())?;
        }
        Ok(())
    }
}
