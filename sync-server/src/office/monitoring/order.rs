//! The lead or the manager orders a supplementary test because of an event. Its executor begins it on the phone.

use crate::{
    feed,
    office::{Act, Refused, Rule, command::command, project::publish::provide},
    query::{self, access::to_project, monitoring::event},
    row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::Action,
    code::Code,
    id::{AccountId, ProjectId},
    monitoring::{OrderError, check_order},
    suspension::PauseState,
    time::Month,
};
use serde::Serialize;
use uuid::Uuid;

/// Which event, and who is to test.
#[derive(Clone, Debug, Serialize)]
pub struct OrderTest {
    /// The event.
    pub event: Uuid,
    /// Its project.
    pub project: ProjectId,
    /// Who is to test; `None` where nobody was chosen.
    pub executor: Option<AccountId>,
}

impl Rule for OrderError {
    fn code(&self) -> Code {
        (*self).code()
    }
}

/// Orders the test and tells the phones of the project.
///
/// # Errors
/// [`Refused`], also when the event is not there, tells that something is over, or is not in the charge of this actor.
pub async fn order(store: &Store, act: Act, wanted: OrderTest) -> Result<(), Refused<OrderError>> {
    command(store, act, "order_test", wanted.project, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &OrderTest) -> Result<(), Refused<OrderError>> {
    let project = wanted.project;
    let asked = [Action::TurnEvent, Action::IssuePlan];
    to_project(tx, act.org, &act.actor, &asked, project).await?.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, project, None).await?;
    let told = event(tx, act.org, wanted.event).await?.ok_or(Refused::NotFound)?;
    if told.project != project {
        return Err(Refused::NotFound);
    }
    let site = query::project::project(tx, act.org, project).await?.ok_or(Refused::NotFound)?;
    let this_month = Month::of(act.at.china_day());
    let pauses = query::pause::of_project(tx, act.org, project).await?;
    let paused =
        pauses.iter().any(|row| row.request.state == PauseState::Approved && Some(row.request.month) == this_month);
    let workers = query::monitoring::workers(tx, act.org, project).await?;
    let executor = wanted.executor.filter(|executor| workers.contains(executor));
    let circumstances = (site.project.termination.is_some(), paused, executor.is_some());
    check_order(told.signal, circumstances).ok_or(Refused::NotFound)??;
    // Two people may look at one event: the row is the first one's.
    let take = sql!(
        "UPDATE monitoring_event SET executor = ?3, ordered_by = ?4, ordered_ms = ?5
         WHERE org = ?1 AND id = ?2 AND repair IS NULL AND executor IS NULL"
    );
    let values = row![act.org, &wanted.event, executor.as_ref(), &act.actor.account, act.at];
    if tx.execute(take, &values).await? == 0 {
        return Err(OrderError::Turned.into());
    }
    Ok(provide(tx, act.org, &site).await?)
}
