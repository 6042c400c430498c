//! Reads about reports: lists from the rows, one report from its body, and what the next report is made of.

use super::{
    page::{self, Page, Wanted, order, tally},
    visible::{sees, visible},
};
use crate::{
    org::Org,
    row, sql,
    store::{Batch, BlobStage, Packed, ReportPicture, Row, StoreError, Tx, Ty, Value, own, stored_words},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    catalogue::Nature,
    fault::FaultState,
    id::{AccountId, ContentId, PlanId, ProjectId, ReportId, TaskId},
    report::{Form, Report, UploadFound, VerificationCode},
    task::{Stamp, TaskKind, TaskState},
    time::Month,
};
use firebee_protocol::fact::Mime;
use std::collections::{HashMap, HashSet};
use strum::{EnumString, IntoStaticStr};

/// Where a report stands for who files it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum FilingState {
    /// It waits, and its last day has not passed.
    Waiting,
    /// It waits, and its last day has passed.
    Late,
    /// It is filed.
    Filed,
    /// It was filed, and counts no more.
    Void,
}

stored_words!(FilingState);

/// A report with the names that are shown beside it.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// The report.
    pub report: Report,
    /// The project's name.
    pub project_name: String,
    /// The owner's name.
    pub owner_name: String,
    /// Its PDF, once it was made.
    pub pdf: Option<ContentId>,
}

/// The orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ReportSort {
    /// Its id, which never changes: the order of what programs read.
    Id,
    /// The last day to file it.
    #[default]
    Deadline,
    /// The day of the report.
    Date,
    /// Its name.
    Name,
    /// The project's name.
    Project,
}

/// Which reports a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those that stand so.
    pub state: Option<FilingState>,
    /// Only those that came into being so.
    pub form: Option<Form>,
    /// Only those of this project.
    pub project: Option<ProjectId>,
    /// Today, in UTC+8: from it follows what is late.
    pub today: NaiveDate,
    /// The words, the order, the page.
    pub wanted: Wanted<ReportSort>,
}

/// Where a row stands, as the word of a [`FilingState`]; ?12 is today, ?13 to ?15 and
/// ?17 are the words, ?16 is the form.
macro_rules! state {
    () => {
        "(CASE WHEN r.voided IS NOT NULL THEN CAST(?17 AS TEXT)
          WHEN r.filed IS NOT NULL THEN CAST(?13 AS TEXT) WHEN r.deadline < ?12 THEN CAST(?14 AS TEXT)
          ELSE CAST(?15 AS TEXT) END)"
    };
}

/// The rows of the list.
macro_rules! rows {
    () => {
        concat!(
            "FROM report r JOIN project j ON j.org = r.org AND j.id = r.project
                 JOIN contract k ON k.org = j.org AND k.id = j.contract
                 JOIN owner w ON w.org = k.org AND w.id = k.owner
             WHERE r.org = ?2 AND ",
            sees!("j", "NULL", "?3"),
            " AND (CAST(?10 AS BYTEA) IS NULL OR r.project = ?10)
              AND (CAST(?16 AS TEXT) IS NULL OR r.form = ?16)
              AND (CAST(?11 AS TEXT) IS NULL OR ?11 = ",
            state!(),
            ")"
        )
    };
}

/// What is searched.
macro_rules! find {
    () => {
        "(r.find || ' ' || j.find || ' ' || w.find)"
    };
}

/// One order of the list.
macro_rules! by {
    ($key:literal: $kind:ident) => {
        order!("r.body, j.name, w.name, r.pdf", rows!(), find!(), $key: $kind, "r.id": Id)
    };
}

/// A page of the reports that an actor may read.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn reports(tx: &mut Tx, org: Org, actor: &Actor, filter: &Filter) -> Result<Page<ReportRow>, StoreError> {
    let order = match filter.wanted.sort {
        ReportSort::Id => by!("r.id": Id),
        ReportSort::Deadline => by!("r.deadline": Text),
        ReportSort::Date => by!("r.report_date": Text),
        ReportSort::Name => by!("r.sort": Text),
        ReportSort::Project => by!("j.sort": Text),
    };
    let (seen, today) = (visible(actor, Action::ReadReport, org), filter.today.to_string());
    page::page(tx, &seen, (&order, &filter.wanted), &filter.own(&today), read).await
}

/// How many reports stand where, of those that the rest of the filter admits.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn counts(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    filter: &Filter,
) -> Result<HashMap<FilingState, i64>, StoreError> {
    let filter = Filter { state: None, ..filter.clone() };
    let (seen, today) = (visible(actor, Action::ReadReport, org), filter.today.to_string());
    let find = tally!(state!(), rows!(), find!());
    page::counts(tx, &seen, (find, &filter.wanted), &filter.own(&today)).await
}

