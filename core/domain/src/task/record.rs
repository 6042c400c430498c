//! Results, photos and track pieces enter the task.

use super::{Circumstances, Task, TaskError, TaskFact, TaskItem};
use crate::{
    evidence::{Photo, PhotoTaken, PhotoWithdrawn, SegmentRef, TrackSegment},
    result::{self, ResultKey, ResultRecorded, TaskResult},
};

/// Every result of a key, in the order received.
pub(super) fn of_key(task: &Task, key: ResultKey) -> impl Iterator<Item = &TaskResult> {
    let from = task.results.partition_point(|held| held.key < key);
    task.results.get(from..).unwrap_or_default().iter().take_while(move |held| held.key == key)
}

pub(super) fn result(
    task: &mut Task,
    fact: &TaskFact,
    recorded: &ResultRecorded,
    around: &Circumstances<'_>,
) -> Result<(), TaskError> {
    let key = recorded.key();
    let item = require_item(task, key)?;
    if item.item_id != recorded.item_id {
        return Err(TaskError::ItemDiffers);
    }
    if around.pack.is_some_and(|pack| pack != recorded.catalogue) {
        return Err(TaskError::CatalogueDiffers);
    }
    result::check(recorded)?;
    let replaced = match recorded.replaces {
        None => None,
        Some(old) => match task.results.iter().position(|held| held.fact == old) {
            Some(at) if task.results.get(at).is_some_and(|held| held.key != key) => {
                return Err(TaskError::ReplacesOtherKey);
            }
            found => found,
        },
    };
    if let Some(held) = replaced.and_then(|at| task.results.get_mut(at)) {
        held.replaced = true;
    }
    let entry = TaskResult {
        fact: fact.id,
        key,
        at: fact.at,
        recorded: recorded.clone(),
        replaced: false,
        replaces_unknown: recorded.replaces.is_some() && replaced.is_none(),
    };
    let end = task.results.partition_point(|held| held.key <= key);
    task.results.insert(end, entry);
    Ok(())
}

pub(super) fn photo(task: &mut Task, fact: &TaskFact, taken: &PhotoTaken) -> Result<(), TaskError> {
    if let Some(key) = taken.key() {
        require_item(task, key)?;
    }
    let at = task.photos.partition_point(|held| held.fact < fact.id);
    task.photos.insert(at, Photo { fact: fact.id, at: fact.at, taken: taken.clone(), withdrawn: false });
    Ok(())
}

pub(super) fn withdraw(task: &mut Task, withdrawn: &PhotoWithdrawn) -> Result<(), TaskError> {
    let photo = task.photos.iter_mut().find(|held| held.fact == withdrawn.photo).ok_or(TaskError::PhotoUnknown)?;
    photo.withdrawn = true;
    Ok(())
}

pub(super) fn segment(task: &mut Task, fact: &TaskFact, segment: &TrackSegment) -> Result<(), TaskError> {
    let at = task.segments.partition_point(|held| held.fact < fact.id);
    task.segments.insert(at, SegmentRef { fact: fact.id, at: fact.at, segment: segment.clone() });
    Ok(())
}

fn require_item(task: &Task, key: ResultKey) -> Result<&TaskItem, TaskError> {
    if key.ordinal == 0 {
        return Err(TaskError::OrdinalInvalid);
    }
    let found = task.items.binary_search_by_key(&key.item, |held| held.item).ok();
    found.and_then(|at| task.items.get(at)).ok_or(TaskError::ItemNotInTask)
}
