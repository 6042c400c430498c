//! The fire service's own people. They are of no firm; a row of `organisation` of their own holds their accounts, their
//! sessions and the chain of their acts, as a firm's does (ADR 70).

pub mod found;

pub use found::{AuthorityFile, FoundError, OfficerFile, UnitFile, found};
