//! The whole client for Kotlin, Swift and Python, through UniFFI.
//!
//! The core carries no attribute of the bindings: each record here mirrors one of the core's, so that a field added
//! there fails the build here.
//!
//! The rooms, each of which knows only those before it:
//!
//! ```text
//! cancel, error → ids, noun, ports, refuse → dispatch, draft, evidence, review, screen, session, sync, task, track → client
//! ```

mod cancel;
mod client;
mod dispatch;
mod draft;
mod error;
mod evidence;
mod ids;
mod noun;
mod ports;
mod refuse;
mod review;
mod screen;
mod session;
mod sync;
mod task;
mod track;

uniffi::setup_scaffolding!();
