//! What facts say, by kind.

use super::{Fact, Kind};
use crate::{
    limits::{NAME_MAX, TEXT_MAX},
    problem::Code,
};
use firebee_domain::{
    evidence::{PhotoTaken, PhotoWithdrawn, TrackSegment},
    fault::FaultHandled,
    id::ContentId,
    result::ResultRecorded,
    review::ReviewDecided,
    submission::{Manifest, TaskSubmitted},
    task::{Controller, Stamp, SubmittedManifest, TaskBody, TaskDescribed, TaskDiscarded, TaskFact, TaskStarted},
    text,
    time::Anchor,
};
use serde::{Deserialize, Serialize};

/// Something about the device that an auditor wants to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "note")]
pub enum DeviceNote {
    /// The server's clock at an instant of this boot; facts of the boot are bounded by it.
    Anchor {
        /// The anchor.
        anchor: Anchor,
    },
    /// A blob's bytes are wrong or gone on the phone.
    LostLocal {
        /// The blob.
        blob: ContentId,
    },
    /// A permission that the track needs is not given.
    PermissionMissing {
        /// Which, such as `location_always`.
        permission: String,
    },
    /// The wall clock jumped.
    ClockJump {
        /// By how much, ms.
        by_ms: i64,
    },
    /// The platform reported a mock location.
    MockLocation,
    /// A receipt lies outside the bound that the device computed itself.
    ReceiptOutsideBound {
        /// The seq of the receipt.
        seq: u64,
    },
    /// The server's documents differ from the device's copy of them.
    DigestMismatch {
        /// The feed number at which it was seen.
        feed_seq: u64,
    },
}

/// The body of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Body {
    /// `task.started`
    TaskStarted(TaskStarted),
    /// `task.described`
    TaskDescribed(TaskDescribed),
    /// `result.recorded`
    ResultRecorded(Box<ResultRecorded>),
    /// `photo.taken`
    PhotoTaken(Box<PhotoTaken>),
    /// `photo.withdrawn`
    PhotoWithdrawn(PhotoWithdrawn),
    /// `task.submitted`
    TaskSubmitted(TaskSubmitted),
    /// `task.discarded`
    TaskDiscarded(TaskDiscarded),
    /// `track.segment`
    TrackSegment(TrackSegment),
    /// `review.decided`
    ReviewDecided(ReviewDecided),
    /// `fault.handled`
    FaultHandled(FaultHandled),
    /// `device.note`
    DeviceNote(DeviceNote),
}

impl Body {
    /// The kind of fact that says this.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::TaskStarted(_) => Kind::TaskStarted,
            Self::TaskDescribed(_) => Kind::TaskDescribed,
            Self::ResultRecorded(_) => Kind::ResultRecorded,
            Self::PhotoTaken(_) => Kind::PhotoTaken,
            Self::PhotoWithdrawn(_) => Kind::PhotoWithdrawn,
            Self::TaskSubmitted(_) => Kind::TaskSubmitted,
            Self::TaskDiscarded(_) => Kind::TaskDiscarded,
            Self::TrackSegment(_) => Kind::TrackSegment,
            Self::ReviewDecided(_) => Kind::ReviewDecided,
            Self::FaultHandled(_) => Kind::FaultHandled,
            Self::DeviceNote(_) => Kind::DeviceNote,
        }
    }

    /// The texts in it, each with its limit in Unicode scalars.
    fn texts(&self) -> Vec<(&str, u32)> {
        match self {
            Self::TaskStarted(started) => {
                let items = started.items.iter().map(|item| (item.item_id.as_str(), NAME_MAX));
                items.chain([(started.plan_name.as_str(), NAME_MAX)]).collect()
            }
            Self::TaskDescribed(described) => {
                let brand = match &described.controller {
                    Controller::None => None,
                    Controller::Brand(brand) => Some(brand),
                };
                let names = described.helpers.iter().chain(&described.instruments).chain(brand);
                names.map(|name| (name.as_str(), NAME_MAX)).collect()
            }
            Self::ResultRecorded(result) => texts_of_result(result),
            Self::PhotoTaken(photo) => {
                photo.exif.taken.iter().chain(&photo.exif.camera).map(|text| (text.as_str(), NAME_MAX)).collect()
            }
            Self::PhotoWithdrawn(withdrawn) => vec![(&withdrawn.reason, TEXT_MAX)],
            Self::TaskDiscarded(discarded) => vec![(&discarded.reason, TEXT_MAX)],
            Self::ReviewDecided(decided) => vec![(&decided.opinion, TEXT_MAX)],
            Self::FaultHandled(handled) => vec![(&handled.explanation, TEXT_MAX)],
            Self::DeviceNote(DeviceNote::PermissionMissing { permission }) => vec![(permission, NAME_MAX)],
            Self::TaskSubmitted(_) | Self::TrackSegment(_) | Self::DeviceNote(_) => Vec::new(),
        }
    }
}

