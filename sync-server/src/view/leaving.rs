//! What waits with somebody who leaves, in words.

use super::Reader;
use crate::{
    query::{
        leaving::{Leaving, OpenDispatch},
        member::Executor,
    },
    text::Text as T,
};
use firebee_domain::{
    account::Role,
    id::{AccountId, DispatchId, PlanId, ProjectId, TaskId},
};
use firebee_protocol::text::{Arg, Chip, word};

/// Items of a plan that are issued and not begun.
pub struct IssuedLine {
    /// The plan.
    pub plan: PlanId,
    /// Its name.
    pub name: String,
    /// The project's name.
    pub project: String,
    /// How many items.
    pub items: String,
}

/// A task that is begun and not approved.
pub struct TaskLine {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// The project's name.
    pub project: String,
    /// Its state.
    pub state: Chip,
}

/// A dispatch that is not finished.
pub struct SentLine {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// What for, and of what.
    pub name: String,
    /// The project's name.
    pub project: String,
    /// Its state.
    pub state: Chip,
}

/// A project that the leaver leads.
pub struct LedLine {
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// How many tasks wait for the review.
    pub reviews: String,
}

/// Somebody who could go on.
pub struct NextLine {
    /// The account.
    pub account: AccountId,
    /// Name and role.
    pub word: String,
}

/// What waits.
pub struct LeavingView {
    /// Who leaves.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// What the leaver is.
    pub role: String,
    /// Whether the account is open.
    pub enabled: bool,
    /// What is issued and not begun.
    pub issued: Vec<IssuedLine>,
    /// What is begun and not approved.
    pub tasks: Vec<TaskLine>,
    /// What the leaver is sent for and has not finished.
    pub dispatches: Vec<SentLine>,
    /// Whether one of these is begun, and stays with the leaver as long as the account is open.
    pub begun: bool,
    /// Whether something can be handed over now.
    pub can_hand_over: bool,
    /// What the leaver leads.
    pub led: Vec<LedLine>,
    /// Who could go on.
    pub next: Vec<NextLine>,
    /// Who could lead instead.
    pub leads: Vec<NextLine>,
}

/// The view.
#[must_use]
pub fn view(reader: Reader<'_>, leaving: &Leaving, executors: &[Executor]) -> LeavingView {
    let stays = |row: &OpenDispatch| !row.state.takes_another_team_lead(!leaving.leaver.enabled);
    let count = |text, count: u64| reader.n(text, usize::try_from(count).unwrap_or(usize::MAX));
    LeavingView {
        account: leaving.leaver.account,
        name: leaving.leaver.name.clone(),
        role: word::role(reader.language, leaving.leaver.role),
        enabled: leaving.leaver.enabled,
        issued: leaving
            .issued
            .iter()
            .map(|row| IssuedLine {
                plan: row.plan,
                name: row.name.clone(),
                project: row.project.clone(),
                items: count(T::LeaveItems, row.items),
            })
            .collect(),
        tasks: leaving
            .tasks
            .iter()
            .map(|row| TaskLine {
                task: row.task,
                name: row.name.clone(),
                project: row.project.clone(),
                state: Chip::task(reader.language, row.state),
            })
            .collect(),
        dispatches: leaving.dispatches.iter().map(|row| sent(reader, row)).collect(),
        begun: leaving.dispatches.iter().any(stays),
        can_hand_over: !leaving.issued.is_empty() || leaving.dispatches.iter().any(|row| !stays(row)),
        led: leaving
            .led
            .iter()
            .map(|row| LedLine {
                project: row.project,
                name: row.name.clone(),
                reviews: count(T::LeaveReviews, row.reviews),
            })
            .collect(),
        next: executors.iter().map(|executor| next(reader, executor)).collect(),
        leads: executors
            .iter()
            .filter(|executor| executor.role == Role::ProjectLead)
            .map(|executor| next(reader, executor))
            .collect(),
    }
}

fn sent(reader: Reader<'_>, row: &OpenDispatch) -> SentLine {
    let kind = word::dispatch(reader.language, row.kind);
    SentLine {
        dispatch: row.dispatch,
        name: reader.say(T::DispatchHeading, &[("kind", Arg::from(kind)), ("item", Arg::from(&row.name))]),
        project: row.project.clone(),
        state: Chip::dispatch(reader.language, row.state),
    }
}

fn next(reader: Reader<'_>, executor: &Executor) -> NextLine {
    let word = format!("{} · {}", executor.name, word::role(reader.language, executor.role));
    NextLine { account: executor.account, word }
}
