//! Contracts in words.

use super::Reader;
use crate::query::contract::ContractRow;
use firebee_domain::id::ContractId;
use firebee_protocol::text::{Chip, when::date, word};

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
    pub signed: String,
    /// The last day.
    pub ends: String,
    /// How many projects it has.
    pub projects: String,
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
        signed: date(language, contract.sign_date),
        ends: date(language, contract.end_date),
        projects: row.projects.to_string(),
        state: Chip::contract(language, contract.status(reader.now.china_day())),
    }
}
