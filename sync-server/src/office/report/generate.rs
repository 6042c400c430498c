//! Somebody generates the report of a plan: what it says is frozen with it.

use crate::{
    clock::Clock,
    feed::outbox::{Happened, put},
    office::{Act, Refused, Rule, command::command, files},
    org::Org,
    query::{self, access::to_plan, plan::PlanRow, project::ProjectRow},
    random::uuid_v7,
    row, sql,
    store::{Batch, ReportPicture, Store, StoreError, Tx, Ty, json, own, pack},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Action, Actor},
    calendar::FilingDeadline,
    code::Code,
    dispatch::Dispatch,
    id::{ContentId, PlanId, ProjectId, ReportId, TaskId},
    organisation::Organisation,
    region::Region,
    report::{
        self, Candidate, Chosen, CodeError, Form, Obstacle, Report, ReportKind, Snapshot, UploadError, UploadFound,
        VerificationCode, upload::UPLOAD_MIB_LIMIT,
    },
    spelling::Spelled,
    task::Task,
    webhook::Happening,
};
use firebee_protocol::{
    document::DispatchDocument,
    text::{Arg, named::Values},
};
use serde::Serialize;
use std::collections::HashSet;

/// What somebody chooses and types.
#[derive(Clone, Debug, Serialize)]
pub struct Generate {
    /// Plan, tasks and days.
    pub chosen: Chosen,
    /// The code, as typed.
    pub code: String,
}

/// Why no report is generated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// What stands in the way; the first of all that do.
    #[error(transparent)]
    Obstacle(#[from] Obstacle),
    /// The code.
    #[error(transparent)]
    Code(#[from] CodeError),
}

impl Rule for Obstacle {
    fn code(&self) -> Code {
        self.code()
    }

    fn values(&self) -> Values {
        match self {
            Self::PlanNotFullyApproved { open } => vec![("open", Arg::from(*open))],
            Self::FacilityNotCovered { facility } => vec![("facility", Arg::from(facility.clone()))],
            Self::TaskUnfit { task } | Self::TaskReported { task } | Self::TaskSubmittedLate { task } => {
                vec![("task", Arg::from(task.clone()))]
            }
            Self::Upload(error) => error.values(),
            Self::ProjectTerminated
            | Self::PlanReported
            | Self::PeriodOver
            | Self::NoTask
            | Self::ReportDateOutside
            | Self::ServiceDatesInvalid => Values::new(),
        }
    }
}

impl Rule for UploadError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::TooLarge => vec![("max", Arg::from(UPLOAD_MIB_LIMIT))],
            Self::NotAllowed | Self::PdfRequired | Self::ConclusionRequired => Values::new(),
        }
    }
}

impl Rule for GenerateError {
    fn code(&self) -> Code {
        match self {
            Self::Obstacle(error) => error.code(),
            Self::Code(error) => error.code(),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Obstacle(error) => error.values(),
            Self::Code(CodeError::Text(error)) => error.values(),
            Self::Code(CodeError::Malformed { example }) => vec![("example", Arg::from(example.clone()))],
            Self::Code(CodeError::Taken { code }) => vec![("code", Arg::from(code.clone()))],
        }
    }
}

/// What a report is generated from, as it is read from the database.
pub struct Ground {
    /// The project.
    pub site: ProjectRow,
    /// Its plan.
    pub plan: PlanRow,
    /// The firm.
    pub organisation: Organisation,
    /// The region.
    pub region: Region,
    /// The tasks that can be ticked.
    pub tasks: Vec<Task>,
    /// The dispatches of the project.
    pub dispatches: Vec<DispatchDocument>,
    /// Those of the tasks that another report has.
    pub reported: HashSet<TaskId>,
    /// The report that the plan has.
    pub report: Option<ReportId>,
    /// How many codes were used.
    pub codes_used: u64,
    /// What the bytes of the chosen file are, where one was chosen and this actor brought it.
    pub upload: Option<UploadFound>,
    /// The codes of the plan's reports that count no more, the first one first.
    pub voided: Vec<String>,
}

