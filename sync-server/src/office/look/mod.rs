//! The first looks of owners' contacts.

mod note;

pub use note::note;
