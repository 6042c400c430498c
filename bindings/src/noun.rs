//! How a noun of the core is held here: off the caller's thread, and its refusals in the client's language.

use crate::error::{ClientError, Told};
use firebee_protocol::text::Language;
use std::sync::{Arc, PoisonError, RwLock};

/// The language of one client, shared by all its nouns.
#[derive(Clone, Debug, Default)]
pub struct Spoken(Arc<RwLock<Language>>);

impl Spoken {
    /// The language spoken now.
    pub fn now(&self) -> Language {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another language from now on.
    pub fn set(&self, language: Language) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = language;
    }
}

/// A handle of the core and the language in which its refusals are told.
#[derive(Clone)]
pub struct Noun<N> {
    /// The core's handle.
    pub core: N,
    spoken: Spoken,
}

impl<N> Noun<N> {
    /// The handle of a client that speaks so.
    pub const fn new(core: N, spoken: Spoken) -> Self {
        Self { core, spoken }
    }

    /// Another handle of the same client.
    pub fn beside<M>(&self, core: M) -> Noun<M> {
        Noun::new(core, self.spoken.clone())
    }

    /// The language of the client.
    pub const fn spoken(&self) -> &Spoken {
        &self.spoken
    }

    /// Runs a core call that blocks, off the caller's thread. A write that has begun is not undone by a cancel.
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
    /// and sends, on the runtime: the caller's event loop only hears that it is done. Dropping this ends it.
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

    /// What came of a call; nothing where the runtime ended it.
    fn told<T, E: Told>(&self, ran: Option<Result<T, E>>) -> Result<T, ClientError> {
        let language = self.spoken.now();
        ran.ok_or_else(|| ClientError::interrupted(language))?.map_err(|error| error.told(language))
    }
}
