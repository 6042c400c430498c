//! The server's door: a real process, real connections, and many of them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod files;
mod limits;
mod process;
mod proxy;
mod refused;
mod silent;
mod strangers;
