//! Accounts of people on the personnel list.

pub mod create;
