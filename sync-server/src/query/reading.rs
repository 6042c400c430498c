//! Reads who of the fire service has read what.

use super::{
    page::{self, Page, Wanted, instants, order},
    visible::{is_overseen, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_domain::{
    account::{Action, Actor},
    time::{Month, Timestamp},
};
use strum::EnumString;

/// One page that was read.
#[derive(Clone, Debug)]
pub struct ReadingRow {
    /// When.
    pub at: Timestamp,
    /// The unit of who read it.
    pub unit: String,
    /// Who read it; of its officers the fire service alone is told the name.
    pub officer: Option<String>,
    /// The firm, of a page of one firm.
    pub firm: Option<String>,
    /// The address.
    pub path: String,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ReadingSort {
    /// When it was read.
    #[default]
    Time,
}

/// Which readings the list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those of this month, in UTC+8.
    pub month: Option<Month>,
    /// The words, the order, the page.
    pub wanted: Wanted<ReadingSort>,
}

/// A page of the readings that an actor may see: a firm those of its own pages, the fire service those of the own unit's
/// people and of the units below.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn readings(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<ReadingRow>, StoreError> {
    let order = order!(
        "u.name, n.name, f.name, q.path, q.at_ms",
        concat!(
            "FROM reading q JOIN organisation f ON f.org = q.org JOIN outsider w ON w.id = q.account
                 JOIN regulator_unit u ON u.id = w.unit
                 LEFT JOIN organisation h ON h.authority IS NOT NULL
                     AND EXISTS (SELECT 1 FROM account z WHERE z.org = h.org AND z.id = q.account)
                 LEFT JOIN account a ON a.org = h.org AND a.id = q.account
                 LEFT JOIN person n ON n.org = a.org AND n.id = a.person
             WHERE (((CAST(?3 AS BIGINT) & 65) <> 0 AND q.org = ?2) OR ((?3 & 16) <> 0 AND ",
            is_overseen!("w"),
            ")) AND (CAST(?10 AS BIGINT) IS NULL OR (q.at_ms >= ?10 AND q.at_ms < ?11))"
        ),
        "f.name",
        "q.at_ms": Number,
        "q.id": Id
    );
    let seen = visible(actor, Action::ReadReadings, org);
    let (from, to) = filter.month.map(instants).unzip();
    let outside = !seen.is_everything();
    page::page(tx, &seen, (&order, &filter.wanted), &row![from, to], |row| {
        let officer: Option<String> = row.get(1)?;
        let firm: String = row.get(2)?;
        Ok(ReadingRow {
            unit: row.get(0)?,
            officer: officer.filter(|_| outside),
            firm: Some(firm).filter(|_| outside),
            path: row.get(3)?,
            at: row.get(4)?,
        })
    })
    .await
}
