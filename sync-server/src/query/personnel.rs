//! Reads the personnel list: of one's own firm, and for a regulator of every firm in its jurisdiction.

use super::{
    page::{self, Page, Wanted, order},
    visible::{is_overseen, sees_firms, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Row, StoreError, Tx, own},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor, Role},
    dispatch::DispatchState,
    id::{OrganisationId, PersonId},
    personnel::{CertificateKind, IdentityNumber, Person},
    personnel_change::Ties,
    plan::PlanItemState,
    task::TaskState,
};
use strum::EnumString;

/// Somebody on the list.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The record.
    pub person: Person,
    /// The firm's name.
    pub organisation: String,
    /// What the person's account is for; `None` without an account.
    pub category: Option<Role>,
    /// The projects that are not over and that the person leads or works in.
    pub projects: u64,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum PersonSort {
    /// The person's name.
    #[default]
    Name,
    /// The firm's name.
    Organisation,
}

/// Whom the list shows.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The day on which projects run.
    pub today: NaiveDate,
    /// Only those of this firm.
    pub organisation: Option<OrganisationId>,
    /// Only those with the firm (`false`), or those who left (`true`).
    pub gone: Option<bool>,
    /// Only those with a project (`true`), or without (`false`).
    pub busy: Option<bool>,
    /// Only those with such an account.
    pub category: Option<Role>,
    /// Only those with such a certificate.
    pub certificate: Option<CertificateKind>,
    /// The words, the order, the page.
    pub wanted: Wanted<PersonSort>,
}

/// How many projects that are not over on the day ?10 somebody leads or works in. It is counted from the assignments and
/// kept nowhere.
macro_rules! projects {
    () => {
        "(SELECT count(*) FROM project j WHERE j.org = p.org AND j.terminated = 0 AND j.end_date >= ?10
              AND EXISTS (SELECT 1 FROM account a WHERE a.org = p.org AND a.person = p.id AND (a.id = j.lead
                  OR EXISTS (SELECT 1 FROM assignment s WHERE s.org = j.org AND s.project = j.id AND s.executor = a.id))))"
    };
}

/// What somebody's account is for: the open one goes first.
macro_rules! category {
    () => {
        "(SELECT c.category FROM account c WHERE c.org = p.org AND c.person = p.id ORDER BY c.enabled DESC, c.id LIMIT 1)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!(
            concat!("p.body, o.name, ", category!(), ", ", projects!()),
            concat!(
                "FROM organisation o JOIN person p ON p.org = o.org WHERE o.authority IS NULL AND ",
                sees_firms!("o"),
                " AND (CAST(?11 AS BYTEA) IS NULL OR o.id = ?11)
                  AND (CAST(?12 AS BIGINT) IS NULL OR p.gone = ?12)
                  AND (CAST(?13 AS BIGINT) IS NULL OR (CASE WHEN ",
                projects!(),
                " > 0 THEN 1 ELSE 0 END) = ?13)
                  AND (CAST(?14 AS TEXT) IS NULL OR ",
                category!(),
                " = ?14)
                  AND (CAST(?15 AS TEXT) IS NULL OR p.body LIKE ?15)"
            ),
            "p.find",
            $key: $kind,
            "p.id": Id
        )
    };
}

/// A page of the list, for those who may read whole records.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn people(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<PersonRow>, StoreError> {
    let order = match filter.wanted.sort {
        PersonSort::Name => by!("p.sort": Text),
        PersonSort::Organisation => by!("o.name": Text),
    };
    let seen = visible(actor, Action::ReadPersonnelFile, org);
    let today = filter.today.to_string();
    // A body is our own JSON: what people wrote in it is escaped, so no name looks like a key.
    let certificate = filter.certificate.map(|kind| format!("%\"kind\":\"{}\"%", <&str>::from(kind)));
    let own =
        row![&today, filter.organisation.as_ref(), filter.gone, filter.busy, filter.category, certificate.as_ref(),];
    page::page(tx, &seen, (&order, &filter.wanted), &own, read).await
}

fn read(row: &Row) -> Result<PersonRow, StoreError> {
    let (organisation, category, projects) = (row.get(1)?, row.get(2)?, row.get(3)?);
    Ok(PersonRow { person: own(row.get(0)?)?, organisation, category, projects })
}

/// Everybody who is with the firm, by name: a form chooses from them. For whoever may read whole records.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn present(tx: &mut Tx, org: Org) -> Result<Vec<Person>, StoreError> {
    let find = sql!("SELECT body FROM person WHERE org = ?1 AND gone = ?2 ORDER BY sort, id");
    tx.query(find, &row![org, false]).await?.iter().map(|row| own(row.get(0)?)).collect()
}

/// Somebody of the firm by the number of the identity card, also one who left.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn by_identity(tx: &mut Tx, org: Org, identity: &IdentityNumber) -> Result<Option<Person>, StoreError> {
    let find = sql!("SELECT body FROM person WHERE org = ?1 AND identity = ?2 ORDER BY id LIMIT 1");
    tx.query_opt(find, &row![org, identity.as_str()]).await?.map(|row| own(row.get(0)?)).transpose()
}

/// What keeps somebody on the list on a day.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn ties(tx: &mut Tx, org: Org, person: PersonId, today: NaiveDate) -> Result<Ties, StoreError> {
    let find = sql!(
        "SELECT
             (SELECT count(*) FROM project j WHERE j.org = ?1 AND j.terminated = 0 AND j.end_date >= ?3
                  AND EXISTS (SELECT 1 FROM account a WHERE a.org = ?1 AND a.person = ?2 AND a.id = j.lead)),
             (SELECT count(*) FROM task t WHERE t.org = ?1 AND t.state NOT IN (?4, ?5)
                  AND EXISTS (SELECT 1 FROM account a WHERE a.org = ?1 AND a.person = ?2 AND a.id = t.executor)),
             (SELECT count(*) FROM plan_item i WHERE i.org = ?1 AND i.state = ?6
                  AND EXISTS (SELECT 1 FROM account a WHERE a.org = ?1 AND a.person = ?2 AND a.id = i.executor)),
             (SELECT count(*) FROM dispatch d WHERE d.org = ?1 AND d.state IN (?7, ?8, ?9, ?10)
                  AND EXISTS (SELECT 1 FROM account a WHERE a.org = ?1 AND a.person = ?2 AND a.id = d.team_lead))"
    );
    let day = today.to_string();
    let whose = row![org, &person, &day];
    let over = row![TaskState::Approved, TaskState::Discarded, PlanItemState::Issued];
    let open = row![DispatchState::ToIssue, DispatchState::Issued, DispatchState::Received, DispatchState::Executing];
    let row = tx.query_opt(find, &[&whose[..], &over, &open].concat()).await?;
    let row = row.ok_or_else(|| StoreError::Bug("a count has no row".into()))?;
    Ok(Ties { led: row.get(0)?, tasks: row.get(1)?, issued: row.get(2)?, dispatches: row.get(3)? })
}

/// The firms in the jurisdiction of a regulator, by name: a list is narrowed by them.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn overseen(tx: &mut Tx, actor: &Actor) -> Result<Vec<(OrganisationId, String)>, StoreError> {
    let find = sql!(concat!("SELECT o.id, o.name FROM organisation o WHERE ", is_overseen!("o"), " ORDER BY o.name"));
    let rows = tx.query(find, &row![&actor.account]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
