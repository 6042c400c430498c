//! What is done with a task: start, answer, describe, submit, discard.

use crate::{error::ClientError, noun::Noun};
use firebee_client::{
    screen::{FormView, Instance},
    work::{
        Tasks as CoreTasks,
        task::{
            ConfirmLine, ConfirmRestore, DiscardTask, Draft, HandOverTask, IsolateSystem, Measured, MoveResult,
            RecordEach, RestConform, SignWitness, StartMismatch, StartSupplementary, StartTask, SubmitTask,
        },
    },
};
use firebee_domain::{
    catalogue::FieldValue,
    id::{AccountId, FactId, PlanId, PlanItemId, ProjectId, RequestId, TaskId},
    restore::Isolable,
    result::{FaultText, Verdict},
    task::TaskState,
};

/// Where a task stands.
#[uniffi::remote(Enum)]
pub enum TaskState {
    /// Unsubmitted: the executor works on it.
    Executing,
    /// Submitted, waits for the lead.
    PendingReview,
    /// Approved: final.
    Approved,
    /// Rejected: the executor edits and submits the next round.
    Rejected,
    /// Discarded before its first submission: final, hidden, nothing of it is deleted.
    Discarded,
}

/// Which items of which plan.
#[uniffi::remote(Record)]
pub struct StartTask {
    /// The plan.
    pub plan: PlanId,
    /// The items, at least one, each once, all issued to this account.
    pub items: Vec<PlanItemId>,
    /// Whether the app has the location permission "always".
    pub location_allowed: bool,
}

/// Which items of the catalogue are tested in which project, on the owner's request.
#[uniffi::remote(Record)]
pub struct StartSupplementary {
    /// A project in which this account works.
    pub project: ProjectId,
    /// The items, at least one, by their ids in the catalogue.
    pub items: Vec<String>,
    /// Whether the app has the location permission "always".
    pub location_allowed: bool,
}

/// In which project a facility stands that the catalogue lacks.
#[uniffi::remote(Record)]
pub struct StartMismatch {
    /// A project in which this account works.
    pub project: ProjectId,
    /// Whether the app has the location permission "always".
    pub location_allowed: bool,
}

/// Which task, and why.
#[uniffi::remote(Record)]
pub struct DiscardTask {
    /// The task.
    pub task: TaskId,
    /// Why, in the executor's words; may be empty.
    #[uniffi(default)]
    pub reason: String,
}

/// Which system is isolated, and who was told.
#[uniffi::remote(Record)]
pub struct IsolateSystem {
    /// The task.
    pub task: TaskId,
    /// The system.
    pub system: Isolable,
    /// Who was told in the control room.
    pub told: String,
}

/// Which system is back in automatic, who set it back, and the photo of its panel.
#[uniffi::remote(Record)]
pub struct ConfirmRestore {
    /// The task.
    pub task: TaskId,
    /// The system.
    pub system: Isolable,
    /// Who set it back to automatic.
    pub by: String,
    /// The photo of the panel; its role is `restored`.
    pub photo: FactId,
}

/// Which task, to whom, and why.
#[uniffi::remote(Record)]
pub struct HandOverTask {
    /// The task.
    pub task: TaskId,
    /// Who goes on with it: one of the receivers of the task's screen.
    pub to: AccountId,
    /// Why, in words; may be empty.
    #[uniffi(default)]
    pub reason: String,
}

/// What a person has entered for one instance of an item.
#[uniffi::remote(Record)]
pub struct Draft {
    /// Where it is, in words.
    #[uniffi(default)]
    pub position: Option<String>,
    /// The variant, where the item asks for one.
    #[uniffi(default)]
    pub variant: Option<String>,
    /// The values of the form; blank ones may be left out.
    #[uniffi(default)]
    pub values: Vec<FieldValue>,
    /// The verdict chosen; without one, the proposed one counts.
    #[uniffi(default)]
    pub verdict: Option<Verdict>,
    /// Why it could not be tested, or why it is not what the values propose.
    #[uniffi(default)]
    pub reason: Option<String>,
    /// The code of the reason that was picked from the list, where it could not be tested.
    #[uniffi(default)]
    pub reason_code: Option<String>,
    /// What is wrong, when it does not conform.
    #[uniffi(default)]
    pub fault: Option<FaultText>,
    /// Photos of this task that show it, beside those taken for it.
    #[uniffi(default)]
    pub photos: Vec<FactId>,
    /// The number of the instrument that it was measured with: one of the task's.
    #[uniffi(default)]
    pub instrument: Option<String>,
}

