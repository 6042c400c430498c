//! Where one call works: the desk, and the request that the call carries out.
//!
//! A host may cancel a call and never hear its result, and then it does not know whether the call recorded something. It
//! gives such a call a request id of its own. A second call of the same request finds what the first one recorded, and
//! records nothing.

use super::{Desk, Dispatches, Evidence, Review, Tasks, Tracks, Trouble};
use crate::journal::{Done, JournalError};
use firebee_domain::id::RequestId;
use serde::{Serialize, de::DeserializeOwned};
use std::{ops::Deref, sync::Arc};

/// The desk, and the request that the call carries out.
#[derive(Clone)]
pub(crate) struct Seat {
    desk: Arc<Desk>,
    pub(super) request: Option<RequestId>,
}

impl Seat {
    /// A seat at a desk, for calls without a request.
    pub(crate) const fn at(desk: Arc<Desk>) -> Self {
        Self { desk, request: None }
    }

    fn for_request(&self, request: RequestId) -> Self {
        Self { desk: self.desk.clone(), request: Some(request) }
    }

    /// What an earlier call of this request gave, if there was one. For a call whose input may be gone by the time of its
    /// repetition, such as the file of a photo.
    pub(crate) fn before<T: DeserializeOwned>(&self, operation: &'static str) -> Result<Option<T>, Trouble> {
        self.done()?.map(|done| recall(&done, operation)).transpose()
    }

    /// What the request did, if it was carried out.
    pub(super) fn done(&self) -> Result<Option<Done>, Trouble> {
        let Some(request) = self.request else { return Ok(None) };
        self.desk.journal.read::<_, Trouble>("request", |rows| Ok(rows.request(request)?))
    }
}

/// What a request that was carried out gave.
pub(super) fn recall<T: DeserializeOwned>(done: &Done, operation: &str) -> Result<T, Trouble> {
    if done.operation != operation {
        return Err(Trouble::RequestUsed);
    }
    let damaged = |_| JournalError::Damaged { reason: "what a request gave cannot be read".to_owned() };
    Ok(serde_json::from_str(&done.answer).map_err(damaged)?)
}

/// What a request gave, as the journal keeps it.
pub(super) fn keep(operation: &str, answer: &impl Serialize) -> Result<Done, Trouble> {
    let unavailable = |error: serde_json::Error| JournalError::Unavailable { reason: error.to_string() };
    Ok(Done { operation: operation.to_owned(), answer: serde_json::to_string(answer).map_err(unavailable)? })
}

impl Deref for Seat {
    type Target = Desk;
    fn deref(&self) -> &Desk {
        &self.desk
    }
}

macro_rules! for_requests { ($($noun:ident),*) => { $(
    impl $noun {
        /// The same, for the calls of one request. A call that is repeated with the same request finds what the first
        /// one recorded, and records nothing; another call with that request is `already_done`.
        #[must_use]
        pub fn for_request(&self, request: RequestId) -> Self {
            Self(self.0.for_request(request))
        }
    }
)* }; }

for_requests!(Tasks, Evidence, Tracks, Review, Dispatches);
