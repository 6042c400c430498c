//! `photo.taken` and `photo.withdrawn`: photos enter the task and stop counting.

use super::{Photo, PhotoTaken, PhotoWithdrawn};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Says, Text},
    fault::FaultEvent,
    id::{ContentId, PlanItemId},
    task::{ChangesTask, Circumstances, Task, TaskError},
    text::{NAME_MAX, TEXT_MAX},
};

impl Says for PhotoTaken {
    const KIND: &'static str = "photo.taken";
    const ACTION: Action = Action::TakePhoto;
    const FOOTING: Footing = Footing::Assignment;

    fn items(&self) -> Vec<PlanItemId> {
        self.item.into_iter().collect()
    }

    fn texts(&self) -> Vec<Text<'_>> {
        self.exif
            .taken
            .iter()
            .chain(&self.exif.camera)
            .chain(&self.exif.software)
            .map(|text| (text.as_str(), NAME_MAX))
            .collect()
    }

    fn blobs(&self) -> Vec<ContentId> {
        vec![self.original, self.preview, self.thumbnail]
    }
}

impl ChangesTask for PhotoTaken {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        task.photos.binary_search_by_key(&by.fact(), |held| held.fact).is_ok()
    }

    fn apply(self, by: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        if let Some(key) = self.key() {
            task.require_item(key)?;
        }
        let at = task.photos.partition_point(|held| held.fact < by.fact());
        task.photos.insert(at, Photo { fact: by.fact(), at: by.at, taken: self, withdrawn: false, moved_to: None });
        Ok(Vec::new())
    }
}

impl Says for PhotoWithdrawn {
    const KIND: &'static str = "photo.withdrawn";
    const ACTION: Action = Action::WithdrawPhoto;
    const FOOTING: Footing = Footing::Assignment;

    fn texts(&self) -> Vec<Text<'_>> {
        vec![(&self.reason, TEXT_MAX)]
    }
}

impl ChangesTask for PhotoWithdrawn {
    fn is_known(&self, _: &Attribution, task: &Task) -> bool {
        task.photos.iter().any(|held| held.fact == self.photo && held.withdrawn)
    }

    fn apply(self, _: &Attribution, task: &mut Task, _: &Circumstances<'_>) -> Result<Vec<FaultEvent>, TaskError> {
        let photo = task.photos.iter_mut().find(|held| held.fact == self.photo).ok_or(TaskError::PhotoUnknown)?;
        photo.withdrawn = true;
        Ok(Vec::new())
    }
}
