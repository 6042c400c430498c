//! The phone: journal, cache, sync, evidence, tracks, session.

pub mod evidence;
pub mod ports;
