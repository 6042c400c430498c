//! The interface of phones: `api/<noun>/<verb>.rs` extracts, calls, answers. No SQL, no rule.

pub mod problem;
