//! The rows of blobs: how far each is, and what follows when one is whole.

pub mod advance;
pub mod size;
pub mod verify;
