//! The plan of a coming period is made and issued after the last assignment. Each project is an act of its own: a form
//! for many projects sends one after the other, so that nobody else waits for all of them, and one that is sent twice or by
//! two people finds the projects as the first has left them.

use super::{create, keep, share};
use crate::{
    clock::Clock,
    feed,
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Account, Action},
    catalogue::Nature,
    code::Code,
    id::{AccountId, PlanId, PlanItemId, ProjectId, RequestId},
    plan::{self, Next, Outlook, PlanItemState, facilities_left, foresee, may_execute, period_start},
    time::Month,
};
use firebee_protocol::catalogue::Pack;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A project and a period.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PlanNext {
    /// The project.
    pub project: ProjectId,
    /// Month, quarter or year.
    pub nature: Nature,
    /// A month of the period.
    pub month: Month,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The plan.
    pub plan: PlanId,
    /// Whether this act made it.
    pub made: bool,
    /// How many items it issued.
    pub issued: u32,
}

/// Why nothing is done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NextError {
    /// There is nothing to do, for this reason.
    #[error("there is nothing to make or to issue")]
    Nothing(Next),
    /// A rule of making the plan.
    #[error(transparent)]
    Create(#[from] plan::CreateError),
    /// A rule of issuing it.
    #[error(transparent)]
    Issue(#[from] plan::IssueError),
}

impl Rule for NextError {
    fn code(&self) -> Code {
        match self {
            Self::Nothing(next) => match next {
                Next::Paused => Code::MonthPaused,
                Next::Terminated => Code::ProjectTerminated,
                Next::Ended | Next::NotDue => Code::PlanOutOfPeriod,
                Next::Empty => Code::PlanWithoutItems,
                _ => Code::PlanExists,
            },
            Self::Create(error) => error.code(),
            Self::Issue(error) => error.code(),
        }
    }
}

/// The request of one project of a form: it follows from the form's own, so that the form sent again asks for the same.
#[must_use]
pub fn request_of(form: RequestId, project: ProjectId) -> RequestId {
    RequestId(Uuid::new_v5(&form.0, project.0.as_bytes()))
}

/// Makes and issues the plan of a period as far as [`foresee`] says.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not plan it, and when nothing is left to do.
pub async fn plan_next(
    store: &Store,
    clock: &Clock,
    act: Act,
    wanted: PlanNext,
) -> Result<Planned, Refused<NextError>> {
    let clock = clock.clone();
    command(store, act, "plan_next", wanted.project, wanted, async move |tx: &mut Tx, act: &Act, wanted: &PlanNext| {
        run(tx, &clock, act, *wanted).await
    })
    .await
}

async fn run(tx: &mut Tx, clock: &Clock, act: &Act, wanted: PlanNext) -> Result<Planned, Refused<NextError>> {
    let (org, id) = (act.org, wanted.project);
    let actions = [Action::CreatePlan, Action::IssuePlan];
    to_project(tx, org, &act.actor, &actions, id).await?.ok_or(Refused::NotFound)?;
    let period = period_start(wanted.nature, wanted.month);
    let last = query::ledger::shares_of(tx, org, id, (wanted.nature, period)).await?;
    let had: BTreeSet<AccountId> = last.iter().map(|share| share.executor).collect();
    let everybody = feed::of_project(tx, org, id).await?.into_iter().chain(had.iter().copied()).collect();
    feed::lock(tx, org, &everybody).await?;
    tx.execute(sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2"), &row![org, &id]).await?;
    let site = query::project::project(tx, org, id).await?.ok_or(Refused::NotFound)?;
    let executors = executors(tx, act, &had, &site.project).await?;
    let slots = query::plan::slots(tx, org, id).await?;
    let there = match query::plan::of_slot(tx, org, id, (wanted.nature, period)).await? {
        Some(plan) => keep::hold(tx, org, plan).await?,
        None => None,
    };
    let foreseen = foresee(&Outlook {
        project: &site.project,
        pauses: &query::plan::pauses(tx, org, id).await?,
        slots: &slots,
        left: &there.as_ref().map(|held| facilities_left(&held.plan)).unwrap_or_default(),
        last: &last,
        open: &executors.keys().copied().collect(),
        catalogue: &Pack::embedded().catalogue,
        nature: wanted.nature,
        month: wanted.month,
        today: act.at.china_day(),
    });
    if !foreseen.next.is_act() {
        return Err(NextError::Nothing(foreseen.next).into());
    }
    let mut held = match there {
        Some(held) => held,
        None => {
            let new = create::Create { project: id, nature: wanted.nature, month: wanted.month };
            let made = create::make(tx, clock, act, new).await.map_err(|error| error.map(NextError::from))?;
            keep::hold(tx, org, made).await?.ok_or(Refused::NotFound)?
        }
    };
    let mut issued = 0;
    for (account, facilities) in &foreseen.to {
        let Some(executor) = executors.get(account) else { continue };
        let left = held.plan.items.iter().filter(|item| {
            item.state == PlanItemState::NotIssued && item.ignored.is_none() && facilities.contains(&item.facility)
        });
        let items: Vec<PlanItemId> = left.map(|item| item.id).collect();
        let issue = plan::Issue { items: &items, executor, today: act.at.china_day() };
        plan::issue(&mut held.plan, &site.project, &issue).map_err(NextError::from)?;
        keep::items(tx, org, &held.plan, &items).await?;
        share::assignment(tx, org, (&held, &site), *account, act.at).await?;
        issued += u32::try_from(items.len()).unwrap_or(u32::MAX);
    }
    Ok(Planned { plan: held.plan.id, made: foreseen.next.makes(), issued })
}

/// Those of the last assignment who still execute.
async fn executors(
    tx: &mut Tx,
    act: &Act,
    had: &BTreeSet<AccountId>,
    project: &firebee_domain::project::Project,
) -> Result<HashMap<AccountId, Account>, Refused<NextError>> {
    let mut open = HashMap::new();
    for id in had {
        let account = query::member::account(tx, act.org, *id).await?;
        if let Some(account) = account.filter(|account| may_execute(project, account)) {
            open.insert(*id, account);
        }
    }
    Ok(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_sent_again_asks_for_the_same_of_each_project() {
        let (form, other) = (RequestId(Uuid::from_u128(1)), RequestId(Uuid::from_u128(2)));
        let project = |n| ProjectId(Uuid::from_u128(n));
        assert_eq!(request_of(form, project(1)), request_of(form, project(1)));
        assert_ne!(request_of(form, project(1)), request_of(form, project(2)));
        assert_ne!(request_of(form, project(1)), request_of(other, project(1)));
    }
}
