//! `/v1/push`: what devices recorded.

pub mod push;
