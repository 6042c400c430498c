//! Takes in the export file of a phone that cannot reach the server, by the same way as its pushes and uploads. The file
//! may be taken in again, and the phone may send the same later: nothing is doubled.
//!
//! Invariant: nothing of a file is taken in before all of it was opened and read.

mod import;
mod open;
mod read;

pub use import::{By, SalvageError, Salvaged, import};