impl Ground {
    /// What stands in the way, of these choices or whatever is chosen.
    pub fn obstacles(&self, chosen: Option<&Chosen>, today: NaiveDate) -> Vec<Obstacle> {
        self.judged(today, |ground| chosen.map_or_else(|| ground.obstacles(), |chosen| ground.obstacles_of(chosen)))
    }

    /// The dispatches that can be ticked.
    pub fn dispatches(&self, today: NaiveDate) -> Vec<&DispatchDocument> {
        let admitted = |held: &&DispatchDocument| self.judged(today, |ground| ground.admits_dispatch(&held.dispatch));
        self.dispatches.iter().filter(admitted).collect()
    }

    /// Asks the rules.
    fn judged<T>(&self, today: NaiveDate, ask: impl FnOnce(&report::Ground<'_>) -> T) -> T {
        let candidate = |task| Candidate { task, reported: self.reported.contains(&task.id) };
        let tasks: Vec<Candidate<'_>> = self.tasks.iter().map(candidate).collect();
        let dispatches: Vec<&Dispatch> = self.dispatches.iter().map(|held| &held.dispatch).collect();
        ask(&report::Ground {
            project: &self.site.project,
            plan: &self.plan.plan,
            reported: self.report.is_some(),
            tasks: &tasks,
            dispatches: &dispatches,
            cutoff: self.organisation.cutoff,
            overdue: self.region.overdue,
            today,
            upload: self.upload,
            revises: !self.voided.is_empty(),
        })
    }

    /// The code that a form proposes for a report of this day: the next one in the form of the region.
    pub fn proposed_code(&self, day: NaiveDate) -> String {
        let pattern = self.region.report_code.as_ref();
        pattern
            .map_or_else(|| report::proposed(day, self.codes_used), |pattern| pattern.filled(day, self.codes_used + 1))
    }

    /// How the report comes into being.
    pub const fn form(&self) -> Form {
        Form::of(&self.site.project, self.kind())
    }

    /// The kind of the report.
    pub const fn kind(&self) -> ReportKind {
        ReportKind::of(self.site.project.kind, self.plan.plan.nature)
    }
}

/// What a report of a plan would be generated from, with this file if one is chosen, if this actor may generate it.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn ground(
    tx: &mut Tx,
    org: Org,
    actor: &Actor,
    (id, upload): (PlanId, Option<ContentId>),
) -> Result<Option<Ground>, StoreError> {
    if to_plan(tx, org, actor, &[Action::GenerateReport], id).await?.is_none() {
        return Ok(None);
    }
    let Some(plan) = query::plan::plan(tx, org, id).await? else { return Ok(None) };
    let project = plan.plan.project;
    let Some(site) = query::project::project(tx, org, project).await? else { return Ok(None) };
    let ids = query::report::candidates(tx, org, (project, id)).await?;
    let tasks = query::task::documents(tx, org, &ids).await?.into_iter().map(|document| document.task);
    let find = sql!("SELECT body FROM organisation WHERE org = ?1");
    let row = tx.query_opt(find, &row![org]).await?.ok_or_else(|| StoreError::Bug("a firm is gone".into()))?;
    let upload = match upload {
        Some(file) => query::report::brought(tx, org, (actor.account, file)).await?,
        None => None,
    };
    Ok(Some(Ground {
        upload,
        dispatches: query::dispatch::of_project(tx, org, project).await?,
        reported: query::report::reported(tx, org, &ids).await?,
        report: query::report::of_plan(tx, org, id).await?,
        voided: query::report::voided(tx, org, id).await?,
        codes_used: query::report::codes_used(tx, org).await?,
        organisation: own(row.get(0)?)?,
        region: query::region::region(tx).await?,
        tasks: tasks.collect(),
        plan,
        site,
    }))
}

/// Makes what a report says, within the transaction that generates it.
pub trait Compose: Clone + Send + Sync + 'static {
    /// The snapshot of a report, or what of it cannot be read.
    fn compose(
        &self,
        tx: &mut Tx,
        ground: &Ground,
        wanted: (&Act, &Chosen, &str),
    ) -> impl Future<Output = Result<Snapshot, StoreError>> + Send;
}

