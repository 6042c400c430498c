//! The commands of the office side, one transaction each: lock, load, ask the domain, write rows, note the act,
//! publish documents. Same shape as the phone's use cases.

pub mod account;
mod act;
pub mod api_token;
pub mod application;
pub mod authority;
pub mod calendar;
pub mod catalogue;
mod command;
pub mod console_session;
pub mod contact;
pub mod contract;
pub mod dispatch;
pub mod fault;
mod files;
pub mod firm;
pub mod import;
pub mod instrument;
pub mod look;
pub mod monitoring;
mod on_task;
pub mod oversight;
pub mod owner;
pub mod pause;
pub mod personnel;
pub mod personnel_change;
pub mod petition;
pub mod plan;
pub mod project;
pub mod region;
pub mod repair;
pub mod repair_door;
pub mod report;
pub mod retention;
pub mod review;
pub mod robot;
mod rule;
pub mod saved_view;
pub mod session;
pub mod task;
pub mod undecided;
pub mod ways;
pub mod webhook;

pub use act::Act;
pub use command::Refused;
pub use rule::{Flaw, Rule};

use crate::{
    clock::Clock,
    keys::{KeyError, Keyring, Keys},
    org::Org,
    password::Passwords,
    query,
    store::{Store, StoreError, Tx},
};
use firebee_domain::geofence::Thresholds;

/// What those commands need that make accounts or sign somebody in. Cloning is cheap.
#[derive(Clone)]
pub struct Office {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// What claims and acts are signed with.
    pub keyring: Keyring,
    /// what the verdict on a track is made with.
    pub track: Thresholds,
}

impl Office {
    /// What a firm signs with.
    async fn keys<E: From<StoreError> + From<KeyError>>(&self, tx: &mut Tx, org: Org) -> Result<Keys, E> {
        Ok(self.keyring.of(org.id(), query::org::seal(tx, org).await?)?)
    }
}
