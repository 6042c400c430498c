//! The calendar of working days, which is the same for every firm of the server.

mod import;

pub use import::{ImportError, Imported, import};
