//! What is still to be done before a task can be submitted.

use super::{Purpose, reading::Reading};
use crate::work::{TaskView, Trouble};
use firebee_domain::{
    evidence::PhotoRole,
    id::PlanItemId,
    ordinals::Ordinals,
    restore::Isolable,
    result::ResultKey,
    submission::{Missing, missing, photos_lacking},
};
use firebee_protocol::{
    catalogue::Pack,
    text::{Arg, Text, word},
};

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub text: String,
    /// Where to do it.
    pub kind: StepKind,
}

/// Where a step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Answer an item.
    Item(Instance),
    /// Take a photo for this purpose.
    Photo(Purpose),
    /// Say what is wrong with an instance.
    Fault(Instance),
    /// Confirm that a system is back in automatic.
    Restore(Isolable),
    /// Confirm a line of the firm's checklist.
    Line,
    /// Take the submitter's selfie.
    Selfie,
    /// Choose the controller, or that there is none.
    Controller,
    /// Have the owner's witness sign.
    Witness,
}

/// One instance of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The plan item.
    pub item: PlanItemId,
    /// The instance of it, from 1.
    pub ordinal: i32,
}

impl Instance {
    pub(super) fn of(key: ResultKey) -> Self {
        Self { item: key.item, ordinal: i32::try_from(key.ordinal).unwrap_or(i32::MAX) }
    }

    /// The key of a result; an ordinal below 1 is the first.
    pub(super) fn key(self) -> ResultKey {
        ResultKey { item: self.item, ordinal: u32::try_from(self.ordinal).unwrap_or(1).max(1) }
    }
}

impl Reading<'_> {
    /// Every step that is still to be done, in the order of the items.
    pub(super) fn steps(&self, view: &TaskView, pack: &Pack) -> Result<Vec<Step>, Trouble> {
        let points = missing(&view.task, &view.circumstances(Some(pack), &view.design));
        points.into_iter().map(|point| self.step(view, pack, point)).collect()
    }

    /// a photo of the role that an item asks for.
    fn photo_of(&self, role: PhotoRole, item: String) -> String {
        let photo = word::photo(self.language, role);
        self.with(Text::PhoneStepPhotoOf, &[("photo", Arg::from(photo)), ("item", Arg::from(item))])
    }

    /// how many photos are still to be taken, where some are there already and the firm asks for more.
    fn photos_of(&self, view: &TaskView, pack: &Pack, key: ResultKey, first: String, item: String) -> String {
        let task = &view.task;
        if !task.is_shown(key, &view.practice) {
            return first;
        }
        let lacking = task.current_result(key).map_or(0, |held| {
            let found = pack.catalogue.item(&held.recorded.item_id);
            photos_lacking(task, key, held.recorded.verdict, found, &view.practice)
        });
        let values = [("count", Arg::from(lacking)), ("item", Arg::from(item))];
        self.with(Text::PhoneStepPhotoMore, &values)
    }

    fn step(&self, view: &TaskView, pack: &Pack, point: Missing) -> Result<Step, Trouble> {
        let name = |item: PlanItemId| {
            let item_id = view.task.item(item).map(|held| held.item_id.as_str()).unwrap_or_default();
            self.named(Some(pack), item_id).name
        };
        let about = |text: Text, name: String| self.with(text, &[("item", Arg::from(name))]);
        // which instance, and where.
        let at = |text: Text, key: ResultKey| {
            let recorded = view.task.current_result(key).and_then(|held| held.recorded.position.clone());
            let position = recorded.or(self.position_at(view, pack, key)?);
            let place = word::place(self.language, &Ordinals::of([key.ordinal]), position.as_deref());
            Ok::<_, Trouble>(about(text, format!("{} {place}", name(key.item))))
        };
        Ok(match point {
            Missing::Result { item } => {
                let instance = Instance { item, ordinal: 1 };
                Step { text: about(Text::PhoneStepItem, name(item)), kind: StepKind::Item(instance) }
            }
            Missing::Photo { key } => {
                let proof = view.task.item(key.item).and_then(|held| view.practice.proof(&held.item_id));
                let text = match proof {
                    None => self.photos_of(view, pack, key, at(Text::PhoneStepPhoto, key)?, name(key.item)),
                    Some(role) => self.photo_of(role, name(key.item)),
                };
                let role = proof.unwrap_or(PhotoRole::Evidence);
                Step { text, kind: StepKind::Photo(Purpose { role, instance: Some(Instance::of(key)) }) }
            }
            Missing::FaultText { key } => {
                Step { text: at(Text::PhoneStepFault, key)?, kind: StepKind::Fault(Instance::of(key)) }
            }
            Missing::Restore { system } => {
                let name = word::isolable(self.language, system);
                let text = self.with(Text::PhoneStepRestore, &[("system", Arg::from(name))]);
                Step { text, kind: StepKind::Restore(system) }
            }
            Missing::Line { line } => {
                let line = view.task.demands.lines.get(line as usize).cloned().unwrap_or_default();
                Step { text: self.with(Text::PhoneStepLine, &[("line", Arg::from(line))]), kind: StepKind::Line }
            }
            Missing::Selfie => Step { text: self.say(Text::PhoneStepSelfie), kind: StepKind::Selfie },
            Missing::Controller => Step { text: self.say(Text::PhoneStepController), kind: StepKind::Controller },
            Missing::ControllerPhoto { role } => {
                let text = if role == PhotoRole::Panel { Text::PhoneStepPanel } else { Text::PhoneStepSite };
                Step { text: self.say(text), kind: StepKind::Photo(Purpose { role, instance: None }) }
            }
            Missing::Witness => Step { text: self.say(Text::PhoneStepWitness), kind: StepKind::Witness },
        })
    }
}
