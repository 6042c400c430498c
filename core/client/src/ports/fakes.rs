//! One fake a port, written by hand. Deterministic: the same calls give the same answers.

use super::{BoxFuture, Clock, Clocks, Entropy, EntropyError, Ports, Request, Response, SoftwareSigner};
use super::{Transport, TransportError};
use firebee_domain::{id::BootId, time::Timestamp};
use sha2::{Digest, Sha256};
use std::{
    io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// A clock that moves only when a test moves it.
#[derive(Debug)]
pub struct FakeClock(Mutex<Clocks>);

impl FakeClock {
    /// A clock at `wall_ms`, one hour after its first boot.
    pub fn at(wall_ms: i64) -> Self {
        Self(Mutex::new(Clocks { wall_ms: Timestamp(wall_ms), boot_ms: 3_600_000, boot_id: boot(1), satellites: None }))
    }

    /// Both clocks go on.
    pub fn advance_ms(&self, ms: i64) {
        let mut clocks = self.clocks();
        clocks.wall_ms = clocks.wall_ms.plus_ms(ms);
        clocks.boot_ms = clocks.boot_ms.saturating_add(ms);
    }

    /// The wall clock jumps, the boot clock does not.
    pub fn set_wall_ms(&self, wall_ms: i64) {
        self.clocks().wall_ms = Timestamp(wall_ms);
    }

    /// The phone restarts: another boot, whose clock begins at `boot_ms`.
    pub fn reboot(&self, boot_ms: i64) {
        let mut clocks = self.clocks();
        clocks.boot_id = boot(clocks.boot_id.0.as_u128().wrapping_add(1));
        clocks.boot_ms = boot_ms;
    }

    fn clocks(&self) -> MutexGuard<'_, Clocks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn boot(n: u128) -> BootId {
    BootId(Uuid::from_u128(n))
}

impl Clock for FakeClock {
    fn now(&self) -> Clocks {
        *self.clocks()
    }
}

/// Bytes that follow from a seed: SHA-256 of the seed and a counter.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<(u64, u64)>);

impl SeededEntropy {
    /// Bytes of this seed.
    pub const fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, 0)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(32) {
            let (seed, count) = *state;
            let block = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(count.to_be_bytes()).finalize();
            chunk.iter_mut().zip(block).for_each(|(to, from)| *to = from);
            state.1 = count.wrapping_add(1);
        }
        Ok(())
    }
}

/// A network that a closure plays.
pub struct FakeTransport<F>(pub F);

impl<F, A> Transport for FakeTransport<F>
where
    F: Fn(Request) -> A + Send + Sync,
    A: Future<Output = Result<Response, TransportError>> + Send + 'static,
{
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin((self.0)(request))
    }
}

/// A network that is not there.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNetwork;

impl Transport for NoNetwork {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(std::future::ready(Err(TransportError::Network { reason: "there is no network".into() })))
    }
}

/// Ports of a phone without network: a standing clock, seeded bytes, keys in `folder/keys`.
///
/// # Errors
/// The folder of the keys cannot be made.
pub fn ports(folder: &Path, clock: Arc<FakeClock>, seed: u64) -> io::Result<Ports> {
    let entropy = Arc::new(SeededEntropy::new(seed));
    let signer = SoftwareSigner::open(folder.join("keys"), entropy.clone())?;
    Ok(Ports { clock, transport: Arc::new(NoNetwork), signer: Arc::new(signer), entropy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_others() {
        let fill = |seed| {
            let (entropy, mut bytes) = (SeededEntropy::new(seed), [0; 80]);
            entropy.fill(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(fill(1), fill(1));
        assert_ne!(fill(1), fill(2));
        assert_ne!(fill(1)[..32], fill(1)[32..64]);
    }

    #[test]
    fn a_reboot_changes_the_boot_and_a_jump_only_the_wall_clock() {
        let clock = FakeClock::at(1_000_000);
        let before = clock.now();
        clock.set_wall_ms(5);
        assert_eq!((clock.now().boot_ms, clock.now().wall_ms), (before.boot_ms, Timestamp(5)));
        clock.reboot(7);
        assert_ne!(clock.now().boot_id, before.boot_id);
        assert_eq!(clock.now().boot_ms, 7);
    }
}
