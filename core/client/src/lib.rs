//! The phone: stores, session, sync, use cases, screens.
//!
//! A room knows the rooms before it, and none of its own rank:
//!
//! ```text
//! blocking, disk, ports
//! → ids
//! → cache, changes, evidence, http, journal, packs
//! → core
//! → session, work
//! → screen, sync
//! → client
//! ```
//!
//! `session` and `sync` do not know `work` and `screen`, and these do not know them. The four meet only in the facade,
//! `client`.

pub mod blocking;
mod cache;
pub mod changes;
mod client;
mod core;
pub mod disk;
pub mod evidence;
#[cfg(test)]
mod fakes;
pub mod http;
mod ids;
pub mod journal;
mod packs;
pub mod ports;
pub mod screen;
pub mod session;
pub mod sync;
#[cfg(test)]
mod tally;
pub mod work;

pub use client::{Client, FetchPhotoError};
pub use core::{ClientConfig, Kept, LastError, Network, OpenError, PHOTO_BYTES, RESERVE_BYTES, SyncStatus};
