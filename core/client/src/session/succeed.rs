//! A store that took over claims the account with the key of the store before it, so that nobody has to type a password
//! (protocol, "One device an account").

use super::{
    answer::Failure,
    server::Server,
    sign_in::{Proof, SignIn, SignInError, claim},
};
use crate::{
    changes::Change,
    journal::{ClaimState, FormerStore, JournalError, Session},
};
use firebee_domain::code::{Action, Code};

/// Claims the account and returns the access token. A refusal ends the session: then the password claims it.
///
/// # Errors
/// The refusal, or a failure that is tried again.
pub(super) async fn succeed(server: &Server, session: &Session, former: FormerStore) -> Result<String, Failure> {
    let device = server.core.config.device.clone();
    let input = SignIn { login: session.login.clone(), proof: Proof::Succession(former), device };
    let failure = match claim(server, &input, session).await {
        Ok(_) => {
            server.core.changes.tell(Change::Session);
            return server.signed_in()?.access.ok_or_else(|| Failure::of(Code::SignInAgain));
        }
        Err(SignInError::Failed(failure)) if matches!(failure.action, Action::Retry | Action::RetryLater) => {
            return Err(failure);
        }
        Err(SignInError::Failed(failure)) => failure,
        Err(SignInError::Journal(error)) => return Err(error.into()),
        Err(_) => Failure::of(Code::SignInAgain),
    };
    server.core.journal.write::<_, JournalError>("not_succeeded", |tx| {
        let held = tx.session()?.filter(|held| held.claim_id == session.claim_id && held.access.is_none());
        held.map_or(Ok(()), |held| tx.put_session(&Session { state: ClaimState::Asking, ..held }))
    })?;
    server.core.changes.tell(Change::Session);
    Err(failure)
}
