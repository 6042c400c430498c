//! The sync server: takes the batches, keeps one account on one device, serves the console.
//!
//! A room knows the rooms before it, and none of its own rank:
//!
//! ```text
//! blocking, bound, clock, config, org, rate, sheet, text
//! → random
//! → observe
//! → blobs, keys, password, store
//! → device, door, feed, program
//! → query
//! → evidence, verify, view
//! → aggregate, coverage, export
//! → upload
//! → accept, office
//! → report
//! → state
//! → auth, backup, courier, salvage
//! → api, console
//! → serve
//! → cli
//! ```

pub mod accept;
mod aggregate;
pub mod api;
pub mod auth;
pub mod backup;
pub mod blobs;
pub mod blocking;
pub mod bound;
pub mod cli;
pub mod clock;
pub mod config;
pub mod console;
pub mod courier;
pub mod coverage;
pub mod device;
pub mod door;
pub mod evidence;
pub mod export;
pub mod feed;
pub mod keys;
pub mod observe;
pub mod office;
pub mod org;
pub mod password;
pub mod program;
pub mod query;
pub mod random;
pub mod rate;
pub mod report;
pub mod salvage;
pub mod serve;
mod sheet;
pub mod state;
pub mod store;
mod text;
pub mod upload;
pub mod verify;
pub mod view;

pub use serve::{Running, router, serve};
