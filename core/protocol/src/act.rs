//! Acts of the office **bytes**: what people do on the console and with `firebee admin`. Each is an exact line in a chain
//! of its firm, written once and signed by the server (protocol, "Acts of the office").

use crate::{
    chain::{content_hash, scope_of, sha256},
    encode::{from_base64, to_base64},
};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use firebee_domain::{
    id::{AccountId, EventId, Hash, IncarnationId, OrganisationId, ProjectId, RequestId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version of the line and of all bodies in it.
pub const ACT_VERSION: u32 = 1;

/// An act. The order of its members is that of the line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfficeAct {
    /// The project that it concerns; `None` for the firm as a whole.
    pub project: Option<ProjectId>,
    /// The act.
    pub id: EventId,
    /// What was done, a word in lower snake_case.
    pub kind: String,
    /// [`ACT_VERSION`] when it was written.
    pub v: u32,
    /// Who acted; `None` is the administrator at the server itself.
    pub account: Option<AccountId>,
    /// When, by the server's clock.
    pub at_ms: Timestamp,
    /// The request that asked for it. A repeat of the request makes no second act.
    pub request: RequestId,
    /// What it was done to, an id.
    pub subject: String,
    /// What was asked, as JSON. No password and no hash of one stands in it.
    pub body: Box<RawValue>,
}

/// A line is no act.
#[derive(Debug, thiserror::Error)]
#[error("the line is no act of the office")]
pub struct NoAct(#[from] serde_json::Error);

/// The server's signature over an act at its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedAct {
    /// The incarnation of the firm's data when it was written.
    pub incarnation: IncarnationId,
    /// The server's public key then, base64url.
    pub server_key: String,
    /// Ed25519 over [`office_text`], base64url.
    pub sig: String,
}

impl OfficeAct {
    /// The line, without a line feed.
    ///
    /// # Errors
    /// [`NoAct`]: it cannot be written as JSON.
    pub fn to_line(&self) -> Result<Vec<u8>, NoAct> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Reads a line. Unknown members are ignored; the bytes stay as they are.
    ///
    /// # Errors
    /// [`NoAct`].
    pub fn read(line: &[u8]) -> Result<Self, NoAct> {
        Ok(serde_json::from_slice(line)?)
    }
}

/// The chain of a firm before its first act.
pub fn office_start(organisation: OrganisationId, incarnation: IncarnationId, server_key: &[u8; 32]) -> Hash {
    let (organisation, incarnation) = (organisation.0.as_bytes(), incarnation.0.as_bytes());
    sha256(&[b"firebee/office-chain/1\n", organisation, incarnation, &sha256(&[server_key]).0])
}

/// The chain after act `seq`, whose line is `line` and concerns `project`.
pub fn office_next(
    before: Hash,
    seq: u64,
    organisation: OrganisationId,
    project: Option<ProjectId>,
    line: &[u8],
) -> Hash {
    let scope = scope_of(organisation.0.as_bytes(), project);
    sha256(&[b"firebee/office-link/1\n", &before.0, &seq.to_be_bytes(), &scope.0, &content_hash(line).0])
}

/// The bytes that the server signs for act `seq`.
pub fn office_text(organisation: OrganisationId, incarnation: IncarnationId, seq: u64, chain: Hash) -> Vec<u8> {
    let (organisation, incarnation) = (organisation.0.as_bytes(), incarnation.0.as_bytes());
    [b"firebee/office-head/1\n".as_slice(), organisation, incarnation, &seq.to_be_bytes(), &chain.0].concat()
}

/// Signs the chain of a firm at act `seq`.
pub fn sign_act(
    key: &SigningKey,
    organisation: OrganisationId,
    incarnation: IncarnationId,
    seq: u64,
    chain: Hash,
) -> SignedAct {
    let sig = to_base64(&key.sign(&office_text(organisation, incarnation, seq, chain)).to_bytes());
    SignedAct { incarnation, server_key: to_base64(key.verifying_key().as_bytes()), sig }
}

impl SignedAct {
    /// Whether the key that it names made it for this place of the chain. The caller says whether that key is one
    /// of the firm's.
    pub fn holds(&self, organisation: OrganisationId, seq: u64, chain: Hash) -> bool {
        let key = from_base64::<32>(&self.server_key).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let (Some(key), Some(sig)) = (key, from_base64::<64>(&self.sig)) else { return false };
        let text = office_text(organisation, self.incarnation, seq, chain);
        key.verify_strict(&text, &Signature::from_bytes(&sig)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn act() -> OfficeAct {
        OfficeAct {
            project: None,
            id: EventId(Uuid::from_u128(1)),
            kind: "issue_plan".into(),
            v: ACT_VERSION,
            account: None,
            at_ms: Timestamp(7),
            request: RequestId(Uuid::from_u128(2)),
            subject: "x".into(),
            body: RawValue::from_string("{\"opinion\":\"消防泵\\r\\n\"}".into()).unwrap(),
        }
    }

    #[test]
    fn the_line_of_an_act_begins_with_its_project_and_holds_its_body_as_it_was_given() {
        let line = act().to_line().unwrap();
        let text = std::str::from_utf8(&line).unwrap();
        assert!(text.starts_with("{\"project\":null,\"id\":\"00000000-0000-0000-0000-000000000001\",\"kind\":\"issue_plan\",\"v\":1,\"account\":null,\"at_ms\":7,\"request\":"), "{text}");
        assert!(text.ends_with("\"body\":{\"opinion\":\"消防泵\\r\\n\"}}"), "{text}");
        assert_eq!(OfficeAct::read(&line).unwrap().to_line().unwrap(), line);
    }

    #[test]
    fn a_signature_holds_for_its_firm_its_place_and_its_chain_only() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let (firm, other) = (OrganisationId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));
        let incarnation = IncarnationId(Uuid::from_u128(3));
        let start = office_start(firm, incarnation, key.verifying_key().as_bytes());
        let chain = office_next(start, 1, firm, None, &act().to_line().unwrap());
        let signed = sign_act(&key, firm, incarnation, 1, chain);
        assert!(signed.holds(firm, 1, chain));
        assert!(!signed.holds(other, 1, chain));
        assert!(!signed.holds(firm, 2, chain));
        assert!(!signed.holds(firm, 1, start));
        let moved = SignedAct { incarnation: IncarnationId(Uuid::from_u128(4)), ..signed };
        assert!(!moved.holds(firm, 1, chain));
    }
}
