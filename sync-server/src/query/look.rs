//! Reads about the first looks of owners' contacts at reports and faults.

use super::{
    page::{self, Page, Wanted, order},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, stored_words},
};
use firebee_domain::{
    account::{Action, Actor},
    id::{AccountId, FaultId, OwnerId, ProjectId, ReportId},
    time::Timestamp,
};
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

/// What somebody has looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum LookKind {
    /// A report.
    Report,
    /// A fault.
    Fault,
}

stored_words!(LookKind);

/// One report or one fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// A report.
    Report(ReportId),
    /// A fault.
    Fault(FaultId),
}

impl Looked {
    /// Which of the two it is, and its id.
    pub const fn parts(self) -> (LookKind, Uuid) {
        match self {
            Self::Report(id) => (LookKind::Report, id.0),
            Self::Fault(id) => (LookKind::Fault, id.0),
        }
    }

    const fn of(kind: LookKind, id: Uuid) -> Self {
        match kind {
            LookKind::Report => Self::Report(ReportId(id)),
            LookKind::Fault => Self::Fault(FaultId(id)),
        }
    }
}

/// Who has looked, and when.
#[derive(Clone, Debug)]
pub struct Look {
    /// The contact's name.
    pub contact: String,
    /// Its owner's name.
    pub owner: String,
    /// When it looked first.
    pub at: Timestamp,
}

/// Whether an account has looked already.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn has_looked(tx: &mut Tx, org: Org, account: AccountId, looked: Looked) -> Result<bool, StoreError> {
    let (kind, subject) = looked.parts();
    let find = sql!("SELECT id FROM look WHERE org = ?1 AND kind = ?2 AND subject = ?3 AND account = ?4");
    Ok(tx.query_opt(find, &row![org, kind, &subject, &account]).await?.is_some())
}

/// Who has looked at something, the first first. The caller has asked for permission.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of(tx: &mut Tx, org: Org, looked: Looked) -> Result<Vec<Look>, StoreError> {
    let (kind, subject) = looked.parts();
    let find = sql!(
        "SELECT c.name, w.name, l.at_ms FROM look l JOIN contact c ON c.org = l.org AND c.account = l.account
             JOIN owner w ON w.org = c.org AND w.id = c.owner
         WHERE l.org = ?1 AND l.kind = ?2 AND l.subject = ?3 ORDER BY l.at_ms, l.id"
    );
    let rows = tx.query(find, &row![org, kind, &subject]).await?;
    rows.iter().map(|row| Ok(Look { contact: row.get(0)?, owner: row.get(1)?, at: row.get(2)? })).collect()
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct LookRow {
    /// What was looked at.
    pub looked: Looked,
    /// The name of the report, or of the fault's item.
    pub name: String,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// Who looked, and when.
    pub look: Look,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum LookSort {
    /// When somebody looked.
    #[default]
    Time,
    /// The contact's name.
    Contact,
    /// The project's name.
    Project,
}

/// Which looks a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those at reports, or at faults.
    pub kind: Option<LookKind>,
    /// Only those of this owner's contacts.
    pub owner: Option<OwnerId>,
    /// The words, the order, the page.
    pub wanted: Wanted<LookSort>,
}

/// One order of the list. Its own parameters: ?10 the kind, ?11 the owner, ?12 and ?13 the words of the two kinds.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            "l.kind, l.subject, COALESCE(r.name, f.name), j.id, j.name, c.name, w.name, l.at_ms",
            concat!(
                "FROM look l JOIN contact c ON c.org = l.org AND c.account = l.account
                     JOIN owner w ON w.org = c.org AND w.id = c.owner
                     LEFT JOIN report r ON r.org = l.org AND r.id = l.subject AND l.kind = ?12
                     LEFT JOIN fault f ON f.org = l.org AND f.id = l.subject AND l.kind = ?13
                     JOIN project j ON j.org = l.org AND j.id = COALESCE(r.project, f.project)
                 WHERE l.org = ?2 AND ",
                sees!("j", "NULL", "?3"),
                " AND (CAST(?10 AS TEXT) IS NULL OR l.kind = ?10)
                  AND (CAST(?11 AS BYTEA) IS NULL OR c.owner = ?11)"
            ),
            "(c.find || ' ' || w.find || ' ' || j.find)",
            $key: $kind,
            "l.id": Id
        )
    };
}

/// A page of the looks, for actors who may read them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn looks(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<LookRow>, StoreError> {
    let order = match filter.wanted.sort {
        LookSort::Time => by!("l.at_ms": Number),
        LookSort::Contact => by!("c.sort": Text),
        LookSort::Project => by!("j.sort": Text),
    };
    let own = row![filter.kind, filter.owner.as_ref(), LookKind::Report, LookKind::Fault];
    page::page(tx, &visible(actor, Action::ReadLooks, org), (&order, &filter.wanted), &own, read).await
}

fn read(row: &Row) -> Result<LookRow, StoreError> {
    Ok(LookRow {
        looked: Looked::of(row.get(0)?, row.get(1)?),
        name: row.get(2)?,
        project: row.get(3)?,
        project_name: row.get(4)?,
        look: Look { contact: row.get(5)?, owner: row.get(6)?, at: row.get(7)? },
    })
}
