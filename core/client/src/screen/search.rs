//! The tasks of this account, searched: by state, project, facility, month and text, page by page.

use super::{Screens, TaskRow, reading::Reading, shown};
use crate::{cache::TaskBrief, work::Trouble};
use firebee_domain::{
    id::{ProjectId, TaskId},
    task::TaskState,
    time::Month,
};

/// How many rows a page has unless another number is asked for.
const PAGE_ROWS: i32 = 50;

/// What is searched for. Everything left out admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskQuery {
    /// Words in the name of the task or of its project.
    pub text: String,
    /// Only tasks in these states. Empty means all states except discarded.
    pub states: Vec<TaskState>,
    /// Those of this project.
    pub project: Option<ProjectId>,
    /// Those with an item of this facility, by the catalogue's code.
    pub facility: Option<String>,
    /// Those started in this month.
    pub month: Option<Month>,
    /// The cursor that the previous page returned.
    pub after: Option<TaskId>,
    /// How many rows at most; 50 when it is 0.
    pub limit: i32,
}

/// A page of tasks: the rejected first, then the latest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskPage {
    /// The rows.
    pub rows: Vec<TaskRow>,
    /// How many tasks there are on all pages.
    pub total: i32,
    /// After which task the next page begins; `None` on the last page.
    pub next: Option<TaskId>,
}

impl Screens {
    /// The tasks of this account that a query admits.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn search(&self, query: &TaskQuery) -> Result<TaskPage, Trouble> {
        self.0.screen(|reading| {
            let briefs = reading.eyes.briefs()?;
            let photos = reading.eyes.journal.photos_by_task()?;
            let today = reading.day_of_deadlines()?;
            let admitted = |brief: &&TaskBrief| brief.executor == reading.eyes.me && reading.admits(query, brief);
            let mut found: Vec<&TaskBrief> = briefs.iter().rev().filter(admitted).collect();
            found.sort_by_key(|brief| brief.state != TaskState::Rejected);
            let from = query
                .after
                .map_or(0, |after| found.iter().position(|brief| brief.id == after).map_or(found.len(), |at| at + 1));
            let limit = if query.limit > 0 { query.limit } else { PAGE_ROWS };
            let page: Vec<&TaskBrief> =
                found.iter().copied().skip(from).take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
            let more = from + page.len() < found.len();
            let row =
                |brief: &&TaskBrief| reading.row(brief, photos.get(&brief.id).copied().unwrap_or_default(), today);
            Ok(TaskPage {
                rows: page.iter().map(row).collect(),
                total: shown(found.len()),
                next: page.last().filter(|_| more).map(|brief| brief.id),
            })
        })
    }
}

impl Reading<'_> {
    fn admits(&self, query: &TaskQuery, brief: &TaskBrief) -> bool {
        let state = match query.states.as_slice() {
            [] => brief.state != TaskState::Discarded,
            states => states.contains(&brief.state),
        };
        let month = query.month.is_none_or(|month| Month::of(brief.started.china_day()) == Some(month));
        let project = query.project.is_none_or(|project| brief.project == project);
        let facility = query.facility.as_ref().is_none_or(|code| {
            let of_facility = |item_id: &str| item_id.rsplit_once('.').is_some_and(|(facility, _)| facility == code);
            brief.items.iter().any(|item| of_facility(&item.item_id))
        });
        state && month && project && facility && self.says(&query.text, brief)
    }

    fn says(&self, text: &str, brief: &TaskBrief) -> bool {
        let shown = format!("{} {}", brief.name, self.project_name(brief.project)).to_lowercase();
        text.to_lowercase().split_whitespace().all(|word| shown.contains(word))
    }
}
