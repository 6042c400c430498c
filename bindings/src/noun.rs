//! How a noun of the core is held here: off the caller's thread, and its refusals in the client's language.

use crate::error::{ClientError, Told};
use firebee_client::{
    Client as CoreClient,
    work::{Dispatches, Evidence, Review, Tasks, Tracks},
};
use firebee_domain::id::RequestId;

/// A handle of the core, and the client whose language its refusals are told in.
pub struct Noun<N> {
    /// The core's handle.
    pub core: N,
    client: CoreClient,
}

impl<N> Noun<N> {
    /// A handle of this client.
    pub const fn new(core: N, client: CoreClient) -> Self {
        Self { core, client }
    }

    /// Another handle of the same client.
    pub fn of<M>(&self, core: M) -> Noun<M> {
        Noun::new(core, self.client.clone())
    }

    /// The client, for a call that needs more than its noun.
    pub const fn client(&self) -> &CoreClient {
        &self.client
    }

    /// Runs a core call that records, off the caller's thread. A write that has begun is not undone by a cancel: the call
    /// is repeated with the same request, which finds what the first one recorded.
    pub async fn once<T, E>(
        &self,
        request: Option<RequestId>,
        call: impl FnOnce(&N) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ClientError>
    where
        N: Requested + Clone + Send + Sync + 'static,
        T: Send + 'static,
        E: Told + Send + 'static,
    {
        let core = request.map_or_else(|| self.core.clone(), |request| self.core.requested(request));
        Self { core, client: self.client.clone() }.off(call).await
    }

    /// Runs a core call that blocks, off the caller's thread.
    pub async fn off<T, E>(&self, call: impl FnOnce(&N) -> Result<T, E> + Send + 'static) -> Result<T, ClientError>
    where
        N: Clone + Send + Sync + 'static,
        T: Send + 'static,
        E: Told + Send + 'static,
    {
        let core = self.core.clone();
        let ran = tokio::task::spawn_blocking(move || call(&core)).await;
        self.told(ran.ok())
    }

    /// Drives a core future that also blocks between its waits, such as one that reads the journal, asks the keystore
    /// and sends. It runs on the runtime, so the caller's event loop only hears when it is done. Dropping this ends it.
    pub async fn driven<T, E>(
        &self,
        work: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> Result<T, ClientError>
    where
        T: Send + 'static,
        E: Told + Send + 'static,
    {
        // A set of one: unlike a bare handle, it aborts its task when it is dropped.
        let mut task = tokio::task::JoinSet::new();
        task.spawn(work);
        let ran = task.join_next().await;
        self.told(ran.and_then(Result::ok))
    }

    /// The result of a call; an error when the runtime ended the call.
    fn told<T, E: Told>(&self, ran: Option<Result<T, E>>) -> Result<T, ClientError> {
        let language = self.client.language();
        ran.ok_or_else(|| ClientError::interrupted(language))?.map_err(|error| error.told(language))
    }
}

/// A noun whose calls record.
pub trait Requested {
    /// The same, for the calls of one request.
    fn requested(&self, request: RequestId) -> Self;
}

macro_rules! requested { ($($noun:ident),*) => { $(
    impl Requested for $noun {
        fn requested(&self, request: RequestId) -> Self {
            self.for_request(request)
        }
    }
)* }; }

requested!(Tasks, Evidence, Tracks, Review, Dispatches);
