//! The review: too early, rejected, mended, handled, approved.

use super::cellar::Walked;
use crate::demo::{
    fail::StoryError,
    lead, record,
    stage::{Cast, Stage},
    text::Text,
};
use firebee_client::work::TaskView;
use firebee_domain::id::TaskId;
use firebee_protocol::text::Text as Shared;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// How long the server may take to judge a track after its last piece.
const VERDICT_MAX: Duration = Duration::from_secs(30);

/// The server refuses one approval because of open faults. The lead rejects one task, which its operator mends, handles
/// the faults in five ways, and approves everything. Returns the tasks as the lead sees them in the end.
///
/// # Errors
/// A phone refuses what it must not refuse, or takes what it must refuse.
pub async fn review(
    stage: &mut Stage<'_>,
    cast: &Cast,
    walked: &[Walked],
) -> Result<BTreeMap<TaskId, TaskView>, StoryError> {
    let teller = stage.teller;
    let lead = &cast.lead;
    stage.settle(cast).await?;
    let tasks = lead::waiting(lead)?;
    let back = stage.to_reject(&tasks, walked).ok_or_else(|| StoryError::new("review", "nothing waits"))?;
    let first = tasks.iter().copied().find(|task| *task != back).unwrap_or(back);
    let open = lead::approve_too_early(lead, first, teller)?;
    let refused = teller.say_with(Shared::ProblemFaultsNotHandled, &[("count", open.into())]);
    let name = lead::look(lead, first)?.task.name;
    let said = [("name", (&lead.holder).into()), ("task", (&name).into()), ("reason", refused.into())];
    teller.tell(Text::DemoTooEarly, &said);

    let opinion = teller.say(Text::DemoOpinionReject);
    lead::reject(lead, back, opinion.clone())?;
    stage.report.tasks.rejected += 1;
    let name = lead::look(lead, back)?.task.name;
    let said = [("name", (&lead.holder).into()), ("task", (&name).into()), ("opinion", (&opinion).into())];
    teller.tell(Text::DemoRejected, &said);
    stage.settle(cast).await?;

    let executor =
        cast.operators.iter().find(|phone| phone.client.tasks().get(back).is_ok_and(|view| view.rev.is_some()));
    let executor = executor.ok_or_else(|| StoryError::new("mend a task", "nobody has it"))?;
    let round = tokio::task::block_in_place(|| record::mend(executor, back, &stage.inputs.photos, teller))?;
    stage.report.tasks.submitted += 1;
    teller.tell(Text::DemoMended, &[("name", (&executor.holder).into()), ("round", round.into())]);
    stage.settle(cast).await?;

    let handled = lead::handle_faults(lead, &tasks, teller, &mut stage.report.faults)?;
    teller.tell(Text::DemoHandled, &[("name", (&lead.holder).into()), ("faults", handled.into())]);
    lead::approve(lead, &tasks, teller)?;
    stage.report.tasks.approved += tasks.len();
    stage.settle(cast).await?;
    stage.mend_link();
    teller.tell(Text::DemoApproved, &[("name", (&lead.holder).into()), ("tasks", tasks.len().into())]);
    let views = verdicts(stage, cast, &tasks).await?;
    let faults = || views.values().flat_map(|view| &view.faults);
    stage.report.faults.created = faults().count();
    Ok(views)
}

/// The tasks with the verdicts of their tracks, which the server judges when the last piece is there.
async fn verdicts(stage: &Stage<'_>, cast: &Cast, tasks: &[TaskId]) -> Result<BTreeMap<TaskId, TaskView>, StoryError> {
    let began = Instant::now();
    loop {
        let views: Result<BTreeMap<_, _>, _> =
            tasks.iter().map(|task| lead::look(&cast.lead, *task).map(|view| (*task, view))).collect();
        let views = views?;
        if views.values().all(|view| view.coverage.is_some()) {
            return Ok(views);
        }
        if began.elapsed() > VERDICT_MAX {
            return Err(StoryError::new("judge the tracks", "the server says nothing about one"));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        stage.settle(cast).await?;
    }
}

impl Stage<'_> {
    /// A task without a walk is mended without making its track look idle; otherwise the last.
    fn to_reject(&self, tasks: &[TaskId], walked: &[Walked]) -> Option<TaskId> {
        let rests = |task: &&TaskId| {
            let job = walked.iter().find(|walked| walked.task == **task);
            job.and_then(|walked| self.schedule.jobs.get(walked.job)).is_some_and(|job| job.walks.is_empty())
        };
        tasks.iter().find(rests).or(tasks.last()).copied()
    }
}
