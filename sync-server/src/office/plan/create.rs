//! Somebody makes the plan of a project for a month, a quarter or a year (R-101…R-107).

use super::name::plan_name;
use crate::{
    clock::Clock,
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_project},
    random::uuid_v7,
    row, sql,
    store::{Batch, Store, StoreError, Tx, Ty, json},
};
use firebee_domain::{
    account::Action,
    catalogue::Nature,
    code::Code,
    id::{PlanId, PlanItemId, ProjectId},
    plan::{self, NewPlan, Plan},
    spelling::Spelled,
    time::Month,
};
use firebee_protocol::{
    catalogue::{EMBEDDED_BYTES, Pack},
    text::Language,
};
use serde::Serialize;
use uuid::Uuid;

/// What somebody chooses.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Create {
    /// The project.
    pub project: ProjectId,
    /// Month, quarter or year.
    pub nature: Nature,
    /// The month of the plan; for a quarter or year any of its months.
    pub month: Month,
}

impl Rule for plan::CreateError {
    fn code(&self) -> Code {
        Self::code(*self)
    }
}

static ITEMS: Batch<8> = Batch::new(
    "INSERT INTO plan_item(org, id, plan, position, item_id, facility, system, state) {rows}",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Int, Ty::Text, Ty::Text, Ty::Text, Ty::Text],
);

/// Makes a plan with every item of the project's ticked facilities that belongs to its nature. The plan pins the
/// catalogue that this server carries. A repeated request gets the plan that the first one made.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not plan it.
pub async fn create(
    store: &Store,
    clock: &Clock,
    act: Act,
    wanted: Create,
) -> Result<PlanId, Refused<plan::CreateError>> {
    let clock = clock.clone();
    command(store, act, "create_plan", wanted.project, wanted, async move |tx: &mut Tx, act: &Act, wanted: &Create| {
        run(tx, &clock, act, *wanted).await
    })
    .await
}

async fn run(tx: &mut Tx, clock: &Clock, act: &Act, wanted: Create) -> Result<PlanId, Refused<plan::CreateError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::CreatePlan], wanted.project).await?;
    permitted.ok_or(Refused::NotFound)?;
    make(tx, clock, act, wanted).await
}

/// Makes the plan. The caller has asked for permission.
pub(super) async fn make(
    tx: &mut Tx,
    clock: &Clock,
    act: &Act,
    wanted: Create,
) -> Result<PlanId, Refused<plan::CreateError>> {
    // Two people who make the same plan wait for each other here. The second is told that the plan exists.
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &wanted.project]).await?;
    let row = query::project::project(tx, act.org, wanted.project).await?.ok_or(Refused::NotFound)?;
    let slots = query::plan::slots(tx, act.org, wanted.project).await?;
    let pauses = query::plan::pauses(tx, act.org, wanted.project).await?;
    let pack = Pack::embedded();
    let new = NewPlan {
        id: PlanId(fresh(clock)?),
        nature: wanted.nature,
        month: wanted.month,
        catalogue: &pack.catalogue,
        catalogue_id: pack.id,
        created: act.at,
    };
    let mut failed = None;
    let made = plan::create(&row.project, &slots, &pauses, new, || {
        PlanItemId(fresh(clock).unwrap_or_else(|error| {
            failed = Some(error);
            Uuid::nil()
        }))
    });
    let made = made?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    keep(tx, act, &made, pack).await?;
    Ok(made.id)
}

fn fresh(clock: &Clock) -> Result<Uuid, StoreError> {
    uuid_v7(clock).map_err(|error| StoreError::Lost(error.to_string()))
}

async fn keep(tx: &mut Tx, act: &Act, made: &Plan, pack: &Pack) -> Result<(), StoreError> {
    let pin = sql!("INSERT INTO catalogue(id, edition, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING");
    tx.execute(pin, &row![&pack.id, &pack.catalogue.edition, EMBEDDED_BYTES]).await?;
    let insert = sql!(
        "INSERT INTO plan(org, id, project, nature, period, name, catalogue, created_ms, facilities, sort, find)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    );
    let (name, period) = (plan_name(&made.name, Language::Zh), made.period.to_string());
    let (facilities, Spelled { sort, find }) = (json(&made.facilities)?, Spelled::of(&name));
    let values = row![
        act.org,
        &made.id,
        &made.project,
        made.nature,
        &period,
        &name,
        &pack.id,
        made.created,
        &facilities,
        &sort,
        &find
    ];
    tx.execute(insert, &values).await?;
    let rows = made.items.iter().zip(1_i64..).map(|(item, position)| {
        row![act.org, &item.id, &made.id, position, &item.item_id, &item.facility, &item.system, item.state]
    });
    tx.many(&ITEMS, rows).await.map(drop)
}
