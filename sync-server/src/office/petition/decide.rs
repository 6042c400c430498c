//! The fire service decides a petition; an approval carries it out.

use super::{Found, decides, effect};
use crate::{
    feed,
    office::{
        Act, Flaw, Refused, Rule,
        command::command,
        on_task::{OnTask, on_task},
        project::publish::provide,
        report::void::keep_void,
    },
    query::{self, access::to_project},
    row, sql,
    store::{Store, StoreError, Tx, json, own},
};
use firebee_domain::{
    code::Code,
    id::{ProjectId, RequestId},
    petition::{DecideError, Matter, Petition},
    ruling::{Outcome, Typed},
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is decided.
#[derive(Clone, Debug, Serialize)]
pub struct Decide {
    /// The project.
    pub project: ProjectId,
    /// The petition.
    pub petition: RequestId,
    /// What.
    pub decision: Outcome,
    /// Why, as typed; required at a rejection.
    pub reason: String,
}

impl Rule for DecideError {
    fn code(&self) -> Code {
        self.code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Ruling(error) => error.values(),
            Self::Effect(error) => error.values(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        match self {
            Self::Ruling(error) => error.flaws(),
            Self::Effect(_) => Vec::new(),
        }
    }
}

/// Decides. `act` stands in the chain of the project's firm, so that the firm reads who changed what.
///
/// # Errors
/// [`Refused`], also when the petition is not there, the project does not lie in the actor's jurisdiction, or a unit above
/// decides it.
pub async fn decide(store: &Store, act: Act, wanted: Decide) -> Result<(), Refused<DecideError>> {
    command(store, act, "decide_petition", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Decide) -> Result<(), Refused<DecideError>> {
    let (org, id) = (act.org, wanted.project);
    let found = query::petition::petition(tx, org, wanted.petition).await?;
    let matter = found.filter(|row| row.petition.project == id).ok_or(Refused::NotFound)?.petition.matter;
    to_project(tx, org, &act.actor, &[decides(matter.kind())], id).await?.ok_or(Refused::NotFound)?;
    let unit = query::unit::of_officer(tx, act.actor.account).await?.ok_or(Refused::NotFound)?;
    if !matter.kind().is_decided_by(unit.level) {
        return Err(Refused::NotFound);
    }
    let task = locked(tx, act, (id, matter)).await?;
    let lock = sql!("UPDATE petition SET state = state WHERE org = ?1 AND id = ?2 RETURNING body");
    let row = tx.query_opt(lock, &row![org, &wanted.petition]).await?.ok_or(Refused::NotFound)?;
    let waits: Petition = own(row.get(0)?)?;
    let changed = effect(tx, (org, id), matter, (&waits.reason, act.at)).await?;
    let (found, told) = match changed {
        Ok((found, told)) => (Some(found), Ok(told)),
        Err(error) => (None, Err(error)),
    };
    let typed = Typed { outcome: wanted.decision, reason: &wanted.reason };
    let decided = waits.decided(typed, (&unit.name, act.actor.account, act.at), told)?;
    let keep = sql!("UPDATE petition SET state = ?3, body = ?4 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![org, &wanted.petition, decided.state(), &json(&decided)?]).await?;
    match found.filter(|_| wanted.decision == Outcome::Approved) {
        Some(found) => apply(tx, act, (found, task), &waits.reason).await,
        None => Ok(()),
    }
}

/// Locks what the petition changes. Feeds come before any row.
async fn locked<'a>(
    tx: &mut Tx,
    act: &'a Act,
    (project, matter): (ProjectId, Matter),
) -> Result<Option<OnTask<'a>>, Refused<DecideError>> {
    let task = match matter {
        Matter::TakeBackApproval(task) => Some(on_task(tx, act, decides(matter.kind()), task).await?),
        Matter::SpecialSite => {
            feed::lock_project(tx, act.org, project, None).await?;
            None
        }
        Matter::TakeBackReport(_) => None,
    };
    // Making a plan, generating a report and filing one lock this row too.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &project]).await?;
    Ok(task)
}

/// Carries the petition out.
async fn apply(
    tx: &mut Tx,
    act: &Act,
    (found, task): (Found, Option<OnTask<'_>>),
    reason: &str,
) -> Result<(), Refused<DecideError>> {
    match found {
        Found::Project(site) => {
            let keep = sql!("UPDATE project SET body = ?3, special = ?4 WHERE org = ?1 AND id = ?2");
            let project = &site.project;
            tx.execute(keep, &row![act.org, &project.id, &json(project)?, project.special_site]).await?;
            Ok(provide(tx, act.org, &site).await?)
        }
        Found::Report(report) => Ok(keep_void(tx, act.org, &report, act.at).await?),
        Found::Task => {
            let task = task.ok_or_else(|| StoreError::Bug("a task was not locked".into()))?;
            task.take_back(tx, reason.to_owned()).await
        }
    }
}
