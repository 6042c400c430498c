//! The phone: stores, session, sync, use cases, screens.
//!
//! Rooms know only what stands before them in this list:
//!
//! 1. `ports`, `ids`
//! 2. `journal`, `cache`, `evidence`, `packs`, `changes`, `http`
//! 3. `core`
//! 4. `session`
//! 5. `sync`
//! 6. `work`
//! 7. `screen`
//! 8. `client`
//!
//! `session` and `sync` are not known to `work` and `screen`, nor those to them: both sides meet in the facade, `client`.

pub mod cache;
pub mod changes;
mod client;
mod core;
pub mod evidence;
pub mod fakes;
pub mod http;
mod ids;
pub mod journal;
pub mod packs;
pub mod ports;
pub mod screen;
pub mod session;
pub mod sync;
#[cfg(test)]
mod tally;
pub mod work;

pub use client::Client;
pub use core::{ClientConfig, LastError, OpenError, RESERVE_BYTES, SyncStatus};
