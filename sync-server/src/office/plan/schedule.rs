//! Somebody sets the day and the place that items of a plan are meant for.

use super::{choose::choose, keep, share};
use crate::{
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_plan},
    store::{Store, Tx},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::Action,
    code::Code,
    id::{PlanId, PlanItemId},
    plan,
};
use firebee_protocol::text::named::Values;
use serde::Serialize;

/// What is set.
#[derive(Clone, Debug, Serialize)]
pub struct Schedule {
    /// The plan.
    pub plan: PlanId,
    /// The items; all change or none.
    pub items: Vec<PlanItemId>,
    /// Facilities: their items that are neither issued nor ignored change too.
    pub facilities: Vec<String>,
    /// The day, within the plan's period; `None` clears it.
    pub planned_for: Option<NaiveDate>,
    /// Where in the building, as typed; empty clears it.
    pub position: String,
}

impl Rule for plan::ScheduleError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Position(error) => error.values(),
            _ => Values::new(),
        }
    }
}

/// Sets day and place of items, and tells the phones of those who have them already.
///
/// # Errors
/// [`Refused`], also when the plan is not there or this actor may not issue it.
pub async fn schedule(store: &Store, act: Act, wanted: Schedule) -> Result<(), Refused<plan::ScheduleError>> {
    command(store, act, "schedule_items", wanted.plan, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Schedule) -> Result<(), Refused<plan::ScheduleError>> {
    let permitted = to_plan(tx, act.org, &act.actor, &[Action::IssuePlan], wanted.plan).await?;
    permitted.ok_or(Refused::NotFound)?;
    let mut held = keep::hold(tx, act.org, wanted.plan).await?.ok_or(Refused::NotFound)?;
    let site = query::project::project(tx, act.org, held.plan.project).await?.ok_or(Refused::NotFound)?;
    let items = choose(&held.plan, &wanted.items, &wanted.facilities);
    let told = plan::schedule(&mut held.plan, &items, wanted.planned_for, &wanted.position)?;
    keep::items(tx, act.org, &held.plan, &items).await?;
    for executor in told {
        share::assignment(tx, act.org, (&held, &site), executor, act.at).await?;
    }
    Ok(())
}
