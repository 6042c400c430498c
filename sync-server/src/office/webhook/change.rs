//! A manager switches a webhook off or on, or gives it another key.

use super::keep;
use crate::{
    office::{Act, Refused, command::command},
    query, row, sql,
    store::{Store, Tx},
};
use firebee_domain::{
    account::{Action, Subject, may},
    id::WebhookId,
    webhook::{Webhook, WebhookError},
};
use serde::Serialize;

/// What is to become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Change {
    /// It is told nothing more, and what waits for it is given up.
    Off,
    /// It is told again, of what happens from now on.
    On,
    /// Its messages are signed by another key, and for a week by the present one, too.
    Rotate,
}

/// Which webhook.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Webhooks {
    /// The webhook.
    pub webhook: WebhookId,
    /// What is to become of it.
    pub decision: Change,
}

/// Changes it.
///
/// # Errors
/// [`Refused`], also when this actor may not keep webhooks, or there is no such one; [`WebhookError::Full`] when as many as may be
/// are told something already.
pub async fn change(store: &Store, act: Act, wanted: Webhooks) -> Result<(), Refused<WebhookError>> {
    let about = act.org.id();
    command(store, act, "change_webhook", about, wanted, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Webhooks) -> Result<(), Refused<WebhookError>> {
    if !may(&act.actor, Action::ManagePrograms, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let held = query::webhook::webhook(tx, act.org, wanted.webhook).await?.ok_or(Refused::NotFound)?.webhook;
    let changed = match wanted.decision {
        Change::Off => Webhook { off: held.off.or(Some(act.at)), ..held },
        Change::On => held.switched_on(query::webhook::told(tx, act.org).await?)?,
        Change::Rotate => held.rotate(act.at),
    };
    if wanted.decision == Change::Off {
        let give_up = sql!("UPDATE webhook_message SET next_ms = NULL WHERE org = ?1 AND webhook = ?2");
        tx.execute(give_up, &row![act.org, &wanted.webhook]).await?;
    }
    keep(tx, act.org, &changed).await?;
    Ok(())
}
