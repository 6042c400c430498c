//! The phone: stores, session, sync, use cases, screens.
//!
//! A room knows only rooms that stand before it:
//!
//! ```text
//! ports, tally → ids → journal, cache, evidence, packs, changes, http → core
//! → session → sync → work → screen → client → fakes
//! ```
//!
//! `core` is the stores, the ports and the changes; `client` is the facade, which no room knows. The lanes (`session`,
//! `sync`) and the work of a person (`work`, `screen`) do not know each other: both meet in the facade.

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
