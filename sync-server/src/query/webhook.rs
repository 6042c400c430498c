//! Reads about webhooks and their messages.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees_all, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{ProjectId, WebhookId},
    time::Timestamp,
    webhook::{Happening, Webhook},
};
use strum::EnumString;
use uuid::Uuid;

/// A webhook with the name of its maker.
#[derive(Clone, Debug)]
pub struct WebhookRow {
    /// The webhook.
    pub webhook: Webhook,
    /// The name of its maker.
    pub maker: String,
    /// How many of its messages wait.
    pub waiting: u64,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum WebhookSort {
    /// Its name.
    Name,
    /// When it was made.
    #[default]
    Made,
}

/// How many messages of a webhook wait.
macro_rules! waiting {
    () => {
        "(SELECT count(*) FROM webhook_message m WHERE m.org = h.org AND m.webhook = h.id AND m.next_ms IS NOT NULL)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            concat!("h.body, n.name, ", waiting!()),
            concat!(
                "FROM webhook h JOIN account a ON a.org = h.org AND a.id = h.account
                     JOIN person n ON n.org = a.org AND n.id = a.person WHERE h.org = ?2 AND ",
                sees_all!()
            ),
            "h.find",
            $key: $kind,
            "h.id": Id
        )
    };
}

/// A page of the webhooks, for actors who keep them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn webhooks(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    wanted: &Wanted<WebhookSort>,
) -> Result<Page<WebhookRow>, StoreError> {
    let order = match wanted.sort {
        WebhookSort::Name => by!("h.sort": Text),
        WebhookSort::Made => by!("h.made_ms": Number),
    };
    let seen = visible(actor, Action::ManagePrograms, org);
    page::page(tx, &seen, (&order, wanted), &[], read).await
}

fn read(row: &Row) -> Result<WebhookRow, StoreError> {
    let waiting: i64 = row.get(2)?;
    Ok(WebhookRow { webhook: own(row.get(0)?)?, maker: row.get(1)?, waiting: waiting.unsigned_abs() })
}

/// One webhook; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn webhook(tx: &mut Tx, org: Org, id: WebhookId) -> Result<Option<WebhookRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT h.body, n.name, ",
        waiting!(),
        " FROM webhook h JOIN account a ON a.org = h.org AND a.id = h.account
             JOIN person n ON n.org = a.org AND n.id = a.person
         WHERE h.org = ?1 AND h.id = ?2"
    ));
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// How many webhooks of a firm are told something.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn told(tx: &mut Tx, org: Org) -> Result<u32, StoreError> {
    let row = tx.query_opt(sql!("SELECT count(*) FROM webhook WHERE org = ?1 AND told = ?2"), &row![org, true]).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.get(0))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A message of a webhook.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Its id.
    pub id: Uuid,
    /// What happened.
    pub event: Happening,
    /// To what.
    pub subject: Uuid,
    /// Its project.
    pub project: ProjectId,
    /// When it happened.
    pub at: Timestamp,
    /// When it is tried next; `None` once it was delivered or given up.
    pub next: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: u32,
    /// Whether the receiver has it.
    pub delivered: bool,
    /// How the last attempt ended: an HTTP status, or a word.
    pub answer: String,
}

/// The columns of a [`MessageRow`].
macro_rules! message {
    () => {
        "m.id, m.event, m.subject, m.project, m.at_ms, m.next_ms, m.attempts, m.delivered, m.answer"
    };
}

fn message(row: &Row) -> Result<MessageRow, StoreError> {
    let attempts: i64 = row.get(6)?;
    Ok(MessageRow {
        id: row.get(0)?,
        event: row.get(1)?,
        subject: row.get(2)?,
        project: row.get(3)?,
        at: row.get(4)?,
        next: row.get(5)?,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        delivered: row.get(7)?,
        answer: row.get(8)?,
    })
}

/// How many messages a page shows.
const MESSAGES: i64 = 100;

/// The latest messages of a webhook, the last one first; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn messages(tx: &mut Tx, org: Org, id: WebhookId) -> Result<Vec<MessageRow>, StoreError> {
    let find = sql!(concat!(
        "SELECT ",
        message!(),
        " FROM webhook_message m WHERE m.org = ?1 AND m.webhook = ?2 ORDER BY m.at_ms DESC, m.id DESC LIMIT ?3"
    ));
    tx.query(find, &row![org, &id, MESSAGES]).await?.iter().map(message).collect()
}

/// How long a receiver is taken at most, in milliseconds: longer than an attempt may last. One that is taken for longer was taken by a wrong clock, and is free.
pub const LEASE_MS: i64 = 60_000;

/// The firms of which a receiver waits: it is free, and a message for it is due.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn firms(tx: &mut Tx, now: Timestamp) -> Result<Vec<Org>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id FROM organisation o WHERE EXISTS (SELECT 1 FROM webhook h
             WHERE h.org = o.org AND h.told = ?2 AND (h.taken_ms <= ?1 OR h.taken_ms > ?3) AND EXISTS (SELECT 1 FROM webhook_message m
                 WHERE m.org = h.org AND m.webhook = h.id AND m.next_ms <= ?1))"
    );
    tx.query(find, &row![now, true, now.plus_ms(LEASE_MS)]).await?.iter().map(|row| row.org(0)).collect()
}

/// The receivers of a firm that wait, at most so many; first the one that was talked with longest ago. Each with the end of that.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn waiting(
    tx: &mut Tx,
    org: Org,
    (now, most): (Timestamp, usize),
) -> Result<Vec<(WebhookId, Timestamp)>, StoreError> {
    let find = sql!(
        "SELECT h.id, h.taken_ms FROM webhook h
         WHERE h.org = ?1 AND h.told = ?3 AND (h.taken_ms <= ?2 OR h.taken_ms > ?5) AND EXISTS (SELECT 1 FROM webhook_message m
             WHERE m.org = h.org AND m.webhook = h.id AND m.next_ms <= ?2) ORDER BY h.taken_ms, h.id LIMIT ?4"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = tx.query(find, &row![org, now, true, most, now.plus_ms(LEASE_MS)]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The message of a receiver that is due first, with the receiver.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn due(
    tx: &mut Tx,
    org: Org,
    (webhook, now): (WebhookId, Timestamp),
) -> Result<Option<(MessageRow, Webhook)>, StoreError> {
    let find = sql!(concat!(
        "SELECT ",
        message!(),
        ", h.body FROM webhook_message m JOIN webhook h ON h.org = m.org AND h.id = m.webhook
         WHERE m.org = ?1 AND m.webhook = ?2 AND m.next_ms <= ?3 AND h.told = ?4 ORDER BY m.next_ms, m.id LIMIT 1"
    ));
    let row = tx.query_opt(find, &row![org, &webhook, now, true]).await?;
    row.map(|row| Ok((message(&row)?, own(row.get(9)?)?))).transpose()
}
