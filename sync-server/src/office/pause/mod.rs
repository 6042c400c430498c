//! Pauses of a month: asked for and taken back by the firm.

mod ask;
mod withdraw;

pub use ask::{Ask, AskError, ask};
pub use withdraw::{Withdraw, withdraw};
