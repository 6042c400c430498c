//! The projects that this account knows: found, narrowed, sorted, page by page.

use super::{
    Screens,
    cut::{Cut, cut},
    reading::Reading,
    shown,
};
use crate::work::Trouble;
use firebee_domain::{
    id::ProjectId,
    project::ProjectStatus,
    spelling::{Spelled, words},
    task::TaskState,
};
use firebee_protocol::{
    document::ProjectDocument,
    text::{Arg, Chip, Text},
};

/// What is searched for. Everything left out admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectQuery {
    /// Words that the names of the project, its owner and its lead hold: their characters, their pinyin or its initials.
    pub text: String,
    /// Only those that stand so.
    pub states: Vec<ProjectStatus>,
    /// Whether they are sorted by their owners' names; by their own when it is left out. Both in the order of pinyin.
    pub by_owner: bool,
    /// Whether the order is turned round.
    pub reversed: bool,
    /// The cursor that the previous page returned.
    pub after: Option<ProjectId>,
    /// How many rows at most; 50 when it is 0.
    pub limit: i32,
}

/// A project on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectRow {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// Its owner's name.
    pub owner: String,
    /// Its lead's name.
    pub lead: String,
    /// Where it is.
    pub address: String,
    /// How it stands.
    pub state: Chip,
    /// How many of its tasks are under way on this phone, in words.
    pub open: String,
    /// How many that are.
    pub open_count: i32,
}

/// A page of projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectPage {
    /// The rows.
    pub rows: Vec<ProjectRow>,
    /// How many projects there are on all pages.
    pub total: i32,
    /// After which project the next page begins; `None` on the last page.
    pub next: Option<ProjectId>,
}

impl Screens {
    /// The projects that a query admits.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn projects(&self, query: &ProjectQuery) -> Result<ProjectPage, Trouble> {
        self.0.screen(|reading| {
            let words = words(&query.text);
            let mut found: Vec<&ProjectDocument> = reading.eyes.papers.projects.values().collect();
            found
                .retain(|held| query.states.is_empty() || query.states.contains(&held.project.status(reading.today())));
            if !words.is_empty() {
                found.retain(|held| {
                    let names = [held.project.name.as_str(), held.owner_name.as_str(), held.lead_name.as_str()];
                    let Spelled { find, .. } = Spelled::of_all(names);
                    words.iter().all(|word| find.contains(word))
                });
            }
            found.sort_by_cached_key(|held| {
                let name = if query.by_owner { &held.owner_name } else { &held.project.name };
                (Spelled::of(name).sort, held.project.id)
            });
            if query.reversed {
                found.reverse();
            }
            let Cut { rows, total, next } =
                cut(found, query.after.as_ref(), query.limit, |held: &&ProjectDocument| held.project.id);
            let (listed, _) = reading.eyes.listed(false)?;
            let open = |project| {
                let works = |state| matches!(state, TaskState::Executing | TaskState::Rejected);
                listed.iter().filter(|task| task.project == project && works(task.state)).count()
            };
            let rows = rows.into_iter().map(|held| reading.project_row(held, open(held.project.id))).collect();
            Ok(ProjectPage { rows, total, next })
        })
    }
}

impl Reading<'_> {
    fn project_row(&self, held: &ProjectDocument, open: usize) -> ProjectRow {
        ProjectRow {
            project: held.project.id,
            name: held.project.name.clone(),
            owner: held.owner_name.clone(),
            lead: held.lead_name.clone(),
            address: held.project.address.clone(),
            state: Chip::project(self.language, held.project.status(self.today())),
            open: self.with(Text::PhoneOpenTasks, &[("count", Arg::from(open))]),
            open_count: shown(open),
        }
    }
}
