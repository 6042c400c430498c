//! Takes messages out to the programs and the chat groups of a firm: webhooks and robots. What a receiver says is judged by the domain.

mod client;
mod deliver;
mod message;
mod robot;

pub use client::{Answer, Client, SendError};
pub use deliver::{deliver, run};
pub use robot::digest;