/// Generates a report. `compose` says what it says.
///
/// # Errors
/// [`Refused`], also when the plan is not there or this actor may not generate its report.
pub async fn generate(
    store: &Store,
    clock: &Clock,
    act: Act,
    wanted: Generate,
    compose: impl Compose,
) -> Result<ReportId, Refused<GenerateError>> {
    let clock = clock.clone();
    let plan = wanted.chosen.plan;
    // A box that a browser sends twice is one task.
    let mut seen = HashSet::new();
    let mut wanted = wanted;
    wanted.chosen.tasks.retain(|task| seen.insert(*task));
    let mut sent = HashSet::new();
    wanted.chosen.dispatches.retain(|dispatch| sent.insert(*dispatch));
    command(store, act, "generate_report", plan, wanted, async move |tx: &mut Tx, act: &Act, wanted: &Generate| {
        run(tx, &clock, act, wanted, &compose).await
    })
    .await
}

async fn run(
    tx: &mut Tx,
    clock: &Clock,
    act: &Act,
    wanted: &Generate,
    compose: &impl Compose,
) -> Result<ReportId, Refused<GenerateError>> {
    let permitted = to_plan(tx, act.org, &act.actor, &[Action::GenerateReport], wanted.chosen.plan).await?;
    permitted.ok_or(Refused::NotFound)?;
    let plan = query::plan::plan(tx, act.org, wanted.chosen.plan).await?.ok_or(Refused::NotFound)?;
    lock(tx, act.org, plan.plan.project).await?;
    let asked = (wanted.chosen.plan, wanted.chosen.upload);
    let ground = ground(tx, act.org, &act.actor, asked).await?.ok_or(Refused::NotFound)?;
    let today = act.at.china_day();
    if let Some(first) = ground.obstacles(Some(&wanted.chosen), today).into_iter().next() {
        return Err(GenerateError::from(first).into());
    }
    if let Some(file) = wanted.chosen.upload
        && !files::keep(tx, act, plan.plan.project, &[file]).await?
    {
        return Err(Refused::FileUnknown);
    }
    let code = code(tx, act.org, &ground, (&wanted.code, wanted.chosen.report_date)).await?;
    let snapshot = compose.compose(tx, &ground, (act, &wanted.chosen, &code)).await?;
    let text = json(&snapshot)?;
    let id = ReportId(uuid_v7(clock).map_err(|error| StoreError::Lost(error.to_string()))?);
    let calendar = query::calendar::calendar(tx).await?;
    let made = Report {
        id,
        project: ground.site.project.id,
        plan: wanted.chosen.plan,
        kind: ground.kind(),
        name: snapshot.cover.name.clone(),
        code,
        report_date: wanted.chosen.report_date,
        service: wanted.chosen.service,
        tasks: wanted.chosen.tasks.clone(),
        overdue: today > ground.plan.plan.deadline(),
        by: act.actor.account,
        at: act.at,
        verification: VerificationCode::of(text.as_bytes()),
        deadline: FilingDeadline::of(today, &calendar, ground.region.filing_working_days),
        filing: None,
        upload: wanted.chosen.upload,
        conclusion: wanted.chosen.conclusion.filter(|_| ground.kind().has_conclusion()),
        copies: Vec::new(),
        handed_out: Vec::new(),
        training: ground.site.project.training,
        void: None,
    };
    keep(tx, act.org, &made, (text, &snapshot)).await?;
    Ok(id)
}

/// The code, used now and never again. That of a revision is the first one with the next suffix, whatever was typed.
async fn code(
    tx: &mut Tx,
    org: Org,
    ground: &Ground,
    (typed, day): (&str, NaiveDate),
) -> Result<String, Refused<GenerateError>> {
    let Some(first) = ground.voided.first() else {
        let code = report::code(typed).map_err(|error| GenerateError::from(CodeError::from(error)))?;
        let pattern = ground.region.report_code.as_ref();
        if pattern.is_some_and(|pattern| !pattern.fits(&code, day)) {
            return Err(GenerateError::from(CodeError::Malformed { example: ground.proposed_code(day) }).into());
        }
        let is_new = use_code(tx, org, &code).await?;
        return if is_new { Ok(code) } else { Err(GenerateError::from(CodeError::Taken { code }).into()) };
    };
    // A revision that was deleted has used its suffix.
    for number in ground.voided.len().. {
        let code = report::revised(first, number);
        if use_code(tx, org, &code).await? {
            return Ok(code);
        }
    }
    Err(StoreError::Bug("every suffix was used".into()).into())
}

