//! Facts: what a device recorded. One line of JSON, written once, never re-serialised **bytes**.

mod body;
mod kind;
mod line;

use crate::problem::Code;
pub use body::{Body, DeviceNote, to_task_fact};
pub use kind::Kind;
pub use line::{ComposeError, Envelope, Glance, Malformed, compose, glance, parse, project_of};

use firebee_domain::{
    id::{AccountId, ContentId, FactId, PlanId, ProjectId, TaskId},
    time::Captured,
};
use serde::{Deserialize, Serialize};

/// The revision of a document that the phone acted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The document's id: the assignment for tasks, results and photos, the task for reviews, else the project.
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
    /// The document it acted on; absent where there is none (device notes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

/// What the bytes of a blob are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlobRole {
    /// The camera's bytes.
    Original,
    /// 1,600 px, made by the phone.
    Preview,
    /// 320 px, made by the phone.
    Thumb,
    /// A track segment.
    Track,
}

/// The media types that blobs may have; served as the type found by sniffing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mime {
    /// image/jpeg
    Jpeg,
    /// image/png
    Png,
    /// image/heic
    Heic,
    /// image/webp
    Webp,
    /// application/pdf
    Pdf,
    /// A track segment of this protocol.
    Track,
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
    /// Its kind as written, also when it is not known here.
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
    /// What it says; `Err` keeps the code under which it is quarantined (an unknown kind, a body that cannot be read).
    pub body: Result<Body, Code>,
}
