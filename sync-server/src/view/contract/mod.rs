//! Contracts in words.

mod text;

pub use text::{Ground, text};

use super::{Day, Reader};
use crate::query::contract::ContractRow;
use firebee_domain::id::ContractId;
use firebee_protocol::text::{Chip, word};

/// A contract in a list.
pub struct ContractLine {
    /// The contract.
    pub id: ContractId,
    /// Its name.
    pub name: String,
    /// The owner's name.
    pub owner: String,
    /// What it is about.
    pub kind: String,
    /// The day of signing.
    pub signed: Day,
    /// The last day.
    pub ends: Day,
    /// How many projects it has.
    pub projects: u64,
    /// Its state.
    pub state: Chip,
}

/// A contract in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &ContractRow) -> ContractLine {
    let (language, contract) = (reader.language, &row.contract);
    ContractLine {
        id: contract.id,
        name: contract.name.clone(),
        owner: row.owner_name.clone(),
        kind: word::contract(language, contract.kind),
        signed: reader.day(contract.sign_date),
        ends: reader.day(contract.end_date),
        projects: row.projects,
        state: Chip::contract(language, contract.status(reader.now.china_day())),
    }
}
