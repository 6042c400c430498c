//! What the server writes out: the facts as they came, tables of what they came to, tracks, and the evidence of a task or of
//! a report as one archive.

pub mod bundle;
pub mod facts;
mod faults;
mod projects;
mod reports;
mod stream;
mod table;
mod tasks;
pub mod track;
mod write;

pub use stream::{Asked, stream};
pub use table::{Described, Kind, Table};
pub use write::Format;
