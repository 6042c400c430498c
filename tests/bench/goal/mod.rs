//! One goal of docs/performance.md a file.

pub mod downscale;
pub mod herd;
pub mod lists;
pub mod memory;
pub mod photo;
pub mod record;
pub mod sign_in;
pub mod store_size;
pub mod throughput;
pub mod track;
pub mod wire;
pub mod year;
