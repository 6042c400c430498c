//! Stamps **bytes**: the server's time, signed for one store. A fact behind a stamp in the chain was recorded after it
//! (protocol, "Trusted time").

use crate::encode::{from_base64, to_base64};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use firebee_domain::{
    id::{IncarnationId, StoreId},
    time::Timestamp,
};

/// The bytes that the server signs.
pub fn stamp_text(incarnation: IncarnationId, store: StoreId, server: Timestamp) -> Vec<u8> {
    let (incarnation, store) = (incarnation.0.as_bytes(), store.0.as_bytes());
    [b"firebee/stamp/1\n".as_slice(), incarnation, store, &server.0.to_be_bytes()].concat()
}

/// Signs the server's time for a store; base64url.
pub fn sign_stamp(key: &SigningKey, incarnation: IncarnationId, store: StoreId, server: Timestamp) -> String {
    to_base64(&key.sign(&stamp_text(incarnation, store, server)).to_bytes())
}

/// Whether a signature (base64url) is one that this server's key made for the store and the time.
pub fn is_stamp(
    key: &VerifyingKey,
    incarnation: IncarnationId,
    store: StoreId,
    server: Timestamp,
    signature: &str,
) -> bool {
    let signature = from_base64::<64>(signature).map(|bytes| Signature::from_bytes(&bytes));
    let text = stamp_text(incarnation, store, server);
    signature.is_some_and(|signature| key.verify_strict(&text, &signature).is_ok())
}

/// A stamp as its header carries it: `<Unix milliseconds>.<signature>`.
pub fn write_stamp(server: Timestamp, signature: &str) -> String {
    format!("{}.{signature}", server.0)
}

/// The time and the signature of a header; `None` for any other text. The signature is not checked.
pub fn read_stamp(header: &str) -> Option<(Timestamp, String)> {
    let (server, signature) = header.split_once('.')?;
    from_base64::<64>(signature)?;
    Some((Timestamp(server.parse().ok()?), signature.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_stamp_holds_for_its_store_its_time_and_its_incarnation_only() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let (store, other) = (StoreId(Uuid::from_u128(1)), StoreId(Uuid::from_u128(2)));
        let (now, then) = (IncarnationId(Uuid::from_u128(3)), IncarnationId(Uuid::from_u128(4)));
        let at = Timestamp(1_779_256_920_000);
        let signature = sign_stamp(&key, now, store, at);
        let holds =
            |incarnation, store, at, signature: &str| is_stamp(&key.verifying_key(), incarnation, store, at, signature);
        assert!(holds(now, store, at, &signature));
        assert!(!holds(now, other, at, &signature));
        assert!(!holds(then, store, at, &signature));
        assert!(!holds(now, store, at.plus_ms(1), &signature));
        assert!(!holds(now, store, at, "no signature"));
        assert_eq!(read_stamp(&write_stamp(at, &signature)), Some((at, signature)));
        for bad in ["", ".", "1.", "1.abc", "x.y"] {
            assert_eq!(read_stamp(bad), None, "{bad}");
        }
    }
}
