//! Phones that get lost, swapped, cloned and restored, and phones that were away while the office decided otherwise: real
//! phones, a real server and its console. Nothing is lost, nothing is doubled, and what came late or has become somebody
//! else's has no effect until a person decides.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy's allow-in-tests does not reach helpers of an integration test"
)]

mod adopted;
mod closed;
mod deadline;
mod deleted;
mod handed;
mod leaving;
mod moving;
mod reassigned;
mod released;
mod restored;
mod salvage;
mod scene;
mod tokens;
