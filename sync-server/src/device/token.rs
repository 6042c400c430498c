//! Tokens. A phone holds 256 random bits; the database holds only their SHA-256.

use crate::{random::random_bytes, store::stored_words};
use firebee_protocol::encode::{from_base64, to_base64};
use sha2::{Digest, Sha256};
use std::fmt;
use strum::{EnumString, IntoStaticStr};
use subtle::ConstantTimeEq;

/// How long an access token holds, in milliseconds: one hour.
pub const ACCESS_MS: i64 = 3_600_000;
/// How long a refresh token holds after its last use, in milliseconds: 400 days.
pub const REFRESH_MS: i64 = 400 * 86_400_000;

/// The purpose of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum TokenKind {
    /// The access token, which goes with every request.
    Access,
    /// The refresh token. With it and the device's signature the phone gets a new access token.
    Refresh,
}

stored_words!(TokenKind);

impl TokenKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Access => "fb_a_",
            Self::Refresh => "fb_r_",
        }
    }
}

/// A token as it is handed out, once.
#[derive(Clone)]
pub struct Token {
    text: String,
    hash: [u8; 32],
}

impl Token {
    /// Makes a new token.
    ///
    /// # Errors
    /// The operating system has no random bytes to give.
    pub fn mint(kind: TokenKind) -> Result<Self, getrandom::Error> {
        Ok(Self::with(format!("{}{}", kind.prefix(), to_base64(&random_bytes::<32>()?))))
    }

    /// Parses a token of this kind; `None` for any other text.
    pub fn parse(kind: TokenKind, text: &str) -> Option<Self> {
        text.strip_prefix(kind.prefix()).and_then(from_base64::<32>)?;
        Some(Self::with(text.to_owned()))
    }

    fn with(text: String) -> Self {
        let hash = Sha256::digest(text.as_bytes()).into();
        Self { text, hash }
    }

    /// The text that the phone sends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The hash that the database stores. The token cannot be computed from it.
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }
}

impl PartialEq for Token {
    /// Takes the same time wherever the hashes differ.
    fn eq(&self, other: &Self) -> bool {
        self.hash.ct_eq(&other.hash).into()
    }
}

impl Eq for Token {}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_256_random_bits_behind_the_prefix_of_its_kind() {
        let token = Token::mint(TokenKind::Access).unwrap();
        assert!(token.text().starts_with("fb_a_") && token.text().len() == 48, "{}", token.text());
        assert_eq!(Token::parse(TokenKind::Access, token.text()), Some(token.clone()));
        assert_eq!(Token::parse(TokenKind::Refresh, token.text()), None);
        assert_ne!(Token::mint(TokenKind::Access).unwrap(), token);
        for bad in ["", "fb_a_", "fb_a_x", &format!("{}A", token.text()), &format!(" {}", token.text())] {
            assert_eq!(Token::parse(TokenKind::Access, bad), None, "{bad}");
        }
    }

    #[test]
    fn no_log_line_shows_a_token() {
        let token = Token::mint(TokenKind::Refresh).unwrap();
        assert!(!format!("{token:?}").contains(token.text()));
    }
}
