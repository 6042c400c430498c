//! What is still to be done before a task can be submitted.

use super::{Purpose, reading::Reading};
use crate::work::TaskView;
use firebee_domain::{
    evidence::PhotoRole,
    id::PlanItemId,
    restore::Isolable,
    result::ResultKey,
    submission::{Missing, missing},
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
    pub(super) fn steps(&self, view: &TaskView, pack: &Pack) -> Vec<Step> {
        let points = missing(&view.task, &view.circumstances(Some(pack)));
        points.into_iter().map(|point| self.step(view, pack, point)).collect()
    }

    /// a photo of an instance, of the role that its item asks for.
    fn photo_step(&self, view: &TaskView, pack: &Pack, key: ResultKey) -> Step {
        let item_id = view.task.item(key.item).map(|held| held.item_id.as_str()).unwrap_or_default();
        let (item, proof) = (self.named(Some(pack), item_id).name, view.practice.proof(item_id));
        let text = match proof {
            None => self.with(Text::PhoneStepPhoto, &[("item", Arg::from(item))]),
            Some(role) => {
                let photo = word::photo(self.language, role);
                self.with(Text::PhoneStepPhotoOf, &[("photo", Arg::from(photo)), ("item", Arg::from(item))])
            }
        };
        let purpose = Purpose { role: proof.unwrap_or(PhotoRole::Evidence), instance: Some(Instance::of(key)) };
        Step { text, kind: StepKind::Photo(purpose) }
    }

    fn step(&self, view: &TaskView, pack: &Pack, point: Missing) -> Step {
        let about = |text: Text, item: PlanItemId| {
            let item_id = view.task.item(item).map(|held| held.item_id.as_str()).unwrap_or_default();
            self.with(text, &[("item", Arg::from(self.named(Some(pack), item_id).name))])
        };
        match point {
            Missing::Result { item } => {
                let instance = Instance { item, ordinal: 1 };
                Step { text: about(Text::PhoneStepItem, item), kind: StepKind::Item(instance) }
            }
            Missing::Photo { key } => self.photo_step(view, pack, key),
            Missing::FaultText { key } => {
                Step { text: about(Text::PhoneStepFault, key.item), kind: StepKind::Fault(Instance::of(key)) }
            }
            Missing::Restore { system } => {
                let name = word::isolable(self.language, system);
                let text = self.with(Text::PhoneStepRestore, &[("system", Arg::from(name))]);
                Step { text, kind: StepKind::Restore(system) }
            }
            Missing::Selfie => Step { text: self.say(Text::PhoneStepSelfie), kind: StepKind::Selfie },
            Missing::Controller => Step { text: self.say(Text::PhoneStepController), kind: StepKind::Controller },
            Missing::Witness => Step { text: self.say(Text::PhoneStepWitness), kind: StepKind::Witness },
        }
    }
}
