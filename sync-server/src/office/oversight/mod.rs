//! What the fire service does besides deciding: it draws samples, records what it found, and what its people read is
//! written down.

mod draw;
mod read;
mod record;

pub use draw::{Draw, DrawError, draw};
pub use read::read;
pub use record::{Record, RecordRefused, record};
