//! The rows of blobs: how far each is, and what follows when one is whole.

mod advance;
mod size;
mod verify;

pub use advance::advance;
pub use size::size;
pub use verify::verify;
