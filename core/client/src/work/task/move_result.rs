//! Moves an answer that was recorded in the wrong place: at another instance, another item, in another task or project
//! . Nothing is typed again: the answer is recorded anew in its new place, with its photos, and both ends say so.

use super::{RecordResult, RecordResultError, compose};
use crate::work::{TaskView, Tasks, Trouble, acting::Acting};
use firebee_domain::{
    account::Action,
    evidence::{Photo, PhotoTaken},
    id::{ContentId, FactId, PlanItemId, TaskId},
    ordinals::Ordinals,
    result::{MovedFrom, ResultKey, ResultMoved, ResultRecorded, TaskResult, can_be_moved},
    task::{Task, TaskError},
};
use firebee_protocol::{
    catalogue::Pack,
    fact::{BlobRef, BlobRole},
};

/// Which answer, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveResult {
    /// The task in which it stands.
    pub task: TaskId,
    /// The plan item there.
    pub item: PlanItemId,
    /// The instance there, from 1.
    pub ordinal: u32,
    /// The task in which it belongs; the same one, when only the item or the instance is wrong.
    pub to_task: TaskId,
    /// The plan item there.
    pub to_item: PlanItemId,
    /// The instance there, from 1.
    pub to_ordinal: u32,
}

impl Tasks {
    /// Moves the answer of one instance to another place that has none, in a task of this account that is not handed in.
    /// Returns the answer in its new place. Durable when this returns, both ends at once.
    ///
    /// # Errors
    /// See [`RecordResultError`]; nothing was recorded. The answer is for many, the new place has an answer, or its item
    /// asks for other values.
    pub fn move_result(&self, input: &MoveResult) -> Result<FactId, RecordResultError> {
        self.0.act_on("move_result", input.task, Action::RecordResult, |acting, view| {
            let from = ResultKey { item: input.item, ordinal: input.ordinal };
            let to = ResultKey { item: input.to_item, ordinal: input.to_ordinal };
            let held = movable(&view.task, from).cloned().ok_or(TaskError::MoveNotPossible)?;
            let (recorded, photos) = if input.to_task == input.task {
                let pack = acting.core.packs.get(view.catalogue).ok_or(Trouble::CatalogueMissing)?;
                let body = elsewhere(view, &pack, &held, (view.task.id, to), acting.place(view, &pack, to)?)?;
                let recorded = acting.say::<RecordResultError>(view, Box::new(body), Vec::new())?.id;
                (recorded, facts(&taken_for(&view.task, from)))
            } else {
                acting.carry(view, &held, (input.to_task, to))?
            };
            let moved = ResultMoved {
                result: held.fact,
                to: input.to_task,
                item: to.item,
                ordinal: to.ordinal,
                recorded,
                photos,
            };
            acting.say::<RecordResultError>(view, moved, Vec::new())?;
            Ok(recorded)
        })
    }
}

/// The answer of an instance, if it can be moved away.
pub(crate) fn movable(task: &Task, from: ResultKey) -> Option<&TaskResult> {
    task.current_result(from).filter(|held| held.key == from && can_be_moved(held))
}

/// The answer as it stands in another place of `view`, which has none.
///
/// # Errors
/// The place has an answer, or its item asks for other values.
pub(crate) fn elsewhere(
    view: &TaskView,
    pack: &Pack,
    held: &TaskResult,
    (from, to): (TaskId, ResultKey),
    place: Option<String>,
) -> Result<ResultRecorded, RecordResultError> {
    let taken = view.task.current_result(to).is_some_and(|other| other.key == to && !other.recorded.is_for_many());
    if taken || (from == view.task.id && held.key == to) {
        return Err(TaskError::MoveNotPossible.into());
    }
    let old = &held.recorded;
    let answer = RecordResult {
        task: view.task.id,
        item: to.item,
        ordinal: to.ordinal,
        position: place.or_else(|| old.position.clone()),
        variant: old.variant.clone(),
        values: old.values.clone(),
        verdict: old.verdict,
        override_reason: old.override_reason.clone(),
        untestable_reason: old.untestable_reason.clone(),
        untestable_code: old.untestable_code.clone(),
        fault: old.fault.clone(),
        photos: if from == view.task.id { old.photos.clone() } else { Vec::new() },
        instrument: None,
    };
    let recorded = compose(view, pack, &answer, (Ordinals::default(), Vec::new()))?;
    let moved_from = Some(MovedFrom { task: from, result: held.fact });
    // It was measured with what it was measured with, whatever the other task lists.
    Ok(ResultRecorded { instrument: old.instrument.clone(), moved_from, ..recorded })
}

