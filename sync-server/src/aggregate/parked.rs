//! Decisions on facts that were received and do not count: the console and the phone of a lead decide by the same
//! statements.

use crate::{
    feed::{Publication, readers},
    org::Org,
    row,
    store::{Batch, Packed, Row, StoreError, Tx, Ty, json, number, own},
};
use firebee_domain::{
    account::Action,
    code::{Again, Code},
    id::{AccountId, FactId, ProjectId, StoreId},
};
use firebee_protocol::document::{ParkedDocument, kind};
use std::collections::BTreeSet;

/// What the document of a fact says of it that a person left out.
const REFUSED: &str = "refused";

/// The places at which facts wait for a decision, with the document that tells of each.
static WAITING: Batch<4> = Batch::new(
    "WITH w(org, project, document, kind) AS ({rows})
     SELECT p.store_id, p.seq, p.account, p.document, d.body, d.rev
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
#[derive(Clone)]
pub(crate) struct Waits {
    store: StoreId,
    seq: i64,
    /// Whose store sent it.
    pub(crate) author: AccountId,
    /// The id of its document: the fact's own.
    pub(crate) document: String,
    /// The revision of that document.
    pub(crate) rev: u64,
    body: ParkedDocument,
}

impl Waits {
    fn of(row: &Row) -> Result<Self, StoreError> {
        let body = own(&row.get::<Packed>(4)?.0)?;
        Ok(Self {
            store: row.get(0)?,
            seq: row.get(1)?,
            author: row.get(2)?,
            document: row.get(3)?,
            rev: number(row.get(5)?)?,
            body,
        })
    }
}

/// Where facts of a project wait for a decision; a fact that waits nowhere is not among them.
pub(crate) async fn waiting(
    tx: &mut Tx,
    org: Org,
    project: ProjectId,
    facts: &BTreeSet<FactId>,
) -> Result<Vec<Waits>, StoreError> {
    let names: Vec<String> = facts.iter().map(ToString::to_string).collect();
    let asked = names.iter().map(|name| row![org, &project, name, kind::PARKED]);
    let mut found: Vec<Waits> = tx.many(&WAITING, asked).await?.iter().map(Waits::of).collect::<Result<_, _>>()?;
    found.retain(|waits| waits.body.code.known().is_some_and(|code| code.again() == Again::Adopted));
    Ok(found)
}

/// Takes facts into account. They are judged afterwards, by `accept::adopt`.
pub(crate) async fn adopt(tx: &mut Tx, org: Org, waiting: &[Waits]) -> Result<(), StoreError> {
    tx.many(&ADOPT, waiting.iter().map(|waits| row![org, &waits.store, waits.seq])).await.map(drop)
}

/// Leaves facts out for ever. Returns what tells their authors and the lead.
pub(crate) async fn refuse(
    tx: &mut Tx,
    org: Org,
    waiting: &[Waits],
    lead: Option<AccountId>,
) -> Result<Vec<Publication>, StoreError> {
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
    Ok(publications)
}
