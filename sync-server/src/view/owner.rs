//! Owners and their contacts in words.

use super::Reader;
use crate::query::owner::{ContactRow, OwnerRow};
use firebee_domain::id::{AccountId, OwnerId};
use firebee_protocol::text::When;

/// An owner in a list.
pub struct OwnerLine {
    /// The owner.
    pub id: OwnerId,
    /// Its name.
    pub name: String,
    /// City and address.
    pub address: String,
    /// How many contracts name it.
    pub contracts: u64,
    /// When it was made.
    pub created: When,
}

/// An owner in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &OwnerRow) -> OwnerLine {
    OwnerLine {
        id: row.owner.id,
        name: row.owner.name.clone(),
        address: format!("{} {}", row.owner.city, row.owner.address),
        contracts: row.contracts,
        created: reader.when(row.created),
    }
}

/// A contact in a list.
pub struct ContactLine {
    /// Its portal account.
    pub id: AccountId,
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: String,
    /// The owner's name.
    pub owner: String,
    /// What it signs in as.
    pub login: String,
    /// When it was made.
    pub created: When,
    /// When it was last changed.
    pub changed: When,
}

/// A contact in words.
#[must_use]
pub fn contact_line(reader: Reader<'_>, row: &ContactRow) -> ContactLine {
    ContactLine {
        id: row.contact.account,
        name: row.contact.name.clone(),
        phone: row.contact.phone.clone(),
        owner: row.owner_name.clone(),
        login: row.login.clone(),
        created: reader.when(row.created),
        changed: reader.when(row.changed),
    }
}
