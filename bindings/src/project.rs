//! Projects and what is issued to this account: the records, then the calls.

use crate::{error::ClientError, off};
use chrono::NaiveDate;
use firebee_client::work::{
    Projects as CoreProjects,
    project::{IssuedItem, IssuedPlan, ItemState, ProjectSummary},
};
use firebee_domain::{
    building::{Building, WaterStorage, WaterStorageKind},
    catalogue::Nature,
    contract::ContractKind,
    geofence::{Datum, Location, Position},
    id::{
        AccountId, BuildingId, ContentId, ContractId, OrganisationId, OwnerId, PlanId, PlanItemId, ProjectId,
        RegulatorUnitId, TaskId,
    },
    measure::Decimal,
    project::{DesignValue, FirstMonth, KeyUnit, Project},
    suspension::Termination,
    time::{Month, Timestamp},
};

/// A project on the list.
#[uniffi::remote(Record)]
pub struct ProjectSummary {
    /// The project.
    pub project: Project,
    /// The owner's name.
    pub owner_name: String,
    /// The lead's name.
    pub lead_name: String,
    /// Whether this account leads it.
    pub i_lead: bool,
    /// How many of its items are issued to this account and in no live task.
    pub items_free: u32,
}

/// A project of a contract.
#[uniffi::remote(Record)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// The service organisation.
    pub organisation: OrganisationId,
    /// Its contract.
    pub contract: ContractId,
    /// What the contract is about; the project's kind follows from it.
    pub kind: ContractKind,
    /// Whether phones are not allowed on site, so that only the site record is kept.
    pub special_site: bool,
    /// The owner, as in the contract.
    pub owner: OwnerId,
    /// Its name, printed on the report's cover.
    pub name: String,
    /// The city.
    pub city: String,
    /// The address, down to district, road and number.
    pub address: String,
    /// Its lead: an open account of category project lead.
    pub lead: Option<AccountId>,
    /// Where it lies; `None` until it is marked on a map.
    pub location: Option<Location>,
    /// The radius of its fence in metres; `None` takes the default.
    pub fence_radius_m: Option<u32>,
    /// Its buildings; they share one set of facilities.
    pub buildings: Vec<Building>,
    /// The catalogue codes of the ticked facilities, in the order of ticking.
    pub facilities: Vec<String>,
    /// The regulator's unit that it belongs to.
    pub jurisdiction: Option<RegulatorUnitId>,
    /// The key-unit mark; `None` until answered.
    pub key_unit: Option<KeyUnit>,
    /// The contract's first day; never changes.
    pub sign_date: NaiveDate,
    /// The contract's last day, inclusive; never changes.
    pub end_date: NaiveDate,
    /// Which month comes first when it was signed on day 20 or later; never changes after saving.
    pub first_month: Option<FirstMonth>,
    /// Its end before its time; final.
    pub termination: Option<Termination>,
    /// What the design prescribes.
    pub design_values: Vec<DesignValue>,
}

/// One building.
#[uniffi::remote(Record)]
pub struct Building {
    /// Its id.
    pub id: BuildingId,
    /// Its name.
    pub name: String,
    /// Its floor area in square metres.
    pub area_m2: Decimal,
    /// The part above ground, in square metres.
    pub area_above_m2: Decimal,
    /// The part below ground, in square metres.
    pub area_below_m2: Decimal,
    /// Floors above ground.
    pub floors_above: u16,
    /// Floors below ground.
    pub floors_below: u16,
    /// Its height in metres.
    pub height_m: Decimal,
    /// Whether it has a water supply of its own.
    pub water_supply: bool,
    /// Its stores: at least one with a water supply, none without.
    pub water_storage: Vec<WaterStorage>,
    /// Whether the contract covers only a part of it; the remark then says which.
    pub partly_covered: bool,
    /// At most [`REMARK_LENGTH_MAX`] characters.
    pub remark: String,
}

/// One store of fire water.
#[uniffi::remote(Record)]
pub struct WaterStorage {
    /// Pool or tank.
    pub kind: WaterStorageKind,
    /// Where it is.
    pub position: String,
    /// How much it holds, in cubic metres.
    pub capacity_m3: Decimal,
}

/// How water is stored.
#[uniffi::remote(Enum)]
pub enum WaterStorageKind {
    /// A fire pool.
    Pool,
    /// A roof or pressure tank.
    Tank,
}

