//! Converts the formats of the Android and Apple keystores (SPKI or bare points, DER or bare signatures) into the one
//! form of the core.

use super::SignerError;
use firebee_protocol::sign::{PublicKey, is_public_key};
use p256::ecdsa::Signature;

/// The bytes before the point in the SPKI of a P-256 key.
const SPKI_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A public key as SPKI (Android) or as the bare uncompressed point (Apple), made SEC1.
///
/// # Errors
/// [`SignerError::Unavailable`]: it is neither, or no point of the curve.
pub fn public_key_of(bytes: &[u8]) -> Result<PublicKey, SignerError> {
    let point = bytes.strip_prefix(&SPKI_HEAD).unwrap_or(bytes);
    let key: Option<PublicKey> = point.try_into().ok();
    key.filter(is_public_key).ok_or_else(|| unreadable("the public key is neither SPKI nor a point of P-256"))
}

/// A signature as DER or as 64 bytes r‖s, made r‖s with a low s.
///
/// # Errors
/// [`SignerError::Unavailable`]: it is neither.
pub fn signature_of(bytes: &[u8]) -> Result<[u8; 64], SignerError> {
    let read = if bytes.len() == 64 { Signature::from_slice(bytes) } else { Signature::from_der(bytes) };
    let signature = read.map_err(|_| unreadable("the signature is neither DER nor 64 bytes"))?;
    Ok(signature.normalize_s().to_bytes().into())
}

fn unreadable(reason: &str) -> SignerError {
    SignerError::Unavailable { reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::{SigningKey, signature::Signer};

    #[test]
    fn both_forms_of_a_key_and_of_a_signature_come_to_the_same() {
        let key = SigningKey::from_slice(&[7; 32]).unwrap();
        let point: PublicKey = key.verifying_key().to_sec1_point(false).as_bytes().try_into().unwrap();
        let spki = [SPKI_HEAD.as_slice(), &point].concat();
        assert_eq!((public_key_of(&spki), public_key_of(&point)), (Ok(point), Ok(point)));
        let signed: Signature = key.sign(b"text");
        let (r, s) = signed.split_scalars();
        let high = Signature::from_scalars(r, -*s).unwrap();
        let low: [u8; 64] = signed.normalize_s().to_bytes().into();
        for form in [signed, high] {
            assert_eq!(signature_of(&form.to_bytes()), Ok(low));
            assert_eq!(signature_of(form.to_der().as_bytes()), Ok(low));
        }
    }

    #[test]
    fn what_is_no_key_and_no_signature_is_refused() {
        for bad in [vec![], vec![4; 65], vec![0; 91], SPKI_HEAD.to_vec()] {
            assert!(public_key_of(&bad).is_err());
            assert!(signature_of(&bad).is_err());
        }
        assert!(signature_of(&[0; 64]).is_err());
    }
}
