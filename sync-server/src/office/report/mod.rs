//! What the office does with reports: generate, delete, file.

pub mod delete;
pub mod file;
pub mod generate;

pub use delete::{Delete, delete};
pub use file::{File, file};
pub use generate::{Compose, Generate, GenerateError, Ground, generate, ground};
