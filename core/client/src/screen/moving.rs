//! Moving an answer that was recorded in the wrong place: where it can go, and what both ends show.

use super::{Act, Screens, reading::Reading, step::Instance};
use crate::work::{
    TaskView, Trouble,
    task::{FormError, elsewhere, movable},
};
use firebee_domain::{
    account::Action,
    catalogue::ItemRef,
    id::{PlanItemId, TaskId},
    ordinals::{ORDINAL_MAX, Ordinals},
    result::{ResultKey, TaskResult},
    task::{TaskError, TaskState},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, Text, word},
};
use std::cmp::Reverse;

/// An answer goes by mistake into a task of the same day: so many others are offered. Each is read as a whole for that.
const OTHERS_MAX: usize = 12;

/// Where an answer can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveScreen {
    /// What is moved.
    pub what: String,
    /// Moving it.
    pub act: Act,
    /// The items that ask for the same: those of its own task first, then those of the tasks of this account that began last.
    pub targets: Vec<MoveTarget>,
}

/// An item to which an answer can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveTarget {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub task_name: String,
    /// The name of its project.
    pub project_name: String,
    /// Whether it is the task in which the answer stands.
    pub here: bool,
    /// The item and the instance that is proposed: the first without an answer. Any other without one will do.
    pub instance: Instance,
    /// The name of the item.
    pub name: String,
    /// The name of its facility.
    pub facility: String,
    /// Where the instance is.
    pub position: Option<String>,
}

impl Screens {
    /// Where the answer of one instance of an item can go.
    ///
    /// # Errors
    /// The task or the item is not known here, or its catalogue has not been pulled.
    pub fn moving(&self, task: TaskId, instance: Instance) -> Result<MoveScreen, FormError> {
        self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            reading.asked(&view, &pack, instance.item)?;
            let act = reading.move_away(&view, instance.key());
            let held = movable(&view.task, instance.key()).filter(|_| act.allowed);
            let targets = match held {
                Some(held) => reading.targets((&view, &pack), held)?,
                None => Vec::new(),
            };
            Ok(MoveScreen { what: reading.spot(&view, instance.key()), act, targets })
        })
    }
}

