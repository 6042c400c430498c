//! What a screen shows of sending and receiving: the counts add up, always.

mod read;

pub use read::{Overview, TaskProgress};
