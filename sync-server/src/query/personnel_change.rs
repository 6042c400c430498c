//! Reads applications to change the personnel list.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{sees_firms, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    id::PersonnelChangeId,
    personnel_change::{ChangeKind, ChangeState, PersonnelChange},
};
use std::collections::HashMap;
use strum::EnumString;

/// An application and the name of its firm.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// The application.
    pub change: PersonnelChange,
    /// The firm's name.
    pub organisation: String,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ChangeSort {
    /// When it was drawn up.
    #[default]
    Time,
    /// The person's name.
    Name,
}

/// Which applications the list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so.
    pub state: Option<ChangeState>,
    /// Only those of this kind.
    pub kind: Option<ChangeKind>,
    /// The words, the order, the page.
    pub wanted: Wanted<ChangeSort>,
}

/// The rows of the list. A draft is its firm's: a regulator sees what was sent. Its own parameters: ?10 what a draft's state
/// is called, ?11 the state, ?12 the kind.
macro_rules! rows {
    () => {
        concat!(
            "FROM organisation o JOIN personnel_change c ON c.org = o.org WHERE ",
            sees_firms!("o"),
            " AND (c.state <> ?10 OR o.org = ?2) AND (CAST(?11 AS TEXT) IS NULL OR c.state = ?11)
              AND (CAST(?12 AS TEXT) IS NULL OR c.kind = ?12)"
        )
    };
}

/// A page of the applications that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn changes(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<ChangeRow>, StoreError> {
    let order = match filter.wanted.sort {
        ChangeSort::Time => order!("c.body, o.name", rows!(), "c.find", "c.at_ms": Number, "c.id": Id),
        ChangeSort::Name => order!("c.body, o.name", rows!(), "c.find", "c.sort": Text, "c.id": Id),
    };
    let seen = visible(actor, Action::ReadPersonnelFile, org);
    let own_values = row![ChangeState::Draft, filter.state, filter.kind];
    page::page(tx, &seen, (&order, &filter.wanted), &own_values, |row| {
        Ok(ChangeRow { change: own(row.get(0)?)?, organisation: row.get(1)? })
    })
    .await
}

/// How many there are by state, whatever state the list is narrowed to.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<ChangeState, i64>, StoreError> {
    let seen = visible(actor, Action::ReadPersonnelFile, org);
    let own_values = row![ChangeState::Draft, None::<ChangeState>, filter.kind];
    page::counts(tx, &seen, (tally!("c.state", rows!(), "c.find"), &filter.wanted), &own_values).await
}

/// An application of a firm; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn change(tx: &mut Tx, org: Org, id: PersonnelChangeId) -> Result<Option<ChangeRow>, StoreError> {
    let find = sql!(
        "SELECT c.body, o.name FROM personnel_change c JOIN organisation o ON o.org = c.org
         WHERE c.org = ?1 AND c.id = ?2"
    );
    let row = tx.query_opt(find, &row![org, &id]).await?;
    row.map(|row| Ok(ChangeRow { change: own(row.get(0)?)?, organisation: row.get(1)? })).transpose()
}