impl Reading<'_> {
    /// Moving an answer away.
    pub(super) fn move_away(&self, view: &TaskView, key: ResultKey) -> Act {
        let may = self.may(view, Action::RecordResult);
        match movable(&view.task, key) {
            None if may.allowed => Act::refused(self.language, TaskError::MoveNotPossible.code(), &[]),
            _ => may,
        }
    }

    fn targets(&self, (view, pack): (&TaskView, &Pack), held: &TaskResult) -> Result<Vec<MoveTarget>, Trouble> {
        let mut targets = self.targets_in((view, pack), (view.task.id, held))?;
        let mine = |state| matches!(state, TaskState::Executing | TaskState::Rejected);
        let (mut tasks, _) = self.eyes.listed(false)?;
        tasks.retain(|held| held.id != view.task.id && held.executor == self.eyes.me && mine(held.state));
        tasks.sort_by_key(|held| (Reverse(held.started), held.id));
        tasks.truncate(OTHERS_MAX);
        for candidate in tasks {
            let Some(other) = self.eyes.task(candidate.id)?.filter(|other| !other.is_start_parked()) else { continue };
            let Some(pack) = self.eyes.core.packs.get(other.catalogue) else { continue };
            targets.extend(self.targets_in((&other, &pack), (view.task.id, held))?);
        }
        Ok(targets)
    }

    /// The items of one task that ask for what the answer says.
    fn targets_in(
        &self,
        (view, pack): (&TaskView, &Pack),
        (from, held): (TaskId, &TaskResult),
    ) -> Result<Vec<MoveTarget>, Trouble> {
        let here = from == view.task.id;
        let mut targets = Vec::new();
        for item in &view.task.items {
            let Some(found) = pack.catalogue.item(&item.item_id) else { continue };
            let except = (here && item.item == held.key.item).then_some(held.key.ordinal);
            let Some(ordinal) = self.free((view, pack), (item.item, found), except)? else { continue };
            let key = ResultKey { item: item.item, ordinal };
            if elsewhere(view, pack, held, (from, key), None).is_err() {
                continue;
            }
            let named = self.named_of(found);
            targets.push(MoveTarget {
                task: view.task.id,
                task_name: view.task.name.clone(),
                project_name: self.project_name(view.task.project),
                here,
                instance: Instance::of(key),
                name: named.name,
                facility: named.facility,
                position: self.position_at(view, pack, key)?,
            });
        }
        Ok(targets)
    }

    /// The first instance of an item without an answer, in the order of the project's list or, without one, by number.
    fn free(
        &self,
        (view, pack): (&TaskView, &Pack),
        (item, found): (PlanItemId, ItemRef<'_>),
        except: Option<u32>,
    ) -> Result<Option<u32>, Trouble> {
        let after = ResultKey { item, ordinal: except.unwrap_or(0) };
        let next = self.next_instance(view, pack, after)?.map(|next| next.key().ordinal);
        if next.is_some() || self.listed(view, found)?.is_some_and(|held| !held.positions.is_empty()) {
            return Ok(next);
        }
        let answers = view.task.answers_of(item);
        Ok((1..=ORDINAL_MAX).find(|ordinal| !answers.contains_key(ordinal) && except != Some(*ordinal)))
    }

    /// What both ends show of an instance: that its answer came from elsewhere, or went there.
    pub(super) fn moves(&self, view: &TaskView, key: ResultKey) -> Result<Vec<String>, Trouble> {
        let came = view.task.current_result(key).map(|held| self.moved_here(view, held)).transpose()?.flatten();
        let of_key = view.task.results_of(key.item).iter().filter(|held| held.key == key);
        let went = of_key.map(|held| self.moved_away(view, held)).collect::<Result<Vec<_>, _>>()?;
        Ok(came.into_iter().chain(went.into_iter().flatten()).collect())
    }

    /// Where an answer comes from.
    pub(super) fn moved_here(&self, view: &TaskView, held: &TaskResult) -> Result<Option<String>, Trouble> {
        let Some(from) = held.recorded.moved_from else { return Ok(None) };
        let first = view.task.results.iter().find(|other| other.fact == from.result);
        let place = self.place_of(view, (from.task, first.map(|other| other.key)))?;
        Ok(Some(word::moved_from(self.language, &place)))
    }

    /// Where an answer went.
    fn moved_away(&self, view: &TaskView, held: &TaskResult) -> Result<Option<String>, Trouble> {
        let Some(moved) = &held.moved else { return Ok(None) };
        let place = self.place_of(view, (moved.task, Some(moved.key)))?;
        Ok(Some(word::moved_to(self.language, &place)))
    }

    /// What went away from a task, each with its instance, for whoever reviews the task.
    pub(super) fn moved_away_all(&self, view: &TaskView) -> Result<Vec<String>, Trouble> {
        let mut told = Vec::new();
        for held in view.task.results.iter().filter(|held| held.moved.is_some()) {
            let went = self.moved_away(view, held)?;
            told.extend(went.map(|went| format!("{} · {went}", self.spot(view, held.key))));
        }
        Ok(told)
    }

    fn place_of(&self, view: &TaskView, (task, key): (TaskId, Option<ResultKey>)) -> Result<String, Trouble> {
        if task == view.task.id {
            return Ok(key.map(|key| self.spot(view, key)).unwrap_or_default());
        }
        Ok(match self.eyes.task(task)? {
            Some(other) => format!("{} · {}", self.project_name(other.task.project), other.task.name),
            None => self.say(Text::WordMovedElsewhere),
        })
    }

    /// An instance by the name of its item and its ordinal.
    fn spot(&self, view: &TaskView, key: ResultKey) -> String {
        let pack = self.eyes.core.packs.get(view.catalogue);
        let item_id = view.task.item(key.item).map(|held| held.item_id.as_str()).unwrap_or_default();
        let named = self.named(pack.as_deref(), item_id);
        let place = word::place(self.language, &Ordinals::of([key.ordinal]), None);
        self.with(Text::WordMovedSpot, &[("item", Arg::from(named.name)), ("place", Arg::from(place))])
    }
}
