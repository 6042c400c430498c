//! Signing out frees the account. Refused while anything is unsent or a track runs. While the release is under way the
//! phone records nothing, so no fact can appear between the check and the release.

use super::{
    answer::Failure,
    refresh::nonce,
    server::{Auth, Server, post},
};
use crate::{
    core::Core,
    journal::{ClaimState, JournalError, JournalRows, Session},
    ports::SignerError,
};
use firebee_domain::code::Code;
use firebee_protocol::{
    encode::to_base64,
    problem::CodeWord,
    session::{ReleaseRequest, Unsent},
    sign::release_text,
};
use std::sync::atomic::Ordering;

/// Why the phone stays signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOutError {
    /// Facts or blobs are unsent. They must be sent or exported first.
    #[error("{} facts and {} blobs are unsent", .0.facts, .0.blobs)]
    UnsentData(Unsent),
    /// A track is being recorded. Its open part cannot be sent, so the user stops it first.
    #[error("a track is running")]
    TrackRunning,
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
    pub fn code(&self) -> CodeWord {
        match self {
            Self::UnsentData(_) => Code::UnsentData.into(),
            Self::TrackRunning => Code::TrackRunning.into(),
            Self::Failed(failure) => failure.code.clone(),
            Self::Signer(error) => error.code().into(),
            Self::Journal(error) => error.code().into(),
        }
    }
}

/// Facts that no receipt covers, and blobs that the server has not verified.
pub(super) fn unsent(server: &Server) -> Result<Unsent, JournalError> {
    server.core.journal.read("unsent", |rows| unsent_in(&server.core, rows))
}

fn unsent_in(core: &Core, rows: &JournalRows<'_>) -> Result<Unsent, JournalError> {
    let (facts, blobs) = rows.unsent(core.journal.identity())?;
    Ok(Unsent { facts, blobs })
}

/// Whether everything that was captured is on the server.
fn nothing_left(core: &Core, rows: &JournalRows<'_>) -> Result<(), SignOutError> {
    if rows.open_track()?.is_some() || rows.fix_count()? > 0 || !core.in_hand().is_empty() {
        return Err(SignOutError::TrackRunning);
    }
    let unsent = unsent_in(core, rows)?;
    if unsent == Unsent::default() { Ok(()) } else { Err(SignOutError::UnsentData(unsent)) }
}

/// No act captures anything while this is held.
struct Leaving<'a>(&'a Core);

impl<'a> Leaving<'a> {
    fn begin(core: &'a Core) -> Self {
        core.leaving.fetch_add(1, Ordering::AcqRel);
        Self(core)
    }
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.leaving.fetch_sub(1, Ordering::AcqRel);
    }
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
    let _leaving = Leaving::begin(&server.core);
    // Runs in the writer's turn: earlier acts have finished, and later acts see that the account is being released.
    server.core.journal.write("sign_out", |tx| nothing_left(&server.core, tx))?;
    match release(server).await {
        // The account was already freed, so there is nothing to release.
        Err(SignOutError::Failed(failure))
            if matches!(failure.code.known(), Some(Code::Fenced | Code::SignInAgain)) => {}
        released => released?,
    }
    server.core.journal.write("sign_out", |tx| {
        let Some(held) = tx.session()? else { return Ok(()) };
        // A lane may have recorded a device note meanwhile. Then the session stays, so that the note is sent.
        nothing_left(&server.core, tx)?;
        let state = ClaimState::Released;
        let gone = Session { state, claim_receipt: None, access: None, refresh: None, late: None, ..held };
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
