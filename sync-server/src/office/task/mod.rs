//! Tasks, as far as the office changes them.

pub mod hand_over;

pub use hand_over::{HandOverTask, hand_over};
