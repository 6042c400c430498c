//! What a team lead does: receive a dispatch, start the work, finish it.

use crate::{error::ClientError, noun::Noun};
use firebee_client::work::{Dispatches as CoreDispatches, dispatch::FinishDispatch};
use firebee_domain::{
    dispatch::Outcome,
    id::{DispatchId, RequestId},
};

/// What the work came to.
#[uniffi::remote(Enum)]
pub enum Outcome {
    /// The fault is gone.
    Resolved,
    /// The fault is still there.
    Unresolved,
}

/// What the work came to.
#[uniffi::remote(Record)]
pub struct FinishDispatch {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// What it came to.
    pub outcome: Outcome,
    /// What was found and done; required.
    pub details: String,
    /// Paths of photos and PDFs that show it. They are only read.
    #[uniffi(default)]
    pub attachments: Vec<String>,
}

/// What a team lead does.
#[derive(uniffi::Object)]
pub struct Dispatches(pub(crate) Noun<CoreDispatches>);

#[uniffi::export(async_runtime = "tokio")]
impl Dispatches {
    /// Takes a dispatch on.
    #[uniffi::method(default(request = None))]
    pub async fn receive(&self, dispatch: DispatchId, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |dispatches| dispatches.receive(dispatch)).await
    }

    /// Begins the work on a dispatch that was received.
    #[uniffi::method(default(request = None))]
    pub async fn start(&self, dispatch: DispatchId, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |dispatches| dispatches.start(dispatch)).await
    }

    /// Finishes the work, with what it came to.
    #[uniffi::method(default(request = None))]
    pub async fn finish(&self, input: FinishDispatch, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |dispatches| dispatches.finish(&input)).await
    }
}
