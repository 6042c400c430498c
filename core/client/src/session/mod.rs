//! The session of this phone: an account is signed in on one phone at a time.
//!
//! Invariant: the claim's id, the store and its key are durable before the claim is sent.
//! Invariant: an answer is dropped whole when its receipt does not hold under the pinned key.
//! Invariant: a lost network signs nobody out. Signing out needs everything to be sent.
//! Invariant: a phone that lost its account goes on sending, and is erased only when everything is safe on the server.

mod answer;
mod change_password;
mod reclaim;
mod refresh;
mod server;
mod sign_in;
mod sign_out;
mod succeed;
#[cfg(test)]
mod tests;
mod wipe;

pub use answer::{Answer, Failure};
pub(crate) use server::{Auth, Server};
pub use sign_in::{SignInError, SignedIn};
pub use sign_out::SignOutError;
pub use wipe::WipeError;

use crate::{
    changes::Change,
    journal::{ClaimState, JournalError},
};
use firebee_domain::{code::Code, id::AccountId};
use firebee_protocol::session::Unsent;
use sign_in::{Proof, SignIn};
use std::sync::Arc;

/// Signs in and out.
#[derive(Clone)]
pub struct SessionHandle {
    server: Arc<Server>,
}

/// The signed-in account, for a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionState {
    /// The login as typed; it fills the field of the next sign-in.
    pub login: String,
    /// The account, once the server has answered a claim of it.
    pub account: Option<AccountId>,
    /// How far the claim is; work can be recorded only when it is `SignedIn` and not lost.
    pub state: ClaimState,
    /// Why the account was taken from this phone; `None` while the phone holds it.
    pub lost: Option<Code>,
}

impl SessionHandle {
    /// The session with this server.
    pub(crate) const fn new(server: Arc<Server>) -> Self {
        Self { server }
    }

    /// Signs in: claims the account for this phone. Safe to repeat; a call whose answer was lost is the same claim.
    ///
    /// # Errors
    /// As [`SignInError`]; what was signed in before stays so. `password_change_required` asks for
    /// [`SessionHandle::change_password`], and for the same call again with the new password.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<SignedIn, SignInError> {
        let device = self.server.core.config.device.clone();
        let input = SignIn { login: login.to_owned(), proof: Proof::Password(password.to_owned()), device };
        let signed_in = sign_in::sign_in(&self.server, &input).await?;
        self.server.core.changes.tell(Change::Session);
        Ok(signed_in)
    }

    /// Replaces the password of the login that was typed last, whether or not it is signed in. A signed-in phone
    /// stays signed in.
    ///
    /// # Errors
    /// `not_signed_in` when no login was typed yet; what the server refuses, such as `sign_in_failed` and
    /// `password_too_short`; no answer. An answer that was lost may have been a yes: then the new password signs in.
    pub async fn change_password(&self, old: &str, new: &str) -> Result<(), Failure> {
        change_password::change_password(&self.server, old, new).await
    }

    /// Signs out: frees the account for another phone. Nothing is deleted.
    ///
    /// # Errors
    /// As [`SignOutError`], above all `unsent_data`; the session stays as it was.
    pub async fn sign_out(&self) -> Result<(), SignOutError> {
        sign_out::sign_out(&self.server).await?;
        self.server.core.changes.tell(Change::Session);
        Ok(())
    }

    /// Erases everything that this phone keeps of the account, after the phone lost it or signed out. Refused until all of
    /// it is safe on the server. The app drops this client afterwards; the next one begins anew in the same folder.
    ///
    /// # Errors
    /// As [`WipeError`]; only `storage_failed` comes after something was erased.
    pub fn wipe(&self) -> Result<(), WipeError> {
        wipe::wipe(&self.server.core)?;
        self.server.core.changes.tell(Change::Session);
        Ok(())
    }

    /// When the store of this phone must not go on, a new one takes over what the server is not known to have. The app drops
    /// this client afterwards; the next one opens in the same folder, and goes on or asks for the password. Returns whether
    /// anything changed.
    ///
    /// # Errors
    /// The journal cannot be written, or the keystore does not answer. Nothing changed then.
    pub fn renew(&self) -> Result<bool, JournalError> {
        let core = &self.server.core;
        let renewed = core.journal.renew(&*core.ports.signer, &*core.ports.entropy)?;
        self.server.core.changes.tell(Change::Session);
        Ok(renewed.is_some())
    }

    /// Who is signed in; `None` before the first sign-in.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn state(&self) -> Result<Option<SessionState>, JournalError> {
        let session = self.server.core.journal.read::<_, JournalError>("session", |rows| rows.session())?;
        Ok(session.map(|held| {
            let lost = held.lost();
            SessionState { login: held.login, account: held.account, state: held.state, lost }
        }))
    }

    /// What this phone has recorded and the server has not: facts without receipt, blobs not verified.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn unsent(&self) -> Result<Unsent, JournalError> {
        sign_out::unsent(&self.server)
    }
}
