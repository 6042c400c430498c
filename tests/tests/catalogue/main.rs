//! The catalogue as people read it: every sentence of every item, and what each edition changed.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod changes;
mod editions;
mod sentences;
