//! The secret by which a program of a firm asks. The database holds only its SHA-256.

use crate::random::random_bytes;
use firebee_protocol::encode::{from_base64, to_base64};
use sha2::{Digest, Sha256};
use std::fmt;

/// How each begins, so that whoever finds one in a file knows what it is.
const PREFIX: &str = "fbk_";
/// Random bytes.
const RANDOM: usize = 32;
/// With the checksum behind them.
const LENGTH: usize = RANDOM + 4;

/// A token's secret, as it is shown once.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Makes a new one: 256 random bits and their CRC-32.
    ///
    /// # Errors
    /// The operating system has no random bytes to give.
    pub fn mint() -> Result<Self, getrandom::Error> {
        let random = random_bytes::<RANDOM>()?;
        let mut bytes = [0; LENGTH];
        let (start, end) = bytes.split_at_mut(RANDOM);
        start.copy_from_slice(&random);
        end.copy_from_slice(&crc32fast::hash(&random).to_be_bytes());
        Ok(Self(format!("{PREFIX}{}", to_base64(&bytes))))
    }

    /// Parses what a program brings; `None` for any other text, also for a token that lost a letter on its way.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; LENGTH] = text.strip_prefix(PREFIX).and_then(from_base64)?;
        let (random, sum) = bytes.split_at_checked(RANDOM)?;
        (crc32fast::hash(random).to_be_bytes() == sum).then(|| Self(text.to_owned()))
    }

    /// The text that the program brings.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What the database holds. The secret cannot be computed from it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_a_secret_is_known_by_its_beginning_and_checked_by_its_end() {
        let secret = Secret::mint().unwrap();
        assert!(secret.text().starts_with("fbk_") && secret.text().len() == 52, "{}", secret.text());
        assert_eq!(Secret::parse(secret.text()).map(|read| read.hash()), Some(secret.hash()));
        let other = if secret.text().ends_with('A') { "B" } else { "A" };
        let wrong = format!("{}{other}", secret.text().split_at(51).0);
        for bad in ["", "fbk_", "fb_a_x", &wrong] {
            assert!(Secret::parse(bad).is_none(), "{bad}");
        }
        assert!(!format!("{secret:?}").contains(secret.text()));
    }
}
