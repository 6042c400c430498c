//! Small secrets of others that a firm keeps, such as the addresses of robots: sealed for the firm's own key (HPKE), so that
//! neither the database nor a backup shows them.

use super::Keys;
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256, single_shot_open, single_shot_seal,
};

/// What is sealed so is opened so and in no other way.
const TAG: &[u8] = b"firebee/secret/1\n";

/// Bytes before what is sealed.
const ENCAPSULATED: usize = 32;

/// Seals bytes that belong to `of`; `None` only without random bytes.
pub fn seal(keys: &Keys, of: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let recipient = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&keys.export().public).ok()?;
    let sealed =
        single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&OpModeS::Base, &recipient, TAG, secret, of);
    let (encapsulated, sealed) = sealed.ok()?;
    Some([encapsulated.to_bytes().as_slice(), &sealed].concat())
}

/// Opens what was sealed for this firm; `None` for anything else, also after the firm got another key.
pub fn open(keys: &Keys, of: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (encapsulated, sealed) = sealed.split_at_checked(ENCAPSULATED)?;
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &keys.export().private,
        &encapsulated,
        TAG,
        sealed,
        of,
    );
    opened.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;
    use firebee_domain::id::IncarnationId;
    use uuid::Uuid;

    #[test]
    fn r_388_only_the_firms_key_opens_what_it_keeps_and_only_for_what_it_belongs_to() {
        let keys =
            |secret| Keys { incarnation: IncarnationId(Uuid::nil()), signing: SigningKey::from_bytes(&[secret; 32]) };
        let sealed = seal(&keys(1), b"robot", b"https://open.feishu.cn/x").unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"feishu"));
        assert_eq!(open(&keys(1), b"robot", &sealed).as_deref(), Some(b"https://open.feishu.cn/x".as_slice()));
        assert!(open(&keys(2), b"robot", &sealed).is_none() && open(&keys(1), b"other", &sealed).is_none());
        assert!(open(&keys(1), b"robot", b"").is_none());
    }
}
