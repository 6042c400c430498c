//! A fact's line: written once by the device, read by whoever gets it **bytes**.

use super::{BlobRef, Body, Fact, Kind, Subject, body};
use crate::{json, limits::LIMITS, problem::Code};
use firebee_domain::{
    id::{AccountId, FactId, ProjectId},
    time::Captured,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Why a line is not a fact. It is kept all the same, quarantined `malformed`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It does not begin with `{"project":"<uuid>",` or `{"project":null,`.
    #[error("the line does not begin with its project")]
    Beginning,
    /// It is not strict JSON.
    #[error(transparent)]
    Json(#[from] json::NotStrict),
    /// A member of the envelope is missing or of another shape.
    #[error("the envelope cannot be read: {reason}")]
    Envelope {
        /// What is wrong, for the log.
        reason: String,
    },
    /// It announces more blobs than a fact may.
    #[error("the fact announces {count} blobs")]
    TooManyBlobs {
        /// How many.
        count: u32,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    project: Option<ProjectId>,
    id: FactId,
    kind: &'a str,
    v: u32,
    account: AccountId,
    captured: &'a Captured,
    subject: &'a Subject,
    blobs: &'a [BlobRef],
    body: &'a Body,
}

#[derive(Deserialize)]
struct Read<'a> {
    project: Option<ProjectId>,
    id: FactId,
    kind: String,
    v: u32,
    account: AccountId,
    captured: Captured,
    subject: Subject,
    blobs: Vec<BlobRef>,
    #[serde(borrow)]
    body: &'a RawValue,
}

/// The envelope of a fact that is about to be written.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The project, or none.
    pub project: Option<ProjectId>,
    /// Its id, version 7.
    pub id: FactId,
    /// Who records it.
    pub account: AccountId,
    /// The clocks.
    pub captured: Captured,
    /// What it is about.
    pub subject: Subject,
    /// The blobs it announces.
    pub blobs: Vec<BlobRef>,
}

/// The fact cannot be recorded: it is above a limit or holds text that may not travel.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// Longer than the limit.
    #[error("the fact has {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// Its bytes.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// Its own line could not be read back.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Its body holds what its kind does not allow.
    #[error("the body is refused: {code}")]
    Body {
        /// The code under which a server would quarantine it.
        code: Code,
    },
}

impl ComposeError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::TooLarge,
            Self::Malformed(_) => Code::Malformed,
            Self::Body { code } => *code,
        }
    }
}

/// Writes a fact's line, without line feed, and reads it back: what would be refused is never recorded.
pub fn compose(envelope: &Envelope, body: &Body) -> Result<Vec<u8>, ComposeError> {
    let written = Written {
        project: envelope.project,
        id: envelope.id,
        kind: body.kind().as_str(),
        v: 1,
        account: envelope.account,
        captured: &envelope.captured,
        subject: &envelope.subject,
        blobs: &envelope.blobs,
        body,
    };
    let line = serde_json::to_vec(&written).map_err(|error| Malformed::Envelope { reason: error.to_string() })?;
    let limit = u64::from(LIMITS.fact_bytes_max);
    if line.len() as u64 > limit {
        return Err(ComposeError::TooLarge { bytes: line.len() as u64, limit });
    }
    match parse(&line)?.body {
        Ok(_) => Ok(line),
        Err(code) => Err(ComposeError::Body { code }),
    }
}

/// Reads a line without its line feed. Unknown members are ignored; the bytes stay as they are.
pub fn parse(line: &[u8]) -> Result<Fact, Malformed> {
    project_of(line)?;
    json::check(line)?;
    let read: Read<'_> = serde_json::from_slice(line).map_err(|error| Malformed::Envelope {
        reason: format!("{:?} at column {}", error.classify(), error.column()),
    })?;
    let count = u32::try_from(read.blobs.len()).unwrap_or(u32::MAX);
    if count > LIMITS.blobs_max {
        return Err(Malformed::TooManyBlobs { count });
    }
    let body = match read.kind.parse::<Kind>() {
        Ok(kind) if read.v == 1 => body::read(kind, read.body.get()),
        _ => Err(Code::KindUnknown),
    };
    Ok(Fact {
        project: read.project,
        id: read.id,
        kind: read.kind,
        v: read.v,
        account: read.account,
        captured: read.captured,
        subject: read.subject,
        blobs: read.blobs,
        body,
    })
}

/// What a line says of itself, read without its body.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Glance<'a> {
    /// Its kind as written.
    #[serde(borrow)]
    pub kind: std::borrow::Cow<'a, str>,
    /// The clocks at that moment.
    pub captured: Captured,
}

/// Reads only when a fact was captured and of what kind it is, of a line that was checked before.
///
/// # Errors
/// It is no envelope of a fact.
pub fn glance(line: &[u8]) -> Result<Glance<'_>, Malformed> {
    serde_json::from_slice(line)
        .map_err(|error| Malformed::Envelope { reason: format!("{:?} at column {}", error.classify(), error.column()) })
}

/// The project that a line names with its first bytes, so that it can be sorted to its project (and hashed into its
/// scope) by them alone, whatever follows.
///
/// # Errors
/// [`Malformed::Beginning`]: it does not begin as a fact does.
pub fn project_of(line: &[u8]) -> Result<Option<ProjectId>, Malformed> {
    let rest = line.strip_prefix(b"{\"project\":").ok_or(Malformed::Beginning)?;
    if rest.starts_with(b"null,") {
        return Ok(None);
    }
    let named = rest.strip_prefix(b"\"").and_then(|text| text.split_at_checked(36));
    let (id, _) = named.filter(|(_, rest)| rest.starts_with(b"\",")).ok_or(Malformed::Beginning)?;
    let id = std::str::from_utf8(id).ok().and_then(|text| text.parse().ok());
    id.map(Some).ok_or(Malformed::Beginning)
}
