//! The sync server: takes the batches, keeps one account on one device, serves the console.

pub mod accept;
pub mod api;
pub mod clock;
pub mod config;
pub mod keys;
pub mod query;
pub mod random;
pub mod state;
pub mod store;
