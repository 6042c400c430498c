//! The webhooks of a firm, and what becomes of their messages.

mod change;
mod claim;
mod make;
mod resend;
mod settle;

pub use change::{Change, Webhooks, change};
pub use claim::{Claimed, claim};
pub use make::{MakeError, make};
pub use resend::{Resend, resend};
pub use settle::{Settled, settle};

use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{spelling::Spelled, webhook::Webhook};

/// Writes a webhook down.
async fn keep(tx: &mut Tx, org: Org, webhook: &Webhook) -> Result<(), StoreError> {
    let keep = sql!(
        "INSERT INTO webhook(org, id, account, sort, find, made_ms, told, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (org, id) DO UPDATE SET told = excluded.told, body = excluded.body"
    );
    let Spelled { sort, find } = Spelled::of(&webhook.name);
    let (told, body) = (webhook.off.is_none(), json(webhook)?);
    let values = row![org, &webhook.id, &webhook.by, &sort, &find, webhook.made, told, &body];
    tx.execute(keep, &values).await.map(drop)
}