/// What is issued to this account in one plan.
#[uniffi::remote(Record)]
pub struct IssuedPlan {
    /// The plan.
    pub plan: PlanId,
    /// Its project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// Month, quarter or year.
    pub nature: Nature,
    /// The month it is for.
    pub period: Month,
    /// The last day on which it can be done, in UTC+8.
    pub deadline: NaiveDate,
    /// Whether that day is surely over.
    pub expired: bool,
    /// The catalogue pack that it pins.
    pub catalogue: ContentId,
    /// The items, in the order of the plan.
    pub items: Vec<IssuedItem>,
}

/// An item issued to this account.
#[uniffi::remote(Record)]
pub struct IssuedItem {
    /// The plan item.
    pub item: PlanItemId,
    /// Its catalogue id.
    pub item_id: String,
    /// Its name in Chinese; empty while the plan's catalogue has not been pulled.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The name of its facility in Chinese.
    pub facility_name: String,
    /// The name of its facility in English.
    pub facility_name_en: String,
    /// The catalogue's code of its facility.
    pub facility: String,
    /// The catalogue's code of its system.
    pub system: String,
    /// Where in the building.
    pub position: Option<String>,
    /// The day it is meant for.
    pub planned_for: Option<NaiveDate>,
    /// How far it is.
    pub state: ItemState,
    /// The live task that holds it.
    pub task: Option<TaskId>,
}

/// How far an issued item is, for its executor.
#[uniffi::remote(Enum)]
pub enum ItemState {
    /// In no live task: it may be started.
    Free,
    /// In a task that is not submitted.
    Executing,
    /// In a task that waits for the lead.
    PendingReview,
    /// In an approved task.
    Approved,
    /// In a rejected task that is to be mended.
    Rejected,
}

/// What a contract is about; exactly one.
#[uniffi::remote(Enum)]
pub enum ContractKind {
    /// Monthly, quarterly and yearly maintenance.
    Maintenance,
    /// Inspection at completion of a building.
    CompletionInspection,
    /// Inspection once a year.
    AnnualInspection,
    /// Inspection of one concern.
    SpecialInspection,
    /// Fire safety evaluation.
    SafetyEvaluation,
}

/// A location as somebody entered it, and where that is. Both are kept: the conversion can be checked for ever.
#[uniffi::remote(Record)]
pub struct Location {
    /// The datum it was entered in.
    pub datum: Datum,
    /// As entered.
    pub entered: Position,
    /// Converted to WGS-84.
    pub wgs84: Position,
}

/// What coordinates refer to.
#[uniffi::remote(Enum)]
pub enum Datum {
    /// What satellites give.
    Wgs84,
    /// What Chinese maps give (Amap, Tencent).
    Gcj02,
    /// What Baidu's maps give.
    Bd09,
}

/// Whether the project's owner is a key unit of fire safety.
#[uniffi::remote(Enum)]
pub enum KeyUnit {
    /// No listed key unit matches; a full answer.
    NoMatch,
    /// The listed key unit of this name.
    Listed(String),
}

/// Which month comes first.
#[uniffi::remote(Enum)]
pub enum FirstMonth {
    /// The month of signing.
    SignMonth,
    /// The month after it.
    NextMonth,
}

/// The end of a project before its time. There is no function that takes it back.
#[uniffi::remote(Record)]
pub struct Termination {
    /// Why.
    pub reason: String,
    /// Who terminated it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// One value of the design, which limits "by design" and proposals take.
#[uniffi::remote(Record)]
pub struct DesignValue {
    /// The catalogue item that asks for it.
    pub item_id: String,
    /// The key of the field within the item.
    pub field: String,
    /// The value as the field's kind writes it.
    pub value: String,
    /// Where it was read: a drawing, an approval, a name plate.
    pub source: String,
    /// The date of that source.
    pub date: Option<NaiveDate>,
}

/// The nature of a plan: the interval that it covers. Frequencies are cumulative: what is tested monthly is
/// tested in the quarter's and the year's plan too.
#[uniffi::remote(Enum)]
pub enum Nature {
    /// Of one month.
    Month,
    /// Of one quarter.
    Quarter,
    /// Of one year.
    Year,
}

/// Projects, plans and items issued to this account.
#[derive(uniffi::Object)]
pub struct Projects(pub(crate) CoreProjects);

#[uniffi::export(async_runtime = "tokio")]
impl Projects {
    /// The projects that this account tests in or leads, by name.
    pub async fn list(&self) -> Result<Vec<ProjectSummary>, ClientError> {
        off(&self.0, |projects| projects.list()).await
    }

    /// What is issued to this account, by plan; of one project or of all.
    #[uniffi::method(default(project = None))]
    pub async fn issued(&self, project: Option<ProjectId>) -> Result<Vec<IssuedPlan>, ClientError> {
        off(&self.0, move |projects| projects.issued(project)).await
    }
}
