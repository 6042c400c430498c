//! Numbers and texts as this server stores them: at the store's edge they become what the protocol has.

use super::StoreError;
use serde::{Serialize, de::DeserializeOwned};

/// A number of the database as one of the protocol.
///
/// # Errors
/// [`StoreError::Bug`]: it is below zero.
pub fn number(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| StoreError::Bug(format!("{value} is below zero")))
}

/// A number of the protocol as one of the database.
///
/// # Errors
/// [`StoreError::Bug`]: it is above 2^63.
pub fn stored(value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Bug(format!("{value} is above what is stored")))
}

/// JSON that this server wrote itself.
///
/// # Errors
/// [`StoreError::Bug`]: it cannot be read.
pub fn own<T: DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Bug(format!("a stored body cannot be read: {error}")))
}

/// JSON of a body that is stored and sent as it is.
///
/// # Errors
/// [`StoreError::Bug`]: it cannot be written.
pub fn json(body: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(body).map_err(|error| StoreError::Bug(format!("a body cannot be written: {error}")))
}
