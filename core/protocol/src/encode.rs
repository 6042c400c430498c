//! Keys, signatures and nonces in JSON: base64url without padding.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Bytes as text.
pub fn to_base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes a text to exactly `N` bytes; `None` when the length differs or the text is not base64url.
pub fn from_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() > N * 2 {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
