//! The job that sends what the outbox holds.

use super::{
    client::{Client, SendError},
    message::body,
    robot::digest,
};
use crate::{
    keys::{Keys, signer::Signer},
    office::webhook::{Claimed, Settled, claim, settle},
    org::Org,
    query,
    random::random_bytes,
    state::App,
    store::{StoreError, Tx},
};
use firebee_domain::webhook::{Verdict, judge, wait_ms};
use futures_util::{StreamExt as _, stream};
use std::time::Duration;
use tokio::sync::watch;

/// How often the outbox is looked into.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Messages that are under way at once.
const AT_ONCE: usize = 8;

/// Sends what is due, again and again, until the server stops.
pub async fn run(app: App, mut stopped: watch::Receiver<()>) {
    let client = Client::new(&app.config.webhook_hosts);
    loop {
        if let Err(error) = deliver(&app, &client).await {
            tracing::warn!(%error, "the outbox of the webhooks could not be looked into");
        }
        if let Err(error) = digest(&app, &client).await {
            tracing::warn!(%error, "what waits could not be looked up for the robots");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Sends what is due now, each message once. Returns how many receivers have theirs.
///
/// # Errors
/// As [`StoreError`] says. What a receiver says is no error.
pub async fn deliver(app: &App, client: &Client) -> Result<usize, StoreError> {
    let mut delivered = 0;
    for org in app.store.read("find_firms", async |tx: &mut Tx| query::org::all(tx).await).await? {
        let now = app.clock.now();
        let any = async move |tx: &mut Tx| query::webhook::due(tx, org, (now, 1)).await;
        let due: Result<_, StoreError> = app.store.read("find_webhook_messages", any).await;
        if due?.is_empty() {
            continue;
        }
        // A firm without its key signs nothing; its messages wait.
        let Ok(keys) = app.keys(org).await else { continue };
        let claimed = claim(&app.store, org, now).await?;
        let sent = stream::iter(claimed.into_iter().map(|message| send(app, client, (org, &keys), message)));
        let sent: Vec<Settled> = sent.buffer_unordered(AT_ONCE).collect().await;
        for settled in sent {
            delivered += usize::from(settled.verdict == Verdict::Delivered);
            settle(&app.store, org, settled).await?;
        }
    }
    Ok(delivered)
}

/// Sends a message once.
async fn send(app: &App, client: &Client, (_, keys): (Org, &Keys), (message, webhook): Claimed) -> Settled {
    let now = app.clock.now();
    let body = body(&message, |path| app.config.public_address(path));
    let (id, seconds) = (format!("msg_{}", message.id.simple()), now.0.div_euclid(1_000));
    let signature = Signer::of(keys, &webhook, now).sign(&id, seconds, &body);
    let headers = [("webhook-id", id), ("webhook-timestamp", seconds.to_string()), ("webhook-signature", signature)];
    let answer = client.post(&webhook.address, &headers, body.into()).await;
    let (verdict, told, asked) = match &answer {
        Ok(answer) => (judge(answer.status), answer.status.to_string(), answer.retry_after_s),
        Err(error) => (Verdict::Failed, <&str>::from(*error).to_owned(), None),
    };
    if let Err(error @ SendError::HostRefused) = &answer {
        tracing::warn!(webhook = %webhook.id, %error, "a webhook leads where the operator lets none go");
    }
    let at = app.clock.now();
    let jitter = random_bytes::<1>().map_or(0, |[byte]| byte);
    let tried_again = matches!(verdict, Verdict::Failed | Verdict::Busy);
    let wait = wait_ms(message.attempts + 1, verdict, asked, jitter).filter(|_| tried_again);
    Settled {
        message: message.id,
        webhook: webhook.id,
        verdict,
        answer: told,
        attempts: message.attempts,
        next: wait.map(|wait| at.plus_ms(wait)),
        at,
    }
}
