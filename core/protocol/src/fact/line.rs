//! The line of a fact **bytes**. The device writes it once; every reader uses the same bytes.

use super::{BlobRef, Body, Fact, Kind, Subject, usual::Usual};
use crate::{json, limits::LIMITS};
use firebee_domain::{
    code::Code,
    fact::Unreadable,
    id::{AccountId, FactId, ProjectId},
    text::{self, TextError},
    time::Captured,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

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
    /// Its id is no UUID of version 7.
    #[error("the id is no UUID of version 7")]
    Id,
    /// Its kind is no name.
    #[error("the kind is no name")]
    Kind,
    /// A boot clock before its boot, or a round trip of less than no time.
    #[error("no clock can say this")]
    Clock,
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

/// A line whose body is still text.
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
    /// Its envelope would not be read.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A text in its body may not travel.
    #[error(transparent)]
    Body(#[from] Unreadable),
}

impl ComposeError {
    /// The stable code of this error.
    pub const fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::TooLarge,
            Self::Malformed(_) => Code::Malformed,
            Self::Body(error) => error.code(),
        }
    }
}

/// Writes the line of a fact, without line feed. It refuses everything that a server would refuse: texts, number of
/// blobs and length must be within their limits, and the line is strict JSON. The line is not read back here; a test
/// shows that every written line reads as the same fact.
///
/// # Errors
/// See [`ComposeError`].
pub fn compose(envelope: &Envelope, body: &Body) -> Result<Vec<u8>, ComposeError> {
    body.check()?;
    is_v7(envelope.id)?;
    possible(&envelope.captured)?;
    few_enough(&envelope.blobs)?;
    let kind = body.kind();
    let written = Written {
        project: envelope.project,
        id: envelope.id,
        kind: kind.as_str(),
        v: kind.version(),
        account: envelope.account,
        captured: &envelope.captured,
        subject: &envelope.subject,
        blobs: &envelope.blobs,
        body,
    };
    let line = json::to_vec(&written).map_err(|error| Malformed::Envelope { reason: error.to_string() })?;
    let limit = u64::from(LIMITS.fact_bytes_max);
    if line.len() as u64 > limit {
        return Err(ComposeError::TooLarge { bytes: line.len() as u64, limit });
    }
    Ok(line)
}

fn few_enough(blobs: &[BlobRef]) -> Result<(), Malformed> {
    let count = u32::try_from(blobs.len()).unwrap_or(u32::MAX);
    if count > LIMITS.blobs_max { Err(Malformed::TooManyBlobs { count }) } else { Ok(()) }
}

fn possible(captured: &Captured) -> Result<(), Malformed> {
    if captured.is_possible() { Ok(()) } else { Err(Malformed::Clock) }
}

/// Whether the keys and texts of a body may travel, also those that this program does not know: a person reads them on
/// the page of the fact. Of nearly every line the strict reading has shown it already.
fn every_text(body: &RawValue) -> Result<(), Unreadable> {
    fn walk(value: &Value) -> Result<(), TextError> {
        match value {
            Value::String(text) => text::check(text, u32::MAX),
            Value::Array(values) => values.iter().try_for_each(walk),
            Value::Object(members) => {
                members.iter().try_for_each(|(key, value)| text::check(key, u32::MAX).and_then(|()| walk(value)))
            }
            _ => Ok(()),
        }
    }
    let value = serde_json::from_str(body.get()).map_err(|_| Unreadable::Malformed)?;
    Ok(walk(&value)?)
}

fn is_v7(id: FactId) -> Result<(), Malformed> {
    if id.0.get_version_num() == 7 { Ok(()) } else { Err(Malformed::Id) }
}

/// Reads a line without its line feed. Unknown members are ignored; the bytes stay as they are.
pub fn parse(line: &[u8]) -> Result<Fact, Malformed> {
    project_of(line)?;
    let strict = json::read(line)?;
    // From text, serde reads each string without checking it again.
    if strict.is_plain
        && let Ok(Usual(fact)) = serde_json::from_str(strict.text)
    {
        sound(&fact)?;
        return Ok(fact);
    }
    let read: Read<'_> = serde_json::from_str(strict.text).map_err(|error| Malformed::Envelope {
        reason: format!("{:?} at column {}", error.classify(), error.column()),
    })?;
    let body = match read.kind.parse::<Kind>() {
        Ok(kind) if read.v == kind.version() => {
            let texts = || if strict.is_plain { Ok(()) } else { every_text(read.body) };
            Body::read(kind, read.body).and_then(|body| texts().map(|()| body))
        }
        _ => Err(Unreadable::KindUnknown),
    };
    let Read { project, id, kind, v, account, captured, subject, blobs, .. } = read;
    let fact = Fact { project, id, kind, v, account, captured, subject, blobs, body };
    sound(&fact)?;
    Ok(fact)
}

/// Whether an envelope says what one can say.
fn sound(fact: &Fact) -> Result<(), Malformed> {
    is_v7(fact.id)?;
    text::check_within(&fact.kind, text::NAME_MAX).map_err(|_| Malformed::Kind)?;
    possible(&fact.captured)?;
    few_enough(&fact.blobs)
}

/// The envelope of a line, read without its body.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Glance<'a> {
    /// Its kind as written.
    #[serde(borrow)]
    pub kind: std::borrow::Cow<'a, str>,
    /// The clocks at that moment.
    pub captured: Captured,
}

/// Reads only kind and capture time of a line that was checked before.
///
/// # Errors
/// It is no envelope of a fact.
pub fn glance(line: &[u8]) -> Result<Glance<'_>, Malformed> {
    serde_json::from_slice(line)
        .map_err(|error| Malformed::Envelope { reason: format!("{:?} at column {}", error.classify(), error.column()) })
}

/// The project in the first bytes of a line. Even a line that is malformed behind them gets its project and its scope
/// hash.
///
/// # Errors
/// [`Malformed::Beginning`]: the line does not begin as a fact must.
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
