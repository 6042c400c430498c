//! The fire service in charge decides a request to pause a month.

use crate::{
    office::{Act, Flaw, Refused, Rule, command::command},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{ProjectId, RequestId},
    project::{DecidePauseError, decide_pause},
    ruling::{Outcome, RulingError, Typed},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is decided.
#[derive(Clone, Debug, Serialize)]
pub struct Decide {
    /// The project.
    pub project: ProjectId,
    /// The request.
    pub pause: RequestId,
    /// What.
    pub decision: Outcome,
    /// Why, as typed; required at a rejection.
    pub reason: String,
}

impl Rule for RulingError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Reason(error) => error.values(),
            Self::AlreadyDecided => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = if matches!(self, Self::Reason(_)) { "reason" } else { "" };
        vec![Flaw::of(at, self)]
    }
}

impl Rule for DecidePauseError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Ruling(error) => error.values(),
            Self::ProjectTerminated | Self::MonthHasPlan => Values::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Ruling(error) => error.flaws(),
            Self::ProjectTerminated | Self::MonthHasPlan => Vec::new(),
        }
    }
}

/// Decides. `act` stands in the chain of the project's firm.
///
/// # Errors
/// [`Refused`], also when the request is not there or the project does not lie in the actor's jurisdiction.
pub async fn decide(store: &Store, act: Act, wanted: Decide) -> Result<(), Refused<DecidePauseError>> {
    command(store, act, "decide_pause", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Decide) -> Result<(), Refused<DecidePauseError>> {
    let (org, id) = (act.org, wanted.project);
    to_project(tx, org, &act.actor, &[Action::DecidePause], id).await?.ok_or(Refused::NotFound)?;
    let unit = query::firm::unit_of(tx, act.actor.account).await?.ok_or(Refused::NotFound)?;
    // Making a plan locks this row too, and so does taking the request back.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![org, &id]).await?;
    let site = query::project::project(tx, org, id).await?.ok_or(Refused::NotFound)?;
    let plans = query::plan::slots(tx, org, id).await?;
    let mut asked = query::pause::of_project(tx, org, id).await?;
    asked.retain(|row| row.id == wanted.pause);
    let request = asked.pop().ok_or(Refused::NotFound)?.request;
    let typed = Typed { outcome: wanted.decision, reason: &wanted.reason };
    let by = (unit.as_str(), act.actor.account, act.at);
    let decided = decide_pause((&site.project, &plans), &request, typed, by)?;
    let keep = sql!("UPDATE suspension SET state = ?3, body = ?4 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![org, &wanted.pause, decided.state, &json(&decided)?]).await?;
    Ok(())
}
