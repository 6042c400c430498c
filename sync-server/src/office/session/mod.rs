//! Signing in and out, and one device an account.

pub mod claim;
pub mod grant;
pub mod nonce;
pub mod refresh;
pub mod release;
pub mod sign_in;
