//! The sync server: takes the batches, keeps one account on one device, serves the console.

pub mod accept;
pub mod api;
pub mod auth;
pub mod blobs;
pub mod cli;
pub mod clock;
pub mod config;
pub mod console;
pub mod coverage;
pub mod evidence;
pub mod feed;
pub mod keys;
pub mod observe;
pub mod office;
pub mod query;
pub mod random;
pub mod serve;
pub mod state;
pub mod store;
mod text;
pub mod verify;

pub use serve::{Running, router, serve};
