//! `result.recorded`: an answer enters the task.

use super::{PHOTOS_MAX, ResultKey, ResultRecorded, TaskResult, check::check};
use crate::{
    account::Action,
    fact::{Attribution, Footing, Need, Says, Text},
    fault::FaultEvent,
    id::PlanItemId,
    instrument::Instrument,
    task::{ChangesTask, Circumstances, Task, TaskError},
    text::{NAME_MAX, TEXT_MAX},
};

impl Says for ResultRecorded {
    const KIND: &'static str = "result.recorded";
    const ACTION: Action = Action::RecordResult;
    const FOOTING: Footing = Footing::Assignment;
    const NEEDS: &'static [Need] = &[Need::Catalogue];

    fn items(&self) -> Vec<PlanItemId> {
        vec![self.item]
    }

    fn is_bounded(&self) -> bool {
        self.photos.len() as u64 <= u64::from(PHOTOS_MAX) && self.also.is_fit(self.ordinal) && self.is_each_fit()
    }

    fn texts(&self) -> Vec<Text<'_>> {
        let fault = self.fault.iter().flat_map(|fault| {
            let picked = fault.part.iter().chain(&fault.defect).map(|text| (text.as_str(), NAME_MAX));
            picked.chain([(fault.text.as_str(), TEXT_MAX)])
        });
        let values =
            self.values.iter().flat_map(|value| [(value.key.as_str(), NAME_MAX), (value.value.as_str(), TEXT_MAX)]);
        let each = self.each.iter().flat_map(|held| {
            let key = (held.key.as_str(), NAME_MAX);
            held.values.iter().map(|value| (value.as_str(), NAME_MAX)).chain([key])
        });
        let reasons = self.override_reason.iter().chain(&self.untestable_reason).map(|text| (text.as_str(), TEXT_MAX));
        let short = self
            .position
            .iter()
            .chain(&self.variant)
            .chain(&self.untestable_code)
            .map(|text| (text.as_str(), NAME_MAX));
        let instrument = self.instrument.iter().flat_map(Instrument::texts);
        let copies = [
            (self.item_id.as_str(), NAME_MAX),
            (self.name.as_str(), TEXT_MAX),
            (self.criterion.as_str(), TEXT_MAX),
            (self.measured_record.as_str(), 4 * TEXT_MAX),
        ];
        fault.chain(values).chain(each).chain(reasons).chain(short).chain(instrument).chain(copies).collect()
    }
}

impl ChangesTask for ResultRecorded {
    fn is_known(&self, by: &Attribution, task: &Task) -> bool {
        of_key(task, self.key()).any(|held| held.fact == by.fact())
    }

    fn apply(
        mut self,
        by: &Attribution,
        task: &mut Task,
        around: &Circumstances<'_>,
    ) -> Result<Vec<FaultEvent>, TaskError> {
        let key = self.key();
        let item = task.require_item(key)?;
        if item.item_id != self.item_id {
            return Err(TaskError::ItemDiffers);
        }
        if around.pack.is_some_and(|pack| pack != self.catalogue) {
            return Err(TaskError::CatalogueDiffers);
        }
        let found = around
            .catalogue
            .map(|catalogue| catalogue.item(&self.item_id).map(|item| (catalogue, item)).ok_or(TaskError::ItemDiffers));
        let found = found.transpose()?;
        if let Some((_, found)) = found {
            around.practice.check_verdict(found.item, &self.values, self.verdict)?;
        }
        let differs = check(&mut self, found, around.design)?;
        let replaced = match self.replaces {
            None => None,
            Some(old) => match task.results.iter().position(|held| held.fact == old) {
                // One instance of an answer for many gets its own; of the others that answer goes on to count.
                Some(at) if task.results.get(at).is_some_and(|held| !is_about(&self, &held.recorded)) => {
                    return Err(TaskError::ReplacesOtherKey);
                }
                found => found,
            },
        };
        if let Some(held) = replaced.and_then(|at| task.results.get_mut(at)) {
            held.replaced |= self.covers(&held.recorded);
        }
        // A correction may have arrived before what it corrects.
        let mut replaced_before = false;
        let corrections = task.results.iter_mut().filter(|held| held.recorded.replaces == Some(by.fact()));
        for later in corrections.filter(|held| is_about(&held.recorded, &self)) {
            later.replaces_unknown = false;
            replaced_before |= later.recorded.covers(&self);
        }
        let entry = TaskResult {
            fact: by.fact(),
            key,
            at: by.at,
            replaces_unknown: self.replaces.is_some() && replaced.is_none(),
            recorded: self,
            replaced: replaced_before,
            differs,
            moved: None,
        };
        let end = task.results.partition_point(|held| held.key <= key);
        // what arrives of somebody who gave the task away stands behind what its holder has answered since.
        let newer = task.results.iter().position(|held| held.key == key && task.stands_before(held.fact, by));
        task.results.insert(newer.unwrap_or(end), entry);
        Ok(Vec::new())
    }
}

/// Whether a correction is about what another answer says: about its first instance, or about all of them.
fn is_about(correction: &ResultRecorded, corrected: &ResultRecorded) -> bool {
    corrected.answers(correction.key()) || correction.covers(corrected)
}

/// Every result of a key, in the order received.
fn of_key(task: &Task, key: ResultKey) -> impl Iterator<Item = &TaskResult> {
    let from = task.results.partition_point(|held| held.key < key);
    task.results.get(from..).unwrap_or_default().iter().take_while(move |held| held.key == key)
}
