//! What the office does to tasks beside reviewing them.

mod delete;

pub use delete::{Delete, DeleteError, delete};
