//! A real phone, a link that fails, a real server: what each fault shows to the user, and that nothing is lost by it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod answers;
mod bytes;
mod clocks;
mod disks;
mod packs;
mod poison;
mod scene;
mod storm;
mod typed;
