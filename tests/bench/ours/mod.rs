//! Firebee itself: the real server in a process of its own, and real phones in this one.

pub mod estate;
pub mod herd;
mod history;
pub mod phone;
pub mod server;
pub mod upload;
mod watch;
