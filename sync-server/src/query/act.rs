//! Acts of the office, as their lines say them.

use super::visible::is_overseen;
use crate::{
    org::Org,
    row, sql,
    store::{Batch, Row, StoreError, Tx, Ty},
};
use firebee_domain::{
    dispatch::Order,
    fault::{Fault, Particulars, Way},
    id::{AccountId, ContentId, EventId, Hash, RequestId},
    review::Decision,
    task::{Stamp, Task},
    text::{TEXT_MAX, clean},
};
use firebee_protocol::{
    act::{OfficeAct, SignedAct},
    document::DispatchDocument,
};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// A row of the chain.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its place, from 1.
    pub seq: u64,
    /// The id under which it is found.
    pub id: EventId,
    /// The exact bytes.
    pub line: Vec<u8>,
    /// The chain after it.
    pub chain: Hash,
    /// What the server signed.
    pub signed: SignedAct,
}

/// All links of a firm's chain, in their order.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn links(tx: &mut Tx, org: Org) -> Result<Vec<Link>, StoreError> {
    let find = sql!("SELECT seq, id, line, chain, incarnation, server_key, sig FROM act WHERE org = ?1 ORDER BY seq");
    let link = |row: &Row| {
        let signed = SignedAct { incarnation: row.get(4)?, server_key: row.get(5)?, sig: row.get(6)? };
        Ok(Link { seq: row.get(0)?, id: row.get(1)?, line: row.get(2)?, chain: row.get(3)?, signed })
    };
    tx.query(find, &row![org]).await?.iter().map(link).collect()
}

/// How many acts a firm's chain should have.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn count(tx: &mut Tx, org: Org) -> Result<u64, StoreError> {
    let row = tx.query_opt(sql!("SELECT seq FROM act_head WHERE org = ?1"), &row![org]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

static LINES: Batch<2> = Batch::new(
    "WITH p(org, id) AS ({rows}) SELECT a.line FROM p JOIN act a ON a.org = p.org AND a.id = p.id",
    [Ty::Int, Ty::Blob],
);

/// The firm in the jurisdiction of a regulator in whose chain a request led to an act.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn firm_of_request(tx: &mut Tx, account: AccountId, request: RequestId) -> Result<Option<Org>, StoreError> {
    let find = sql!(concat!(
        "SELECT o.org, o.id FROM organisation o JOIN office_request r ON r.org = o.org AND r.request = ?2 WHERE ",
        is_overseen!("o"),
        " LIMIT 1"
    ));
    tx.query_opt(find, &row![&account, &request]).await?.map(|row| row.org(0)).transpose()
}

/// The act that a request of a form has led to, with its stored outcome; `None` for a request that was not done.
///
/// # Errors
/// As [`StoreError`] says, also when the line cannot be read.
pub async fn of_request(tx: &mut Tx, org: Org, request: RequestId) -> Result<Option<(OfficeAct, String)>, StoreError> {
    let find = sql!(
        "SELECT r.outcome, a.line FROM office_request r JOIN act a ON a.org = r.org AND a.id = r.act
         WHERE r.org = ?1 AND r.request = ?2"
    );
    let Some(row) = tx.query_opt(find, &row![org, &request]).await? else { return Ok(None) };
    let act = OfficeAct::read(row.get(1)?).map_err(|error| StoreError::Bug(error.to_string()))?;
    Ok(Some((act, row.get(0)?)))
}