fn texts_of_result(result: &ResultRecorded) -> Vec<(&str, u32)> {
    let fault = result.fault.iter().flat_map(|fault| {
        let picked = fault.part.iter().chain(&fault.defect).map(|text| (text.as_str(), NAME_MAX));
        picked.chain([(fault.text.as_str(), TEXT_MAX)])
    });
    let values =
        result.values.iter().flat_map(|value| [(value.key.as_str(), NAME_MAX), (value.value.as_str(), TEXT_MAX)]);
    let reasons = result.override_reason.iter().chain(&result.untestable_reason).map(|text| (text.as_str(), TEXT_MAX));
    let short = result.position.iter().chain(&result.variant).map(|text| (text.as_str(), NAME_MAX));
    let copies = [
        (result.item_id.as_str(), NAME_MAX),
        (result.name.as_str(), TEXT_MAX),
        (result.criterion.as_str(), TEXT_MAX),
        (result.measured_record.as_str(), 4 * TEXT_MAX),
    ];
    fault.chain(values).chain(reasons).chain(short).chain(copies).collect()
}

/// Reads the body of a known kind; the error is the code under which the fact is quarantined.
pub(super) fn read(kind: Kind, json: &str) -> Result<Body, Code> {
    fn of<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Code> {
        serde_json::from_str(json).map_err(|_| Code::BodyMalformed)
    }
    let body = match kind {
        Kind::TaskStarted => Body::TaskStarted(of(json)?),
        Kind::TaskDescribed => Body::TaskDescribed(of(json)?),
        Kind::ResultRecorded => Body::ResultRecorded(of(json)?),
        Kind::PhotoTaken => Body::PhotoTaken(of(json)?),
        Kind::PhotoWithdrawn => Body::PhotoWithdrawn(of(json)?),
        Kind::TaskSubmitted => Body::TaskSubmitted(of(json)?),
        Kind::TaskDiscarded => Body::TaskDiscarded(of(json)?),
        Kind::TrackSegment => Body::TrackSegment(of(json)?),
        Kind::ReviewDecided => Body::ReviewDecided(of(json)?),
        Kind::FaultHandled => Body::FaultHandled(of(json)?),
        Kind::DeviceNote => Body::DeviceNote(of(json)?),
        Kind::TaskItemsChanged
        | Kind::RestoreConfirmed
        | Kind::TaskHandedOver
        | Kind::DispatchReceived
        | Kind::DispatchStarted
        | Kind::DispatchFinished => return Err(Code::KindNotSupportedYet),
    };
    body.texts().into_iter().try_for_each(|(text, limit)| text::check(text, limit)).map_err(|error| error.code())?;
    Ok(body)
}

/// The fact as the task's state machine takes it; `None` for a device note.
///
/// # Errors
/// The code under which it is quarantined: it names no project or task, or its manifest cannot be read.
pub fn to_task_fact(fact: &Fact, body: &Body, at: Stamp) -> Result<Option<TaskFact>, Code> {
    let task_body = match body.clone() {
        Body::TaskStarted(body) => TaskBody::Started(body),
        Body::TaskDescribed(body) => TaskBody::Described(body),
        Body::ResultRecorded(body) => TaskBody::Recorded(body),
        Body::PhotoTaken(body) => TaskBody::PhotoTaken(body),
        Body::PhotoWithdrawn(body) => TaskBody::PhotoWithdrawn(body),
        Body::TrackSegment(body) => TaskBody::TrackSegment(body),
        Body::TaskDiscarded(body) => TaskBody::Discarded(body),
        Body::ReviewDecided(body) => TaskBody::ReviewDecided(body),
        Body::FaultHandled(body) => TaskBody::FaultHandled(body),
        Body::TaskSubmitted(submitted) => {
            let manifest: Manifest = serde_json::from_str(&submitted.manifest).map_err(|_| Code::ManifestInvalid)?;
            TaskBody::Submitted(Box::new(SubmittedManifest { submitted, manifest }))
        }
        Body::DeviceNote(_) => return Ok(None),
    };
    let task = match &task_body {
        TaskBody::Started(_) => Some(fact.id.into()),
        _ => fact.subject.task,
    };
    let (project, task) = fact.project.zip(task).ok_or(Code::SubjectMissing)?;
    if matches!(task_body, TaskBody::Started(_)) && fact.subject.task.is_some_and(|named| named != task) {
        return Err(Code::SubjectMissing);
    }
    Ok(Some(TaskFact { id: fact.id, account: fact.account, project, task, at, body: task_body }))
}
