//! Everything that can be asked of [`may`](super::may).

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// One thing an actor may or may not do to a subject. In the order of the permission table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Action {
    /// Read what an organisation is and its settings.
    ReadOrganisation,
    /// Read the personnel list: names and certificates, as choosing an executor needs.
    ReadPersonnel,
    /// Read what a task may name: the colleagues with the last days of their certificates, and the firm's instruments
    ///
    ReadCrew,
    /// Read the whole record of people on the personnel list, with ID numbers and phones, and the applications to change
    /// it.
    ReadPersonnelFile,
    /// Read the accounts of an organisation.
    ReadAccounts,
    /// Read an owner.
    ReadOwner,
    /// Read a contract.
    ReadContract,
    /// Read a project with its buildings, facilities, fence and design values.
    ReadProject,
    /// Read a whole plan, everybody's items included.
    ReadPlan,
    /// Read what a plan issued to one executor.
    ReadAssignment,
    /// Read a task: items, results, state, times.
    ReadTask,
    /// Read a task that its executor discarded (protocol, "Tasks, rounds, faults").
    ReadDiscardedTask,
    /// Read preview and thumbnail of an evidence photo of a task in any state.
    ReadPhoto,
    /// Read preview and thumbnail of an evidence photo of an approved task.
    ReadApprovedPhoto,
    /// Read the original bytes of a photo.
    ReadOriginal,
    /// Take all evidence of a task or of a report along as one archive.
    TakeEvidence,
    /// Read a submitter's selfie.
    ReadSelfie,
    /// Read a work track.
    ReadTrack,
    /// Read a fault and its handling.
    ReadFault,
    /// Read a dispatch and its log.
    ReadDispatch,
    /// Read a dispatch of which its team lead has not been told.
    ReadUntoldDispatch,
    /// Read a report.
    ReadReport,
    /// Read which contacts of owners have looked at a report or a fault, and when.
    ReadLooks,
    /// Read a repair request.
    ReadRepair,
    /// Read the phone number of whoever called for a repair.
    ReadCaller,
    /// Read what connected fire systems of a project told.
    ReadMonitoring,
    /// Deliver what connected fire systems of a project tell.
    DeliverMonitoring,
    /// Read the last results and open faults of a project's facilities.
    ReadHistory,
    /// Read what waits for review.
    ReadReviewQueue,
    /// Read a fact that was received and not counted.
    ReadParked,
    /// Read which phones hold accounts and what they have not sent.
    ListDevices,
    /// Read a phone: when it was heard, what it has not sent, what it noted about itself.
    ReadDevice,
    /// Read the work log.
    ReadWorkLog,
    /// Read who of the fire service has read what.
    ReadReadings,

    /// Make an organisation.
    CreateOrganisation,
    /// Open an application of a firm, accept or return it, and hand out the firm's first office account.
    DecideApplication,
    /// Change the personnel list; never the organisation itself.
    EditPersonnel,
    /// Apply for a change of the personnel list.
    RequestPersonnelChange,
    /// Approve or reject such an application.
    DecidePersonnelChange,
    /// Change the firm's list of instruments.
    EditInstruments,
    /// Have the files of evidence deleted whose time is over.
    DeletePastFiles,
    /// Change how the firm works.
    ChangeWays,
    /// Keep the tokens and the webhooks of the firm.
    ManagePrograms,
    /// Make an account.
    CreateAccount,
    /// Open or close an account.
    ToggleAccount,
    /// Give an account a new one-time password.
    ResetPassword,
    /// Appoint the technical director.
    AppointDirector,
    /// Free the account of a lost phone.
    ForceRelease,
    /// Give up what a stolen phone has not sent.
    DropDeviceKey,
    /// Take in what a phone that cannot reach the server has exported.
    ImportExport,
    /// Make an owner or an owner contact.
    CreateOwner,
    /// Make a contract.
    CreateContract,
    /// Make a project of a contract.
    CreateProject,
    /// Change a project: buildings, facilities, location, lead, design values.
    EditProject,
    /// Terminate a project, for ever.
    TerminateProject,
    /// Ask for a month's pause.
    RequestPause,
    /// Ask that reports of a site may be uploaded.
    RequestSpecialSite,
    /// Ask that an approval or a filing is taken back.
    RequestOperationChange,
    /// Decide a pause request.
    DecidePause,
    /// Decide whether a site is special; the level of the unit is checked besides.
    DecideSpecialSite,
    /// Decide an operation change, which carries it out.
    DecideOperationChange,
    /// Record what was found on site.
    RecordCheck,
    /// Draw the sample of a week.
    DrawSample,
    /// Make a plan.
    CreatePlan,
    /// Issue items of a plan, or take them back.
    IssuePlan,
    /// Ignore an item of a plan, or restore it.
    IgnoreItem,
    /// Delete a plan.
    DeletePlan,
    /// Take a parked fact into account, or refuse it.
    AdoptParked,
    /// Declare a blob lost for good.
    DeclareBlobLost,
    /// Approve or reject a submitted task; the certificate is checked besides.
    ReviewTask,
    /// Choose a way for a fault.
    HandleFault,
    /// Issue a dispatch, or name another team lead.
    IssueDispatch,
    /// Delete somebody's unsubmitted task (R-117a, R-132).
    DeleteTask,
    /// Generate a report, or delete one that is not filed.
    GenerateReport,
    /// File a report.
    FileReport,
    /// Ask for a repair; close a request or pass it on.
    AskRepair,
    /// Print the notice of a building, and open, renew or close the address by which anybody calls for a repair of it
    ///
    KeepNotice,
    /// Make a repair request of what a connected fire system told.
    TurnEvent,

    /// Start a task on items issued to oneself, or outside the plan where one works.
    StartTask,
    /// Change the items of an own task.
    ChangeTaskItems,
    /// Describe an own task: controller, helpers, instruments.
    DescribeTask,
    /// Record a result in an own task.
    RecordResult,
    /// Take a photo for an own task.
    TakePhoto,
    /// Withdraw a photo of an own task.
    WithdrawPhoto,
    /// Say that a system is isolated, and confirm that it is back in automatic.
    ConfirmRestore,
    /// Take the signature of the owner's witness for an own task.
    TakeWitness,
    /// Record a track segment during an own task.
    RecordTrack,
    /// Submit an own task.
    SubmitTask,
    /// Discard an own unsubmitted task.
    DiscardTask,
    /// Hand an unsubmitted task to another executor.
    HandOverTask,
    /// Receive, start and finish a dispatch to oneself.
    ExecuteDispatch,
    /// Note something about the own phone.
    NoteDevice,
}
