//! Blobs over the wire: whole and by pieces, announced, verified, read by who may; on both engines.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod circle;
mod disk;
mod evidence;
mod faults;
mod fed;
mod read;
mod servers;
mod substance;
mod tracks;
mod tus;
mod whole;

pub use firebee_tests::both;
