//! Files whose time is over.

mod delete;

pub use delete::{DeletePast, Deleted, PastError, delete};
