//! Why the state machine refuses a fact. A refused fact changes nothing.

use crate::{code::Code, id::FactId, result::ResultError, submission::Missing, text::TextError};

/// Why a fact or an act about a task is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    /// No such task is known here.
    #[error("the task is not known")]
    Unknown,
    /// Another `task.started` has this id.
    #[error("the task exists already")]
    Exists,
    /// The fact names another project than its task.
    #[error("the task belongs to another project")]
    OtherProject,
    /// The fact names another plan than its task's.
    #[error("the task belongs to another plan")]
    OtherPlan,
    /// Only the executor records into a task.
    #[error("only the executor records into a task")]
    NotTheExecutor,
    /// the author gave the task away before.
    #[error("the task was handed over before")]
    HandedOver,
    /// the task is given to whoever has it.
    #[error("the task is handed to whoever has it")]
    HandedToHolder,
    /// It is pending, approved or discarded.
    #[error("the task cannot be edited")]
    NotEditable,
    /// The project offers no task of this kind, or nobody does yet.
    #[error("this kind of task is not offered")]
    KindNotOffered,
    /// A task needs at least one item, each once.
    #[error("a task needs at least one item, each once")]
    ItemsInvalid,
    /// The item is not one of this task.
    #[error("the item is not in this task")]
    ItemNotInTask,
    /// The result answers another item of the catalogue than the task's.
    #[error("the result answers another item of the catalogue")]
    ItemDiffers,
    /// The result was answered by another catalogue pack than the plan's.
    #[error("the result was answered by another catalogue pack")]
    CatalogueDiffers,
    /// The ordinal of an instance starts at 1 and ends at [`ORDINAL_MAX`](crate::result::ORDINAL_MAX).
    #[error("an ordinal is 1 to 10,000")]
    OrdinalInvalid,
    /// The result to replace answers another item or instance.
    #[error("the result to replace answers another item")]
    ReplacesOtherKey,
    /// The brand of the controller is blank. A site without one is said to have none.
    #[error("the brand of the controller is blank")]
    ControllerRequired,
    /// the answer is none of this task, was replaced, is for many, or cannot stand in the place that is named.
    #[error("the result cannot be moved there")]
    MoveNotPossible,
    /// the firm's checklist for this task has no such line.
    #[error("the checklist of the task has no such line")]
    LineUnknown,
    /// the firm leaves the review of this task to others.
    #[error("the firm leaves this review to others")]
    ReviewNotYours,
    /// The photo is not one of this task.
    #[error("the photo is not in this task")]
    PhotoUnknown,
    /// The result itself is refused.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// A text is refused.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A submitted task is not discarded; only an unsubmitted one is.
    #[error("only an unsubmitted task can be discarded")]
    NotDiscardable,
    /// It was discarded, and a discarded task takes nothing more.
    #[error("the task was discarded")]
    Discarded,
    /// The number is not that of the next round, or the last round was not rejected.
    #[error("the next round is {expected}")]
    RoundWrong {
        /// The round that may be submitted next.
        expected: u32,
    },
    /// The text is not a manifest, or its hash differs.
    #[error("the manifest cannot be read or its hash differs")]
    ManifestInvalid,
    /// The manifest lists a fact that does not count, or omits one that counts.
    #[error("the manifest differs from what counts; facts that differ: {}", ids.len())]
    ManifestMismatch {
        /// The facts listed wrongly or omitted.
        ids: Vec<FactId>,
    },
    /// Something required is missing.
    #[error("points missing: {}", missing.len())]
    Incomplete {
        /// Every missing point, in the order of the items.
        missing: Vec<Missing>,
    },
    /// The task does not wait for a review: somebody decided first, or the task was never submitted.
    #[error("the task does not wait for a review")]
    NotPending,
    /// The decision or the handling names a round or manifest that is not the one under review.
    #[error("this is about another round")]
    OtherRound,
    /// A rejection needs an opinion that tells what to mend.
    #[error("a rejection needs an opinion")]
    OpinionRequired,
    /// Approval while faults wait to be handled.
    #[error("faults not handled: {count}")]
    FaultsNotHandled {
        /// How many.
        count: u32,
    },
    /// Approval while evidence is still on its way.
    #[error("blobs not arrived: {missing}")]
    EvidenceIncomplete {
        /// How many blobs of the manifest are not verified.
        missing: u32,
    },
    /// No such fault in this task.
    #[error("the fault is not in this task")]
    FaultUnknown,
    /// It is resolved, withdrawn or out of the contract's scope.
    #[error("the fault is closed")]
    FaultClosed,
    /// The owner has refused the repair: the only way on is that the owner agrees.
    #[error("only the owner's agreement follows a refusal")]
    OnlyRepairFollows,
    /// Negotiating is a way of the review only.
    #[error("this way is open at the review only")]
    OnlyAtReview,
    /// A way that sends somebody names the team lead.
    #[error("this way needs a team lead")]
    TeamLeadRequired,
    /// A repair needs a plan.
    #[error("a repair needs a plan")]
    RepairPlanRequired,
    /// This account cannot be sent: closed, or neither an operator nor a lead.
    #[error("this account cannot be sent")]
    TeamLeadUnfit,
    /// This team lead is named already.
    #[error("this team lead is named already")]
    TeamLeadSame,
    /// Somebody is under way for this fault.
    #[error("a dispatch of this fault is open")]
    DispatchOpen,
    /// No such dispatch is known here.
    #[error("the dispatch is not known")]
    DispatchUnknown,
    /// Only the named team lead receives and executes.
    #[error("only the team lead receives and executes")]
    NotTheTeamLead,
    /// The order of the steps holds.
    #[error("the dispatch is not in the state that this step needs")]
    DispatchStateWrong,
    /// What the work came to needs details.
    #[error("a completion needs details")]
    DetailsRequired,
    /// A refusing owner and a fault out of scope need an explanation.
    #[error("this way needs an explanation")]
    ExplanationRequired,
    /// The record of a fault is completed with at least one point.
    #[error("nothing is said for the record")]
    RecordEmpty,
    /// Too many files belong to the act, or one of them stands twice.
    #[error("too many attachments, or one twice")]
    TooManyAttachments,
}

