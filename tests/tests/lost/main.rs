//! Phones that get lost, swapped, cloned and restored: real phones, a real server and its console. Nothing is lost, nothing
//! is doubled, and what came late has no effect until a person decides.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy's allow-in-tests does not reach helpers of an integration test"
)]

mod closed;
mod leaving;
mod released;
mod restored;
mod salvage;
mod scene;
mod tokens;
