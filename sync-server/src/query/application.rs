//! Reads first applications of firms.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{is_overseen, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx, own},
};
use firebee_domain::{
    account::{Action, Actor},
    application::{Application, ApplicationState},
    id::ApplicationId,
};
use std::collections::HashMap;
use strum::EnumString;

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ApplicationSort {
    /// When it was opened.
    #[default]
    Time,
    /// The firm's name.
    Name,
}

/// Which applications the list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so.
    pub state: Option<ApplicationState>,
    /// The words, the order, the page.
    pub wanted: Wanted<ApplicationSort>,
}

/// The rows of the list; ?10 is the state.
macro_rules! rows {
    () => {
        concat!(
            "FROM application a WHERE a.org = ?2 AND (CAST(?3 AS BIGINT) & 16) <> 0 AND ",
            is_overseen!("a"),
            " AND (CAST(?10 AS TEXT) IS NULL OR a.state = ?10)"
        )
    };
}

/// A page of the applications with the actor's unit and the units below it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn applications(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<Page<Application>, StoreError> {
    let order = match filter.wanted.sort {
        ApplicationSort::Time => order!("a.body", rows!(), "a.find", "a.at_ms": Number, "a.id": Id),
        ApplicationSort::Name => order!("a.body", rows!(), "a.find", "a.sort": Text, "a.id": Id),
    };
    let seen = visible(actor, Action::DecideApplication, org);
    page::page(tx, &seen, (&order, &filter.wanted), &row![filter.state], |row| own(row.get(0)?)).await
}

/// How many there are by state.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<ApplicationState, i64>, StoreError> {
    let seen = visible(actor, Action::DecideApplication, org);
    let find = tally!("a.state", rows!(), "a.find");
    page::counts(tx, &seen, (find, &filter.wanted), &row![None::<ApplicationState>]).await
}

/// An application; permission is asked before.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn application(tx: &mut Tx, org: Org, id: ApplicationId) -> Result<Option<Application>, StoreError> {
    let find = sql!("SELECT body FROM application WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &id]).await?.map(|row| own(row.get(0)?)).transpose()
}

/// The application of a link, by the hash of its secret. The database searches for a hash, so the time of the search tells
/// nothing about the secret.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_link(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<(Org, Application)>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, a.body FROM application_link l JOIN organisation o ON o.org = l.org
             JOIN application a ON a.org = l.org AND a.id = l.application
         WHERE l.hash = ?1"
    );
    tx.query_opt(find, &row![hash]).await?.map(|row| Ok((row.org(0)?, own(row.get(2)?)?))).transpose()
}