/// Puts into a task's reviews, into the handlings and records of its faults and into the steps of their dispatches what
/// the lines of their acts say: a page shows the line, not a copy of it. What a phone recorded stays as it is.
///
/// # Errors
/// As [`StoreError`] says, also when a line cannot be read.
pub async fn as_written(
    tx: &mut Tx,
    org: Org,
    task: &mut Task,
    faults: &mut [Fault],
    dispatches: &mut [DispatchDocument],
) -> Result<(), StoreError> {
    let handlings = faults.iter().flat_map(|fault| &fault.handlings).map(|handling| handling.event);
    let records = faults.iter().flat_map(|fault| &fault.records).map(|entry| entry.event);
    let reviews = task.reviews.iter().map(|review| review.event);
    let steps = dispatches.iter().flat_map(|held| &held.dispatch.log).map(|line| line.event);
    let discarded = task.discarded.iter().map(|discarded| discarded.event);
    let said_by = reviews.chain(handlings).chain(records).chain(steps).chain(discarded);
    let events: HashSet<EventId> = said_by.collect();
    let rows = tx.many(&LINES, events.iter().map(|event| row![org, event])).await?;
    let mut acts = HashMap::with_capacity(rows.len());
    for row in rows {
        let act = OfficeAct::read(row.get(0)?).map_err(|error| StoreError::Bug(error.to_string()))?;
        acts.insert(act.id, act);
    }
    for review in &mut task.reviews {
        let Some((act, said)) = said::<Decided>(&acts, review.event)? else { continue };
        review.reviewer = act.account.unwrap_or(review.reviewer);
        review.at = Stamp::of_server(act.at_ms);
        review.decided.round = said.round;
        review.decided.decision = said.decision;
        review.decided.opinion = cleaned(&said.opinion);
        review.decided.attachments = said.attachments;
    }
    for line in dispatches.iter_mut().flat_map(|held| &mut held.dispatch.log) {
        let Some(act) = acts.get(&line.event) else { continue };
        line.by = act.account.unwrap_or(line.by);
        line.at = Stamp::of_server(act.at_ms);
    }
    if let Some(discarded) = &mut task.discarded
        && let Some((act, said)) = said::<Deleted>(&acts, discarded.event)?
    {
        discarded.by = act.account.unwrap_or(discarded.by);
        discarded.at = Stamp::of_server(act.at_ms);
        discarded.reason = cleaned(&said.reason);
    }
    for handling in faults.iter_mut().flat_map(|fault| &mut fault.handlings) {
        let Some((act, said)) = said::<Handled>(&acts, handling.event)? else { continue };
        handling.by = act.account.unwrap_or(handling.by);
        handling.at = Stamp::of_server(act.at_ms);
        handling.way = said.way;
        handling.explanation = cleaned(&said.explanation);
        let order = said.order.filter(|_| said.way.sends().is_some());
        handling.order = order.map(|order| Order { plan: cleaned(&order.plan), ..order });
        handling.attachments = said.attachments;
    }
    for fault in faults {
        for entry in &mut fault.records {
            let Some((act, said)) = said::<Recorded>(&acts, entry.event)? else { continue };
            entry.by = act.account.unwrap_or(entry.by);
            entry.at = Stamp::of_server(act.at_ms);
            let particulars = said.particulars.confirmed(said.confirmed_now.then_some(act.at_ms));
            entry.particulars = particulars.checked().unwrap_or_default();
            fault.particulars.complete(entry.particulars.clone());
        }
    }
    Ok(())
}

/// What a page reads of the body of a decision.
#[derive(Deserialize)]
struct Decided {
    round: u32,
    decision: Decision,
    opinion: String,
    #[serde(default)]
    attachments: Vec<ContentId>,
}

/// What a page reads of the body of a deletion.
#[derive(Deserialize)]
struct Deleted {
    reason: String,
}

/// What a page reads of the body of a way.
#[derive(Deserialize)]
struct Handled {
    way: Way,
    explanation: String,
    #[serde(default)]
    order: Option<Order>,
    #[serde(default)]
    attachments: Vec<ContentId>,
}

/// What a page reads of the body of a handling or a record.
#[derive(Deserialize)]
struct Recorded {
    #[serde(default)]
    particulars: Particulars,
    #[serde(default)]
    confirmed_now: bool,
}

fn said<'a, T: Deserialize<'a>>(
    acts: &'a HashMap<EventId, OfficeAct>,
    event: EventId,
) -> Result<Option<(&'a OfficeAct, T)>, StoreError> {
    let Some(act) = acts.get(&event) else { return Ok(None) };
    let said = serde_json::from_str(act.body.get()).map_err(|error| StoreError::Bug(error.to_string()))?;
    Ok(Some((act, said)))
}

/// As the command cleaned it before it took it.
fn cleaned(text: &str) -> String {
    clean(text, TEXT_MAX).unwrap_or_else(|_| text.to_owned())
}
