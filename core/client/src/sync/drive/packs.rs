//! Fetches the catalogue packs that pulled documents name and this phone lacks.

use super::super::inner::{Inner, Turn};
use crate::{
    cache::PageApplied,
    changes::Change,
    packs::PutPackError,
    ports::{Body, Method, Request},
    session::Failure,
};
use firebee_domain::{code::Code, id::ContentId};
use firebee_protocol::document::kind;
use serde::Deserialize;
use std::sync::atomic::Ordering;

/// The part of an assignment's or dispatch's document that names its pack. That of a task was read when it was pulled.
#[derive(Deserialize)]
struct Pins {
    catalogue: ContentId,
}

/// Collects the packs that the documents of a page name. After the app was opened, and after a snapshot, it looks at
/// all documents.
pub(super) fn look(inner: &Inner, applied: &PageApplied) -> Result<(), Failure> {
    let pinning = [kind::ASSIGNMENT, kind::DISPATCH];
    let everything = !inner.packs_looked.swap(true, Ordering::AcqRel) || applied.swapped;
    let named = inner.core.cache.read::<_, Failure>(|rows| {
        let of_tasks = applied.changed.iter().filter_map(|changed| Some(changed.task?.catalogue));
        let mut named: Vec<ContentId> = of_tasks.collect();
        if everything {
            named.extend(rows.packs_of_tasks()?);
            for kind in pinning {
                named.extend(rows.documents::<Pins>(kind)?.into_iter().map(|held| held.body.catalogue));
            }
        } else {
            for changed in applied.changed.iter().filter(|changed| pinning.contains(&changed.kind.as_str())) {
                named.extend(rows.document::<Pins>(&changed.kind, &changed.id)?.map(|held| held.body.catalogue));
            }
        }
        Ok(named)
    })?;
    let mut missing = named.into_iter().filter(|id| inner.core.packs.get(*id).is_none()).peekable();
    if missing.peek().is_some() {
        missing.for_each(|id| inner.packs().want(id));
        inner.wake_packs.notify_one();
    }
    Ok(())
}

/// Fetches packs until none is wanted or all are waiting. Concurrent callers take turns.
pub(in super::super) async fn fetch(inner: &Inner) -> Turn {
    let _one_at_a_time = inner.fetching_packs.lock().await;
    loop {
        let step = inner.packs().next(inner.now_ms());
        let id = match Turn::of(step) {
            Ok(id) => id,
            Err(rest) => return rest,
        };
        match one(inner, id).await {
            Ok(()) => inner.packs().got(id),
            Err(failure) => inner.packs().failed(id, &failure, inner.now_ms()),
        }
    }
}

/// Fetches one pack. Bytes whose hash differs from the id are dropped.
async fn one(inner: &Inner, id: ContentId) -> Result<(), Failure> {
    let path = format!("/v1/catalogues/{id}");
    let request = Request { method: Method::Get, path, headers: Vec::new(), body: Body::Empty };
    let bytes = inner.server.ask(request).await?.response.body;
    let core = inner.core.clone();
    Inner::blocking(move || Ok(core.packs.put(id, &bytes)?)).await?;
    inner.core.changes.tell(Change::Documents);
    Ok(())
}

impl From<PutPackError> for Failure {
    fn from(error: PutPackError) -> Self {
        match error {
            PutPackError::Pack(error) => Self::of(error.code()),
            PutPackError::Io(_) => Self::of(Code::StorageFailed),
        }
    }
}
