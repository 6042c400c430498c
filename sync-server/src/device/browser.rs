//! What a browser keeps after a sign-in, so that wrong passwords that others type do not make it wait. It opens nothing.

use crate::{keys::Keys, random::uuid_v4};
use ed25519_dalek::{Signature, Signer};
use firebee_domain::time::Timestamp;
use firebee_protocol::encode::{from_base64, to_base64};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// How long a browser stays known after a sign-in, in milliseconds: 400 days.
pub const KNOWN_MS: i64 = 400 * 86_400_000;
/// What the signature begins with.
const TAG: &[u8] = b"firebee/browser/1\n";
/// The browser's id, the instant, and the signature.
const LENGTH: usize = 16 + 8 + 64;

/// Makes the value of a cookie for the browser that just signed in as `login`.
///
/// # Errors
/// The operating system has no random bytes to give.
pub fn remember(keys: &Keys, login: &str, now: Timestamp) -> Result<String, getrandom::Error> {
    let (id, at) = (uuid_v4()?, now.0.to_be_bytes());
    let signature = keys.signing.sign(&signed(login, id.as_bytes(), at));
    Ok(to_base64(&[id.as_bytes().as_slice(), &at, &signature.to_bytes()].concat()))
}

/// The browser of a cookie, if this server made it for `login` and it has not expired.
pub fn recognise(keys: &Keys, login: &str, cookie: &str, now: Timestamp) -> Option<Uuid> {
    let bytes: [u8; LENGTH] = from_base64(cookie)?;
    let (id, rest) = bytes.split_first_chunk::<16>()?;
    let (at, signature) = rest.split_first_chunk::<8>()?;
    let signature = Signature::from_slice(signature).ok()?;
    keys.signing.verifying_key().verify_strict(&signed(login, id, *at), &signature).ok()?;
    let age_ms = now.ms_since(Timestamp(i64::from_be_bytes(*at)));
    (age_ms < KNOWN_MS).then(|| Uuid::from_bytes(*id))
}

fn signed(login: &str, id: &[u8; 16], at: [u8; 8]) -> Vec<u8> {
    [TAG, id, &at, &Sha256::digest(login.as_bytes())].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;
    use firebee_domain::id::IncarnationId;

    #[test]
    fn a_browser_is_known_to_its_server_for_its_login_and_for_400_days() {
        let keys =
            |secret| Keys { incarnation: IncarnationId(Uuid::nil()), signing: SigningKey::from_bytes(&[secret; 32]) };
        let now = Timestamp(1_800_000_000_000);
        let cookie = remember(&keys(1), "li", now).unwrap();
        assert!(recognise(&keys(1), "li", &cookie, now).is_some());
        assert!(recognise(&keys(1), "li", &cookie, now.plus_ms(KNOWN_MS - 1)).is_some());
        assert!(recognise(&keys(1), "li", &cookie, now.plus_ms(KNOWN_MS)).is_none());
        assert!(recognise(&keys(1), "wang", &cookie, now).is_none());
        assert!(recognise(&keys(2), "li", &cookie, now).is_none());
        assert!(recognise(&keys(1), "li", "", now).is_none());
    }
}
