//! Argon2id in memory of ours, and the PHC text that the database keeps.

use super::queue::Slot;
use crate::config::PasswordCost;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};

/// Lanes of one hash.
const LANES: u32 = 1;

/// The PHC text of a password with a salt.
pub(super) fn hash(slot: &mut Slot, cost: PasswordCost, password: &[u8], salt: &[u8]) -> Option<String> {
    let params = Params::new(cost.memory_kib, cost.passes, LANES, None).ok()?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).ok()?,
        salt: Some(Salt::new(salt).ok()?),
        hash: Some(compute(slot, Algorithm::Argon2id, &params, password, salt, Params::DEFAULT_OUTPUT_LEN)?),
    };
    Some(hash.to_string())
}

/// The hash that an unknown login is verified against. It costs the work of a real one, and no password matches it.
pub(super) fn of_nobody(cost: PasswordCost) -> String {
    let (salt, hash) = ("A".repeat(22), "A".repeat(43));
    format!("$argon2id$v=19$m={},t={},p={LANES}${salt}${hash}", cost.memory_kib, cost.passes)
}

/// Whether the password has this hash; `None` when the text is none.
pub(super) fn verify(slot: &mut Slot, password: &[u8], stored: &str) -> Option<bool> {
    let stored = PasswordHash::new(stored).ok()?;
    let (salt, hash) = (stored.salt?, stored.hash?);
    let params = Params::try_from(&stored).ok()?;
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).ok()?;
    let computed = compute(slot, algorithm, &params, password, salt.as_ref(), hash.len())?;
    // Outputs are compared in constant time.
    Some(computed == hash)
}

fn compute(
    slot: &mut Slot,
    algorithm: Algorithm,
    params: &Params,
    password: &[u8],
    salt: &[u8],
    length: usize,
) -> Option<Output> {
    let mut buffer = [0; Output::MAX_LENGTH];
    let out = buffer.get_mut(..length)?;
    let argon2 = Argon2::new(algorithm, Version::V0x13, params.clone());
    argon2.hash_password_into_with_memory(password, salt, out, slot.blocks(params.block_count())).ok()?;
    Output::new(out).ok()
}
