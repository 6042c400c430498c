//! A manager enters the buildings of a project one by one, and takes them away.

use super::publish::provide;
use crate::{
    feed,
    office::{Act, Flaw, Refused, Rule, command::command},
    query::{self, access::to_project},
    row, sql,
    store::{Store, Tx, json},
};
use firebee_domain::{
    account::Action,
    building::{Building, BuildingError, WaterStorage, WaterStorageKind},
    code::Code,
    id::{BuildingId, ProjectId},
    project::{BuildingChangeError, Project, TerminateError, put_building, remove_building},
    text,
};
use serde::Serialize;
use std::str::FromStr;

/// A building as typed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BuildingTyped {
    /// The name.
    pub name: String,
    /// Square metres.
    pub area_m2: String,
    /// Square metres above ground.
    pub area_above_m2: String,
    /// Square metres below ground.
    pub area_below_m2: String,
    /// Floors above ground.
    pub floors_above: String,
    /// Floors below ground.
    pub floors_below: String,
    /// Metres.
    pub height_m: String,
    /// Whether it has a water supply of its own.
    pub water_supply: bool,
    /// The storages, each with its kind, place and capacity in cubic metres; rows without a place and a capacity are left
    /// out.
    pub storages: Vec<(Option<WaterStorageKind>, String, String)>,
    /// Whether the contract covers a part only.
    pub partly_covered: bool,
    /// The remark.
    pub remark: String,
}

/// Which building is put.
#[derive(Clone, Debug, Serialize)]
pub struct PutBuilding {
    /// The project.
    pub project: ProjectId,
    /// The building that is replaced; `None` adds one.
    pub building: Option<BuildingId>,
    /// What it is.
    pub typed: BuildingTyped,
}

/// Which building is taken away.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RemoveBuilding {
    /// The project.
    pub project: ProjectId,
    /// The building.
    pub building: BuildingId,
}

/// Why the buildings stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildingsError {
    /// nothing of a terminated project changes.
    #[error("the project is terminated")]
    ProjectTerminated,
    /// Some fields hold no numbers.
    #[error("{} fields of the building hold no number", .0.len())]
    Numbers(Vec<String>),
    /// What the domain says.
    #[error(transparent)]
    Building(#[from] BuildingChangeError),
}

impl Rule for BuildingsError {
    fn code(&self) -> Code {
        match self {
            Self::ProjectTerminated => TerminateError::ProjectTerminated.code(),
            Self::Numbers(_) => Code::ValueMalformed,
            Self::Building(error) => error.code(),
        }
    }

    fn values(&self) -> firebee_protocol::text::named::Values {
        match self {
            Self::Building(error) => error.values(),
            Self::ProjectTerminated | Self::Numbers(_) => Vec::new(),
        }
    }

    fn flaws(&self) -> Vec<Flaw> {
        let at = |field: &str| vec![Flaw::of(field, self)];
        match self {
            Self::ProjectTerminated => Vec::new(),
            Self::Numbers(fields) => fields.iter().map(|field| Flaw::of(field.as_str(), self)).collect(),
            Self::Building(BuildingChangeError::NameTaken | BuildingChangeError::TooMany) => at("name"),
            Self::Building(BuildingChangeError::Building(error)) => match error {
                BuildingError::NegativeMeasure => at("area_m2"),
                BuildingError::WaterStorageMissing | BuildingError::WaterStorageUnexpected => at("water_supply"),
                BuildingError::PartRemarkMissing => at("remark"),
                // The name, the place of a storage, or the remark.
                BuildingError::Text(_) => Vec::new(),
            },
        }
    }
}

/// Adds a building, or replaces one, and tells the phones.
///
/// # Errors
/// [`Refused`], also when the project is not there or this actor may not change it.
pub async fn put(store: &Store, act: Act, wanted: PutBuilding) -> Result<(), Refused<BuildingsError>> {
    command(store, act, "put_building", wanted.project, wanted, run_put).await
}

