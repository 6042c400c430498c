//! `/v1/pull`: what devices may know.

pub mod pull;
