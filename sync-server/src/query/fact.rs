//! Reads one fact as it came: its exact line, what became of it, and the receipt that covers it.

use super::{
    line::{self, Place},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, number, own, stored},
};
use bytes::Bytes;
use firebee_domain::{
    account::{Action, Actor},
    id::{FactId, StoreId},
    time::Timestamp,
};
use firebee_protocol::{fact::project_of, problem::CodeWord, session::Receipt};
use std::{collections::BTreeSet, str::FromStr};

/// How a fact is asked for: by its id, or by its place where it has no id of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// By its id.
    Fact(FactId),
    /// By the store that sent it and its seq there, written `store:seq`.
    Place(Place),
}

/// The text names no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFact;

impl FromStr for Sought {
    type Err = NoFact;

    fn from_str(text: &str) -> Result<Self, NoFact> {
        match text.split_once(':') {
            None => text.parse().map(Self::Fact).map_err(|_| NoFact),
            Some((store, seq)) => {
                let place = (store.parse().map_err(|_| NoFact)?, seq.parse().map_err(|_| NoFact)?);
                Ok(Self::Place(place))
            }
        }
    }
}

/// A fact at its place.
#[derive(Clone, Debug)]
pub struct FactRow {
    /// The store that sent it.
    pub store: StoreId,
    /// Its seq there.
    pub seq: u64,
    /// Its line as it came, without the line feed.
    pub bytes: Bytes,
    /// When it was received.
    pub received: Timestamp,
    /// Why it does not count; `None` when it was accepted.
    pub code: Option<CodeWord>,
    /// The name of the account's holder whose store sent it.
    pub author: String,
    /// The name of the project, if the fact names a project of the same firm.
    pub project: Option<String>,
    /// The receipt of the push that brought it.
    pub receipt: Option<Receipt>,
}

/// A fact, if there is one and the actor may read what was parked of its author and project: a line holds what a page
/// leaves out, so those who handle such facts see lines and nobody else.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn fact(tx: &mut Tx, org: Org, actor: &Actor, sought: Sought) -> Result<Option<FactRow>, StoreError> {
    let place = match sought {
        Sought::Place(place) => Some(place),
        Sought::Fact(id) => line::places(tx, org, [&id]).await?.remove(&id),
    };
    let Some((store, seq)) = place else { return Ok(None) };
    let sent = sql!("SELECT COALESCE(MAX(first_seq + count), 1) - 1 FROM push WHERE org = ?1 AND store_id = ?2");
    let sent = tx.query_opt(sent, &row![org, &store]).await?.map_or(Ok(0), |row| number(row.get(0)?))?;
    if !(1..=sent).contains(&seq) {
        return Ok(None);
    }
    let Some(kept) = line::at(tx, org, BTreeSet::from([(store, seq)])).await?.remove(&(store, seq)) else {
        return Ok(None);
    };
    let find = sql!(concat!(
        "SELECT n.name, j.name FROM device_store d JOIN account a ON a.org = d.org AND a.id = d.account
             JOIN person n ON n.org = a.org AND n.id = a.person
             LEFT JOIN project j ON j.org = d.org AND j.id = ?5
         WHERE d.org = ?2 AND d.store_id = ?4 AND ",
        sees!("j", "d.account", "?3")
    ));
    let project = project_of(&kept.bytes).ok().flatten();
    let seen = visible(actor, Action::ReadParked, org);
    let asked = row![&store, project.as_ref()];
    let Some(names) = tx.query_opt(find, &[&seen.values()[..], &asked].concat()).await? else { return Ok(None) };
    let receipt = sql!("SELECT body FROM receipt WHERE org = ?1 AND store_id = ?2 AND seq >= ?3 ORDER BY seq LIMIT 1");
    let receipt = tx.query_opt(receipt, &row![org, &store, stored(seq)?]).await?;
    Ok(Some(FactRow {
        store,
        seq,
        bytes: kept.bytes,
        received: kept.received,
        code: line::outcomes(tx, org, store, seq, seq).await?.remove(&seq),
        author: names.get(0)?,
        project: names.get(1)?,
        receipt: receipt.map(|row| own(row.get(0)?)).transpose()?,
    }))
}
