//! Reads, filtered by who asks. No writes.

pub mod access;
pub mod act;
pub mod api_token;
pub mod application;
pub mod blob;
pub mod calendar;
pub mod catalogue;
pub mod console_session;
pub mod contract;
pub mod crew;
pub mod device;
pub mod dispatch;
pub mod evidence;
pub mod fact;
pub mod fault;
pub mod firm;
pub mod hazard;
pub mod held;
pub mod import;
pub mod instrument;
pub mod leaving;
pub mod ledger;
pub mod line;
pub mod log;
pub mod look;
pub mod member;
pub mod monitoring;
pub mod note;
pub mod org;
pub mod overseen;
pub mod oversight;
pub mod owner;
pub mod page;
pub mod parked;
pub mod pause;
pub mod personnel;
pub mod personnel_change;
pub mod petition;
pub mod plan;
pub mod portal;
pub mod positions;
pub mod project;
mod pull;
pub mod reading;
pub mod region;
pub mod repair;
pub mod repair_door;
pub mod report;
pub mod retention;
pub mod robot;
pub mod saved_view;
pub mod session;
pub mod staff;
pub mod task;
pub mod tracking;
pub mod undecided;
pub mod unit;
mod visible;
pub mod ways;
pub mod webhook;
pub mod whole;

pub use pull::{PullError, PullRequest, pull};
pub use visible::{Visible, administrator, visible};

use crate::{
    row, sql,
    store::{Setting, StoreError, Tx},
};

/// Whether the database answers.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn ready(tx: &mut Tx) -> Result<(), StoreError> {
    tx.query_opt(sql!("SELECT value FROM setting WHERE key = ?1"), &row![Setting::LastOrg]).await.map(drop)
}
