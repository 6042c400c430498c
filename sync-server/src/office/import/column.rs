//! The columns of each kind of table.

use crate::text::Text as T;
use firebee_domain::import::Kind;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The field that it fills, as the form names it.
    pub key: &'static str,
    /// What it is called.
    pub title: T,
    /// What else it is called, each name behind a bar.
    pub also: T,
    /// What stands in it.
    pub hint: T,
    /// What its cells are.
    pub form: Form,
    /// Whether a table without it is none.
    pub required: bool,
}

/// What a cell may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A text; a number is read as its digits.
    Text,
    /// Digits that are a name: a spreadsheet that took them for a number has lost some.
    Id,
    /// A number to reckon with.
    Number,
    /// A day.
    Day,
    /// A phone number, or what somebody signs in as. A mobile number survives as a number, one with a zero in front does not.
    Phone,
}

const fn column(key: &'static str, [title, also, hint]: [T; 3], form: Form, required: bool) -> Column {
    Column { key, title, also, hint, form, required }
}

static OWNERS: [Column; 3] = [
    column("name", [T::OwnerName, T::ImportOwnerAlso, T::ImportOwnerHint], Form::Text, true),
    column("city", [T::OwnerCity, T::ImportCityAlso, T::ImportCityHint], Form::Text, true),
    column("address", [T::OwnerAddress, T::ImportAddressAlso, T::OwnerAddressHint], Form::Text, true),
];

static CONTACTS: [Column; 4] = [
    column("owner", [T::PartOwner, T::ImportOwnerAlso, T::ImportOwnerOfHint], Form::Text, true),
    column("name", [T::ContactName, T::ImportPersonAlso, T::ImportPersonHint], Form::Text, true),
    column("phone", [T::ContactPhone, T::ImportPhoneAlso, T::ImportPhoneHint], Form::Phone, true),
    column("login", [T::ContactLogin, T::ImportLoginAlso, T::ContactLoginHint], Form::Phone, false),
];

/// The columns that name a project: by its name, and by its owner and its contract where several have that name.
const OF_PROJECT: [Column; 3] = [
    column("owner", [T::PartOwner, T::ImportOwnerAlso, T::ImportSeveralHint], Form::Text, false),
    column("contract", [T::ContractName, T::ImportContractAlso, T::ImportSeveralHint], Form::Text, false),
    column("project", [T::ProjectName, T::ImportProjectAlso, T::ImportProjectOfHint], Form::Text, true),
];

static PROJECTS: [Column; 20] = [
    column("owner", [T::PartOwner, T::ImportOwnerAlso, T::ImportOwnerOfHint], Form::Text, true),
    column("contract", [T::ContractName, T::ImportContractAlso, T::ImportContractOfHint], Form::Text, true),
    column("name", [T::ProjectName, T::ImportProjectAlso, T::ImportProjectHint], Form::Text, true),
    column("city", [T::OwnerCity, T::ImportCityAlso, T::ImportNewHint], Form::Text, false),
    column("address", [T::ProjectAddress, T::ImportProjectAddressAlso, T::ProjectAddressHint], Form::Text, false),
    column("lead", [T::PartLead, T::ImportLeadAlso, T::ImportLeadHint], Form::Text, false),
    column("credit_code", [T::ProjectCreditCode, T::ImportCreditAlso, T::ProjectCreditHint], Form::Id, false),
    column("place", [T::ProjectPlace, T::ImportPlaceAlso, T::ImportPlaceHint], Form::Text, false),
    column("datum", [T::ProjectFenceDatum, T::ImportDatumAlso, T::ImportDatumHint], Form::Text, false),
    column("fence_radius_m", [T::ImportRadius, T::ImportRadiusAlso, T::ProjectFenceRadius], Form::Number, false),
    column("jurisdiction", [T::ProjectJurisdiction, T::ImportUnitAlso, T::ImportUnitHint], Form::Text, false),
    column("key_unit", [T::ProjectKeyUnit, T::ImportKeyAlso, T::ImportKeyHint], Form::Text, false),
    column("first_month", [T::ProjectFirstMonth, T::ImportFirstAlso, T::ImportFirstHint], Form::Text, false),
    column(
        "responsible_person",
        [T::ProjectResponsible, T::ImportResponsibleAlso, T::ImportFreeHint],
        Form::Text,
        false,
    ),
    column("safety_manager", [T::ProjectManager, T::ImportManagerAlso, T::ImportFreeHint], Form::Text, false),
    column("control_room_phone", [T::ProjectControlRoom, T::ImportRoomAlso, T::ImportPhoneHint], Form::Phone, false),
    column("unit_type", [T::ProjectUnitType, T::ImportUnitTypeAlso, T::ImportFreeHint], Form::Text, false),
    column("trade", [T::ProjectTrade, T::ImportTradeAlso, T::ImportFreeHint], Form::Text, false),
    column("price_yuan", [T::ProjectPrice, T::ImportPriceAlso, T::ImportNumberHint], Form::Number, false),
    column("initials", [T::ProjectInitials, T::ImportInitialsAlso, T::ProjectInitialsHint], Form::Text, false),
];

