//! The camera: the purpose of the photo, the lines over the picture, the next step, the free space.

use super::{Act, Screens, Step, StepKind, reading::Reading, step::Instance};
use crate::work::{TaskView, Trouble, task::FormError};
use firebee_domain::{account::Action, evidence::PhotoRole, id::TaskId, ordinals::Ordinals};
use firebee_protocol::{catalogue::Pack, text::word};

/// What a photo is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Its role.
    pub role: PhotoRole,
    /// The instance that it shows, for evidence of a result.
    pub instance: Option<Instance>,
}

/// The camera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraScreen {
    /// What the photo is for.
    pub purpose_text: String,
    /// What is shown over the picture, line by line; never burnt into the original.
    pub overlay: Vec<String>,
    /// The photo that is missing next, beside this one.
    pub next: Option<Step>,
    /// Taking it.
    pub take: Act,
}

impl Screens {
    /// The camera for one purpose.
    ///
    /// # Errors
    /// The task or the item is not known here, or its catalogue has not been pulled.
    pub fn camera(&self, task: TaskId, purpose: Purpose) -> Result<CameraScreen, FormError> {
        self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            let mut overlay = vec![reading.project_name(view.task.project)];
            let mut purpose_text = word::photo(reading.language, purpose.role);
            if let Some(instance) = purpose.instance {
                let named = reading.named_of(reading.asked(&view, &pack, instance.item)?);
                let which = word::place(reading.language, &Ordinals::of([instance.key().ordinal]), None);
                purpose_text = format!("{purpose_text} · {} {which}", named.name);
                overlay.extend(reading.place(&view, &pack, instance)?.or(Some(named.facility)));
            }
            overlay.push(reading.when(reading.now).exact);
            let mut steps = reading.steps(&view, &pack)?.into_iter();
            Ok(CameraScreen {
                purpose_text,
                overlay,
                next: steps.find(|step| wants_another(step.kind, purpose)),
                take: reading.take(&view),
            })
        })
    }
}

fn wants_another(kind: StepKind, purpose: Purpose) -> bool {
    match kind {
        StepKind::Photo(wanted) => purpose != wanted,
        StepKind::Selfie => purpose.role != PhotoRole::Selfie,
        StepKind::Restore(_) => purpose.role != PhotoRole::Restored,
        StepKind::Item(_) | StepKind::Fault(_) | StepKind::Line | StepKind::Controller | StepKind::Witness => false,
    }
}

impl Reading<'_> {
    /// The position of an instance: the recorded one, else the listed or issued one.
    fn place(&self, view: &TaskView, pack: &Pack, instance: Instance) -> Result<Option<String>, Trouble> {
        let recorded = view.task.current_result(instance.key()).and_then(|held| held.recorded.position.clone());
        Ok(recorded.or(self.position_at(view, pack, instance.key())?))
    }

    /// A photo may be taken while the journal still holds its reserve of disk space and the largest photo fits beside it.
    fn take(&self, view: &TaskView) -> Act {
        let may = self.may(view, Action::TakePhoto);
        match self.eyes.core.may_take_photo() {
            Err(error) if may.allowed => Act::refused(self.language, error.code(), &[]),
            Ok(()) | Err(_) => may,
        }
    }
}
