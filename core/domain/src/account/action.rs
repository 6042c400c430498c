//! Everything that can be asked of [`may`](super::may).

use serde::{Deserialize, Serialize};

macro_rules! actions { ($($(#[$doc:meta])* $name:ident = $code:literal),* $(,)?) => {
    /// One thing an actor may or may not do to a subject.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Action {
        $($(#[$doc])* $name,)*
    }

    impl Action {
        /// Every action, in the order of the permission table.
        pub const ALL: &'static [Self] = &[$(Self::$name),*];

        /// Its stable word.
        pub const fn code(self) -> &'static str {
            match self { $(Self::$name => $code),* }
        }
    }
} }

actions! {
    /// Read what an organisation is and its settings.
    ReadOrganisation = "read_organisation",
    /// Read the personnel list: names and certificates, as choosing an executor needs.
    ReadPersonnel = "read_personnel",
    /// Read the accounts of an organisation.
    ReadAccounts = "read_accounts",
    /// Read an owner.
    ReadOwner = "read_owner",
    /// Read a contract.
    ReadContract = "read_contract",
    /// Read a project with its buildings, facilities, fence and design values.
    ReadProject = "read_project",
    /// Read a whole plan, everybody's items included.
    ReadPlan = "read_plan",
    /// Read what a plan issued to one executor.
    ReadAssignment = "read_assignment",
    /// Read a task: items, results, state, times.
    ReadTask = "read_task",
    /// Read a task that its executor discarded (protocol, "Tasks, rounds, faults").
    ReadDiscardedTask = "read_discarded_task",
    /// Read preview and thumbnail of an evidence photo of a task in any state.
    ReadPhoto = "read_photo",
    /// Read preview and thumbnail of an evidence photo of an approved task.
    ReadApprovedPhoto = "read_approved_photo",
    /// Read the original bytes of a photo (protocol, "Blobs").
    ReadOriginal = "read_original",
    /// Read a submitter's selfie.
    ReadSelfie = "read_selfie",
    /// Read a work track.
    ReadTrack = "read_track",
    /// Read a fault and its handling.
    ReadFault = "read_fault",
    /// Read the last results and open faults of a project's facilities.
    ReadHistory = "read_history",
    /// Read what waits for review.
    ReadReviewQueue = "read_review_queue",
    /// Read a fact that was received and not counted.
    ReadParked = "read_parked",
    /// Read which phones hold accounts and what they have not sent.
    ListDevices = "list_devices",
    /// Read the work log.
    ReadWorkLog = "read_work_log",

    /// Make an organisation.
    CreateOrganisation = "create_organisation",
    /// Change the personnel list; never the organisation itself.
    EditPersonnel = "edit_personnel",
    /// Make an account.
    CreateAccount = "create_account",
    /// Open or close an account.
    ToggleAccount = "toggle_account",
    /// Give an account a new one-time password.
    ResetPassword = "reset_password",
    /// Appoint the technical director.
    AppointDirector = "appoint_director",
    /// Free the account of a lost phone.
    ForceRelease = "force_release",
    /// Give up what a stolen phone has not sent.
    DropDeviceKey = "drop_device_key",
    /// Make an owner or an owner contact.
    CreateOwner = "create_owner",
    /// Make a contract.
    CreateContract = "create_contract",
    /// Make a project of a contract.
    CreateProject = "create_project",
    /// Change a project: buildings, facilities, location, lead, design values.
    EditProject = "edit_project",
    /// Terminate a project, for ever.
    TerminateProject = "terminate_project",
    /// Ask for a month's pause.
    RequestPause = "request_pause",
    /// Decide a pause request.
    DecidePause = "decide_pause",
    /// Make a plan.
    CreatePlan = "create_plan",
    /// Issue items of a plan, or take them back.
    IssuePlan = "issue_plan",
    /// Ignore an item of a plan, or restore it.
    IgnoreItem = "ignore_item",
    /// Delete a plan.
    DeletePlan = "delete_plan",
    /// Take a parked fact into account, or refuse it.
    AdoptParked = "adopt_parked",
    /// Declare a blob lost for good.
    DeclareBlobLost = "declare_blob_lost",
    /// Approve or reject a submitted task; the certificate is checked besides.
    ReviewTask = "review_task",
    /// Choose a way for a fault.
    HandleFault = "handle_fault",

    /// Start a task on items issued to oneself.
    StartTask = "start_task",
    /// Change the items of an own task.
    ChangeTaskItems = "change_task_items",
    /// Describe an own task: controller, helpers, instruments.
    DescribeTask = "describe_task",
    /// Record a result in an own task.
    RecordResult = "record_result",
    /// Take a photo for an own task.
    TakePhoto = "take_photo",
    /// Withdraw a photo of an own task.
    WithdrawPhoto = "withdraw_photo",
    /// Confirm that a system is back in automatic.
    ConfirmRestore = "confirm_restore",
    /// Record a track segment during an own task.
    RecordTrack = "record_track",
    /// Submit an own task.
    SubmitTask = "submit_task",
    /// Discard an own unsubmitted task.
    DiscardTask = "discard_task",
    /// Hand an unsubmitted task to another executor.
    HandOverTask = "hand_over_task",
    /// Note something about the own phone.
    NoteDevice = "note_device",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_an_action_is_its_serialised_word_and_unique() {
        let mut seen = std::collections::BTreeSet::new();
        for action in Action::ALL {
            assert_eq!(serde_json::to_string(action).unwrap(), format!("\"{}\"", action.code()));
            assert!(seen.insert(action.code()), "{action:?}");
        }
    }
}