static BUILDINGS: [Column; 13] = [
    OF_PROJECT[0],
    OF_PROJECT[1],
    OF_PROJECT[2],
    column("name", [T::ProjectBuildingName, T::ImportBuildingAlso, T::ImportBuildingHint], Form::Text, true),
    column("area_m2", [T::ProjectBuildingArea, T::ImportAreaAlso, T::ImportNumberHint], Form::Number, false),
    column("area_above_m2", [T::ProjectBuildingAbove, T::ImportAboveAlso, T::ImportNumberHint], Form::Number, false),
    column("area_below_m2", [T::ProjectBuildingBelow, T::ImportBelowAlso, T::ImportNumberHint], Form::Number, false),
    column(
        "floors_above",
        [T::ProjectBuildingFloorsAbove, T::ImportFloorsAlso, T::ImportNumberHint],
        Form::Number,
        false,
    ),
    column(
        "floors_below",
        [T::ProjectBuildingFloorsBelow, T::ImportCellarsAlso, T::ImportNumberHint],
        Form::Number,
        false,
    ),
    column("height_m", [T::ProjectBuildingHeight, T::ImportHeightAlso, T::ImportNumberHint], Form::Number, false),
    column("water_supply", [T::ImportStorages, T::ImportStoragesAlso, T::ImportStoragesHint], Form::Text, false),
    column("partly_covered", [T::ImportPartly, T::ImportPartlyAlso, T::ImportPartlyHint], Form::Text, false),
    column("remark", [T::ProjectBuildingRemark, T::ImportRemarkAlso, T::ProjectBuildingRemarkHint], Form::Text, false),
];

static DESIGN: [Column; 9] = [
    OF_PROJECT[0],
    OF_PROJECT[1],
    OF_PROJECT[2],
    column("facility", [T::ImportFacility, T::ImportFacilityAlso, T::ImportFacilityHint], Form::Text, true),
    column("item", [T::ImportItem, T::ImportItemAlso, T::ImportItemHint], Form::Text, true),
    column("field", [T::ImportField, T::ImportFieldAlso, T::ImportFieldHint], Form::Text, true),
    column("value", [T::FacilityValue, T::ImportValueAlso, T::ImportValueHint], Form::Text, true),
    column("source", [T::FacilitySource, T::ImportSourceAlso, T::ImportSourceHint], Form::Text, true),
    column("date", [T::FacilityDate, T::ImportDateAlso, T::ImportDateHint], Form::Day, false),
];

static POSITIONS: [Column; 6] = [
    OF_PROJECT[0],
    OF_PROJECT[1],
    OF_PROJECT[2],
    column("facility", [T::ImportFacility, T::ImportFacilityAlso, T::ImportFacilityHint], Form::Text, true),
    column("place", [T::FacilityPlace, T::ImportPositionAlso, T::ImportPositionHint], Form::Text, true),
    column("tag", [T::FacilityTag, T::ImportTagAlso, T::ImportTagHint], Form::Id, false),
];

/// What a row is known by within its table: the columns that no other row may share.
pub(super) const fn known_by(kind: Kind) -> &'static [&'static [&'static str]] {
    match kind {
        Kind::Owners => &[&["name"]],
        Kind::Contacts => &[&["phone", "owner", "name"]],
        Kind::Projects => &[&["owner", "contract", "name"]],
        Kind::Buildings => &[&["owner", "contract", "project", "name"]],
        Kind::Design => &[&["owner", "contract", "project", "facility", "item", "field"]],
        Kind::Positions => &[
            &["owner", "contract", "project", "facility", "place"],
            &["owner", "contract", "project", "facility", "tag"],
        ],
    }
}

/// The columns, in the order of the template.
#[must_use]
pub fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Owners => &OWNERS,
        Kind::Contacts => &CONTACTS,
        Kind::Projects => &PROJECTS,
        Kind::Buildings => &BUILDINGS,
        Kind::Design => &DESIGN,
        Kind::Positions => &POSITIONS,
    }
}

/// What a kind is called.
#[must_use]
pub const fn title(kind: Kind) -> T {
    match kind {
        Kind::Owners => T::OwnerList,
        Kind::Contacts => T::ContactList,
        Kind::Projects => T::ProjectList,
        Kind::Buildings => T::ProjectBuildings,
        Kind::Design => T::FacilityDesign,
        Kind::Positions => T::FacilityPositions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::import::IMPORT_ROWS_MAX;
    use firebee_protocol::text::{Language, say};
    use strum::VariantArray as _;

    const GUIDE: &str = include_str!("../../../../docs/tables.md");

    #[test]
    fn the_guide_names_every_column_with_its_names_and_the_limits() {
        for column in Kind::VARIANTS.iter().flat_map(|kind| columns(*kind)) {
            let (title, needed) = (say(Language::Zh, column.title), if column.required { "yes" } else { "no" });
            let row = format!("| {title} | `{}` | {needed} | ", column.key);
            let line = GUIDE.lines().find(|line| line.starts_with(&row)).unwrap_or_else(|| panic!("no row {row}"));
            let also = say(Language::Zh, column.also);
            assert!(also.split('|').all(|name| name == title || line.contains(name)), "{line} lacks one of {also}");
        }
        let limits = [crate::sheet::FILE_BYTES_MAX >> 20, crate::sheet::CELLS_MAX, IMPORT_ROWS_MAX as usize];
        assert!(limits.iter().all(|limit| GUIDE.contains(&format!("| {limit}"))), "{limits:?}");
    }
}
