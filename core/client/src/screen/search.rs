//! The tasks of this account, and those that wait for its review: found, narrowed, sorted, page by page.

use super::{
    Screens, TaskRow,
    cut::{Cut, cut},
    reading::Reading,
};
use crate::{
    cache::{Listed, TaskBrief},
    work::Trouble,
};
use firebee_domain::{
    id::{ProjectId, TaskId},
    spelling::{Spelled, words},
    task::TaskState,
    time::Month,
};
use firebee_protocol::{
    document::ProjectDocument,
    text::{Chip, Text, when},
};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// What is searched for. Everything left out admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskQuery {
    /// Words that the names of the task, its executor, its facilities, its project and the project's owner hold: their
    /// characters, their pinyin or its initials.
    pub text: String,
    /// Whose tasks; those of this account when it is left out.
    pub whose: Option<Whose>,
    /// Only tasks in these states. Empty means all states except discarded, and of tasks that wait for a review those that
    /// are submitted.
    pub states: Vec<TaskState>,
    /// Those of this project.
    pub project: Option<ProjectId>,
    /// Those with an item of this facility, by the catalogue's code.
    pub facility: Option<String>,
    /// Those started in this month.
    pub month: Option<Month>,
    /// The order. When it is left out: the rejected first, then the latest; of tasks that wait for a review the oldest
    /// submission first.
    pub sort: Option<TaskSort>,
    /// Whether the order is turned round.
    pub reversed: bool,
    /// The cursor that the previous page returned.
    pub after: Option<TaskId>,
    /// How many rows at most; 50 when it is 0.
    pub limit: i32,
}

/// Whose tasks a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those that this account executes.
    Mine,
    /// Those of the projects that this account leads that wait for its review.
    ToReview,
    /// All that this phone knows, such as those of the projects that this account leads.
    All,
}

/// The orders of a list of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskSort {
    /// By name, in the order of pinyin.
    Name,
    /// By the project's name, in the order of pinyin.
    Project,
    /// By the start, the earliest first.
    Started,
}

/// A page of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskPage {
    /// The rows.
    pub rows: Vec<TaskRow>,
    /// How many tasks there are on all pages.
    pub total: i32,
    /// After which task the next page begins; `None` on the last page.
    pub next: Option<TaskId>,
    /// The states by which these tasks can be narrowed, any of them first; none where all are in one state.
    pub states: Vec<StateChoice>,
    /// The months in which tasks that the query could find were started, any of them first, then the latest.
    pub months: Vec<MonthChoice>,
}

/// A state by which a list can be narrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateChoice {
    /// Which; `None` for any.
    pub state: Option<TaskState>,
    /// In words.
    pub word: String,
    /// Whether the query is narrowed by it alone.
    pub chosen: bool,
}

/// A month by which a list can be narrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthChoice {
    /// Which; `None` for any.
    pub month: Option<Month>,
    /// In words.
    pub word: String,
    /// Whether the query is narrowed by it.
    pub chosen: bool,
}

/// The states that a search offers, in the order in which a task passes them.
const STATES: [TaskState; 4] =
    [TaskState::Executing, TaskState::PendingReview, TaskState::Rejected, TaskState::Approved];

impl Screens {
    /// The tasks that a query admits.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn search(&self, query: &TaskQuery) -> Result<TaskPage, Trouble> {
        self.0.screen(|reading| {
            let words = words(&query.text);
            let (mut found, folded) = reading.eyes.listed(!words.is_empty())?;
            let by_project = query.sort == Some(TaskSort::Project);
            let projects = if by_project || !words.is_empty() { reading.spelled_projects() } else { BTreeMap::new() };
            let whose = query.whose.unwrap_or(Whose::Mine);
            found.retain(|listed| reading.is_of(whose, listed));
            let months = reading.months(&found, query.month);
            found.retain(|listed| is(query, listed) && says(&words, listed, &projects));
            found.sort_by(|one, other| {
                let order = order(whose, query.sort, (one, other), &projects);
                if query.reversed { order.reverse() } else { order }
            });
            let Cut { rows, total, next } = cut(found, query.after.as_ref(), query.limit, |listed| listed.id);
            let ids: Vec<TaskId> = rows.iter().map(|listed| listed.id).collect();
            let states = if whose == Whose::ToReview { Vec::new() } else { reading.states(&query.states) };
            Ok(TaskPage { rows: reading.rows(&ids, folded)?, total, next, states, months })
        })
    }
}

