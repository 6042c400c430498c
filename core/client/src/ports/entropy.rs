//! Random bytes.

use firebee_domain::code::Code;

/// The system gave no random bytes. Nothing is recorded then, because ids could repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random bytes")]
pub struct EntropyError;

impl EntropyError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::EntropyUnavailable
    }
}

/// Gives random bytes: every id that the phone makes comes from here.
///
/// Contract: the bytes are fit for keys and are never given twice. A fake is seeded, so that a run can be repeated.
pub trait Entropy: Send + Sync {
    /// Fills the whole slice, or fails.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

/// The operating system's.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(bytes).map_err(|_| EntropyError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_fills_the_whole_slice() {
        let (mut a, mut b) = ([0; 64], [0; 64]);
        SystemEntropy.fill(&mut a).unwrap();
        SystemEntropy.fill(&mut b).unwrap();
        assert_ne!(a, b);
        assert_ne!(a[48..], [0; 16]);
    }
}
