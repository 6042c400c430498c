//! A manager makes a webhook.

use super::keep;
use crate::{
    office::{Act, Flaw, Refused, Rule, command::command},
    query,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::WebhookId,
    text::At,
    webhook::{NewWebhook, WEBHOOKS_MAX, WebhookError},
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;

/// Why no webhook is made: everything that is wrong, field by field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the webhook cannot be made")]
pub struct MakeError(pub Vec<At<WebhookError>>);

impl Rule for MakeError {
    fn code(&self) -> Code {
        self.0.first().map_or(Code::FieldMalformed, |at| at.error.code())
    }

    fn flaws(&self) -> Vec<Flaw> {
        Flaw::all(&self.0)
    }
}

impl Rule for WebhookError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Name(error) => error.values(),
            Self::Address(_) | Self::EventRequired => Values::new(),
            Self::Full => vec![("max", Arg::from(WEBHOOKS_MAX))],
        }
    }
}

#[derive(Serialize)]
struct Wanted {
    #[serde(flatten)]
    webhook: NewWebhook,
    /// The hosts that the operator lets be private.
    #[serde(skip)]
    allowed: Vec<String>,
}

/// Makes the webhook. `allowed` are the hosts that the operator lets be private and without TLS.
///
/// # Errors
/// [`Refused`], also when this actor may not keep webhooks.
pub async fn make(
    store: &Store,
    act: Act,
    webhook: NewWebhook,
    allowed: Vec<String>,
) -> Result<WebhookId, Refused<MakeError>> {
    let about = act.org.id();
    command(store, act, "make_webhook", about, Wanted { webhook, allowed }, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<WebhookId, Refused<MakeError>> {
    if !may(&act.actor, Action::ManagePrograms, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let told = query::webhook::told(tx, act.org).await?;
    let id = WebhookId(act.event().0);
    let is_allowed = |host: &str| wanted.allowed.iter().any(|allowed| allowed == host);
    let made = wanted.webhook.make((id, act.actor.account, act.at), (told, is_allowed)).map_err(MakeError)?;
    keep(tx, act.org, &made).await?;
    Ok(id)
}
