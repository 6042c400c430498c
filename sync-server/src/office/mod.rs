//! The commands of the office side, and of signing in: `office/<noun>/<verb>.rs`, each one transaction.

pub mod blob;
pub mod session;
