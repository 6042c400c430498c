//! Owners: the clients of an organisation.

use crate::{
    id::{OrganisationId, OwnerId},
    text::{self, TextError},
};
use serde::{Deserialize, Serialize};

/// The most characters of an owner's name, a city, an address.
pub const OWNER_TEXT_LENGTH_MAX: u32 = 200;

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
pub fn checked(owner: &Owner) -> Result<Owner, TextError> {
    Ok(Owner {
        name: text::name(&owner.name, OWNER_TEXT_LENGTH_MAX)?,
        city: text::name(&owner.city, OWNER_TEXT_LENGTH_MAX)?,
        address: text::name(&owner.address, OWNER_TEXT_LENGTH_MAX)?,
        ..owner.clone()
    })
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
            assert_eq!(checked(&incomplete), Err(TextError::Empty));
        }
    }
}
