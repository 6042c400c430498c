//! What may see everything: tidy, faults, end to end, benchmarks.

pub mod postgres;
pub mod walk;