impl TaskError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Unknown => Code::TaskUnknown,
            Self::Exists => Code::IdConflict,
            Self::OtherProject => Code::TaskOfOtherProject,
            Self::OtherPlan => Code::SubjectMissing,
            Self::NotTheExecutor => Code::NotPermitted,
            Self::HandedOver => Code::TaskHandedOver,
            Self::HandedToHolder => Code::ReceiverNotAllowed,
            Self::NotEditable => Code::TaskNotEditable,
            Self::Discarded => Code::TaskDiscarded,
            Self::KindNotOffered => Code::TaskKindNotOffered,
            Self::ItemsInvalid => Code::TaskItemsInvalid,
            Self::ItemNotInTask => Code::ItemNotInTask,
            Self::ItemDiffers => Code::ItemDiffers,
            Self::CatalogueDiffers => Code::CatalogueDiffers,
            Self::OrdinalInvalid => Code::OrdinalInvalid,
            Self::ReplacesOtherKey => Code::ReplacesOtherKey,
            Self::ControllerRequired => Code::ControllerRequired,
            Self::MoveNotPossible => Code::MoveNotPossible,
            Self::LineUnknown => Code::ChecklistLineUnknown,
            Self::ReviewNotYours => Code::ReviewNotYours,
            Self::PhotoUnknown => Code::PhotoUnknown,
            Self::Result(error) => error.code(),
            Self::Text(error) => error.code(),
            Self::NotDiscardable => Code::TaskNotDiscardable,
            Self::RoundWrong { .. } => Code::RoundWrong,
            Self::ManifestInvalid => Code::ManifestInvalid,
            Self::ManifestMismatch { .. } => Code::ManifestMismatch,
            Self::Incomplete { missing } => Missing::code(missing),
            Self::NotPending => Code::TaskNotPending,
            Self::OtherRound => Code::OtherRound,
            Self::OpinionRequired => Code::OpinionRequired,
            Self::FaultsNotHandled { .. } => Code::FaultsNotHandled,
            Self::EvidenceIncomplete { .. } => Code::EvidenceIncomplete,
            Self::FaultUnknown => Code::FaultUnknown,
            Self::FaultClosed => Code::FaultClosed,
            Self::OnlyRepairFollows => Code::OnlyRepairFollows,
            Self::OnlyAtReview => Code::OnlyAtReview,
            Self::TeamLeadRequired => Code::TeamLeadRequired,
            Self::RepairPlanRequired => Code::RepairPlanRequired,
            Self::TeamLeadUnfit => Code::TeamLeadUnfit,
            Self::TeamLeadSame => Code::TeamLeadSame,
            Self::DispatchOpen => Code::DispatchOpen,
            Self::DispatchUnknown => Code::DispatchUnknown,
            Self::NotTheTeamLead => Code::NotTheTeamLead,
            Self::DispatchStateWrong => Code::InvalidTaskState,
            Self::DetailsRequired => Code::DetailsRequired,
            Self::ExplanationRequired => Code::ExplanationRequired,
            Self::RecordEmpty => Code::RecordEmpty,
            Self::TooManyAttachments => Code::TooManyAttachments,
        }
    }
}
