//! Takes messages out to the programs and the chat groups of a firm: webhooks and robots. What a receiver says is judged by the domain.

mod carry;
mod client;
mod deliver;
mod message;
mod robot;

pub use carry::{AT_ONCE_MAX, Courier, OF_A_FIRM_MAX, run};
pub use client::{Answer, Client};