/// One answer: a number as a decimal string, a choice as the option's value, yes or no as `true` or `false`, a text as
/// it is. An empty or blank value is no answer.
#[uniffi::remote(Record)]
pub struct FieldValue {
    /// The key of the question.
    pub key: String,
    /// The answer.
    pub value: String,
}

/// What was measured at one instance.
#[uniffi::remote(Record)]
pub struct Measured {
    /// The instance; an ordinal below 1 is the first.
    pub ordinal: i32,
    /// The values that were measured there.
    pub values: Vec<FieldValue>,
}

/// What is wrong: part and defect from lists, and a text.
#[uniffi::remote(Record)]
pub struct FaultText {
    /// The part, such as the oil tank.
    #[uniffi(default)]
    pub part: Option<String>,
    /// The defect, such as a damaged fitting.
    #[uniffi(default)]
    pub defect: Option<String>,
    /// In words.
    pub text: String,
}

/// What a person finds of an item.
#[uniffi::remote(Enum)]
pub enum Verdict {
    /// The criterion is met.
    Conform,
    /// The criterion is not met: needs a photo and a text and creates a fault.
    Nonconform,
    /// The item could not be tested: needs a reason and is no fault.
    Untestable,
}

/// What is done with a task. A call that records returns after it is on the disk. A cancel does not undo it: a host that
/// may cancel gives each such call a request of its own, and repeats the call with the same request. The repetition finds
/// what the first one recorded, and records nothing.
#[derive(uniffi::Object)]
pub struct Tasks(pub(crate) Noun<CoreTasks>);

#[uniffi::export(async_runtime = "tokio")]
impl Tasks {
    /// Starts a task of items issued to this account.
    #[uniffi::method(default(request = None))]
    pub async fn start(&self, input: StartTask, request: Option<RequestId>) -> Result<TaskId, ClientError> {
        self.0.once(request, move |tasks| tasks.start(&input)).await
    }

    /// Starts a supplementary test, outside the plan.
    #[uniffi::method(default(request = None))]
    pub async fn start_supplementary(
        &self,
        input: StartSupplementary,
        request: Option<RequestId>,
    ) -> Result<TaskId, ClientError> {
        self.0.once(request, move |tasks| tasks.start_supplementary(&input)).await
    }

    /// Starts a task for facilities that the catalogue lacks, outside the plan. Each facility is an instance of its
    /// one item.
    #[uniffi::method(default(request = None))]
    pub async fn start_mismatch(
        &self,
        input: StartMismatch,
        request: Option<RequestId>,
    ) -> Result<TaskId, ClientError> {
        self.0.once(request, move |tasks| tasks.start_mismatch(&input)).await
    }

    /// The form as a draft fills it: what it proposes, what is to be said of each value. Nothing is recorded.
    pub async fn answer(&self, task: TaskId, instance: Instance, draft: Draft) -> Result<FormView, ClientError> {
        self.0.off(move |tasks| tasks.answer(task, instance, draft)).await
    }

    /// Records a draft, in place of the answer that counted for this instance.
    #[uniffi::method(default(request = None))]
    pub async fn record(
        &self,
        task: TaskId,
        instance: Instance,
        draft: Draft,
        request: Option<RequestId>,
    ) -> Result<FactId, ClientError> {
        self.0.once(request, move |tasks| tasks.record(task, instance, &draft)).await
    }

    /// Records in one fact that every instance of an item without a result conforms, as the draft fills the form:
    /// those of the project's list or, without a list, those up to `through`. Gives how many that are.
    #[uniffi::method(default(request = None, through = None))]
    pub async fn rest_conform(
        &self,
        task: TaskId,
        item: PlanItemId,
        draft: Draft,
        through: Option<i32>,
        request: Option<RequestId>,
    ) -> Result<i32, ClientError> {
        let through = through.map(|through| u32::try_from(through).unwrap_or(0));
        let input = RestConform { task, item, through, draft };
        let recorded = self.0.once(request, move |tasks| tasks.rest_conform(&input)).await?;
        Ok(i32::try_from(recorded.count).unwrap_or(i32::MAX))
    }

