//! The receipts for facts and claims, signed with the server's Ed25519 key **bytes**.

use crate::{
    encode::{from_base64, to_base64},
    session::{ClaimReceipt, Receipt},
    sign::{PublicKey, key_hash},
};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use firebee_domain::{
    id::{AccountId, Hash, IncarnationId, StoreId},
    time::Timestamp,
};

/// A receipt does not hold under that server key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the receipt does not hold under the server's key")]
pub struct ReceiptInvalid;

/// Where a store stood when the server committed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// The incarnation of the server's data.
    pub incarnation: IncarnationId,
    /// The store.
    pub store: StoreId,
    /// The seq.
    pub seq: u64,
    /// The chain at it.
    pub chain: Hash,
    /// When the commit that first reached `seq` was made.
    pub received: Timestamp,
}

/// A claim that was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The incarnation of the server's data.
    pub incarnation: IncarnationId,
    /// The account.
    pub account: AccountId,
    /// The store.
    pub store: StoreId,
    /// The epoch.
    pub epoch: u64,
    /// The store's public key.
    pub key: PublicKey,
    /// When.
    pub issued: Timestamp,
}

/// The bytes of a receipt.
pub fn receipt_text(received: &Received) -> Vec<u8> {
    [
        b"firebee/receipt/1\n".as_slice(),
        received.incarnation.0.as_bytes(),
        received.store.0.as_bytes(),
        &received.seq.to_be_bytes(),
        &received.chain.0,
        &received.received.0.to_be_bytes(),
    ]
    .concat()
}

/// The bytes of a claim receipt.
pub fn claim_receipt_text(
    incarnation: IncarnationId,
    account: AccountId,
    store: StoreId,
    epoch: u64,
    key: Hash,
    issued: Timestamp,
) -> Vec<u8> {
    [
        b"firebee/claim/1\n".as_slice(),
        incarnation.0.as_bytes(),
        account.0.as_bytes(),
        store.0.as_bytes(),
        &epoch.to_be_bytes(),
        &key.0,
        &issued.0.to_be_bytes(),
    ]
    .concat()
}

/// Signs a receipt.
pub fn sign_receipt(key: &SigningKey, received: &Received) -> Receipt {
    Receipt {
        v: 1,
        server_key: to_base64(key.verifying_key().as_bytes()),
        incarnation: received.incarnation,
        store_id: received.store,
        seq: received.seq,
        chain: received.chain,
        received_ms: received.received,
        sig: to_base64(&key.sign(&receipt_text(received)).to_bytes()),
    }
}

/// Signs a claim receipt.
pub fn sign_claim(key: &SigningKey, granted: &Granted) -> ClaimReceipt {
    let key_sha256 = key_hash(&granted.key);
    let Granted { incarnation, account, store, epoch, issued, .. } = *granted;
    let text = claim_receipt_text(incarnation, account, store, epoch, key_sha256, issued);
    ClaimReceipt {
        v: 1,
        incarnation,
        account,
        store_id: store,
        epoch,
        key_sha256,
        issued_ms: issued,
        server_key: to_base64(key.verifying_key().as_bytes()),
        sig: to_base64(&key.sign(&text).to_bytes()),
    }
}

/// A receipt as a header: `<seq>.<chain>.<received_ms>.<signature>`. Store, incarnation and key are known from the
/// request.
pub fn write_receipt(receipt: &Receipt) -> String {
    let Receipt { seq, chain, received_ms, sig, .. } = receipt;
    format!("{seq}.{chain}.{}.{sig}", received_ms.0)
}

/// The receipt of such a header, for a request of this store; `None` when it cannot be read.
pub fn read_receipt(header: &str, incarnation: IncarnationId, store: StoreId, server_key: String) -> Option<Receipt> {
    let mut parts = header.splitn(4, '.');
    let (seq, chain) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (received_ms, sig) = (Timestamp(parts.next()?.parse().ok()?), parts.next()?.to_owned());
    Some(Receipt { v: 1, server_key, incarnation, store_id: store, seq, chain, received_ms, sig })
}

/// Whether the signature of a receipt holds under the pinned server key (base64url). The caller compares store,
/// incarnation and chain with its own.
pub fn verify_receipt(pinned_key: &str, receipt: &Receipt) -> Result<(), ReceiptInvalid> {
    let received = Received {
        incarnation: receipt.incarnation,
        store: receipt.store_id,
        seq: receipt.seq,
        chain: receipt.chain,
        received: receipt.received_ms,
    };
    verify(pinned_key, &receipt.server_key, &receipt_text(&received), &receipt.sig)
}

/// Whether a claim receipt holds under that server key (base64url).
pub fn verify_claim(pinned_key: &str, receipt: &ClaimReceipt) -> Result<(), ReceiptInvalid> {
    let ClaimReceipt { incarnation, account, store_id, epoch, key_sha256, issued_ms, .. } = *receipt;
    let text = claim_receipt_text(incarnation, account, store_id, epoch, key_sha256, issued_ms);
    verify(pinned_key, &receipt.server_key, &text, &receipt.sig)
}

fn verify(pinned_key: &str, named_key: &str, text: &[u8], signature: &str) -> Result<(), ReceiptInvalid> {
    if pinned_key != named_key {
        return Err(ReceiptInvalid);
    }
    let key =
        from_base64::<32>(pinned_key).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok()).ok_or(ReceiptInvalid)?;
    let signature = from_base64::<64>(signature).ok_or(ReceiptInvalid)?;
    key.verify_strict(text, &Signature::from_bytes(&signature)).map_err(|_| ReceiptInvalid)
}
