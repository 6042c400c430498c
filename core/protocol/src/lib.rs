//! What travels: facts, documents, requests, replies and their limits.

pub mod text;
pub mod track;