impl Filter {
    fn own<'v>(&'v self, today: &'v String) -> [Value<'v>; 8] {
        let (filed, late, waiting) = (FilingState::Filed, FilingState::Late, FilingState::Waiting);
        row![self.project.as_ref(), self.state, today, filed, late, waiting, self.form, FilingState::Void]
    }
}

fn read(row: &Row) -> Result<ReportRow, StoreError> {
    Ok(ReportRow { report: own(row.get(0)?)?, project_name: row.get(1)?, owner_name: row.get(2)?, pdf: row.get(3)? })
}

/// One report. The caller has asked for permission to its project.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn report(tx: &mut Tx, org: Org, id: ReportId) -> Result<Option<ReportRow>, StoreError> {
    let find = sql!(
        "SELECT r.body, j.name, w.name, r.pdf FROM report r
             JOIN project j ON j.org = r.org AND j.id = r.project
             JOIN contract k ON k.org = j.org AND k.id = j.contract
             JOIN owner w ON w.org = k.org AND w.id = k.owner
         WHERE r.org = ?1 AND r.id = ?2"
    );
    tx.query_opt(find, &row![org, &id]).await?.map(|row| read(&row)).transpose()
}

/// What a report says: the exact bytes of its snapshot.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn snapshot(tx: &mut Tx, org: Org, id: ReportId) -> Result<Option<String>, StoreError> {
    let find = sql!("SELECT snapshot FROM report WHERE org = ?1 AND id = ?2");
    tx.query_opt(find, &row![org, &id]).await?.map(|row| Ok(row.get::<Packed>(0)?.0)).transpose()
}

/// The report of a plan, if it has one.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_plan(tx: &mut Tx, org: Org, plan: PlanId) -> Result<Option<ReportId>, StoreError> {
    let find = sql!("SELECT id FROM report WHERE org = ?1 AND plan = ?2 AND voided IS NULL");
    tx.query_opt(find, &row![org, &plan]).await?.map(|row| row.get(0)).transpose()
}

/// What the bytes of a file are that this account brought for a report; `None` where it did not.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn brought(
    tx: &mut Tx,
    org: Org,
    (account, file): (AccountId, ContentId),
) -> Result<Option<UploadFound>, StoreError> {
    let find = sql!(
        "SELECT a.len, b.media FROM attachment a JOIN blob b ON b.org = a.org AND b.id = a.blob
         WHERE a.org = ?1 AND a.account = ?2 AND a.blob = ?3 AND b.state = ?4"
    );
    let row = tx.query_opt(find, &row![org, &account, &file, BlobStage::Verified]).await?;
    let read =
        |row: Row| Ok(UploadFound { is_pdf: row.get::<Option<Mime>>(1)? == Some(Mime::Pdf), bytes: row.get(0)? });
    row.map(read).transpose()
}

/// The reports that wait to be filed and that this actor may read, the most urgent first and at most so many of them; and
/// how many there are.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn to_file(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    (today, most): (NaiveDate, usize),
) -> Result<(Vec<ReportRow>, usize), StoreError> {
    let wanted = Wanted::first(u32::try_from(most).unwrap_or(u32::MAX));
    let mut filter = Filter { today, wanted, ..Filter::default() };
    let counts = counts(tx, org, actor, &filter).await?;
    let mut rows = Vec::new();
    // What is late has the earlier days.
    for state in [FilingState::Late, FilingState::Waiting] {
        filter.state = Some(state);
        rows.extend(reports(tx, org, actor, &filter).await?.rows);
    }
    rows.truncate(most);
    let count: i64 = [FilingState::Late, FilingState::Waiting].iter().filter_map(|state| counts.get(state)).sum();
    Ok((rows, usize::try_from(count).unwrap_or(0)))
}

/// The codes of a plan's reports that count no more, the first one first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn voided(tx: &mut Tx, org: Org, plan: PlanId) -> Result<Vec<String>, StoreError> {
    let find = sql!("SELECT body FROM report WHERE org = ?1 AND plan = ?2 AND voided IS NOT NULL ORDER BY id");
    let rows = tx.query(find, &row![org, &plan]).await?;
    rows.iter().map(|row| Ok(own::<Report>(row.get(0)?)?.code)).collect()
}

/// The report of a firm with this code, whether it counts or not.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn with_code(tx: &mut Tx, org: Org, code: &str) -> Result<Option<Report>, StoreError> {
    let find = sql!("SELECT body FROM report WHERE org = ?1 AND code = ?2");
    tx.query_opt(find, &row![org, &code.to_owned()]).await?.map(|row| own(row.get(0)?)).transpose()
}

