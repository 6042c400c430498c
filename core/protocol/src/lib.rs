//! What travels between phone and server: facts, documents, requests, replies, their limits and their bytes.
//!
//! What is marked **bytes** in `docs/protocol.md` is kept for ever.

pub mod blob;
pub mod catalogue;
pub mod chain;
pub mod cursor;
pub mod digest;
pub mod document;
pub mod encode;
pub mod fact;
pub mod json;
pub mod limits;
pub mod patch;
pub mod problem;
pub mod pull;
pub mod push;
pub mod receipt;
pub mod session;
pub mod sign;
pub mod text;
pub mod track;
