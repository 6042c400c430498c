//! Somebody makes the plan of a project for a month, a quarter or a year (R-101…R-107).

use super::name::plan_name;
use crate::{
    clock::Clock,
    office::{
        Act,
        act::{Begun, begin},
    },
    query::{self, access::to_project},
    random::uuid_v7,
    row, sql,
    store::{Batch, Store, StoreError, Tx, Ty, json, own},
};
use firebee_domain::{
    account::Action,
    catalogue::Nature,
    id::{PlanId, PlanItemId, ProjectId},
    plan::{self, NewPlan, Plan},
    time::Month,
};
use firebee_protocol::{
    catalogue::{EMBEDDED_BYTES, Pack},
    text::Language,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What somebody chooses.
#[derive(Clone, Copy, Debug)]
pub struct Create {
    /// The project.
    pub project: ProjectId,
    /// Month, quarter or year.
    pub nature: Nature,
    /// The month it is for: any of the quarter or the year.
    pub month: Month,
}

/// Why a plan is not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// No such project, or none that this actor may plan.
    #[error("no such project for this actor")]
    NotFound,
    /// A rule refuses.
    #[error(transparent)]
    Rule(#[from] plan::CreateError),
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestTaken,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CreateError {
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

/// What is noted of the act: a repeated request leads to the same plan.
#[derive(Serialize, Deserialize)]
struct Noted {
    plan: PlanId,
}

static ITEMS: Batch<7> = Batch::new(
    "INSERT INTO plan_item(id, plan, position, item_id, facility, system, state) {rows}",
    [Ty::Blob, Ty::Blob, Ty::Int, Ty::Text, Ty::Text, Ty::Text, Ty::Text],
);

/// Makes a plan with every item of the project's ticked facilities that belongs to its nature, pinned to the catalogue
/// that this server carries. The same request again gives the plan it made.
///
/// # Errors
/// See [`CreateError`].
pub async fn create(store: &Store, clock: &Clock, act: Act, wanted: Create) -> Result<PlanId, CreateError> {
    let clock = clock.clone();
    store.write("create_plan", async move |tx: &mut Tx| run(tx, &clock, &act, wanted).await).await
}

async fn run(tx: &mut Tx, clock: &Clock, act: &Act, wanted: Create) -> Result<PlanId, CreateError> {
    let permitted = to_project(tx, &act.actor, &[Action::CreatePlan], wanted.project).await?;
    permitted.ok_or(CreateError::NotFound)?;
    let noted = Noted { plan: PlanId(fresh(clock)?) };
    match begin(tx, act, "create_plan", &wanted.project.to_string(), &noted).await? {
        Begun::First => {}
        Begun::Repeated(before) => return Ok(own::<Noted>(&before)?.plan),
        Begun::Taken => return Err(CreateError::RequestTaken),
    }
    // Two who plan the same month come one after the other, and the second is told that there is one.
    tx.execute(sql!("UPDATE project SET lead = lead WHERE id = ?1"), &row![&wanted.project.0]).await?;
    let row = query::project::project(tx, wanted.project).await?.ok_or(CreateError::NotFound)?;
    let slots = query::plan::slots(tx, wanted.project).await?;
    let pauses = query::plan::pauses(tx, wanted.project).await?;
    let pack = Pack::embedded();
    let new = NewPlan {
        id: noted.plan,
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
    tx.execute(pin, &row![&pack.id.0, &pack.catalogue.edition, EMBEDDED_BYTES]).await?;
    let insert = sql!(
        "INSERT INTO plan(id, project, nature, period, name, catalogue, created_ms, created_by, facilities)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    );
    let (name, period) = (plan_name(&made.name, Language::Zh), made.period.to_string());
    let facilities = json(&made.facilities)?;
    let values = row![
        &made.id.0,
        &made.project.0,
        made.nature.code(),
        &period,
        &name,
        &pack.id.0,
        made.created.0,
        &act.actor.account.0,
        &facilities
    ];
    tx.execute(insert, &values).await?;
    let rows = made.items.iter().zip(1_i64..).map(|(item, position)| {
        row![&item.id.0, &made.id.0, position, &item.item_id, &item.facility, &item.system, item.state.code()]
    });
    tx.many(&ITEMS, rows).await.map(drop)
}
