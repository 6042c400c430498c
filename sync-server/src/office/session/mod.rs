//! Signing in and out, and one device an account. None of this is in the frame of commands: who signs in is not yet an
//! actor, a claim id or a nonce makes a repeat harmless, and the frame would store tokens with the outcome.

pub(in crate::office) mod attempt;
pub mod claim;
pub mod drop_key;
pub mod force_release;
pub mod grant;
pub mod import;
pub mod nonce;
pub mod refresh;
pub mod release;
pub mod sign_in;
