//! The dispatches of this account, and those of the projects that it leads: found, narrowed, sorted, page by page.

use super::{
    DispatchRow, Screens,
    cut::{Cut, cut},
    reading::Reading,
};
use crate::work::{Trouble, dispatch::DispatchView};
use firebee_domain::{
    dispatch::{DispatchKind, DispatchState},
    id::{DispatchId, ProjectId},
    spelling::{Spelled, words},
    time::Month,
};
use firebee_protocol::{
    catalogue::spelled_at,
    text::{Chip, Text},
};

/// What is searched for. Everything left out admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DispatchQuery {
    /// Words that the names of the item, its facility, the project and its owner hold: their characters, their pinyin or its
    /// initials.
    pub text: String,
    /// Whether also those of others are shown, in the projects that this account leads.
    pub led: bool,
    /// Only those in these states.
    pub states: Vec<DispatchState>,
    /// Only those for this.
    pub kind: Option<DispatchKind>,
    /// Those of this project.
    pub project: Option<ProjectId>,
    /// Those made in this month.
    pub month: Option<Month>,
    /// The order; the open first, then by the last step, the latest first, when it is left out.
    pub sort: Option<DispatchSort>,
    /// Whether the order is turned round.
    pub reversed: bool,
    /// The cursor that the previous page returned.
    pub after: Option<DispatchId>,
    /// How many rows at most; 50 when it is 0.
    pub limit: i32,
}

/// The orders of a list of dispatches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DispatchSort {
    /// By the item's name, in the order of pinyin.
    Name,
    /// By the project's name, in the order of pinyin.
    Project,
    /// By when it was made, the earliest first.
    Made,
}

/// A page of dispatches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchPage {
    /// The rows.
    pub rows: Vec<DispatchRow>,
    /// How many dispatches there are on all pages.
    pub total: i32,
    /// After which dispatch the next page begins; `None` on the last page.
    pub next: Option<DispatchId>,
    /// The states by which these dispatches can be narrowed, any of them first.
    pub states: Vec<DispatchChoice>,
}

/// A state by which a list of dispatches can be narrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchChoice {
    /// Which; `None` for any.
    pub state: Option<DispatchState>,
    /// In words.
    pub word: String,
    /// Whether the query is narrowed by it alone.
    pub chosen: bool,
}

/// The states that a search offers, in the order in which a dispatch passes them. The first is known to leads only: nobody
/// is told of such a dispatch yet.
const STATES: [DispatchState; 7] = [
    DispatchState::ToIssue,
    DispatchState::Issued,
    DispatchState::Received,
    DispatchState::Executing,
    DispatchState::Resolved,
    DispatchState::Unresolved,
    DispatchState::Cancelled,
];

impl Screens {
    /// The dispatches that a query admits.
    ///
    /// # Errors
    /// Nobody is signed in, or the stores cannot be read.
    pub fn find_dispatches(&self, query: &DispatchQuery) -> Result<DispatchPage, Trouble> {
        self.0.screen(|reading| {
            let mut found = reading.dispatches_for(query)?;
            let made = |view: &DispatchView| view.dispatch.log.first().map(|line| line.at.wall_ms);
            match query.sort {
                Some(DispatchSort::Name) => {
                    found.sort_by_cached_key(|view| Spelled::of(&view.dispatch.item_name).sort);
                }
                Some(DispatchSort::Project) => {
                    found.sort_by_cached_key(|view| Spelled::of(&reading.project_name(view.dispatch.project)).sort);
                }
                Some(DispatchSort::Made) => found.sort_by_key(made),
                None => {}
            }
            if query.reversed {
                found.reverse();
            }
            let id = |view: &DispatchView| view.dispatch.id;
            let Cut { rows, total, next } = cut(found, query.after.as_ref(), query.limit, id);
            let rows = rows.iter().map(|view| reading.dispatch_row(view)).collect();
            Ok(DispatchPage { rows, total, next, states: reading.dispatch_states(query) })
        })
    }
}

impl Reading<'_> {
    fn dispatch_states(&self, query: &DispatchQuery) -> Vec<DispatchChoice> {
        let word = self.say(Text::PhoneAnyState);
        let any = DispatchChoice { state: None, word, chosen: query.states.is_empty() };
        let offered = STATES.into_iter().filter(|state| query.led || *state != DispatchState::ToIssue);
        let each = offered.map(|state| DispatchChoice {
            state: Some(state),
            word: Chip::dispatch(self.language, state).word,
            chosen: query.states == [state],
        });
        [any].into_iter().chain(each).collect()
    }

    fn dispatches_for(&self, query: &DispatchQuery) -> Result<Vec<DispatchView>, Trouble> {
        let words = words(&query.text);
        let projects = if words.is_empty() { Default::default() } else { self.spelled_projects() };
        let mut found = if query.led { self.eyes.known_dispatches()? } else { self.eyes.own_dispatches()? };
        found.retain(|view| {
            let dispatch = &view.dispatch;
            let month = || Month::of(dispatch.log.first()?.at.wall_ms.china_day());
            (query.states.is_empty() || query.states.contains(&dispatch.state))
                && query.kind.is_none_or(|kind| dispatch.kind == kind)
                && query.project.is_none_or(|project| dispatch.project == project)
                && query.month.is_none_or(|wanted| month() == Some(wanted))
        });
        if words.is_empty() {
            return Ok(found);
        }
        found.retain(|view| {
            let dispatch = &view.dispatch;
            let own = spelled_at([dispatch.item_name.as_str()], [dispatch.item_id.as_str()]).find;
            let project = projects.get(&dispatch.project).map_or("", |spelled| spelled.find.as_str());
            words.iter().all(|word| own.contains(word) || project.contains(word))
        });
        Ok(found)
    }
}
