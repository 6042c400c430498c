//! What connected fire systems deliver, and what becomes of it.

mod deliver;
mod turn;

pub use deliver::{Delivered, deliver};
pub use turn::{Turn, TurnError, turn};
