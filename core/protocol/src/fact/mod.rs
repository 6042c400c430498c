//! Facts: the records of a device. A fact is one line of JSON, written once and never serialised again **bytes**.

mod line;
mod usual;

use firebee_domain::code::Code;
pub use firebee_domain::{
    device::DeviceNote,
    fact::{Body, Kind},
};
pub use line::{ComposeError, Envelope, Glance, Malformed, compose, glance, parse, project_of};

use firebee_domain::{
    fact::{Attribution, Footing, Unreadable},
    id::{AccountId, ContentId, FactId, PlanId, ProjectId, TaskId},
    task::Stamp,
    time::Captured,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The revision of a document that the phone acted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The document's id: the assignment for what an executor records, the task for a review and for the handling of a
    /// fault.
    pub doc: String,
    /// Its revision.
    pub rev: u64,
}

/// What a fact is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanId>,
    /// The task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// The document that the author acted on; absent in device notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

/// What the bytes of a blob are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BlobRole {
    /// The camera's bytes.
    Original,
    /// 1,600 px, made by the phone.
    Preview,
    /// 320 px, made by the phone.
    Thumb,
    /// A track segment.
    Track,
    /// A file that belongs to a decision or to the handling of a fault.
    Attachment,
    /// The signature of the owner's witness.
    Signature,
}

/// The role that a body gives each blob that it names. A blob that has several roles is
/// announced at least under the first of them.
pub fn roles_of(body: &Body) -> Vec<(ContentId, BlobRole)> {
    match body {
        Body::PhotoTaken(taken) => vec![
            (taken.original, BlobRole::Original),
            (taken.preview, BlobRole::Preview),
            (taken.thumbnail, BlobRole::Thumb),
        ],
        Body::TrackSegment(segment) => vec![(segment.blob, BlobRole::Track)],
        Body::WitnessSigned(signed) => vec![(signed.signature, BlobRole::Signature)],
        other => other.blobs().into_iter().map(|blob| (blob, BlobRole::Attachment)).collect(),
    }
}

/// The media types that blobs may have; served as the type found by sniffing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Mime {
    /// image/jpeg
    Jpeg,
    /// image/png
    Png,
    /// image/heic
    Heic,
    /// image/avif
    Avif,
    /// image/webp
    Webp,
    /// application/pdf
    Pdf,
    /// A track segment of this protocol.
    Track,
    /// A compressed archive of papers. Nobody unpacks it.
    Archive,
}

/// A blob that a fact announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRef {
    /// Its hash.
    pub id: ContentId,
    /// Its length in bytes.
    pub len: u64,
    /// Its type, as the device found it.
    pub mime: Mime,
    /// What it is for.
    pub role: BlobRole,
}

/// A fact as read from its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The project, or none (device notes).
    pub project: Option<ProjectId>,
    /// Its id, version 7.
    pub id: FactId,
    /// The kind as the line says, even when this version does not know the kind.
    pub kind: String,
    /// The version of its kind.
    pub v: u32,
    /// Who recorded it.
    pub account: AccountId,
    /// The clocks at that moment.
    pub captured: Captured,
    /// What it is about.
    pub subject: Subject,
    /// The blobs it announces, at most eight.
    pub blobs: Vec<BlobRef>,
    /// The body, or the reason why it cannot be read. Then the fact goes to the quarantine.
    pub body: Result<Body, Unreadable>,
}

impl Fact {
    /// The task of the fact: the task that it begins, or the one that it names. Also known when the body cannot be
    /// read.
    pub fn task(&self) -> Option<TaskId> {
        let kind = self.kind.parse::<Kind>();
        kind.map_or(self.subject.task, |kind| kind.task(self.id, self.subject.task))
    }

    /// As [`Envelope::attribution`], of a fact that was read.
    ///
    /// # Errors
    /// See [`SubjectMissing`].
    pub fn attribution(&self, body: &Body, at: Stamp) -> Result<Option<Attribution>, SubjectMissing> {
        attribution((self.id, self.account), (self.project, &self.subject), (body, &self.captured), at)
    }
}

impl Envelope {
    /// The attribution of the body; `None` for a fact about the device itself, and for one
    /// about facts that do not count.
    ///
    /// # Errors
    /// See [`SubjectMissing`].
    pub fn attribution(&self, body: &Body, at: Stamp) -> Result<Option<Attribution>, SubjectMissing> {
        attribution((self.id, self.account), (self.project, &self.subject), (body, &self.captured), at)
    }
}

/// The fact names no project or task, or names a task or a plan other than those that it begins with. It is stored and
/// does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the fact does not name what it is about")]
pub struct SubjectMissing;

impl SubjectMissing {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::SubjectMissing
    }
}

fn attribution(
    (id, account): (FactId, AccountId),
    (project, subject): (Option<ProjectId>, &Subject),
    (body, captured): (&Body, &Captured),
    at: Stamp,
) -> Result<Option<Attribution>, SubjectMissing> {
    if matches!(body.footing(), Footing::Device | Footing::Parked) {
        return Ok(None);
    }
    let task = body.kind().task(id, subject.task);
    let (project, task) = project.zip(task).ok_or(SubjectMissing)?;
    if subject.task.is_some_and(|named| named != task) {
        return Err(SubjectMissing);
    }
    let plan = subject.plan;
    if body.plan().is_some_and(|begun| plan.is_some_and(|plan| plan != begun)) {
        return Err(SubjectMissing);
    }
    let waited_ms = body.waited_ms(captured);
    Ok(Some(Attribution { event: id.into(), account, project, task, plan, at, waited_ms }))
}
