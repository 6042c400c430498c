//! Owners: the clients of an organisation.

use crate::{
    id::{OrganisationId, OwnerId},
    text::{self, At, TextError},
};
use serde::{Deserialize, Serialize};

/// The most characters of an owner's name, a city, an address.
pub const OWNER_TEXT_LENGTH_MAX: u32 = 200;

/// The last characters of what a road is called: road, street, avenue, lane, alley, quarter.
const ROADS: [char; 6] = ['\u{8def}', '\u{8857}', '\u{9053}', '\u{5df7}', '\u{5f04}', '\u{91cc}'];

/// A client of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Its id.
    pub id: OwnerId,
    /// The organisation that serves it.
    pub organisation: OrganisationId,
    /// Its name, exactly as on the business licence.
    pub name: String,
    /// Its city.
    pub city: String,
    /// Its address, down to road and number.
    pub address: String,
}

/// checks a record as typed; name, city and address are all required. Returns it fit to keep.
///
/// # Errors
/// Everything that is wrong, each at its field.
pub fn checked(owner: &Owner) -> Result<Owner, Vec<At<TextError>>> {
    let mut wrong = Vec::new();
    let mut text = |field, typed: &str| At::take(&mut wrong, field, text::name(typed, OWNER_TEXT_LENGTH_MAX));
    let fields = (text("name", &owner.name), text("city", &owner.city), text("address", &owner.address));
    match fields {
        (Some(name), Some(city), Some(address)) => Ok(Owner { name, city, address, ..owner.clone() }),
        _ => Err(wrong),
    }
}

/// whether an address names a road and a number, without which a map search finds nothing. `false` is worth a
/// warning and blocks nothing.
pub fn address_is_specific(address: &str) -> bool {
    address.contains(ROADS) && address.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    /// name, city and detailed address, all required.
    #[test]
    fn r_040_every_field_of_an_owner_is_required() {
        let owner = Owner {
            id: OwnerId(Uuid::from_u128(1)),
            organisation: OrganisationId(Uuid::from_u128(1)),
            name: " 中仪大厦 ".into(),
            city: "西宁市".into(),
            address: "城中区长江路10号".into(),
        };
        assert_eq!(checked(&owner).map(|kept| kept.name), Ok("中仪大厦".to_owned()));
        for incomplete in [
            Owner { name: String::new(), ..owner.clone() },
            Owner { city: "  ".into(), ..owner.clone() },
            Owner { address: "\u{3000}".into(), ..owner.clone() },
        ] {
            let wrong = checked(&incomplete).unwrap_err();
            assert_eq!(wrong.iter().map(|at| at.error).collect::<Vec<_>>(), [TextError::Empty]);
        }
        let nothing = Owner { name: String::new(), city: String::new(), address: String::new(), ..owner };
        let fields: Vec<&str> = checked(&nothing).unwrap_err().iter().map(|at| at.field).collect();
        assert_eq!(fields, ["name", "city", "address"], "everything at once, each at its field");
    }

    /// road and number.
    #[test]
    fn r_042_an_address_should_name_road_and_number() {
        assert!(address_is_specific("城中区长江路10号"));
        for vague in ["城中区", "城中区长江路", "城中区10号"] {
            assert!(!address_is_specific(vague), "{vague}");
        }
    }
}
