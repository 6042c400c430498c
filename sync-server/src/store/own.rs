//! Converts between the values of the database and the types of the protocol.

use super::StoreError;
use serde::{Serialize, de::DeserializeOwned};

/// Converts a number of the database to the protocol's type.
///
/// # Errors
/// [`StoreError::Bug`]: it is below zero.
pub fn number(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| StoreError::Bug(format!("{value} is below zero")))
}

/// Converts a number of the protocol to the database's type.
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

/// The JSON of a body, which is stored and sent unchanged.
///
/// # Errors
/// [`StoreError::Bug`]: it cannot be written.
pub fn json(body: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(body).map_err(|error| StoreError::Bug(format!("a body cannot be written: {error}")))
}
