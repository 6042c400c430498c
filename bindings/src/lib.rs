//! The whole client for Kotlin, Swift and Python, through UniFFI.
//!
//! The core carries no attribute of the bindings: each record here mirrors one of the core's, so that a field added
//! there fails the build here. A call that touches the phone's files runs off the caller's thread.

mod catalogue;
mod client;
mod error;
mod evidence;
mod ids;
mod ports;
mod progress;
mod project;
mod refuse;
mod result;
mod review;
mod session;
mod submission;
mod sync;
mod task;
mod track;

uniffi::setup_scaffolding!();

/// Runs a core call that blocks, off the caller's thread. A write that has begun is not undone by a cancel.
async fn off<N, T, E>(noun: &N, call: impl FnOnce(&N) -> Result<T, E> + Send + 'static) -> Result<T, error::ClientError>
where
    N: Clone + Send + Sync + 'static,
    T: Send + 'static,
    E: Into<error::ClientError> + Send + 'static,
{
    let noun = noun.clone();
    let ran = tokio::task::spawn_blocking(move || call(&noun)).await;
    ran.map_err(|_| error::ClientError::interrupted())?.map_err(Into::into)
}
