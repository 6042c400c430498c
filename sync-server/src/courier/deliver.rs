//! Sends a message of the outbox to its receiver.

use super::{client::Client, message::body};
use crate::{
    keys::{Keys, signer::Signer},
    office::webhook::{Claimed, Settled, settle},
    org::Org,
    random::random_bytes,
    state::App,
    store::StoreError,
};
use firebee_domain::webhook::{Unsent, Verdict, judge, wait_ms};

/// Sends it once, and writes down what became of it. Returns whether the receiver has it.
///
/// # Errors
/// As [`StoreError`] says. What a receiver says is no error.
pub(super) async fn deliver(
    app: &App,
    client: &Client,
    (org, keys): (Org, &Keys),
    claimed: Claimed,
) -> Result<bool, StoreError> {
    let settled = send(app, client, keys, &claimed).await;
    let delivered = settled.verdict == Verdict::Delivered;
    settle(&app.store, org, (claimed, settled)).await?;
    Ok(delivered)
}

async fn send(app: &App, client: &Client, keys: &Keys, claimed: &Claimed) -> Settled {
    let (now, message, webhook) = (app.clock.now(), &claimed.message, &claimed.webhook);
    let body = body(message, |path| app.config.public_address(path));
    let (id, seconds) = (format!("msg_{}", message.id.simple()), now.0.div_euclid(1_000));
    let signature = Signer::of(keys, webhook, now).sign(&id, seconds, &body);
    let headers = [("webhook-id", id), ("webhook-timestamp", seconds.to_string()), ("webhook-signature", signature)];
    let answer = client.post(&webhook.address, &headers, body.into()).await;
    let (verdict, told, asked) = match &answer {
        Ok(answer) => (judge(answer.status), answer.status.to_string(), answer.retry_after_s),
        Err(error) => (Verdict::Failed, <&str>::from(*error).to_owned(), None),
    };
    if let Err(error @ Unsent::HostRefused) = &answer {
        tracing::warn!(webhook = %webhook.id, %error, "a webhook leads where the operator lets none go");
    }
    let at = app.clock.now();
    let jitter = random_bytes::<1>().map_or(0, |[byte]| byte);
    let tried_again = matches!(verdict, Verdict::Failed | Verdict::Busy);
    let wait = wait_ms(message.attempts + 1, verdict, asked, jitter).filter(|_| tried_again);
    Settled { verdict, answer: told, next: wait.map(|wait| at.plus_ms(wait)), at }
}