    /// Moves the answer of one instance to another place that has none, with its photos: another instance or item, or another
    /// task of this account that is not handed in. The screen `moving` lists the places. Returns the answer there.
    #[uniffi::method(default(request = None))]
    pub async fn move_result(
        &self,
        task: TaskId,
        instance: Instance,
        to_task: TaskId,
        to: Instance,
        request: Option<RequestId>,
    ) -> Result<FactId, ClientError> {
        let ordinal = |instance: Instance| u32::try_from(instance.ordinal).unwrap_or(0);
        let input = MoveResult {
            task,
            item: instance.item,
            ordinal: ordinal(instance),
            to_task,
            to_item: to.item,
            to_ordinal: ordinal(to),
        };
        self.0.once(request, move |tasks| tasks.move_result(&input)).await
    }

    /// Records in one fact that each of these instances conforms, with what was measured there. Gives how many that
    /// are. Where a value does not conform, nothing is recorded, and the notes name its instance: it gets an answer of its
    /// own.
    #[uniffi::method(default(request = None))]
    pub async fn record_each(
        &self,
        task: TaskId,
        item: PlanItemId,
        draft: Draft,
        measured: Vec<Measured>,
        request: Option<RequestId>,
    ) -> Result<i32, ClientError> {
        let input = RecordEach { task, item, measured, draft };
        let recorded = self.0.once(request, move |tasks| tasks.record_each(&input)).await?;
        Ok(i32::try_from(recorded.count).unwrap_or(i32::MAX))
    }

    /// Chooses the controller; no brand says that there is no alarm system.
    #[uniffi::method(default(request = None))]
    pub async fn set_controller(
        &self,
        task: TaskId,
        brand: Option<String>,
        request: Option<RequestId>,
    ) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.set_controller(task, brand)).await
    }

    /// Before a test: the control room was told, and the system is isolated.
    #[uniffi::method(default(request = None))]
    pub async fn isolate(&self, input: IsolateSystem, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.isolate(&input)).await
    }

    /// After a test: the system is back in automatic.
    #[uniffi::method(default(request = None))]
    pub async fn restore(&self, input: ConfirmRestore, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.restore(&input)).await
    }

    /// A line of the firm's checklist is done.
    #[uniffi::method(default(request = None))]
    pub async fn confirm_line(
        &self,
        task: TaskId,
        line: String,
        request: Option<RequestId>,
    ) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.confirm_line(&ConfirmLine { task, line })).await
    }

    /// The owner's witness signs. The picture of the signature at `path` is only read.
    #[uniffi::method(default(request = None))]
    pub async fn witness(
        &self,
        task: TaskId,
        name: String,
        role: String,
        path: String,
        request: Option<RequestId>,
    ) -> Result<(), ClientError> {
        let input = SignWitness { task, name, role, signature: path.into() };
        self.0.once(request, move |tasks| tasks.witness(&input)).await
    }

    /// Somebody else goes on with the task; this phone records nothing more in it.
    #[uniffi::method(default(request = None))]
    pub async fn hand_over(&self, input: HandOverTask, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.hand_over(&input)).await
    }

    /// Chooses the helpers, by name; after the controller.
    #[uniffi::method(default(request = None))]
    pub async fn set_helpers(
        &self,
        task: TaskId,
        helpers: Vec<String>,
        request: Option<RequestId>,
    ) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.set_helpers(task, helpers)).await
    }

    /// Chooses the instruments, by their number on the firm's list; after the controller.
    #[uniffi::method(default(request = None))]
    pub async fn set_instruments(
        &self,
        task: TaskId,
        instruments: Vec<String>,
        request: Option<RequestId>,
    ) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.set_instruments(task, instruments)).await
    }

    /// Hands a round in; needs no network.
    #[uniffi::method(default(request = None))]
    pub async fn submit(&self, task: TaskId, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.submit(SubmitTask { task }).map(|_| ())).await
    }

    /// Gives an unsubmitted task up; its items are free again.
    #[uniffi::method(default(request = None))]
    pub async fn discard(&self, input: DiscardTask, request: Option<RequestId>) -> Result<(), ClientError> {
        self.0.once(request, move |tasks| tasks.discard(&input)).await
    }
}
