//! Peers: programs of others for the same work, built from their published source and measured in the same rounds.
//!
//! None is a dependency. Where a peer cannot be made, a line says so and its numbers are left out.

pub mod build;
pub mod tusd;