fn started_in(listed: &Listed) -> Option<Month> {
    Month::of(listed.started.china_day())
}

/// Whether a query that looks among these tasks admits one, its words left aside.
fn is(query: &TaskQuery, listed: &Listed) -> bool {
    let state = match query.states.as_slice() {
        [] => listed.state != TaskState::Discarded,
        states => states.contains(&listed.state),
    };
    let month = query.month.is_none_or(|month| started_in(listed) == Some(month));
    let project = query.project.is_none_or(|project| listed.project == project);
    let facility = query.facility.as_ref().is_none_or(|code| listed.facilities.split(' ').any(|one| one == code));
    state && month && project && facility
}

/// Whether a task or its project holds all the words.
fn says(words: &[String], listed: &Listed, projects: &BTreeMap<ProjectId, Spelled>) -> bool {
    let project = projects.get(&listed.project).map_or("", |spelled| spelled.find.as_str());
    words.iter().all(|word| listed.spelled.find.contains(word) || project.contains(word))
}

fn order(
    whose: Whose,
    sort: Option<TaskSort>,
    (one, other): (&Listed, &Listed),
    projects: &BTreeMap<ProjectId, Spelled>,
) -> Ordering {
    let project = |listed: &Listed| projects.get(&listed.project).map(|spelled| spelled.sort.as_str());
    let open = |listed: &Listed| listed.state != TaskState::Rejected;
    let by = match sort {
        Some(TaskSort::Name) => one.spelled.sort.cmp(&other.spelled.sort),
        Some(TaskSort::Project) => project(one).cmp(&project(other)),
        Some(TaskSort::Started) => one.started.cmp(&other.started),
        None if whose == Whose::ToReview => one.submitted.cmp(&other.submitted),
        None => return open(one).cmp(&open(other)).then(other.id.cmp(&one.id)),
    };
    by.then(one.id.cmp(&other.id))
}

impl Reading<'_> {
    fn is_of(&self, whose: Whose, listed: &Listed) -> bool {
        let leads = || self.eyes.project(listed.project).is_some_and(|held| self.eyes.leads(held));
        match whose {
            Whose::Mine => listed.executor == self.eyes.me,
            Whose::ToReview => leads() && listed.state == TaskState::PendingReview,
            Whose::All => listed.executor == self.eyes.me || leads(),
        }
    }

    fn states(&self, asked: &[TaskState]) -> Vec<StateChoice> {
        let any = StateChoice { state: None, word: self.say(Text::PhoneAnyState), chosen: asked.is_empty() };
        let each = STATES.into_iter().map(|state| StateChoice {
            state: Some(state),
            word: Chip::task(self.language, state).word,
            chosen: asked == [state],
        });
        [any].into_iter().chain(each).collect()
    }

    fn months(&self, of: &[Listed], asked: Option<Month>) -> Vec<MonthChoice> {
        let known: BTreeSet<Month> = of.iter().filter_map(started_in).chain(asked).collect();
        let any = MonthChoice { month: None, word: self.say(Text::PhoneAnyMonth), chosen: asked.is_none() };
        let each = known.into_iter().rev().map(|month| MonthChoice {
            month: Some(month),
            word: when::month(self.language, month),
            chosen: asked == Some(month),
        });
        [any].into_iter().chain(each).collect()
    }

    /// How each project and its owner are found, and the project sorted.
    pub(super) fn spelled_projects(&self) -> BTreeMap<ProjectId, Spelled> {
        let spelled = |held: &ProjectDocument| Spelled::of_all([held.project.name.as_str(), held.owner_name.as_str()]);
        self.eyes.papers.projects.iter().map(|(id, held)| (*id, spelled(held))).collect()
    }

    /// The rows of tasks, in this order. `known` are those that this phone has touched: what was pulled of them is older.
    pub(super) fn rows(&self, ids: &[TaskId], mut known: BTreeMap<TaskId, TaskBrief>) -> Result<Vec<TaskRow>, Trouble> {
        for brief in self.eyes.cache.briefs_of(ids)? {
            known.entry(brief.id).or_insert(brief);
        }
        let (photos, today) = (self.eyes.journal.photos_of_tasks(ids)?, self.day_of_deadlines()?);
        let row = |id| {
            let brief: &TaskBrief = known.get(id)?;
            Some(self.row(brief, photos.get(id).copied().unwrap_or_default(), today))
        };
        Ok(ids.iter().filter_map(row).collect())
    }
}
