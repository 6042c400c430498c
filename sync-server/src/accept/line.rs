//! One line of a push, with everything that can be checked without the database.

use super::{PushError, decode};
use crate::{blocking, device::Sender, store::StoreError};
use bytes::Bytes;
use firebee_domain::{
    code::Code,
    fact::{Aggregate, Need},
    id::{AccountId, ContentId, FactId, Hash, ProjectId, StoreId, TaskId},
};
use firebee_protocol::{
    chain,
    encode::from_base64,
    fact::{self, Body, Fact},
    limits::LIMITS,
    push::Frame,
};
use std::collections::BTreeSet;

/// A line, hashed and read.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) seq: u64,
    pub(super) bytes: Bytes,
    pub(super) content: Hash,
    pub(super) scope: Hash,
    /// The parsed fact; `None` when it cannot be parsed or names another account.
    pub(super) fact: Option<Fact>,
    /// The code of a quarantine that needs no database to decide.
    pub(super) code: Option<Code>,
}

impl Line {
    /// The same line at another place.
    pub(super) fn at(&self, seq: u64) -> Self {
        Self { seq, ..self.clone() }
    }

    /// The fact's id, if the line could be read.
    pub(super) fn id(&self) -> Option<FactId> {
        self.fact.as_ref().map(|fact| fact.id)
    }
}

/// A push with its lines read.
pub(super) struct Batch {
    pub(super) frame: Frame,
    /// The device's, over the chain after the last line.
    pub(super) signature: [u8; 64],
    pub(super) lines: Vec<Line>,
    /// The push as it came, if it came as a zstd frame.
    pub(super) packed: Option<Bytes>,
}

impl Batch {
    /// The tasks and projects that its facts name.
    pub(super) fn named(&self) -> (BTreeSet<TaskId>, BTreeSet<ProjectId>) {
        let facts = || self.lines.iter().filter_map(|line| line.fact.as_ref());
        (facts().filter_map(Fact::task).collect(), facts().filter_map(|fact| fact.project).collect())
    }

    /// The tasks that its facts decide on, or of which they change a fault or a dispatch.
    pub(super) fn decided(&self) -> BTreeSet<TaskId> {
        let facts = self.lines.iter().filter_map(|line| line.fact.as_ref());
        facts.filter(|fact| fact.body.as_ref().is_ok_and(decides)).filter_map(Fact::task).collect()
    }

    /// The accounts that its facts send to work.
    pub(super) fn sent(&self) -> impl Iterator<Item = AccountId> {
        let bodies = self.lines.iter().filter_map(|line| line.fact.as_ref()?.body.as_ref().ok());
        bodies.filter_map(Body::sends)
    }

    /// The accounts that its facts hand tasks to.
    pub(super) fn receivers(&self) -> impl Iterator<Item = AccountId> {
        let bodies = self.lines.iter().filter_map(|line| line.fact.as_ref()?.body.as_ref().ok());
        bodies.filter_map(|body| body.hands_to())
    }

    /// The last seq.
    pub(super) fn last_seq(&self) -> u64 {
        self.frame.first_seq + u64::from(self.frame.count) - 1
    }
}

/// Whether a fact of this body is told to more people than follow its task, if the task is approved then.
fn decides(body: &Body) -> bool {
    body.needs(Need::Evidence) || matches!(body.aggregate(), Aggregate::Fault | Aggregate::Dispatch)
}

/// So many lines are read by two threads. To wake one costs as much as a few dozen lines.
const SHARED_MIN: usize = 128;

/// Hashes and reads every line. The frame must name the token's store and epoch, and carry a signature. A token may be
/// stolen, the key may not: a line without a signature takes no place in the log, so nobody can take the place of what the
/// device signs later.
pub(super) async fn read(body: decode::Body, sender: &Sender) -> Result<Batch, PushError> {
    let decode::Body { frame, lines, packed } = body;
    if frame.store_id != sender.store_id || frame.epoch != sender.epoch {
        return Err(PushError::StoreMismatch);
    }
    let signature = frame.sig.as_deref().and_then(from_base64).ok_or(PushError::Unsigned)?;
    let lines = in_halves(frame.first_seq, lines, *sender).await?;
    Ok(Batch { frame, signature, lines, packed })
}

