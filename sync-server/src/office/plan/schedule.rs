//! Somebody sets the day and the place that items of a plan are meant for.

use super::{keep, share};
use crate::{
    office::{
        Act,
        act::{Begun, begin},
    },
    query::{self, access::to_plan},
    store::{Store, StoreError, Tx},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::Action,
    id::{PlanId, PlanItemId},
    plan,
};
use serde_json::json;

/// What is set.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The plan.
    pub plan: PlanId,
    /// The items; all change or none.
    pub items: Vec<PlanItemId>,
    /// The day, within the plan's period; `None` clears it.
    pub planned_for: Option<NaiveDate>,
    /// Where in the building, as typed; empty clears it.
    pub position: String,
}

/// Why nothing is set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// No such plan, or none that this actor may issue.
    #[error("no such plan for this actor")]
    NotFound,
    /// A rule refuses.
    #[error(transparent)]
    Rule(#[from] plan::ScheduleError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ScheduleError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Rule(error) => error.code(),
            Self::RequestTaken => "already_done",
            Self::Store(error) => error.code(),
        }
    }
}

/// Sets day and place of items, in one transaction, and tells the phones of those who have them already. The same
/// request again changes nothing.
///
/// # Errors
/// See [`ScheduleError`].
pub async fn schedule(store: &Store, act: Act, wanted: Schedule) -> Result<(), ScheduleError> {
    store.write("schedule_items", async move |tx: &mut Tx| run(tx, &act, &wanted).await).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Schedule) -> Result<(), ScheduleError> {
    let permitted = to_plan(tx, &act.actor, &[Action::IssuePlan], wanted.plan).await?;
    permitted.ok_or(ScheduleError::NotFound)?;
    let noted = json!({ "items": wanted.items, "day": wanted.planned_for, "position": wanted.position });
    match begin(tx, act, "schedule_items", &wanted.plan.to_string(), &noted).await? {
        Begun::First => {}
        Begun::Repeated(_) => return Ok(()),
        Begun::Taken => return Err(ScheduleError::RequestTaken),
    }
    let mut held = keep::hold(tx, wanted.plan).await?.ok_or(ScheduleError::NotFound)?;
    let site = query::project::project(tx, held.plan.project).await?.ok_or(ScheduleError::NotFound)?;
    let told = plan::schedule(&mut held.plan, &wanted.items, wanted.planned_for, &wanted.position)?;
    keep::items(tx, &held.plan, &wanted.items).await?;
    for executor in told {
        share::assignment(tx, &held, &site, executor, act.at).await?;
    }
    Ok(())
}
