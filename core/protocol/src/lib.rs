//! What travels between phone and server: facts, documents, requests, replies, their limits and their bytes.
//!
//! Formats that are marked **bytes** here and in `docs/protocol.md` never change.
//!
//! A room knows the rooms before it, and none of its own rank:
//!
//! ```text
//! blob, chain, cursor, encode, export, limits, patch, phone, problem
//! → act, digest, document, json, pull, session, sign, stamp, text, track
//! → catalogue, fact, push, receipt
//! → media
//! ```

pub mod act;
pub mod blob;
pub mod catalogue;
pub mod chain;
pub mod cursor;
pub mod digest;
pub mod document;
pub mod encode;
pub mod export;
pub mod fact;
pub mod json;
pub mod limits;
pub mod media;
pub mod patch;
pub mod phone;
pub mod problem;
pub mod pull;
pub mod push;
pub mod receipt;
pub mod session;
pub mod sign;
pub mod stamp;
pub mod text;
pub mod track;
