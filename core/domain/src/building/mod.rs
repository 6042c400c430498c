//! Buildings of a project and their water supply. Facilities stand on the project, never on a building: all
//! buildings of a project share one set of automatic fire facilities.

use crate::{
    code::Code,
    id::BuildingId,
    measure::Decimal,
    text::{self, TextError},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// The most characters of a remark.
pub const REMARK_LENGTH_MAX: u32 = 100;
/// The most characters of a building's name or of a storage's position.
pub const BUILDING_NAME_LENGTH_MAX: u32 = 100;

/// How water is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WaterStorageKind {
    /// A fire pool.
    Pool,
    /// A roof or pressure tank.
    Tank,
}

/// One store of fire water.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaterStorage {
    /// Pool or tank.
    pub kind: WaterStorageKind,
    /// Where it is.
    pub position: String,
    /// How much it holds, in cubic metres.
    pub capacity_m3: Decimal,
}

/// One building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// Why a building is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildingError {
    /// The name is missing or not fit to keep.
    #[error("the name: {0}")]
    Name(TextError),
    /// The place of a store is missing or not fit to keep.
    #[error("the place of a store: {0}")]
    Place(TextError),
    /// The remark is not fit to keep.
    #[error("the remark: {0}")]
    Remark(TextError),
    /// An area, a height or a capacity is below zero.
    #[error("a measure of a building is below zero")]
    NegativeMeasure,
    /// It has a water supply and no store is named.
    #[error("a building with a water supply needs its storage type, position and capacity")]
    WaterStorageMissing,
    /// It has no water supply and a store is named.
    #[error("a building without a water supply names a water store")]
    WaterStorageUnexpected,
    /// The contract covers a part of it and the remark says nothing.
    #[error("the remark must say which part the contract covers")]
    PartRemarkMissing,
}

impl BuildingError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Name(error) | Self::Place(error) | Self::Remark(error) => error.code(),
            Self::NegativeMeasure => Code::BuildingMeasureNegative,
            Self::WaterStorageMissing => Code::WaterStorageMissing,
            Self::WaterStorageUnexpected => Code::WaterStorageUnexpected,
            Self::PartRemarkMissing => Code::PartRemarkMissing,
        }
    }
}

/// What is worth a second look in a building and blocks nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuildingWarning {
    /// The areas above and below ground do not add up to the whole.
    AreaDiffers,
}

/// Checks a building as typed and returns it fit to keep.
pub fn checked(building: &Building) -> Result<Building, BuildingError> {
    let name = text::name(&building.name, BUILDING_NAME_LENGTH_MAX).map_err(BuildingError::Name)?;
    let remark = text::clean(&building.remark, REMARK_LENGTH_MAX).map_err(BuildingError::Remark)?;
    let measures = [building.area_m2, building.area_above_m2, building.area_below_m2, building.height_m];
    if measures.into_iter().any(Decimal::is_negative) {
        return Err(BuildingError::NegativeMeasure);
    }
    if building.partly_covered && remark.is_empty() {
        return Err(BuildingError::PartRemarkMissing);
    }
    match (building.water_supply, building.water_storage.is_empty()) {
        (true, true) => return Err(BuildingError::WaterStorageMissing),
        (false, false) => return Err(BuildingError::WaterStorageUnexpected),
        _ => {}
    }
    let water_storage = building.water_storage.iter().map(checked_storage).collect::<Result<_, _>>()?;
    Ok(Building { name, remark, water_storage, ..building.clone() })
}

fn checked_storage(storage: &WaterStorage) -> Result<WaterStorage, BuildingError> {
    if storage.capacity_m3.is_negative() {
        return Err(BuildingError::NegativeMeasure);
    }
    if storage.capacity_m3.scaled() == 0 {
        return Err(BuildingError::WaterStorageMissing);
    }
    let position = text::name(&storage.position, BUILDING_NAME_LENGTH_MAX).map_err(BuildingError::Place)?;
    Ok(WaterStorage { position, ..storage.clone() })
}

/// what to look at again.
pub fn warnings(building: &Building) -> Vec<BuildingWarning> {
    let parts = building.area_above_m2.scaled() + building.area_below_m2.scaled();
    if parts == building.area_m2.scaled() { vec![] } else { vec![BuildingWarning::AreaDiffers] }
}

