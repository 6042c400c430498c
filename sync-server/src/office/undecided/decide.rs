//! A lead or manager decides on facts that were received and do not count, because they came late, or because another
//! account has what they are about: to take them into account, or to leave them out (R-131; protocol, "Kept and not
//! counted").

use crate::{
    feed::{self, Publication, publish, readers},
    office::{Act, Refused, command::command, rule::rules},
    org::Org,
    query::access::to_project,
    row,
    store::{Batch, Packed, Row, Store, StoreError, Tx, Ty, json, own},
};
use firebee_domain::{
    account::Action,
    code::{Again, Code},
    id::{AccountId, FactId, ProjectId, StoreId},
    text::{self, TEXT_MAX, TextError},
};
use firebee_protocol::document::{ParkedDocument, kind};
use serde::Serialize;
use std::collections::BTreeSet;

/// What is chosen for facts that do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// They are judged anew: as if they had come in time, and by the plan as it stands.
    Adopted,
    /// They never count.
    Refused,
}

/// A decision.
#[derive(Clone, Debug, Serialize)]
pub struct Decide {
    /// The project of the facts.
    pub project: ProjectId,
    /// The facts, each once.
    pub facts: Vec<FactId>,
    /// What is chosen.
    pub decision: Choice,
    /// Why, as typed; required.
    pub reason: String,
}

/// Why nothing is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// No fact is chosen.
    #[error("no fact is chosen")]
    NothingChosen,
    /// The reason is missing or not fit to keep.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// Somebody has decided on one of the facts before.
    #[error("one of the facts does not wait any more")]
    AlreadyDone,
}

rules! { DecideError [Reason], }

impl DecideError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::NothingChosen => Code::NothingChosen,
            Self::Reason(error) => error.code(),
            Self::AlreadyDone => Code::AlreadyDone,
        }
    }
}

/// What the document of a fact says of it that a person left out.
const REFUSED: &str = "refused";

/// The places at which facts wait for a decision, with the document that tells of each.
static WAITING: Batch<4> = Batch::new(
    "WITH w(org, project, document, kind) AS ({rows})
     SELECT p.store_id, p.seq, p.account, p.document, d.body
     FROM w JOIN parked p ON p.org = w.org AND p.project = w.project AND p.document = w.document
         JOIN document d ON d.org = p.org AND d.kind = w.kind AND d.id = p.document
     WHERE p.decision IS NULL AND d.body IS NOT NULL",
    [Ty::Int, Ty::Blob, Ty::Text, Ty::Text],
);
static ADOPT: Batch<3> = Batch::new(
    "WITH p(org, store_id, seq) AS ({rows})
     UPDATE parked SET late = 0, adopted = 1 FROM p
     WHERE parked.org = p.org AND parked.store_id = p.store_id AND parked.seq = p.seq",
    [Ty::Int, Ty::Blob, Ty::Int],
);
static REFUSE: Batch<5> = Batch::new(
    "WITH p(org, store_id, seq, code, decision) AS ({rows})
     UPDATE parked SET code = p.code, decision = p.decision FROM p
     WHERE parked.org = p.org AND parked.store_id = p.store_id AND parked.seq = p.seq",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Text, Ty::Text],
);
static RECODE: Batch<4> = Batch::new(
    "WITH p(org, store_id, seq, code) AS ({rows})
     UPDATE outcome SET code = p.code FROM p
     WHERE outcome.org = p.org AND outcome.store_id = p.store_id AND outcome.seq = p.seq",
    [Ty::Int, Ty::Blob, Ty::Int, Ty::Text],
);

/// A fact at a place where it waits.
struct Waits {
    store: StoreId,
    seq: i64,
    author: AccountId,
    document: String,
    body: ParkedDocument,
}

impl Waits {
    fn of(row: &Row) -> Result<Self, StoreError> {
        let body = own(&row.get::<Packed>(4)?.0)?;
        Ok(Self { store: row.get(0)?, seq: row.get(1)?, author: row.get(2)?, document: row.get(3)?, body })
    }
}

