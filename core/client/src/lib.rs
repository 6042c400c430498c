//! The phone: journal, cache, sync, evidence, tracks, session.

pub mod cache;
pub mod changes;
mod client;
pub mod evidence;
pub mod fakes;
pub mod http;
mod ids;
pub mod journal;
pub mod packs;
pub mod ports;
pub mod session;
pub mod sync;
pub mod work;

pub use client::{Client, ClientConfig, OpenError, RESERVE_BYTES};