/// the total area of a project's buildings, in square metres; 0 without buildings.
pub fn total_area_m2(buildings: &[Building]) -> Decimal {
    buildings.iter().map(|building| building.area_m2).sum()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    pub(crate) fn building() -> Building {
        let number = |text: &str| text.parse().unwrap();
        Building {
            id: BuildingId(Uuid::from_u128(1)),
            name: "主楼".into(),
            area_m2: number("12000.5"),
            area_above_m2: number("10000"),
            area_below_m2: number("2000.5"),
            floors_above: 18,
            floors_below: 2,
            height_m: number("62.4"),
            water_supply: true,
            water_storage: vec![WaterStorage {
                kind: WaterStorageKind::Pool,
                position: "地下二层".into(),
                capacity_m3: number("432"),
            }],
            partly_covered: false,
            remark: String::new(),
        }
    }

    /// 100 characters are taken, 101 are not.
    #[test]
    fn r_083_a_remark_has_at_most_100_characters() {
        let with = |length| checked(&Building { remark: "备".repeat(length), ..building() }).map(|_| ());
        assert_eq!(with(100), Ok(()));
        assert_eq!(with(101), Err(BuildingError::Remark(TextError::TooLong { length: 101, limit: 100 })));
    }

    /// when the contract covers only a part, the remark says so.
    #[test]
    fn r_084_a_partly_covered_building_needs_a_remark() {
        let partly = Building { partly_covered: true, remark: " ".into(), ..building() };
        assert_eq!(checked(&partly), Err(BuildingError::PartRemarkMissing));
        assert!(checked(&Building { remark: "仅一至三层".into(), ..partly }).is_ok());
    }

    /// with a water supply storage type, position and capacity are required; without they are empty.
    #[test]
    fn r_085_water_storage_stands_exactly_where_there_is_a_water_supply() {
        let none = Building { water_storage: vec![], ..building() };
        assert_eq!(checked(&none), Err(BuildingError::WaterStorageMissing));
        assert_eq!(checked(&Building { water_supply: false, ..none.clone() }).map(|_| ()), Ok(()));
        let unexpected = Building { water_supply: false, ..building() };
        assert_eq!(checked(&unexpected), Err(BuildingError::WaterStorageUnexpected));
        let with = |position: &str, capacity: &str| {
            let storage = WaterStorage {
                kind: WaterStorageKind::Tank,
                position: position.into(),
                capacity_m3: capacity.parse().unwrap(),
            };
            checked(&Building { water_storage: vec![storage], ..building() }).map(|_| ())
        };
        assert_eq!(with("屋顶", "18"), Ok(()));
        assert_eq!(with("", "18"), Err(BuildingError::Place(TextError::Empty)));
        assert_eq!(with("屋顶", "0"), Err(BuildingError::WaterStorageMissing));
        assert_eq!(with("屋顶", "-1"), Err(BuildingError::NegativeMeasure));
    }

    /// the project's area is the sum, 0 without buildings; parts that do not add up are a warning only.
    #[test]
    fn r_086_the_total_is_the_sum_and_a_difference_of_parts_is_a_warning() {
        assert_eq!(total_area_m2(&[]).to_string(), "0");
        assert_eq!(total_area_m2(&[building(), building()]).to_string(), "24001.0");
        assert_eq!(warnings(&building()), []);
        let differs = Building { area_m2: "12000".parse().unwrap(), ..building() };
        assert_eq!(warnings(&differs), [BuildingWarning::AreaDiffers]);
        assert!(checked(&differs).is_ok());
        let negative = Building { height_m: "-0.1".parse().unwrap(), ..building() };
        assert_eq!(checked(&negative), Err(BuildingError::NegativeMeasure));
    }

    /// the name is required, all other numbers may be zero.
    #[test]
    fn r_082_a_building_needs_a_name() {
        assert_eq!(
            checked(&Building { name: String::new(), ..building() }),
            Err(BuildingError::Name(TextError::Empty))
        );
        assert_eq!(checked(&building()), Ok(building()));
    }
}
