//! The quarantine: facts that the server received and keeps without counting them. A document of each tells its author
//! and the project's lead.

use super::{
    board::Board,
    candidate::{Before, Candidate},
    keep, loose,
};
use crate::{
    feed::{Publication, readers},
    row,
    store::{Batch, StoreError, Tx, Ty, json, stored},
};
use firebee_domain::{
    account::Action,
    code::{Again, Code},
    time::Timestamp,
};
use firebee_protocol::{
    document::{ParkedDocument, Recorded, kind},
    fact::Fact,
};

static PARK: Batch<11> = Batch::new(
    "INSERT INTO parked (org, store_id, seq, content_hash, document, account, project, task, code, since_ms, late) {rows}
     ON CONFLICT (org, store_id, seq) DO UPDATE SET code = excluded.code, document = excluded.document",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Blob, Ty::Text, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Int, Ty::Int],
);
/// A fact leaves the quarantine at every place to which the account's stores sent it.
static RELEASE: Batch<3> = Batch::new(
    "WITH p(org, content_hash, account) AS ({rows})
     DELETE FROM parked WHERE (org, content_hash, account) IN (SELECT p.org, p.content_hash, p.account FROM p)",
    [Ty::Int, Ty::Blob, Ty::Blob],
);
static RELEASED: Batch<3> = Batch::new(
    "WITH p(org, store_id, seq) AS ({rows})
     DELETE FROM outcome WHERE (org, store_id, seq) IN (SELECT p.org, p.store_id, p.seq FROM p)",
    [Ty::Int, Ty::Blob, Ty::Int],
);
static RECODED: Batch<4> = Batch::new(
    "WITH p(org, store_id, seq, code) AS ({rows})
     UPDATE outcome SET code = p.code FROM p
     WHERE outcome.org = p.org AND outcome.store_id = p.store_id AND outcome.seq = p.seq",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Text],
);

/// An adoption is spent when the fact is refused for a reason that somebody can decide on again: it never begins to count
/// without an act.
static SPENT: Batch<3> = Batch::new(
    "WITH p(org, store_id, seq) AS ({rows})
     UPDATE parked SET adopted = 0 FROM p
     WHERE parked.org = p.org AND parked.store_id = p.store_id AND parked.seq = p.seq",
    [Ty::Int, Ty::Blob, Ty::Int],
);

/// Parks the candidates that were refused and releases those that count now. Returns the documents that tell this.
pub(super) async fn write(
    tx: &mut Tx,
    board: &Board,
    candidates: &[Candidate<'_>],
) -> Result<Vec<Publication>, StoreError> {
    let (org, mut publications) = (board.ledger.org, Vec::new());
    let (mut park, mut release, mut released, mut recoded) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut places, mut counted) = (Vec::new(), Vec::new());
    let mut spent = Vec::new();
    for candidate in candidates {
        let seq = stored(candidate.seq)?;
        if candidate.adopted && candidate.code.is_some_and(|code| code.again() == Again::Adopted) {
            spent.push(row![org, &candidate.store, seq]);
        }
        match (&candidate.was, candidate.code) {
            (Before::New, None) if candidate.moved && !candidate.settled => {
                // The fact waits in quarantine at its earlier place, and counts here.
                release.push(row![org, &candidate.content, &candidate.account]);
                places.push(candidate);
                publications.push(gone(candidate.document(None)));
            }
            (Before::New, None) => {}
            (Before::Parked { code: before, .. }, Some(code)) if *before == code => {}
            (was, Some(code)) => {
                park.push((candidate, code, since(was, board.ledger.now), candidate.document(Some(code))));
                publications.push(publication(board, candidate, code)?);
                if matches!(was, Before::Parked { .. }) {
                    recoded.push(row![org, &candidate.store, seq, code]);
                }
            }
            (Before::Parked { code, .. }, None) => {
                release.push(row![org, &candidate.content, &candidate.account]);
                released.push(row![org, &candidate.store, seq]);
                counted.push(candidate);
                places.push(candidate);
                publications.push(gone(candidate.document(code.known())));
            }
        }
    }
    let mut rows = Vec::with_capacity(park.len());
    for (candidate, code, since, document) in &park {
        let fact = candidate.fact.as_deref();
        let project = fact.and_then(|fact| fact.project.as_ref());
        let task = fact.and_then(keep::task_ref);
        let (store, content, account) = (&candidate.store, &candidate.content, &candidate.account);
        let seq = stored(candidate.seq)?;
        rows.push(row![org, store, seq, content, document, account, project, task, *code, *since, candidate.late]);
    }
    tx.many(&PARK, rows).await?;
    tx.many(&SPENT, spent).await?;
    tx.many(&RELEASE, release).await?;
    tx.many(&RELEASED, released).await?;
    loose::note(tx, org, counted.into_iter()).await?;
    tx.many(&RECODED, recoded).await?;
    keep::places(tx, org, &places).await?;
    Ok(publications)
}

const fn since(was: &Before, now: Timestamp) -> Timestamp {
    match was {
        Before::New => now,
        Before::Parked { since, .. } => *since,
    }
}

const fn gone(id: String) -> Publication {
    Publication { kind: kind::PARKED, id, body: None, to: Vec::new() }
}

/// What a lead must know to decide on the fact.
fn recorded(board: &Board, candidate: &Candidate<'_>, code: Code) -> Result<Option<Recorded>, StoreError> {
    if code.again() != Again::Adopted {
        return Ok(None);
    }
    let Some((fact, body)) = candidate.fact.as_deref().and_then(|fact| Some((fact, fact.body.as_ref().ok()?))) else {
        return Ok(None);
    };
    let body =
        serde_json::to_value(body).map_err(|error| StoreError::Bug(format!("a body cannot be written: {error}")))?;
    let author_name = board.authors.get(&candidate.account).map(|author| author.name.clone()).unwrap_or_default();
    Ok(Some(Recorded { author_name, wall_ms: fact.captured.wall_ms, body }))
}

fn publication(board: &Board, candidate: &Candidate<'_>, code: Code) -> Result<Publication, StoreError> {
    let fact = candidate.fact.as_deref();
    let project = fact.and_then(|fact| fact.project);
    let document = ParkedDocument {
        fact: fact.map(|fact| fact.id),
        kind: fact.map(|fact| fact.kind.clone()),
        project,
        plan: fact.and_then(|fact| fact.subject.plan),
        task: fact.and_then(Fact::task),
        author: candidate.account,
        recorded: recorded(board, candidate, code)?,
        code: code.into(),
        since: since(&candidate.was, board.ledger.now),
        decision: None,
    };
    let lead = project.and_then(|project| board.ledger.sites.get(&project)).map(|site| site.lead);
    Ok(Publication {
        kind: kind::PARKED,
        id: candidate.document(Some(code)),
        body: Some(json(&document)?),
        to: readers(Action::ReadParked, candidate.account, lead),
    })
}
