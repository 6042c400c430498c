//! Checks the chain of a firm's acts: every line, every link, every signature.

use crate::{
    keys::{KeyError, Keyring, Seal},
    org::Org,
    query::act::Link,
};
use firebee_domain::id::{Hash, OrganisationId};
use firebee_protocol::{
    act::{OfficeAct, office_next, office_start},
    encode::{from_base64, to_base64},
    problem::CodeWord,
};
use serde::{Deserialize, Serialize};

/// The acts of a firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedActs {
    /// The firm.
    pub organisation: OrganisationId,
    /// How many acts the chain should have.
    pub count: u64,
    /// The first place where the chain does not hold; `None` when it holds whole.
    pub broken_at: Option<u64>,
    /// Why the firm's key is not here; `None` when it is. Then only the public half in the database vouches for the chain,
    /// and no act is proved.
    pub key: Option<MissingKey>,
}

/// A firm's key that is missing, or another than the one of its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingKey {
    /// The code with which a server would not start.
    pub code: CodeWord,
    /// What a server would say, in English.
    pub told: String,
}

/// What the database holds of a firm's acts.
pub(super) struct Chain {
    /// The firm.
    pub(super) org: Org,
    /// The links.
    pub(super) links: Vec<Link>,
    /// How many there should be.
    pub(super) count: u64,
    /// What the firm's row says.
    pub(super) seal: Seal,
    /// What the firm's row said before its key was replaced.
    pub(super) former: Vec<Seal>,
}

/// Walks the chain. Each link must be signed by a key of the firm whose file lies beside the database. A key that was lost
/// counts too when a link behind it, signed by a key that is there, vouches for the chain. Without the
/// firm's own key no act is proved: the chain is walked by the public half in the database, and the key is a finding.
///
/// # Errors
/// A key file cannot be read.
pub(super) fn walk(chain: &Chain, keyring: &Keyring) -> Result<VerifiedActs, KeyError> {
    let Chain { org, links, count, seal, former } = chain;
    let (org, count) = (*org, *count);
    let mut keys: Vec<String> = keyring.public(org.id())?.iter().map(|public| to_base64(public)).collect();
    let missing = keyring.check(org.id(), *seal).err();
    if missing.is_some() {
        keys.push(seal.public_text());
    }
    if links.last().is_some_and(|last| keys.contains(&last.signed.server_key)) {
        keys.extend(former.iter().map(Seal::public_text));
    }
    let key = missing.map(|error| MissingKey { code: error.code().into(), told: error.to_string() });
    Ok(VerifiedActs { key, ..walk_by(org, links, count, &keys) })
}

fn walk_by(org: Org, links: &[Link], count: u64, keys: &[String]) -> VerifiedActs {
    let walked = VerifiedActs { organisation: org.id(), count, broken_at: None, key: None };
    let mut before = None;
    for (expected, link) in (1_u64..).zip(links) {
        let start = || start(org, link);
        match before.or_else(start).filter(|_| link.seq == expected && keys.contains(&link.signed.server_key)) {
            Some(chain) if holds(org, link, chain) => before = Some(link.chain),
            _ => return VerifiedActs { broken_at: Some(expected), ..walked },
        }
    }
    let found = links.len() as u64;
    VerifiedActs { broken_at: (found != count).then(|| found.min(count) + 1), ..walked }
}

/// The chain before the first act, by the incarnation and the key that its seal names.
fn start(org: Org, first: &Link) -> Option<Hash> {
    let key = from_base64::<32>(&first.signed.server_key)?;
    Some(office_start(org.id(), first.signed.incarnation, &key))
}

/// Whether a link follows from the chain before, is found under its own id, and is signed.
fn holds(org: Org, link: &Link, before: Hash) -> bool {
    let Ok(act) = OfficeAct::read(&link.line) else { return false };
    let chain = office_next(before, link.seq, org.id(), act.project, &link.line);
    chain == link.chain && act.id == link.id && link.signed.holds(org.id(), link.seq, chain)
}
