//! What connected fire systems deliver, and what becomes of it.

mod deliver;
mod order;
mod turn;

pub use deliver::{Delivered, deliver};
pub use order::{OrderTest, order};
pub use turn::{Turn, TurnError, turn};