/// Reads the second half of many lines in another thread meanwhile.
async fn in_halves(first_seq: u64, mut lines: Vec<Bytes>, sender: Sender) -> Result<Vec<Line>, PushError> {
    if lines.len() < SHARED_MIN {
        return Ok(read_lines(first_seq, lines, &sender));
    }
    let half = lines.len() / 2;
    let (rest, rest_seq) = (lines.split_off(half), first_seq + half as u64);
    let reading = blocking::run(move || read_lines(rest_seq, rest, &sender));
    let mut read = read_lines(first_seq, lines, &sender);
    let rest = reading.await.map_err(|error| StoreError::Bug(error.to_string()))?;
    read.extend(rest);
    Ok(read)
}

fn read_lines(first_seq: u64, lines: Vec<Bytes>, sender: &Sender) -> Vec<Line> {
    let mut scopes = Scopes { store: sender.store_id, last: None };
    (first_seq..).zip(lines).map(|(seq, bytes)| read_line(seq, bytes, sender, &mut scopes)).collect()
}

/// The scope hashes of a store's lines. Nearly all of a push are of one project, whose hash is taken once.
struct Scopes {
    store: StoreId,
    last: Option<(Option<ProjectId>, Hash)>,
}

impl Scopes {
    fn of(&mut self, bytes: &[u8]) -> Hash {
        let project = project_of(bytes);
        match self.last {
            Some((named, hash)) if named == project => hash,
            _ => self.last.insert((project, chain::scope_hash(self.store, project))).1,
        }
    }
}

fn read_line(seq: u64, bytes: Bytes, sender: &Sender, scopes: &mut Scopes) -> Line {
    let content = chain::content_hash(&bytes);
    let scope = scopes.of(&bytes);
    let too_large = bytes.len() > LIMITS.fact_bytes_max as usize;
    let (fact, code) = if too_large { (None, Some(Code::TooLarge)) } else { read_fact(&bytes, sender) };
    Line { seq, bytes, content, scope, fact, code }
}

/// The scope hash of a line.
pub(super) fn scope_of(store: StoreId, bytes: &[u8]) -> Hash {
    chain::scope_hash(store, project_of(bytes))
}

fn project_of(bytes: &[u8]) -> Option<ProjectId> {
    fact::project_of(bytes).ok().flatten()
}

/// Reads the fact, with a code when the fact cannot count. A fact of another account takes no id and announces no
/// blobs.
fn read_fact(bytes: &[u8], sender: &Sender) -> (Option<Fact>, Option<Code>) {
    let Ok(fact) = fact::parse(bytes) else { return (None, Some(Code::Malformed)) };
    if fact.account != sender.account {
        return (None, Some(Code::ForeignAccount));
    }
    let code = code_of(&fact);
    (Some(fact), code)
}

fn code_of(fact: &Fact) -> Option<Code> {
    fact.body.as_ref().err().map(|error| error.code()).or_else(|| blob_code(fact))
}

/// A blob that is too large, or that the body names and the fact does not announce, could never be verified. A fact that
/// announces more than its body names would make the server keep files that belong to nothing. A role decides who reads
/// a blob and where it is found again, so the body says it, and not the announcement.
fn blob_code(fact: &Fact) -> Option<Code> {
    if fact.blobs.iter().any(|blob| blob.len > u64::from(LIMITS.blob_bytes_max)) {
        return Some(Code::BlobTooLarge);
    }
    let named = fact.body.as_ref().map(fact::roles_of).ok()?;
    let first = |id: &ContentId| named.iter().find(|(named, _)| named == id).map(|(_, role)| *role);
    let announced = |id: &ContentId| fact.blobs.iter().any(|blob| blob.id == *id && Some(blob.role) == first(id));
    if !named.iter().all(|(id, _)| announced(id)) {
        return Some(Code::BlobNotAnnounced);
    }
    let stray = fact.blobs.iter().any(|blob| !named.contains(&(blob.id, blob.role)));
    stray.then_some(Code::BlobNotNamed)
}

/// Parses a stored line again. Only a line that an older version stored as malformed can fail here.
pub(super) fn reread(bytes: &[u8]) -> (Option<Fact>, Option<Code>) {
    match fact::parse(bytes) {
        Err(_) => (None, Some(Code::Malformed)),
        Ok(fact) => {
            let code = code_of(&fact);
            (Some(fact), code)
        }
    }
}
