//! The accounts of an organisation, in words.

use super::Reader;
use crate::{
    query::staff::{StaffPhone, StaffRow},
    text::Text as T,
};
use firebee_domain::{
    account::Role,
    id::{AccountId, StoreId},
};
use firebee_protocol::text::{Arg, When, word};

/// One account.
pub struct StaffLine {
    /// The account.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
    /// What it signs in as.
    pub login: String,
    /// What it is.
    pub role: String,
    /// Whether it is open.
    pub enabled: bool,
    /// Whether its holder is the technical director.
    pub director: bool,
    /// Whether its holder can be appointed: a lead or a manager who is it not yet.
    pub may_direct: bool,
    /// Whether it is the reader's own, which somebody else looks after.
    pub own: bool,
    /// The phone that holds it, if one does.
    pub phone: Option<PhoneLine>,
}

/// A phone that holds an account.
pub struct PhoneLine {
    /// Its name.
    pub device: String,
    /// When it was last heard.
    pub last_seen: When,
    /// Records and files that it had not sent then.
    pub unsent: u64,
    /// Its store.
    pub store: StoreId,
    /// What is given up with its key.
    pub given_up: String,
}

/// Rows in words.
#[must_use]
pub fn lines(reader: Reader<'_>, found: &[StaffRow]) -> Vec<StaffLine> {
    found.iter().map(|row| line(reader, row)).collect()
}

fn line(reader: Reader<'_>, row: &StaffRow) -> StaffLine {
    StaffLine {
        account: row.account,
        name: row.name.clone(),
        login: row.login.clone(),
        role: word::role(reader.language, row.role),
        enabled: row.enabled,
        director: row.director,
        may_direct: !row.director && row.enabled && matches!(row.role, Role::ProjectLead | Role::CompanyManager),
        own: row.account == reader.actor.account,
        phone: row.phone.as_ref().map(|phone| PhoneLine {
            device: phone.device.clone(),
            last_seen: reader.when(phone.last_seen),
            unsent: phone.unsent,
            store: phone.store,
            given_up: given_up(reader, phone),
        }),
    }
}

fn given_up(reader: Reader<'_>, phone: &StaffPhone) -> String {
    reader.say(T::StaffDropLead, &[("device", Arg::from(&phone.device)), ("unsent", Arg::from(phone.unsent))])
}
