//! Identifies the client: by the token of a phone's or a program's request, and by the network address.

pub mod address;
pub mod bearer;
pub mod incarnation;
pub mod program;
pub mod tls;

pub use bearer::Bearer;
pub use program::Program;
