//! What may see everything: tidy, faults, end to end, benchmarks.

pub mod device;
pub mod firm;
pub mod lossy;
pub mod postgres;
pub mod walk;
