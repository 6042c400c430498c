//! What is served, where, for whom.

use super::named;
use crate::{
    office::report::Ground,
    org::Org,
    query,
    store::{StoreError, Tx},
    text::Text as T,
    view::Reader,
};
use firebee_domain::{
    building::{Building, WaterStorage, WaterStorageKind, total_area_m2},
    contract::Contract,
    owner::Owner,
    project::KeyUnit,
    report::{BuildingLine, Named},
};
use firebee_protocol::text::{Arg, when::date, word};

/// What stands around a project.
pub(super) struct Around {
    /// The owner.
    pub(super) owner: Owner,
    /// The contract.
    pub(super) contract: Contract,
    /// The name of the regulator's unit; empty where none is known.
    pub(super) jurisdiction: String,
}

/// Reads what stands around the project of a report.
pub(super) async fn read(tx: &mut Tx, org: Org, ground: &Ground) -> Result<Around, StoreError> {
    let project = &ground.site.project;
    let (owner, contract) = query::project::contract(tx, org, project.contract).await?;
    let jurisdiction = match project.jurisdiction {
        Some(unit) => query::project::unit(tx, unit).await?.unwrap_or_default(),
        None => String::new(),
    };
    Ok(Around { owner, contract, jurisdiction })
}

/// The named values.
pub(super) fn basics(reader: Reader<'_>, ground: &Ground, around: &Around) -> Vec<Named> {
    let project = &ground.site.project;
    let day = |day| date(reader.language, day);
    let term = [("from", Arg::from(day(project.sign_date))), ("to", Arg::from(day(project.end_date)))];
    let key_unit = match &project.key_unit {
        None => String::new(),
        Some(KeyUnit::NoMatch) => reader.t(T::ReportKeyUnitNone),
        Some(KeyUnit::Listed(name)) => name.clone(),
    };
    let area = total_area_m2(&project.buildings).to_string();
    let all = [
        named(reader, T::ReportOwner, around.owner.name.clone()),
        named(reader, T::ReportOwnerAddress, format!("{}{}", around.owner.city, around.owner.address)),
        named(reader, T::ReportAddress, format!("{}{}", project.city, project.address)),
        named(reader, T::ReportContract, around.contract.name.clone()),
        named(reader, T::ReportContractKind, word::contract(reader.language, project.kind)),
        named(reader, T::ReportTerm, reader.say(T::ReportTermValue, &term)),
        named(reader, T::ReportJurisdiction, around.jurisdiction.clone()),
        named(reader, T::ReportKeyUnit, key_unit),
        named(reader, T::ReportArea, reader.say(T::ReportAreaValue, &[("area", Arg::from(area))])),
        named(reader, T::ReportOrganisation, ground.organisation.name.clone()),
        named(reader, T::ReportUscc, ground.organisation.uscc.clone()),
        named(reader, T::ReportRegistration, ground.organisation.national_registration_no.clone().unwrap_or_default()),
    ];
    all.into_iter().filter(|held| !held.value.is_empty()).collect()
}

/// The buildings.
pub(super) fn buildings(reader: Reader<'_>, buildings: &[Building]) -> Vec<BuildingLine> {
    buildings.iter().map(|building| self::building(reader, building)).collect()
}

fn building(reader: Reader<'_>, building: &Building) -> BuildingLine {
    let area = [
        ("area", Arg::from(building.area_m2.to_string())),
        ("above", Arg::from(building.area_above_m2.to_string())),
        ("below", Arg::from(building.area_below_m2.to_string())),
    ];
    let floors = [
        ("above", Arg::from(u32::from(building.floors_above))),
        ("below", Arg::from(u32::from(building.floors_below))),
    ];
    let height = [("height", Arg::from(building.height_m.to_string()))];
    let water = building.water_storage.iter().map(|held| storage(reader, held));
    BuildingLine {
        name: building.name.clone(),
        area: reader.say(T::ReportBuildingArea, &area),
        floors: reader.say(T::ReportBuildingFloors, &floors),
        height: reader.say(T::ReportBuildingHeight, &height),
        water: if building.water_supply { word::join(reader.language, water) } else { reader.t(T::ReportWaterNone) },
        remark: building.remark.clone(),
    }
}

fn storage(reader: Reader<'_>, held: &WaterStorage) -> String {
    let text = match held.kind {
        WaterStorageKind::Pool => T::ReportWaterPool,
        WaterStorageKind::Tank => T::ReportWaterTank,
    };
    let values =
        [("position", Arg::from(held.position.clone())), ("capacity", Arg::from(held.capacity_m3.to_string()))];
    reader.say(text, &values)
}
