//! Takes messages out to the programs of a firm: webhooks. What a receiver says is judged by the domain.

mod client;
mod deliver;
mod message;

pub use client::{Answer, Client, SendError};
pub use deliver::{deliver, run};