/// A picture of a report.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn picture(
    tx: &mut Tx,
    org: Org,
    id: ReportId,
    (shows, number): (ReportPicture, u32),
) -> Result<Option<ContentId>, StoreError> {
    let find = sql!("SELECT blob FROM report_picture WHERE org = ?1 AND report = ?2 AND shows = ?3 AND number = ?4");
    let row = tx.query_opt(find, &row![org, &id, shows, i64::from(number)]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// The reports of a firm that are not filed, in the order in which they are locked.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn waiting(tx: &mut Tx, org: Org) -> Result<Vec<Report>, StoreError> {
    let find = sql!("SELECT body FROM report WHERE org = ?1 AND filed IS NULL ORDER BY project, id");
    tx.query(find, &row![org]).await?.iter().map(|row| own(row.get(0)?)).collect()
}

/// The firm and the report whose cover shows this code.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn verified(tx: &mut Tx, code: VerificationCode) -> Result<Option<(Org, ReportId)>, StoreError> {
    let find = sql!(
        "SELECT o.org, o.id, v.report FROM report_verification v JOIN organisation o ON o.org = v.org WHERE v.code = ?1"
    );
    let row = tx.query_opt(find, &row![&code.plain()]).await?;
    row.map(|row| Ok((row.org(0)?, row.get(2)?))).transpose()
}

/// How many codes the firm's reports have used.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn codes_used(tx: &mut Tx, org: Org) -> Result<u64, StoreError> {
    let row = tx.query_opt(sql!("SELECT count(*) FROM report_code WHERE org = ?1"), &row![org]).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The tasks that a report of a plan can have: those of the plan that are live, and the approved ones of the project that
/// lie outside every plan, without those that stand for repair requests; in the order of their days.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn candidates(
    tx: &mut Tx,
    org: Org,
    (project, plan): (ProjectId, PlanId),
) -> Result<Vec<TaskId>, StoreError> {
    let find = sql!(
        "SELECT id FROM task WHERE org = ?1 AND project = ?2
             AND ((plan = ?3 AND state <> ?4) OR (plan IS NULL AND state = ?5 AND kind <> ?6))
         ORDER BY day, number"
    );
    let values = row![org, &project, &plan, TaskState::Discarded, TaskState::Approved, TaskKind::Request];
    tx.query(find, &values).await?.iter().map(|row| row.get(0)).collect()
}

static REPORTED: Batch<2> =
    Batch::new("SELECT task FROM report_task WHERE (org, task) IN ({rows})", [Ty::Int, Ty::Blob]);

/// Those of these tasks that a report has.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn reported(tx: &mut Tx, org: Org, tasks: &[TaskId]) -> Result<HashSet<TaskId>, StoreError> {
    let rows = tx.many(&REPORTED, tasks.iter().map(|task| row![org, task])).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The tasks of earlier reports of a project that have a fault which is still open, each with the name of its report; the
/// oldest report first.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn with_open_faults(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<(TaskId, String)>, StoreError> {
    let find = sql!(
        "SELECT t.task, r.name FROM report_task t JOIN report r ON r.org = t.org AND r.id = t.report
         WHERE t.org = ?1 AND r.project = ?2
             AND EXISTS (SELECT 1 FROM fault f WHERE f.org = t.org AND f.task = t.task AND f.state NOT IN (?3, ?4, ?5))
         ORDER BY r.report_date, t.task"
    );
    let closed = [FaultState::Resolved, FaultState::OutOfScope, FaultState::Withdrawn];
    let values = row![org, &project, closed[0], closed[1], closed[2]];
    tx.query(find, &values).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The reports of the monthly plans of a project, each with the month of its plan.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn of_months(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<(Month, Report)>, StoreError> {
    let find = sql!(
        "SELECT l.period, r.body FROM report r JOIN plan l ON l.org = r.org AND l.id = r.plan
         WHERE r.org = ?1 AND r.project = ?2 AND l.nature = ?3 AND r.voided IS NULL ORDER BY l.period"
    );
    let rows = tx.query(find, &row![org, &project, Nature::Month]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, own(row.get(1)?)?))).collect()
}

/// A fault, as far as a period counts it.
#[derive(Clone, Copy, Debug)]
pub struct FoundRow {
    /// When its result was recorded.
    pub found: Stamp,
    /// Where it stands.
    pub state: FaultState,
}

/// The faults of a project, without those of withdrawn results.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn found(tx: &mut Tx, org: Org, project: ProjectId) -> Result<Vec<FoundRow>, StoreError> {
    let find = sql!("SELECT found, state FROM fault WHERE org = ?1 AND project = ?2 AND state <> ?3");
    let rows = tx.query(find, &row![org, &project, FaultState::Withdrawn]).await?;
    rows.iter().map(|row| Ok(FoundRow { found: own(row.get(0)?)?, state: row.get(1)? })).collect()
}
