//! Signing out frees the account. Refused while anything on this phone is unsent.

use super::{
    answer::Failure,
    refresh::nonce,
    server::{Auth, Server, post},
};
use crate::{
    journal::{ClaimState, JournalError, Session},
    ports::SignerError,
};
use firebee_protocol::{
    encode::to_base64,
    session::{ReleaseRequest, Unsent},
    sign::release_text,
};

/// Why the phone stays signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOutError {
    /// So much has not arrived: send it, or hand it over by export.
    #[error("{} facts and {} blobs are unsent", .0.facts, .0.blobs)]
    UnsentData(Unsent),
    /// The server refused, or could not be reached. Asking again is safe.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The key cannot sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl SignOutError {
    /// The stable code of this error.
    pub fn code(&self) -> &str {
        match self {
            Self::UnsentData(_) => "unsent_data",
            Self::Failed(failure) => &failure.code,
            Self::Signer(error) => error.code(),
            Self::Journal(error) => error.code(),
        }
    }
}

/// Facts that no receipt covers, and blobs that the server has not verified.
pub(super) fn unsent(server: &Server) -> Result<Unsent, JournalError> {
    let identity = server.core.journal.identity();
    server.core.journal.read("unsent", |rows| {
        let facts = rows.head(identity)?.seq.saturating_sub(rows.marks()?.acked_through);
        Ok(Unsent { facts, blobs: rows.unsent_blobs()?.0 })
    })
}

/// Releases the account. A phone that nobody is signed in on is signed out already.
///
/// # Errors
/// As [`SignOutError`]; the session stays as it was.
pub(super) async fn sign_out(server: &Server) -> Result<(), SignOutError> {
    let session = server.core.journal.read::<_, JournalError>("sign_out", |rows| rows.session())?;
    if session.is_none_or(|session| session.state != ClaimState::SignedIn) {
        return Ok(());
    }
    let unsent = unsent(server)?;
    if unsent != Unsent::default() {
        return Err(SignOutError::UnsentData(unsent));
    }
    match release(server).await {
        // Somebody else freed the account before: there is nothing left to free.
        Err(SignOutError::Failed(failure)) if matches!(failure.code.as_str(), "fenced" | "sign_in_again") => {}
        released => released?,
    }
    server.core.journal.write("sign_out", |tx| {
        let Some(held) = tx.session()? else { return Ok(()) };
        let gone = Session { state: ClaimState::Released, claim_receipt: None, access: None, refresh: None, ..held };
        tx.put_session(&gone).map_err(SignOutError::from)
    })
}

async fn release(server: &Server) -> Result<(), SignOutError> {
    let identity = server.core.journal.identity();
    let (bytes, nonce) = nonce(server).await?;
    let text = release_text(identity.store_id, &bytes);
    let sig = to_base64(&server.core.ports.signer.sign(&identity.key_alias, &text)?);
    let body = ReleaseRequest { store_id: identity.store_id, nonce, sig };
    server.send(post("/v1/session/release", &body)?, Auth::Known).await?;
    Ok(())
}
