//! Catalogue packs.

pub mod keep;
