//! A manager gives a further building of a project a fence of its own, or takes it away.

use super::publish::provide;
use crate::{
    feed,
    office::{Act, Refused, Rule, command::command},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    code::Code,
    geofence::{Datum, Geofence, GeofenceError, Location, Position},
    id::ProjectId,
    measure::Decimal,
    project::{self, FenceError, Project},
};
use serde::Serialize;

/// A fence as typed.
#[derive(Clone, Debug, Serialize)]
pub struct PutFence {
    /// The project.
    pub project: ProjectId,
    /// What it is called. A fence that the project has under this name gets this place.
    pub name: String,
    /// What the coordinates refer to.
    pub datum: Datum,
    /// The latitude in degrees, as typed.
    pub lat: String,
    /// The longitude in degrees, as typed.
    pub lon: String,
    /// The radius in metres; `None` takes the default.
    pub radius_m: Option<u32>,
}

/// Which fence is taken away.
#[derive(Clone, Debug, Serialize)]
pub struct RemoveFence {
    /// The project.
    pub project: ProjectId,
    /// What it is called.
    pub name: String,
}

impl Rule for FenceError {
    fn code(&self) -> Code {
        (*self).code()
    }
}

/// Puts the fence and tells the phones. Verdicts that were given stay.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not change it.
pub async fn put_fence(store: &Store, act: Act, wanted: PutFence) -> Result<(), Refused<FenceError>> {
    command(store, act, "put_fence", wanted.project, wanted, put).await
}

async fn put(tx: &mut Tx, act: &Act, wanted: &PutFence) -> Result<(), Refused<FenceError>> {
    // A value is judged only for somebody who may change the project.
    let put = |project: &Project| project::put_fence(project, &wanted.name, placed(wanted)?);
    change(tx, act, wanted.project, put).await
}

/// Takes the fence away and tells the phones. Verdicts that were given stay.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not change it.
pub async fn remove_fence(store: &Store, act: Act, wanted: RemoveFence) -> Result<(), Refused<FenceError>> {
    command(store, act, "remove_fence", wanted.project, wanted, remove).await
}

async fn remove(tx: &mut Tx, act: &Act, wanted: &RemoveFence) -> Result<(), Refused<FenceError>> {
    change(tx, act, wanted.project, |project| project::remove_fence(project, &wanted.name)).await
}

/// The fence that was typed. What is no number of degrees is nowhere on the earth.
fn placed(wanted: &PutFence) -> Result<Geofence, GeofenceError> {
    // A decimal is scaled by 10^6, as positions are.
    let e6 = |typed: &str| {
        let degrees: Decimal = typed.trim().parse().map_err(|_| GeofenceError::LocationOutOfRange)?;
        i32::try_from(degrees.scaled()).map_err(|_| GeofenceError::LocationOutOfRange)
    };
    let place = Position::new(e6(&wanted.lat)?, e6(&wanted.lon)?)?;
    Geofence::new(Location::new(wanted.datum, place), wanted.radius_m)
}

async fn change(
    tx: &mut Tx,
    act: &Act,
    id: ProjectId,
    changed: impl FnOnce(&Project) -> Result<Project, FenceError> + Send,
) -> Result<(), Refused<FenceError>> {
    let permitted = to_project(tx, act.org, &act.actor, &[Action::EditProject], id).await?;
    permitted.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, id, None).await?;
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &id]).await?;
    let mut site = query::project::project(tx, act.org, id).await?.ok_or(Refused::NotFound)?;
    site.project = changed(&site.project)?;
    let keep = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![act.org, &id, &json(&site.project)?]).await?;
    Ok(provide(tx, act.org, &site).await?)
}
