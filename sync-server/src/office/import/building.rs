//! A row that says a building. It is known by its project and its name. An empty cell leaves what is there.

use super::{
    Row, Told,
    deed::{Deed, Found},
    site::site,
    typed::{Typed, is_word, yes_or_no},
    undo::Back,
};
use crate::{
    office::{
        Act,
        project::{BuildingTyped, PutBuilding, RemoveBuilding},
    },
    query::import::RowKept,
    store::{StoreError, Tx, json, own},
    text::Text as T,
};
use firebee_domain::{
    building::{BUILDING_NAME_LENGTH_MAX, Building, WaterStorage, WaterStorageKind, checked},
    code::Code,
    id::BuildingId,
    import::Kind,
    text,
};

/// The words of the kinds of storage.
const STORAGES: [(WaterStorageKind, T); 2] =
    [(WaterStorageKind::Pool, T::ProjectStoragePool), (WaterStorageKind::Tank, T::ProjectStorageTank)];
/// What stands between two storages.
const BETWEEN: [char; 3] = [';', '\u{ff1b}', '\n'];
/// What stands between the kind, the place and the capacity of one.
const WITHIN: [char; 2] = ['/', '\u{ff0f}'];

/// What the row asks for.
pub(super) async fn find(tx: &mut Tx, act: &Act, row: &Row) -> Result<Found, StoreError> {
    let mut typed = row.typed(Kind::Buildings);
    let Some(site) = site(tx, act, &mut typed).await? else { return Ok(Found::Wrong(typed.told)) };
    let name = text::name(typed.get("name"), BUILDING_NAME_LENGTH_MAX).unwrap_or_default();
    let known = site.project.buildings.iter().find(|building| building.name == name);
    let mut wanted = known.map(BuildingTyped::of).unwrap_or_default();
    overlay(&mut typed, &mut wanted);
    if !typed.told.is_empty() {
        return Ok(Found::Wrong(typed.told));
    }
    let same = |known: &Building| {
        let building = wanted.building(known.id).ok().and_then(|building| checked(&building).ok());
        building.is_some_and(|building| building == *known)
    };
    if known.is_some_and(same) {
        return Ok(Found::Same);
    }
    let earlier = known.map(json).transpose()?;
    let wanted = PutBuilding { project: site.project.id, building: known.map(|known| known.id), typed: wanted };
    Ok(Found::Deed(Deed::PutBuilding(Box::new(wanted), earlier)))
}

/// Puts what the row says in the place of what is there.
fn overlay(typed: &mut Typed, wanted: &mut BuildingTyped) {
    for (key, held) in [
        ("name", &mut wanted.name),
        ("area_m2", &mut wanted.area_m2),
        ("area_above_m2", &mut wanted.area_above_m2),
        ("area_below_m2", &mut wanted.area_below_m2),
        ("floors_above", &mut wanted.floors_above),
        ("floors_below", &mut wanted.floors_below),
        ("height_m", &mut wanted.height_m),
        ("remark", &mut wanted.remark),
    ] {
        typed.over(key, held);
    }
    wanted.partly_covered = typed.yes("partly_covered").unwrap_or(wanted.partly_covered);
    let said = typed.get("water_supply").to_owned();
    match storages(&said) {
        None => typed.wrong("water_supply", Code::CellMalformed),
        Some(_) if said.is_empty() => {}
        Some(storages) => {
            wanted.water_supply = !storages.is_empty();
            wanted.storages = storages;
        }
    }
}

/// The storages of a cell, such as a pool and a tank: `pool/basement/432; tank/roof/18`. A word for no is none; `None` of a
/// text that is neither.
fn storages(said: &str) -> Option<Vec<(Option<WaterStorageKind>, String, String)>> {
    if yes_or_no(said) == Some(false) {
        return Some(Vec::new());
    }
    let storage = |said: &str| {
        let (kind, rest) = said.split_once(WITHIN)?;
        let (place, capacity) = rest.rsplit_once(WITHIN)?;
        let kind = STORAGES.iter().find(|(_, word)| is_word(kind, *word))?.0;
        Some((Some(kind), place.trim().to_owned(), capacity.trim().to_owned()))
    };
    said.split(BETWEEN).map(str::trim).filter(|said| !said.is_empty()).map(storage).collect()
}

/// The storages of a building as a cell says them; a word for no where there is none.
pub(super) fn told_storages(building: &Building, t: impl Fn(T) -> String) -> String {
    let kind = |held: &WaterStorage| STORAGES.iter().find(|(kind, _)| *kind == held.kind).map(|(_, word)| t(*word));
    let storage =
        |held: &WaterStorage| format!("{}/{}/{}", kind(held).unwrap_or_default(), held.position, held.capacity_m3);
    let storages: Vec<String> = building.water_storage.iter().map(storage).collect();
    if storages.is_empty() { t(T::ImportNo) } else { storages.join("; ") }
}

/// The command that takes the row back; `None` where its project is not found any more.
pub(super) async fn back(
    tx: &mut Tx,
    act: &Act,
    (row, kept, building): (&Row, &RowKept, BuildingId),
) -> Result<Option<Back>, StoreError> {
    let Some(site) = site(tx, act, &mut row.typed(Kind::Buildings)).await? else { return Ok(None) };
    let project = site.project.id;
    let Some(earlier) = &kept.earlier else {
        return Ok(Some(Back::RemoveBuilding(RemoveBuilding { project, building })));
    };
    let before: Building = own(earlier)?;
    let typed = BuildingTyped::of(&before);
    Ok(Some(Back::PutBuilding(Box::new(PutBuilding { project, building: Some(building), typed }))))
}

/// What a command says, at the columns of the table.
pub(super) fn placed(told: Told) -> Told {
    // The form has fields for each storage.
    if told.at.starts_with("storage-") { Told { at: "water_supply".into(), ..told } } else { told }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_085_storages_stand_in_one_cell() {
        let read = |said: &str| {
            let found = storages(said)?;
            let told = found.into_iter().map(|(kind, place, capacity)| format!("{kind:?} {place} {capacity}"));
            Some(told.collect::<Vec<_>>())
        };
        assert_eq!(
            read("pool/B2 east/432; Tank\u{ff0f}roof/a/18").unwrap(),
            ["Some(Pool) B2 east 432", "Some(Tank) roof/a 18"]
        );
        assert_eq!(read("No").unwrap(), [] as [&str; 0]);
        for said in ["432", "pool/432", "lake/roof/18"] {
            assert_eq!(read(said), None, "{said}");
        }
    }
}
