//! A manager has a message sent again.

use crate::{
    office::{Act, Refused, command::command},
    query, row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::WebhookId,
};
use serde::Serialize;
use std::convert::Infallible;
use uuid::Uuid;

/// Which message.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Resend {
    /// The webhook.
    pub webhook: WebhookId,
    /// The message.
    pub message: Uuid,
}

/// Has it sent at once, and from then on as if it were new. It keeps its id, so a receiver that has it knows it.
///
/// # Errors
/// [`Refused`], also when this actor may not keep webhooks, or there is no such message of a webhook that is told something.
pub async fn resend(store: &Store, act: Act, wanted: Resend) -> Result<(), Refused<Infallible>> {
    let about = act.org.id();
    command(store, act, "resend_webhook_message", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Resend) -> Result<(), Refused<Infallible>> {
    if !may(&act.actor, Action::ManagePrograms, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let held = query::webhook::webhook(tx, act.org, wanted.webhook).await?.ok_or(Refused::NotFound)?;
    let again = sql!(
        "UPDATE webhook_message SET next_ms = ?4, attempts = 0, delivered = ?5 WHERE org = ?1 AND webhook = ?2 AND id = ?3"
    );
    let values = row![act.org, &wanted.webhook, &wanted.message, act.at, false];
    if held.webhook.off.is_some() || tx.execute(again, &values).await? == 0 {
        return Err(Refused::NotFound);
    }
    Ok(())
}