/// Decides. What is adopted is judged afterwards, by [`adopt`](crate::accept::adopt()).
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not decide on its facts.
pub async fn decide(store: &Store, act: Act, wanted: Decide) -> Result<(), Refused<DecideError>> {
    command(store, act, "decide_parked", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Decide) -> Result<(), Refused<DecideError>> {
    let org = act.org;
    let permitted = to_project(tx, org, &act.actor, &[Action::AdoptParked], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    text::required(&wanted.reason, TEXT_MAX).map_err(DecideError::from)?;
    let facts: BTreeSet<FactId> = wanted.facts.iter().copied().collect();
    if facts.is_empty() {
        return Err(DecideError::NothingChosen.into());
    }
    // The authors never change, so they are found before their feeds are locked.
    let authors: BTreeSet<AccountId> =
        waiting(tx, org, wanted, &facts).await?.iter().map(|waits| waits.author).collect();
    let mut feeds = feed::followers(tx, org, &BTreeSet::new(), &BTreeSet::from([wanted.project])).await?;
    feeds.extend(authors);
    feed::lock(tx, org, &feeds).await?;
    // Another lead may have come while the feeds were waited for.
    let lead = feed::followers(tx, org, &BTreeSet::new(), &BTreeSet::from([wanted.project])).await?.first().copied();
    if lead.is_some_and(|lead| !feeds.contains(&lead)) {
        return Err(tx.again("the project has got another lead").into());
    }
    let waiting = waiting(tx, org, wanted, &facts).await?;
    let found: BTreeSet<&str> = waiting.iter().map(|waits| waits.document.as_str()).collect();
    if found.len() < facts.len() {
        return Err(DecideError::AlreadyDone.into());
    }
    match wanted.decision {
        Choice::Adopted => {
            tx.many(&ADOPT, waiting.iter().map(|waits| row![org, &waits.store, waits.seq])).await?;
        }
        Choice::Refused => refuse(tx, org, &waiting, lead).await?,
    }
    Ok(())
}

async fn waiting(tx: &mut Tx, org: Org, wanted: &Decide, facts: &BTreeSet<FactId>) -> Result<Vec<Waits>, StoreError> {
    let names: Vec<String> = facts.iter().map(ToString::to_string).collect();
    let asked = names.iter().map(|name| row![org, &wanted.project, name, kind::PARKED]);
    let mut found: Vec<Waits> = tx.many(&WAITING, asked).await?.iter().map(Waits::of).collect::<Result<_, _>>()?;
    found.retain(|waits| waits.body.code.known().is_some_and(|code| code.again() == Again::Adopted));
    Ok(found)
}

/// Leaves facts out for ever, and tells their authors and the lead.
async fn refuse(tx: &mut Tx, org: Org, waiting: &[Waits], lead: Option<AccountId>) -> Result<(), StoreError> {
    let refused = waiting.iter().map(|waits| row![org, &waits.store, waits.seq, Code::NotAdopted, REFUSED]);
    tx.many(&REFUSE, refused).await?;
    let recoded = waiting.iter().map(|waits| row![org, &waits.store, waits.seq, Code::NotAdopted]);
    tx.many(&RECODE, recoded).await?;
    let mut told = BTreeSet::new();
    let mut publications = Vec::new();
    for waits in waiting.iter().filter(|waits| told.insert(waits.document.as_str())) {
        let body =
            ParkedDocument { code: Code::NotAdopted.into(), decision: Some(REFUSED.to_owned()), ..waits.body.clone() };
        publications.push(Publication {
            kind: kind::PARKED,
            id: waits.document.clone(),
            body: Some(json(&body)?),
            to: readers(Action::ReadParked, waits.author, lead),
        });
    }
    publish(tx, org, publications).await.map(drop)
}
