//! Lists everything that a task still lacks before it can be submitted.

use crate::{
    catalogue::PhotoRule,
    code::Code,
    evidence::PhotoRole,
    id::PlanItemId,
    project::Practice,
    restore::{Isolable, to_restore},
    result::{FaultText, ResultKey, TaskResult, Verdict},
    task::{Circumstances, Task},
};
use serde::{Deserialize, Serialize};

/// One thing that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "missing")]
pub enum Missing {
    /// The item has no result.
    Result {
        /// The plan item.
        item: PlanItemId,
    },
    /// The result does not conform and has no photo, or its item always needs one.
    Photo {
        /// The result.
        key: ResultKey,
    },
    /// The result does not conform and nothing says what is wrong.
    FaultText {
        /// The result.
        key: ResultKey,
    },
    /// The system is not confirmed to be back in automatic.
    Restore {
        /// The system.
        system: Isolable,
    },
    /// The submitter's selfie.
    Selfie,
    /// The controller's brand, or that there is none.
    Controller,
    /// A photo of the controller's panel or, where there is none, any photo of the site but a selfie.
    ControllerPhoto {
        /// The role that the photo should have.
        role: PhotoRole,
    },
    /// The owner's witness, where the project asks for one.
    Witness,
}

impl Missing {
    /// The stable code of what is missing: of an item without a result first, then of what its result lacks, then of a
    /// system that is not back in automatic.
    pub fn code(points: &[Self]) -> Code {
        let has = |wanted: fn(&Self) -> bool| points.iter().any(wanted);
        if has(|point| matches!(point, Self::Result { .. })) {
            Code::TaskIncomplete
        } else if has(|point| matches!(point, Self::Photo { .. } | Self::FaultText { .. })) {
            Code::PhotoAndTextRequired
        } else if has(|point| matches!(point, Self::Restore { .. })) {
            Code::RestoreMissing
        } else if has(|point| matches!(point, Self::Selfie)) {
            Code::SelfieRequired
        } else if has(|point| matches!(point, Self::Controller)) {
            Code::ControllerRequired
        } else if has(|point| matches!(point, Self::ControllerPhoto { .. })) {
            Code::ControllerPhotoRequired
        } else {
            Code::WitnessMissing
        }
    }

    /// The systems among what is missing.
    pub fn systems(points: &[Self]) -> Vec<Isolable> {
        let system = |point: &Self| match point {
            Self::Restore { system } => Some(*system),
            _ => None,
        };
        points.iter().filter_map(system).collect()
    }
}

/// Every missing point, in the order of the items, then the systems, selfie, controller with its photo, and witness.
pub fn missing(task: &Task, around: &Circumstances<'_>) -> Vec<Missing> {
    let catalogue = around.catalogue;
    let practice = &around.practice;
    let mut points = Vec::new();
    for item in &task.items {
        let answers = task.answers_of(item.item);
        if answers.is_empty() {
            points.push(Missing::Result { item: item.item });
        }
        let rule = catalogue.and_then(|pack| pack.item(&item.item_id)).map(|found| found.item.photo);
        for (ordinal, result) in answers {
            points.extend(missing_of_result(task, (ResultKey { item: item.item, ordinal }, result), rule, practice));
        }
    }
    points.extend(to_restore(task, catalogue).into_iter().map(|system| Missing::Restore { system }));
    if practice.selfie && !task.current_photos().any(|photo| photo.taken.role == PhotoRole::Selfie) {
        points.push(Missing::Selfie);
    }
    if practice.controller && task.description.is_none() {
        points.push(Missing::Controller);
    }
    points.extend(task.controller_photo_wanted(practice).map(|role| Missing::ControllerPhoto { role }));
    if around.witness_asked && task.witness.is_none() {
        points.push(Missing::Witness);
    }
    points
}

fn missing_of_result(
    task: &Task,
    (key, result): (ResultKey, &TaskResult),
    rule: Option<PhotoRule>,
    practice: &Practice,
) -> impl Iterator<Item = Missing> {
    let fails = result.recorded.verdict == Verdict::Nonconform;
    let wants_photo = fails || rule == Some(PhotoRule::Always);
    let no_photo = wants_photo && !task.is_shown(key, practice);
    let says = result.recorded.fault.as_ref().is_some_and(FaultText::says);
    let photo = no_photo.then_some(Missing::Photo { key });
    photo.into_iter().chain((fails && !says).then_some(Missing::FaultText { key }))
}