/// The photos that were taken for an answer, and those that it names and that were taken for none.
fn shown_by<'t>(task: &'t Task, held: &TaskResult) -> Vec<&'t Photo> {
    let key = held.key;
    task.photos_of(key).filter(|photo| photo.key().is_none_or(|shown| shown == key)).collect()
}

fn taken_for(task: &Task, key: ResultKey) -> Vec<&Photo> {
    task.current_photos().filter(|photo| photo.key() == Some(key)).collect()
}

fn facts(photos: &[&Photo]) -> Vec<FactId> {
    photos.iter().map(|photo| photo.fact).collect()
}

impl Acting<'_> {
    /// Where an instance is by the project's list.
    fn place(&self, view: &TaskView, pack: &Pack, key: ResultKey) -> Result<Option<String>, RecordResultError> {
        let item = view.task.item(key.item).ok_or(TaskError::ItemNotInTask)?;
        let found = pack.catalogue.item(&item.item_id).ok_or(Trouble::CatalogueMissing)?;
        let history = self.history(view.task.project, &found.facility.code)?;
        Ok(history.and_then(|held| held.positions.at(key.ordinal).map(|found| found.place.clone())))
    }

    /// Records the answer and its photos in another task of this account. Returns the answer there, and the photos that
    /// stop counting here.
    fn carry(
        &self,
        view: &TaskView,
        held: &TaskResult,
        (task, to): (TaskId, ResultKey),
    ) -> Result<(FactId, Vec<FactId>), RecordResultError> {
        let mut target = self.task(task)?.ok_or_else(|| self.gone(task))?;
        self.permit(Action::RecordResult, target.task.project, target.task.executor == self.me)?;
        let pack = self.core.packs.get(target.catalogue).ok_or(Trouble::CatalogueMissing)?;
        let place = self.place(&target, &pack, to)?;
        let body = elsewhere(&target, &pack, held, (view.task.id, to), place)?;
        let photos = shown_by(&view.task, held);
        for photo in &photos {
            let (taken, blobs) = self.again(photo, to)?;
            self.say::<RecordResultError>(&mut target, Box::new(taken), blobs)?;
        }
        let recorded = self.say::<RecordResultError>(&mut target, Box::new(body), Vec::new())?.id;
        self.touched(task);
        Ok((recorded, facts(&photos)))
    }

    /// A photo of this phone as one of another answer: the same pictures, which are sent once.
    fn again(&self, photo: &Photo, to: ResultKey) -> Result<(PhotoTaken, Vec<BlobRef>), RecordResultError> {
        let taken = &photo.taken;
        let roles = [
            (taken.original, BlobRole::Original),
            (taken.preview, BlobRole::Preview),
            (taken.thumbnail, BlobRole::Thumb),
        ];
        let mut blobs: Vec<BlobRef> = Vec::new();
        for (id, role) in roles {
            // The preview of a tiny picture is its thumbnail: one blob, announced once.
            if blobs.iter().all(|known| known.id != id) {
                blobs.push(self.announced(id, role)?);
            }
        }
        Ok((PhotoTaken { item: Some(to.item), ordinal: Some(to.ordinal), ..taken.clone() }, blobs))
    }

    /// What this phone announced of a blob. A picture of another phone stays where it is, and so does its answer.
    fn announced(&self, id: ContentId, role: BlobRole) -> Result<BlobRef, RecordResultError> {
        let row = self.journal.blob(id).map_err(Trouble::from)?.ok_or(TaskError::MoveNotPossible)?;
        Ok(BlobRef { id, len: row.len, mime: row.mime, role })
    }
}
