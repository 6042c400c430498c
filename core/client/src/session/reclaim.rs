//! After the server was restored from a backup: claims again with the receipt of the last claim, so that nobody has to
//! type a password (protocol, "Restores").

use super::{
    answer::Failure,
    server::Server,
    sign_in::{Proof, SignIn, SignInError, claim, prepare},
};
use crate::changes::Change;
use firebee_domain::code::Action;
use firebee_protocol::session::ClaimReceipt;

/// Claims the account again. The answer lowers what counts as sent to what the backup had, so the lanes send the rest.
/// `changed` is the refusal that told of the restore: a server that does not take the receipt leaves it to the user, who
/// then signs in.
///
/// # Errors
/// `changed`, or a failure of the network, which is tried again.
pub(super) async fn reclaim(server: &Server, changed: Failure) -> Result<(), Failure> {
    let session = server.signed_in()?;
    let receipt = session.claim_receipt.as_deref().and_then(|text| serde_json::from_str::<ClaimReceipt>(text).ok());
    let Some(receipt) = receipt else { return Err(changed) };
    let device = server.core.config.device.clone();
    let input = SignIn { login: session.login, proof: Proof::Receipt(Box::new(receipt)), device };
    let claimed = match prepare(server, &input.login, true) {
        Ok(session) => claim(server, &input, &session).await,
        Err(error) => Err(error),
    };
    match claimed {
        Ok(_) => {
            server.core.changes.tell(Change::Session);
            Ok(())
        }
        Err(SignInError::Failed(failure)) if matches!(failure.action, Action::Retry | Action::RetryLater) => {
            Err(failure)
        }
        Err(SignInError::Journal(error)) => Err(error.into()),
        Err(_) => Err(changed),
    }
}
