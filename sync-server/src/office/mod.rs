//! The commands of the office side, and of signing in: `office/<noun>/<verb>.rs`, each one transaction.

pub mod account;
pub mod blob;
pub mod catalogue;
pub mod firm;
pub mod session;