/// Whether the code was new.
async fn use_code(tx: &mut Tx, org: Org, code: &str) -> Result<bool, StoreError> {
    let use_it =
        sql!("INSERT INTO report_code(org, code) VALUES (?1, ?2) ON CONFLICT (org, code) DO NOTHING RETURNING code");
    Ok(tx.query_opt(use_it, &row![org, &code.to_owned()]).await?.is_some())
}

static PICTURES: Batch<5> = Batch::new(
    "INSERT INTO report_picture(org, report, shows, number, blob) {rows}",
    [Ty::Int, Ty::Blob, Ty::Text, Ty::Int, Ty::Blob],
);

async fn keep(tx: &mut Tx, org: Org, made: &Report, (text, snapshot): (String, &Snapshot)) -> Result<(), StoreError> {
    let insert = sql!(
        "INSERT INTO report(org, id, project, plan, kind, form, code, name, sort, find, report_date, deadline, body, snapshot,
             untestable)
         VALUES (?1, ?2, ?3, ?4, ?5, ?13, ?14, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?15)"
    );
    let Spelled { sort, find } = Spelled::of_all([made.name.as_str(), &made.code]);
    let (date, deadline, body) = (made.report_date.to_string(), made.deadline.day.to_string(), json(made)?);
    let packed = pack(text.as_bytes())?;
    let values = row![
        org,
        &made.id,
        &made.project,
        &made.plan,
        made.kind,
        &made.name,
        &sort,
        &find,
        &date,
        &deadline,
        &body,
        &packed,
        made.form(),
        &made.code,
        i64::try_from(snapshot.untestable.len()).unwrap_or(i64::MAX)
    ];
    tx.execute(insert, &values).await?;
    let hold = sql!("INSERT INTO report_task(org, task, report) VALUES (?1, ?2, ?3)");
    for task in &made.tasks {
        tx.execute(hold, &row![org, task, &made.id]).await?;
    }
    let photos = snapshot.photos.iter().map(|photo| (ReportPicture::Photo, i64::from(photo.number), photo.preview));
    let signed = (1_i64..).zip(&snapshot.witnesses).map(|(at, held)| (ReportPicture::Signature, at, held.signature));
    let pictures: Vec<_> = photos.chain(signed).collect();
    tx.many(&PICTURES, pictures.iter().map(|(of, number, blob)| row![org, &made.id, *of, *number, blob])).await?;
    let verify = sql!("INSERT INTO report_verification(code, org, report) VALUES (?1, ?2, ?3)");
    tx.execute(verify, &row![&made.verification.plain(), org, &made.id]).await?;
    let happened = Happened { event: Happening::ReportMade, subject: made.id.0, project: made.project };
    put(tx, org, &[happened], made.at).await
}

/// Two people who generate, delete or file reports of a project wait for each other here; so do those who start tasks.
pub(in crate::office) async fn lock(tx: &mut Tx, org: Org, project: ProjectId) -> Result<(), StoreError> {
    let lock = sql!("UPDATE project SET lead = lead WHERE org = ?1 AND id = ?2");
    tx.execute(lock, &row![org, &project]).await.map(drop)
}

/// Notes the PDF that was made of a report's snapshot. The first one stays.
///
/// # Errors
/// As [`StoreError`] says.
pub async fn note_pdf(store: &Store, org: Org, report: ReportId, pdf: ContentId) -> Result<(), StoreError> {
    let job = async move |tx: &mut Tx| {
        let note = sql!("UPDATE report SET pdf = ?3 WHERE org = ?1 AND id = ?2 AND pdf IS NULL");
        tx.execute(note, &row![org, &report, &pdf]).await.map(drop)
    };
    store.write("note_pdf", job).await
}
