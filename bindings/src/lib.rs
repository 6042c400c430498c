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

/// Drives a core future that also blocks between its waits, such as one that reads the journal, asks the keystore and
/// sends, on the runtime: the caller's event loop only hears that it is done. Dropping this ends it.
async fn driven<T, E>(work: impl Future<Output = Result<T, E>> + Send + 'static) -> Result<T, error::ClientError>
where
    T: Send + 'static,
    E: Into<error::ClientError> + Send + 'static,
{
    // A set of one: unlike a bare handle, it aborts its task when it is dropped.
    let mut task = tokio::task::JoinSet::new();
    task.spawn(work);
    match task.join_next().await {
        Some(Ok(done)) => done.map_err(Into::into),
        Some(Err(_)) | None => Err(error::ClientError::interrupted()),
    }
}