/// Takes a building away, and tells the phones.
///
/// # Errors
/// [`Refused`], also when the project or the building is not there or this actor may not change it.
pub async fn remove(store: &Store, act: Act, wanted: RemoveBuilding) -> Result<(), Refused<BuildingsError>> {
    command(store, act, "remove_building", wanted.project, wanted, run_remove).await
}

async fn run_put(tx: &mut Tx, act: &Act, wanted: &PutBuilding) -> Result<(), Refused<BuildingsError>> {
    let id = wanted.building.unwrap_or(BuildingId(act.request.0));
    let building = wanted.typed.building(id)?;
    change(tx, act, wanted.project, |project| {
        if wanted.building.is_some_and(|id| !project.buildings.iter().any(|known| known.id == id)) {
            return Err(Refused::NotFound);
        }
        Ok(put_building(project, &building).map_err(BuildingsError::from)?)
    })
    .await
}

async fn run_remove(tx: &mut Tx, act: &Act, wanted: &RemoveBuilding) -> Result<(), Refused<BuildingsError>> {
    let gone = |project: &Project| remove_building(project, wanted.building).ok_or(Refused::NotFound);
    change(tx, act, wanted.project, gone).await
}

async fn change(
    tx: &mut Tx,
    act: &Act,
    id: ProjectId,
    changed: impl FnOnce(&Project) -> Result<Project, Refused<BuildingsError>> + Send,
) -> Result<(), Refused<BuildingsError>> {
    to_project(tx, act.org, &act.actor, &[Action::EditProject], id).await?.ok_or(Refused::NotFound)?;
    feed::lock_project(tx, act.org, id, None).await?;
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![act.org, &id]).await?;
    let mut site = query::project::project(tx, act.org, id).await?.ok_or(Refused::NotFound)?;
    if site.project.termination.is_some() {
        return Err(BuildingsError::ProjectTerminated.into());
    }
    site.project = changed(&site.project)?;
    let keep = sql!("UPDATE project SET body = ?3 WHERE org = ?1 AND id = ?2");
    tx.execute(keep, &row![act.org, &id, &json(&site.project)?]).await?;
    Ok(provide(tx, act.org, &site).await?)
}

impl BuildingTyped {
    /// The building that was typed. Fields without a number are named all at once.
    fn building(&self, id: BuildingId) -> Result<Building, BuildingsError> {
        let mut wrong = Vec::new();
        let building = Building {
            id,
            name: self.name.clone(),
            area_m2: number(&mut wrong, "area_m2", &self.area_m2),
            area_above_m2: number(&mut wrong, "area_above_m2", &self.area_above_m2),
            area_below_m2: number(&mut wrong, "area_below_m2", &self.area_below_m2),
            floors_above: number(&mut wrong, "floors_above", &self.floors_above),
            floors_below: number(&mut wrong, "floors_below", &self.floors_below),
            height_m: number(&mut wrong, "height_m", &self.height_m),
            water_supply: self.water_supply,
            water_storage: self.storages(&mut wrong),
            partly_covered: self.partly_covered,
            remark: self.remark.clone(),
        };
        if wrong.is_empty() { Ok(building) } else { Err(BuildingsError::Numbers(wrong)) }
    }

    fn storages(&self, wrong: &mut Vec<String>) -> Vec<WaterStorage> {
        let rows = self.storages.iter().enumerate();
        let typed = rows.filter(|(_, (_, place, capacity))| !text::is_blank(place) || !text::is_blank(capacity));
        let storage = |(n, (kind, place, capacity)): (usize, &(Option<WaterStorageKind>, String, String))| {
            let capacity_m3 = number(wrong, &format!("storage-{n}-capacity"), capacity);
            WaterStorage { kind: kind.unwrap_or(WaterStorageKind::Pool), position: place.clone(), capacity_m3 }
        };
        typed.map(storage).collect()
    }
}

/// The number of a field; what is none is noted. An empty field is 0.
fn number<N: FromStr + Default>(wrong: &mut Vec<String>, field: &str, typed: &str) -> N {
    let typed = typed.trim();
    if typed.is_empty() {
        return N::default();
    }
    typed.parse().unwrap_or_else(|_| {
        wrong.push(field.to_owned());
        N::default()
    })
}
