//! Signatures, receipts, cursors and digests, as the two sides use them.

use firebee_domain::{
    id::{AccountId, Hash, IncarnationId, StoreId},
    time::Timestamp,
};
use firebee_protocol::{
    chain::ChainPoint,
    cursor::Cursor,
    digest::FeedDigest,
    encode::to_base64,
    receipt::{Granted, Received, sign_claim, sign_receipt, verify_claim, verify_receipt},
    sign::{head_text, verify},
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use uuid::Uuid;

fn store() -> StoreId {
    StoreId(Uuid::from_u128(7))
}

#[test]
fn a_head_holds_under_its_key_and_with_a_low_s_only() {
    let key = SigningKey::from_slice(&[3; 32]).unwrap();
    let public: [u8; 65] = key.verifying_key().to_sec1_point(false).as_bytes().try_into().unwrap();
    let point = |seq| ChainPoint { seq, chain: Hash([1; 32]) };
    let text = head_text(store(), &point(12), &point(9));
    let signed: Signature = key.sign(&text);
    let low = signed.normalize_s();
    let (r, s) = low.split_scalars();
    let high = Signature::from_scalars(r, -*s).unwrap();
    let bytes = |signature: &Signature| -> [u8; 64] { signature.to_bytes().into() };
    assert!(verify(&public, &text, &bytes(&low)).is_ok());
    assert!(verify(&public, &text, &bytes(&high)).is_err(), "a high s is refused");
    assert!(verify(&public, &head_text(store(), &point(12), &point(10)), &bytes(&low)).is_err());
    assert!(verify(&[4; 65], &text, &bytes(&low)).is_err(), "not a point of the curve");
}

#[test]
fn a_receipt_holds_under_the_pinned_key_until_one_member_differs() {
    let key = ed25519_dalek::SigningKey::from_bytes(&[5; 32]);
    let pinned = to_base64(key.verifying_key().as_bytes());
    let incarnation = IncarnationId(Uuid::from_u128(1));
    let received = Received { incarnation, store: store(), seq: 9, chain: Hash([2; 32]), received: Timestamp(5) };
    let receipt = sign_receipt(&key, &received);
    assert!(verify_receipt(&pinned, &receipt).is_ok());
    assert!(verify_receipt(&to_base64(&[9; 32]), &receipt).is_err());
    let mut forged = receipt.clone();
    forged.seq = 10;
    assert!(verify_receipt(&pinned, &forged).is_err());
    let account = AccountId(Uuid::from_u128(2));
    let granted = Granted { incarnation, account, store: store(), epoch: 1, key: [4; 65], issued: Timestamp(6) };
    let mut claim = sign_claim(&key, &granted);
    assert!(verify_claim(&pinned, &claim).is_ok());
    claim.epoch = 2;
    assert!(verify_claim(&pinned, &claim).is_err());
}

#[test]
fn a_cursor_has_one_text() {
    let cursor = Cursor { incarnation: IncarnationId(Uuid::from_u128(1)), feed_seq: 42, began: None };
    assert_eq!(cursor.to_string().parse(), Ok(cursor));
    let within = Cursor { began: Some(50), ..cursor };
    assert_eq!(within.to_string(), "1.00000000-0000-0000-0000-000000000001.42.50");
    assert_eq!(within.to_string().parse(), Ok(within));
    for bad in [
        "",
        "1.",
        "1.x.2",
        "2.00000000-0000-0000-0000-000000000001.1",
        "1.00000000-0000-0000-0000-000000000001.01",
        "1.00000000-0000-0000-0000-000000000001.+1",
        "1.00000000-0000-0000-0000-000000000001.9007199254740992",
        "1.00000000-0000-0000-0000-000000000001.",
        "1.00000000-0000-0000-0000-000000000001.1.",
        "1.00000000-0000-0000-0000-000000000001.1.02",
        "1.00000000-0000-0000-0000-000000000001.1.2.3",
    ] {
        assert!(bad.parse::<Cursor>().is_err(), "{bad}");
    }
}

#[test]
fn a_digest_does_not_depend_on_the_order_and_forgets_what_went() {
    let (mut one, mut other) = (FeedDigest::default(), FeedDigest::default());
    for (kind, id, rev) in [("task", "a", 1), ("plan", "b", 2)] {
        one.add(kind, id, rev);
    }
    for (kind, id, rev) in [("plan", "b", 2), ("task", "a", 3), ("task", "a", 1)] {
        other.add(kind, id, rev);
    }
    assert_ne!(one, other);
    other.remove("task", "a", 3);
    assert_eq!(one.to_string(), other.to_string());
}
