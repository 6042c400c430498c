//! What connected fire systems deliver by a token.

pub mod deliver;
