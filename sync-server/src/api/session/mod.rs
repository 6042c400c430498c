//! `/v1/capabilities` and `/v1/session/…`.

pub mod capabilities;
pub mod claim;
pub mod nonce;
pub mod password;
pub mod refresh;
pub mod release;
