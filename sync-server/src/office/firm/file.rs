//! The JSON format of a firm's file. `docs/operations.md` explains it with an example.
//!
//! Lists are read element by element, so that everything that is wrong is told at once.

use super::Errors;
use chrono::NaiveDate;
use firebee_domain::{
    account::Category,
    building::WaterStorage,
    code::Code,
    contract::ContractKind,
    geofence::Datum,
    measure::Decimal,
    organisation::{RegulatorLevel, ServiceType},
    personnel::Certificate,
    project::{DesignValue, FirstMonth},
    time::Cutoff,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmFile {
    /// The organisation.
    pub organisation: Value,
    /// The personnel list; each a [`PersonFile`].
    #[serde(default)]
    pub people: Vec<Value>,
    /// The owners; each an [`OwnerFile`].
    #[serde(default)]
    pub owners: Vec<Value>,
}

/// The organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationFile {
    /// As on the business licence.
    pub name: String,
    /// Unified social credit code.
    pub uscc: String,
    /// Number in the national system.
    #[serde(default)]
    pub national_registration_no: Option<String>,
    /// What it may do.
    pub service_types: Vec<ServiceType>,
    /// What decides where a deadline lies between proof and proof: `stated` or `receipt`.
    #[serde(default)]
    pub cutoff: Cutoff,
}

/// A person on the personnel list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonFile {
    /// The name.
    pub name: String,
    /// Each a certificate.
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    /// The account, if there is to be one.
    #[serde(default)]
    pub account: Option<AccountFile>,
}

/// An account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountFile {
    /// The phone number; the login unless one is given.
    pub phone: String,
    /// What to sign in as.
    #[serde(default)]
    pub login: String,
    /// Field operator, project lead or company manager.
    pub category: Category,
    /// Whether it is open at once; a new account is not.
    #[serde(default)]
    pub enabled: bool,
    /// Whether its holder is appointed technical director.
    #[serde(default)]
    pub technical_director: bool,
}

/// An owner.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnerFile {
    /// As on the business licence.
    pub name: String,
    /// The city.
    pub city: String,
    /// Road and number.
    pub address: String,
    /// Each a [`ContractFile`].
    #[serde(default)]
    pub contracts: Vec<Value>,
}

/// A contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractFile {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub kind: ContractKind,
    /// `YYYY-MM-DD`.
    pub sign_date: NaiveDate,
    /// `YYYY-MM-DD`, inclusive.
    pub end_date: NaiveDate,
    /// Each a [`ProjectFile`].
    #[serde(default)]
    pub projects: Vec<Value>,
}

/// A project.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    /// Its name.
    pub name: String,
    /// The city.
    pub city: String,
    /// District, road and number.
    pub address: String,
    /// The login of its lead.
    pub lead: String,
    /// The place on a map.
    #[serde(default)]
    pub location: Option<LocationFile>,
    /// The fence's radius in metres.
    #[serde(default)]
    pub fence_radius_m: Option<u32>,
    /// Each a [`BuildingFile`].
    #[serde(default)]
    pub buildings: Vec<Value>,
    /// Codes of systems: every facility of each is ticked.
    #[serde(default)]
    pub systems: Vec<String>,
    /// Codes of facilities that are ticked besides.
    #[serde(default)]
    pub facilities: Vec<String>,
    /// The unit of the fire rescue service.
    #[serde(default)]
    pub jurisdiction: Option<UnitFile>,
    /// The name of the listed key unit; empty for none.
    #[serde(default)]
    pub key_unit: Option<String>,
    /// Which month comes first, when signed on day 20 or later.
    #[serde(default)]
    pub first_month: Option<FirstMonth>,
    /// Whether phones are not allowed on site.
    #[serde(default)]
    pub special_site: bool,
    /// Whether it is for training only.
    #[serde(default)]
    pub training: bool,
    /// What the design prescribes.
    #[serde(default)]
    pub design_values: Vec<DesignValue>,
    /// What the office keeps besides.
    #[serde(default)]
    pub particulars: Option<ParticularsFile>,
}

/// What the office keeps of a project besides.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ParticularsFile {
    /// The initials of the name in pinyin.
    pub initials: String,
    /// The owner's person responsible for fire safety.
    pub responsible_person: String,
    /// The owner's fire safety manager.
    pub safety_manager: String,
    /// The phone of the fire control room.
    pub control_room_phone: String,
    /// Yuan, a decimal text.
    pub price_yuan: Option<Decimal>,
    /// The kind of building.
    pub unit_type: String,
    /// The trade.
    pub trade: String,
    /// the owner's credit code, or `NULL` where it has none.
    pub credit_code: Option<String>,
}

/// A place, as a map shows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocationFile {
    /// The map's datum.
    pub datum: Datum,
    /// Latitude in degrees, a decimal text with at most six places.
    pub lat: Decimal,
    /// Longitude in degrees.
    pub lon: Decimal,
}

/// A unit of the fire rescue service; the same name is the same unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFile {
    /// Its name.
    pub name: String,
    /// Corps, detachment or brigade.
    pub level: RegulatorLevel,
}

/// A building.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuildingFile {
    /// Its name.
    pub name: String,
    /// Square metres, a decimal text.
    pub area_m2: Decimal,
    /// Above ground.
    pub area_above_m2: Decimal,
    /// Below ground.
    pub area_below_m2: Decimal,
    /// Floors above ground.
    pub floors_above: u16,
    /// Floors below ground.
    pub floors_below: u16,
    /// Metres.
    pub height_m: Decimal,
    /// Whether it has a water supply of its own; without this, whether a storage is named.
    #[serde(default)]
    pub water_supply: Option<bool>,
    /// The water storages of its own water supply.
    #[serde(default)]
    pub water_storage: Vec<WaterStorage>,
    /// Whether the contract covers a part only.
    #[serde(default)]
    pub partly_covered: bool,
    /// At most 100 characters.
    #[serde(default)]
    pub remark: String,
}

/// Reads one element. Its errors are noted under its path.
pub(super) fn element<T: DeserializeOwned>(errors: &mut Errors, path: &str, value: Value) -> Option<T> {
    serde_json::from_value(value).map_err(|error| errors.add(path, Code::FieldMalformed, error.to_string())).ok()
}
