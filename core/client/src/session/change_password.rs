//! The holder of the account chooses another password, before or after signing in.

use super::{
    answer::Failure,
    server::{Auth, Server, post},
};
use crate::journal::JournalError;
use firebee_domain::code::Code;
use firebee_protocol::{
    encode::to_base64,
    session::{PasswordRequest, SignedBy},
    sign::password_text,
};

/// Replaces the password of the login that was typed last on this phone. Neither password is kept.
///
/// # Errors
/// `not_signed_in` when no login was typed yet; what the server refuses; no answer. An answer that was lost may have
/// been a yes: then the new password signs in.
pub(super) async fn change_password(server: &Server, old: &str, new: &str) -> Result<(), Failure> {
    let session = server.core.journal.read::<_, JournalError>("change_password", |rows| rows.session())?;
    let login = session.ok_or_else(|| Failure::of(Code::NotSignedIn))?.login;
    let identity = server.core.journal.identity();
    let text = password_text(identity.store_id, &login, old, new);
    // A key that cannot sign changes the password as a stranger does.
    let signed = server.core.ports.signer.sign(&identity.key_alias, &text).ok();
    let by = signed.map(|signed| SignedBy { store_id: identity.store_id, sig: to_base64(&signed) });
    let body = PasswordRequest { login, old: old.to_owned(), new: new.to_owned(), by };
    server.send(post("/v1/session/password", &body)?, Auth::Stranger).await.map(|_| ())
}
