//! Sessions of the console: opened by a password, ended by their holder or by time.

pub mod close;
pub mod end;
pub mod open;
pub mod touch;

pub use close::close;
pub use open::{Opened, open};

/// How long a session holds without being used, in milliseconds: twelve hours, a working day with room.
pub const SESSION_MS: i64 = 12 * 3_600_000;
