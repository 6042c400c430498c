//! A manager enters the buildings of a project one by one, and takes them away.

use super::edit::edit;
use crate::{
    office::{
        Act, Flaw, Refused, Rule,
        command::{command, trial},
    },
    store::{Store, Tx},
};
use firebee_domain::{
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
                BuildingError::WaterStorageMissing
                | BuildingError::WaterStorageUnexpected
                | BuildingError::Place(_) => at("water_supply"),
                BuildingError::PartRemarkMissing | BuildingError::Remark(_) => at("remark"),
                BuildingError::Name(_) => at("name"),
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

/// What [`put()`] would say; everything is taken back.
pub(in crate::office) async fn try_put(
    store: &Store,
    act: Act,
    wanted: PutBuilding,
) -> Result<(), Refused<BuildingsError>> {
    trial(store, act, wanted, run_put).await
}

/// Takes a building away, and tells the phones.
///
/// # Errors
/// [`Refused`], also when the project or the building is not there or this actor may not change it.
pub async fn remove(store: &Store, act: Act, wanted: RemoveBuilding) -> Result<(), Refused<BuildingsError>> {
    command(store, act, "remove_building", wanted.project, wanted, run_remove).await
}

/// What [`remove()`] would say; everything is taken back.
pub(in crate::office) async fn try_remove(
    store: &Store,
    act: Act,
    wanted: RemoveBuilding,
) -> Result<(), Refused<BuildingsError>> {
    trial(store, act, wanted, run_remove).await
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
    let open = |project: &Project| match project.termination {
        Some(_) => Err(BuildingsError::ProjectTerminated.into()),
        None => changed(project),
    };
    edit(tx, act, id, open).await
}

impl BuildingTyped {
    /// A building as its form shows it.
    #[must_use]
    pub fn of(building: &Building) -> Self {
        let storage = |held: &WaterStorage| (Some(held.kind), held.position.clone(), held.capacity_m3.to_string());
        Self {
            name: building.name.clone(),
            area_m2: building.area_m2.to_string(),
            area_above_m2: building.area_above_m2.to_string(),
            area_below_m2: building.area_below_m2.to_string(),
            floors_above: building.floors_above.to_string(),
            floors_below: building.floors_below.to_string(),
            height_m: building.height_m.to_string(),
            water_supply: building.water_supply,
            storages: building.water_storage.iter().map(storage).collect(),
            partly_covered: building.partly_covered,
            remark: building.remark.clone(),
        }
    }

    /// The building that was typed. Fields without a number are named all at once.
    pub(in crate::office) fn building(&self, id: BuildingId) -> Result<Building, BuildingsError> {
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
