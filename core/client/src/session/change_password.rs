//! The holder of the account chooses another password, before or after signing in.

use super::{
    answer::Failure,
    server::{Auth, Server, post},
};
use crate::journal::JournalError;
use firebee_domain::code::Code;
use firebee_protocol::session::PasswordRequest;

/// Replaces the password of the login that was typed last on this phone. Neither password is kept.
///
/// # Errors
/// `not_signed_in` when no login was typed yet; what the server refuses; no answer. An answer that was lost may have
/// been a yes: then the new password signs in.
pub(super) async fn change_password(server: &Server, old: &str, new: &str) -> Result<(), Failure> {
    let session = server.core.journal.read::<_, JournalError>("change_password", |rows| rows.session())?;
    let login = session.ok_or_else(|| Failure::of(Code::NotSignedIn))?.login;
    let body = PasswordRequest { login, old: old.to_owned(), new: new.to_owned() };
    server.send(post("/v1/session/password", &body)?, Auth::Stranger).await.map(|_| ())
}
