//! What is typed and not recorded yet.

use crate::{error::ClientError, noun::Noun};
use firebee_client::work::{Drafts as CoreDrafts, draft::KeptText};

/// A text that was typed and not recorded yet.
#[uniffi::remote(Record)]
pub struct KeptText {
    /// The field, as the shell calls it.
    pub field: String,
    /// What is typed in it.
    pub text: String,
}

/// What is typed and not recorded yet: it outlives the app, and is never sent. The answers of forms are kept by
/// `Tasks.answer`.
#[derive(uniffi::Object)]
pub struct Drafts(pub(crate) Noun<CoreDrafts>);

#[uniffi::export(async_runtime = "tokio")]
impl Drafts {
    /// Keeps what is typed in a field of a place, in place of what was. A shell names its places and fields itself, and hands
    /// the letters of one field over one after the other.
    pub async fn keep(&self, place: String, field: String, text: String) -> Result<(), ClientError> {
        self.0.off(move |drafts| drafts.keep(&place, &field, &text)).await
    }

    /// What is typed at a place.
    pub async fn kept(&self, place: String) -> Result<Vec<KeptText>, ClientError> {
        self.0.off(move |drafts| drafts.kept(&place)).await
    }

    /// Drops what is typed at a place: its act is done.
    pub async fn discard(&self, place: String) -> Result<(), ClientError> {
        self.0.off(move |drafts| drafts.drop(&place)).await
    }
}
