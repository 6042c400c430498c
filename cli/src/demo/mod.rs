//! The demo: real phones play the story of a month against the real server.

pub mod gpx;
pub mod inputs;
pub mod proxy;
