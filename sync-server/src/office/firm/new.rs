//! A firm as it is written in one JSON file. Names refer to each other: a contract names its owner, a project its
//! contract and the login of its lead.

use chrono::NaiveDate;
use firebee_domain::{
    account::Category,
    building::WaterStorage,
    contract::ContractKind,
    geofence::Datum,
    id::RegulatorUnitId,
    measure::Decimal,
    organisation::ServiceType,
    personnel::Certificate,
    project::{DesignValue, FirstMonth, KeyUnit},
};
use serde::{Deserialize, Serialize};

/// A firm with everything that a first month needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewFirm {
    /// Its name as on the business licence.
    pub name: String,
    /// Its unified social credit code.
    pub uscc: String,
    /// Its number in the national information system.
    pub national_registration_no: String,
    /// What it may do.
    pub service_types: Vec<ServiceType>,
    /// Its personnel list.
    pub people: Vec<NewPerson>,
    /// Its owners.
    #[serde(default)]
    pub owners: Vec<NewOwner>,
    /// Its contracts.
    #[serde(default)]
    pub contracts: Vec<NewContract>,
    /// Its projects.
    #[serde(default)]
    pub projects: Vec<NewProject>,
}

/// A person on the personnel list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// The name.
    pub name: String,
    /// What the person holds.
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    /// The person's account, if there is to be one.
    #[serde(default)]
    pub account: Option<NewAccount>,
}

/// An account of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// What to sign in with; empty takes the phone number.
    #[serde(default)]
    pub login: String,
    /// The phone number.
    pub phone: String,
    /// What it is made for.
    pub category: Category,
    /// Whether it is opened at once.
    #[serde(default)]
    pub enabled: bool,
    /// The password; without one a random one is made, shown once, and changed at the first sign-in on the console.
    #[serde(default)]
    pub password: Option<String>,
}

/// An owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOwner {
    /// The name.
    pub name: String,
    /// The city.
    pub city: String,
    /// The address.
    pub address: String,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewContract {
    /// The name.
    pub name: String,
    /// The owner's name.
    pub owner: String,
    /// What it is about.
    pub kind: ContractKind,
    /// The day it was signed.
    pub sign_date: NaiveDate,
    /// Its last day.
    pub end_date: NaiveDate,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewProject {
    /// The name, printed on the report's cover.
    pub name: String,
    /// The contract's name.
    pub contract: String,
    /// The city; the owner's when it is left out.
    #[serde(default)]
    pub city: Option<String>,
    /// The address; the owner's when it is left out.
    #[serde(default)]
    pub address: Option<String>,
    /// The login of its lead.
    pub lead: String,
    /// Where it lies.
    #[serde(default)]
    pub location: Option<NewLocation>,
    /// The radius of its fence in metres; the server's setting when it is left out.
    #[serde(default)]
    pub fence_radius_m: Option<u32>,
    /// Its buildings.
    #[serde(default)]
    pub buildings: Vec<NewBuilding>,
    /// The ticked facilities, by their catalogue codes.
    #[serde(default)]
    pub facilities: Vec<String>,
    /// The regulator's unit.
    #[serde(default)]
    pub jurisdiction: Option<RegulatorUnitId>,
    /// The key-unit mark.
    #[serde(default)]
    pub key_unit: Option<KeyUnit>,
    /// Which month comes first, when it was signed on day 20 or later.
    #[serde(default)]
    pub first_month: Option<FirstMonth>,
    /// Whether phones are not allowed on site.
    #[serde(default)]
    pub special_site: bool,
    /// What the design prescribes.
    #[serde(default)]
    pub design_values: Vec<DesignValue>,
}

/// A place on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewLocation {
    /// The datum of the map: Chinese maps give GCJ-02 or BD-09.
    pub datum: Datum,
    /// Latitude in 10^-6 degree.
    pub lat_e6: i32,
    /// Longitude in 10^-6 degree.
    pub lon_e6: i32,
}

/// A building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewBuilding {
    /// The name.
    pub name: String,
    /// Floor area in square metres.
    pub area_m2: Decimal,
    /// The part above ground.
    pub area_above_m2: Decimal,
    /// The part below ground.
    pub area_below_m2: Decimal,
    /// Floors above ground.
    pub floors_above: u16,
    /// Floors below ground.
    pub floors_below: u16,
    /// Height in metres.
    pub height_m: Decimal,
    /// Its stores of fire water; a building without any has no water supply of its own.
    #[serde(default)]
    pub water_storage: Vec<WaterStorage>,
    /// Which part the contract covers, when it is not the whole.
    #[serde(default)]
    pub covered_part: Option<String>,
}
