//! A lead or manager decides on facts that were received and do not count, because they came late, or because another
//! account has what they are about: to take them into account, or to leave them out (R-131; protocol, "Kept and not
//! counted").

use crate::{
    aggregate::parked,
    feed::{self, publish},
    office::{Act, Refused, Rule, command::command},
    query::access::to_project,
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{AccountId, FactId, ProjectId},
    parked::{Choice, DecideError, checked},
};
use firebee_protocol::text::named::{self, Values};
use serde::Serialize;
use std::collections::BTreeSet;

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

impl Rule for DecideError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => named::of_text(error),
            Self::NothingChosen | Self::AlreadyDone => Values::new(),
        }
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
    let (facts, _) = checked(&wanted.facts, &wanted.reason, |_| true)?;
    // The authors never change, so they are found before their feeds are locked.
    let before = parked::waiting(tx, org, wanted.project, &facts).await?;
    let authors: BTreeSet<AccountId> = before.iter().map(|waits| waits.author).collect();
    let mut feeds = feed::followers(tx, org, &BTreeSet::new(), &BTreeSet::from([wanted.project])).await?;
    feeds.extend(authors);
    feed::lock(tx, org, &feeds).await?;
    // Another lead may have come while the feeds were waited for.
    let lead = feed::followers(tx, org, &BTreeSet::new(), &BTreeSet::from([wanted.project])).await?.first().copied();
    if lead.is_some_and(|lead| !feeds.contains(&lead)) {
        return Err(tx.again("the project has got another lead").into());
    }
    let waiting = parked::waiting(tx, org, wanted.project, &facts).await?;
    let found: BTreeSet<&str> = waiting.iter().map(|waits| waits.document.as_str()).collect();
    checked(&wanted.facts, &wanted.reason, |fact| found.contains(fact.to_string().as_str()))?;
    match wanted.decision {
        Choice::Adopted => parked::adopt(tx, org, &waiting).await?,
        Choice::Refused => {
            let told = parked::refuse(tx, org, &waiting, lead).await?;
            publish(tx, org, told).await?;
        }
    }
    Ok(())
}
