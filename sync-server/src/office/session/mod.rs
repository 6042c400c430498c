//! Signing in and out, and one device an account.
//!
//! These operations do not run in the frame of commands, for three reasons. The frame needs an actor, and whoever signs in
//! is none yet. The frame makes a repeated form harmless, which a claim id or a nonce does here. And the frame stores what
//! came of a command, which here holds tokens.

pub(in crate::office) mod attempt;
pub mod claim;
pub mod drop_key;
pub mod force_release;
pub mod grant;
pub mod import;
pub(in crate::office) mod known;
pub mod nonce;
pub mod refresh;
pub mod release;
pub mod sign_in;
