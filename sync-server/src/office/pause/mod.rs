//! Pauses of a month: asked for and taken back by the firm, decided by the fire service.

mod ask;
mod decide;
mod withdraw;

pub use ask::{Ask, AskError, ask};
pub use decide::{Decide, decide};
pub use withdraw::{Withdraw, withdraw};
