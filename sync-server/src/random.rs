//! Random bytes and the ids made of them.

use crate::clock::Clock;
use uuid::{Builder, Uuid};

/// `N` bytes from the operating system.
///
/// # Errors
/// The operating system has none to give.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A version 7 UUID of the present millisecond: for whatever the server makes.
///
/// # Errors
/// The operating system has no random bytes to give.
pub fn uuid_v7(clock: &Clock) -> Result<Uuid, getrandom::Error> {
    let ms = u64::try_from(clock.now().0).unwrap_or(0);
    Ok(Builder::from_unix_timestamp_millis(ms, &random_bytes()?).into_uuid())
}

/// A version 4 UUID.
///
/// # Errors
/// The operating system has no random bytes to give.
pub fn uuid_v4() -> Result<Uuid, getrandom::Error> {
    Ok(Builder::from_random_bytes(random_bytes()?).into_uuid())
}
