//! The sync server: takes the batches, keeps one account on one device, serves the console.

pub mod store;
