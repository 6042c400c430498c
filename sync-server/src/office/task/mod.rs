//! What the office does to tasks beside reviewing them.

mod delete;
mod hand_over;

pub use delete::{Delete, DeleteError, delete};
pub use hand_over::{HandOverTask, HandOverTaskError, hand_over};
