//! The ports: the only ways by which the client reaches the world beside its own files.
//!
//! Each is a small trait with its contract, one real implementation for this platform where there can be one, and one
//! hand-written fake for the tests. All are called from several threads.

mod clock;
mod entropy;
#[cfg(test)]
pub(crate) mod fakes;
mod platform_key;
mod signer;
mod software;
mod transport;

#[cfg(any(target_os = "linux", target_os = "android"))]
pub use clock::SystemClock;
pub use clock::{Clock, Clocks, SatelliteTime};
pub use entropy::{Entropy, EntropyError, SystemEntropy};
pub use platform_key::{public_key_of, signature_of};
pub use signer::{Signer, SignerError};
pub use software::SoftwareSigner;
pub use transport::{Body, BoxFuture, Method, Request, Response, Transport, TransportError};

use std::sync::Arc;

/// Everything that a client needs from outside.
#[derive(Clone)]
pub struct Ports {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// The network.
    pub transport: Arc<dyn Transport>,
    /// The device's keys.
    pub signer: Arc<dyn Signer>,
    /// Random bytes.
    pub entropy: Arc<dyn Entropy>,
}
