//! A lead decides by a fact of the phone on facts that do not count, by the rule and the statements of the console.

use super::{board::Board, candidate::Candidate, judge::may};
use crate::{
    aggregate::parked::{self, Waits},
    feed::Publication,
    org::Org,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::Relation,
    code::Code,
    id::{AccountId, FactId, ProjectId},
    parked::{Choice, ParkedDecided, checked},
};
use firebee_protocol::fact::{Body, Fact};
use std::collections::BTreeSet;

/// The decisions among facts, each with its project.
fn decisions<'a>(facts: impl Iterator<Item = &'a Fact>) -> impl Iterator<Item = (ProjectId, BTreeSet<FactId>)> {
    facts.filter_map(|fact| match (&fact.body, fact.project) {
        (Ok(Body::ParkedDecided(decided)), Some(project)) => Some((project, decided.facts.iter().copied().collect())),
        _ => None,
    })
}

/// Who recorded what facts decide on: their feeds are locked before, because they are told.
pub(super) async fn authors<'a>(
    tx: &mut Tx,
    org: Org,
    facts: impl Iterator<Item = &'a Fact>,
) -> Result<BTreeSet<AccountId>, StoreError> {
    let mut authors = BTreeSet::new();
    for (project, facts) in decisions(facts).collect::<Vec<_>>() {
        authors.extend(parked::waiting(tx, org, project, &facts).await?.iter().map(|waits| waits.author));
    }
    Ok(authors)
}

/// Loads where the facts wait on which the candidates decide.
pub(super) async fn load(tx: &mut Tx, board: &mut Board, candidates: &[Candidate<'_>]) -> Result<(), StoreError> {
    let org = board.ledger.org;
    for (project, facts) in decisions(candidates.iter().filter_map(Candidate::open_fact)).collect::<Vec<_>>() {
        for waits in parked::waiting(tx, org, project, &facts).await? {
            if let Ok(fact) = waits.document.parse::<FactId>() {
                board.waiting.entry((project, fact)).or_default().push(waits);
            }
        }
    }
    Ok(())
}

/// Judges a decision. The server must have had the revision of a document that the lead looked at. What was decided already,
/// by whomever, waits no more. Nobody decides on a decision, so none of its codes waits for a person.
pub(super) fn judge(board: &mut Board, candidate: &Candidate<'_>, decided: &ParkedDecided) -> Result<(), Code> {
    let fact = candidate.fact.as_deref().ok_or(Code::Malformed)?;
    let project = fact.project.ok_or(Code::SubjectMissing)?;
    let lead = board.ledger.sites.get(&project).ok_or(Code::NotPermitted)?.lead;
    // The decision of a phone that has lost its account is out for good; the facts go on waiting.
    if candidate.late {
        return Err(Code::NotPermitted);
    }
    let relations: &[Relation] = if lead == candidate.account { &[Relation::Lead] } else { &[] };
    may(board, candidate, &Body::from(decided.clone()), relations)?;
    let waits = |fact: FactId| board.waiting.contains_key(&(project, fact));
    let (facts, _) = checked(&decided.facts, &decided.reason, waits).map_err(|error| error.code())?;
    let known = |seen: &firebee_protocol::fact::Seen| {
        let mut all = facts.iter().filter_map(|fact| board.waiting.get(&(project, *fact))).flatten();
        all.any(|held| held.document == seen.doc && seen.rev <= held.rev)
    };
    if !fact.subject.seen.as_ref().is_some_and(known) {
        return Err(Code::DecisionUnseen);
    }
    let taken: Vec<Waits> = facts.iter().filter_map(|fact| board.waiting.remove(&(project, *fact))).flatten().collect();
    board.decided.push((decided.decision, taken, lead));
    Ok(())
}

/// Writes what was decided; what was adopted is judged after the commit.
pub(super) async fn write(tx: &mut Tx, board: &mut Board) -> Result<Vec<Publication>, StoreError> {
    let (org, mut publications) = (board.ledger.org, Vec::new());
    for (choice, waiting, lead) in std::mem::take(&mut board.decided) {
        match choice {
            Choice::Adopted => parked::adopt(tx, org, &waiting).await?,
            Choice::Refused => publications.extend(parked::refuse(tx, org, &waiting, Some(lead)).await?),
        }
    }
    Ok(publications)
}
