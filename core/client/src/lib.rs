//! The phone: journal, cache, sync, evidence, tracks, session.

pub mod evidence;
mod ids;
pub mod journal;
pub mod ports;
