//! What stands on the buttons, fields and sections of the apps, in one language. A shell writes no word of its own.

use firebee_protocol::text::{Language, Text, say};

/// The list, once: the field, its text, what it is for.
macro_rules! words { ($($(#[$doc:meta])* $field:ident = $text:ident,)*) => {
    /// The words of the apps.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Words {
        $($(#[$doc])* pub $field: String,)*
    }

    impl Words {
        /// All of them in a language.
        #[must_use]
        pub fn of(language: Language) -> Self {
            Self { $($field: say(language, Text::$text),)* }
        }
    }
}; }

words! {
    /// Leaves the screen.
    back = AppBack,
    /// Leaves things as they are.
    cancel = AppCancel,
    /// To the next step.
    go_on = AppGoOn,
    /// After a failure.
    again = AppAgain,
    /// Adds what was typed.
    add = AppAdd,
    /// Opens a list.
    choose = AppChoose,
    /// The next page of a list.
    more = AppMore,
    /// An empty list.
    nothing = AppNothing,
    /// The first screen and its button.
    sign_in = AppSignIn,
    /// Below the title of the first screen.
    sign_in_note = AppSignInNote,
    /// The field of the login.
    login = AppLogin,
    /// The field of the password.
    password = AppPassword,
    /// The field of a new password.
    new_password = AppNewPassword,
    /// Above the field of a new password.
    new_password_note = AppNewPasswordNote,
    /// The button below a new password.
    change_password = AppChangePassword,
    /// The field of the server's address.
    server = AppServer,
    /// Below the field of the server's address.
    server_note = AppServerNote,
    /// The screen of permissions.
    permissions = AppPermissions,
    /// Asks the phone for a permission.
    allow = AppAllow,
    /// Goes on without a permission.
    not_now = AppNotNow,
    /// The screen of the first pull.
    pull = AppPull,
    /// Below the title of the first pull.
    pull_note = AppPullNote,
    /// The screen of a day.
    today = AppToday,
    /// The list of projects.
    projects = AppProjects,
    /// The list of tasks.
    search = AppSearch,
    /// The field of a search for tasks.
    search_words = AppSearchWords,
    /// Tasks of this account.
    search_mine = AppSearchMine,
    /// Tasks that this phone knows.
    search_all = AppSearchAll,
    /// Tasks that wait for this account's review.
    search_review = AppSearchReview,
    /// The sync centre.
    sync = AppSync,
    /// The settings.
    settings = AppSettings,
    /// The screen of the track.
    track = AppTrack,
    /// The list of dispatches.
    dispatches = AppDispatches,
    /// A lead's look at a task.
    review = AppReview,
    /// Tasks of this account on the screen of a day.
    mine = AppMine,
    /// What waits for a lead on the screen of a day.
    waiting = AppWaiting,
    /// Tasks that went to somebody else.
    handed = AppHanded,
    /// A day without work.
    nothing_today = AppNothingToday,
    /// Starts a task of the chosen items.
    start = AppStart,
    /// The button while no item is chosen.
    pick_items = AppPickItems,
    /// Chooses every free item of a plan.
    all_items = AppAllItems,
    /// Starts a task outside the plan.
    supplementary = AppSupplementary,
    /// Starts a task for a facility that the catalogue lacks.
    mismatch = AppMismatch,
    /// The systems of a project.
    systems = AppSystems,
    /// The owner of a project.
    owner = AppOwner,
    /// The lead of a project.
    lead = AppLead,
    /// The period of a project.
    period = AppPeriod,
    /// The map of a project.
    map = AppMap,
    /// The items of a task.
    items = AppItems,
    /// What is missing before a submission.
    steps = AppSteps,
    /// Hands a round in.
    submit = AppSubmit,
    /// The section of who and what was there.
    people = AppPeople,
    /// The section of the controller.
    controller = AppController,
    /// The field of the controller's brand.
    controller_brand = AppControllerBrand,
    /// Says that there is no alarm system.
    controller_none = AppControllerNone,
    /// The section of helpers.
    helpers = AppHelpers,
    /// The field of a name that is on no list.
    another_name = AppAnotherName,
    /// The section of instruments.
    instruments = AppInstruments,
    /// The section of the witness.
    witness = AppWitness,
    /// The field of the witness's name.
    witness_name = AppWitnessName,
    /// The field of the witness's position.
    witness_role = AppWitnessRole,
    /// In the box of the signature.
    witness_sign = AppWitnessSign,
    /// Keeps the signature.
    witness_keep = AppWitnessKeep,
    /// Wipes the box of the signature.
    clear = AppClear,
    /// The section of isolated systems.
    restore = AppRestore,
    /// The field before a system is isolated.
    told = AppTold,
    /// Records that a system is isolated.
    isolate = AppIsolate,
    /// The field after a test.
    restored_by = AppRestoredBy,
    /// Takes the photo and records that a system is back.
    put_back = AppPutBack,
    /// Gives the task to somebody else.
    hand_over = AppHandOver,
    /// The list of receivers.
    hand_over_to = AppHandOverTo,
    /// Gives the task up.
    discard = AppDiscard,
    /// The field of a reason.
    reason = AppReason,
    /// Takes the submitter's selfie.
    selfie = AppSelfie,
    /// There is a selfie.
    selfie_done = AppSelfieDone,
    /// The section of photos.
    photos = AppPhotos,
    /// Opens the camera.
    take_photo = AppTakePhoto,
    /// The shutter.
    shoot = AppShoot,
    /// Throws the shot away.
    retake = AppRetake,
    /// Keeps the shot.
    use_photo = AppUsePhoto,
    /// Goes to the next photo that is missing.
    next_photo = AppNextPhoto,
    /// The camera cannot be opened.
    camera_busy = AppCameraBusy,
    /// Withdraws a photo.
    withdraw = AppWithdraw,
    /// Above the criterion of an item.
    criterion = AppCriterion,
    /// The clause of a criterion.
    basis = AppBasis,
    /// What an earlier task found.
    previous = AppPrevious,
    /// Faults of an earlier task.
    open_faults = AppOpenFaults,
    /// The instances of an item.
    instances = AppInstances,
    /// The field of a position.
    position = AppPosition,
    /// The choice of a variant.
    variant = AppVariant,
    /// The choice of a verdict.
    verdict = AppVerdict,
    /// The sentence that is recorded.
    record = AppRecord,
    /// Records an answer.
    save = AppSave,
    /// Before the limit of a question.
    limit = AppLimit,
    /// Before the value of the design.
    from_design = AppFromDesign,
    /// Before the value that was entered last.
    last_used = AppLastUsed,
    /// Beside a question that must be answered.
    required = AppRequired,
    /// The list of parts.
    part = AppPart,
    /// The list of defects.
    defect = AppDefect,
    /// The choice of an instrument.
    measured_with = AppMeasuredWith,
    /// To the next instance without a result.
    next_instance = AppNextInstance,
    /// Moves an answer.
    wrong_place = AppWrongPlace,
    /// Reads the code on the wall by the camera.
    scan = AppScan,
    /// Reads the tag on the wall by holding the phone to it.
    tag = AppTag,
    /// While the phone waits for a tag.
    tag_hold = AppTagHold,
    /// What was read names nothing here.
    tag_unknown = AppTagUnknown,
    /// The screen where something is measured at each of many instances.
    each = AppEach,
    /// Moves an answer to this place.
    move_here = AppMoveHere,
    /// Starts the track.
    track_start = AppTrackStart,
    /// Stops the track.
    track_stop = AppTrackStop,
    /// The screen of the track without one.
    track_none = AppTrackNone,
    /// The notification of the service.
    track_notification = AppTrackNotification,
    /// When the track began.
    track_since = AppTrackSince,
    /// The last fix.
    track_last = AppTrackLast,
    /// The time inside the fence.
    inside = AppInside,
    /// The time outside the fence.
    outside = AppOutside,
    /// The time of which nothing counts.
    not_recorded = AppNotRecorded,
    /// Stretches without fixes.
    holes = AppHoles,
    /// Takes a dispatch on.
    receive = AppReceive,
    /// Begins the work of a dispatch.
    begin = AppBegin,
    /// Finishes a dispatch.
    finish = AppFinish,
    /// The work was successful.
    resolved = AppResolved,
    /// The work was not successful.
    unresolved = AppUnresolved,
    /// The field of a finished dispatch.
    found_and_done = AppFoundAndDone,
    /// The plan of a repair.
    repair_plan = AppRepairPlan,
    /// What is wrong.
    fault = AppFault,
    /// The steps so far.
    history = AppHistory,
    /// Sends and receives now.
    send_now = AppSendNow,
    /// Writes an export file.
    export = AppExport,
    /// After an export.
    exported = AppExported,
    /// When the phone tries again.
    next_try = AppNextTry,
    /// The last failure.
    last_error = AppLastError,
    /// Records that do not count.
    not_counted = AppNotCounted,
    /// The sum of all records.
    all_records = AppAllRecords,
    /// How many records there are.
    recorded = AppRecorded,
    /// Records that were not sent.
    to_send = AppToSend,
    /// Records that were sent.
    sent = AppSent,
    /// Records that the server signed for.
    stored = AppStored,
    /// Records that are safe.
    safe = AppSafe,
    /// What takes room.
    storage = AppStorage,
    /// Over which networks photos travel.
    pictures = AppPictures,
    /// Lets a new store take over.
    renew = AppRenew,
    /// The account in the settings.
    account = AppAccount,
    /// The organisation in the settings.
    organisation = AppOrganisation,
    /// The choice of a language.
    language = AppLanguage,
    /// The choice of a theme.
    theme = AppTheme,
    /// The phone's theme.
    theme_system = AppThemeSystem,
    /// The light theme.
    theme_light = AppThemeLight,
    /// The dark theme.
    theme_dark = AppThemeDark,
    /// The guide to the phone's battery settings.
    battery = AppBattery,
    /// What the phone tells while the app is not seen.
    reminders = AppReminders,
    /// Whether screens that show evidence can be copied.
    screenshots = AppScreenshots,
    /// Allows it.
    screenshots_allow = AppScreenshotsAllow,
    /// In place of evidence that could be copied now.
    screenshots_covered = AppScreenshotsCovered,
    /// To the phone's settings.
    battery_open = AppBatteryOpen,
    /// Frees the account.
    sign_out = AppSignOut,
    /// Erases what the phone keeps.
    wipe = AppWipe,
    /// What app this is.
    about = AppAbout,
    /// The app's version.
    version = AppVersion,
    /// The answers of a task.
    answers = AppAnswers,
    /// The faults of a task.
    faults = AppFaults,
    /// When everything happened.
    times = AppTimes,
    /// What a lead should know.
    flags = AppFlags,
    /// The files of a task.
    evidence = AppEvidence,
    /// The field of a lead's opinion.
    opinion = AppOpinion,
    /// Accepts a round.
    approve = AppApprove,
    /// Sends a round back.
    reject = AppReject,
    /// Chooses a way for a fault.
    handle = AppHandle,
    /// The field of an explanation.
    explanation = AppExplanation,
    /// Adds a picture or a PDF to what is said.
    attach = AppAttach,
    /// Takes an attached file away again.
    detach = AppDetach,
    /// The choice of a team lead.
    team_lead = AppTeamLead,
    /// The verdict of the values.
    proposed = AppProposed,
    /// The decisions so far.
    log = AppLog,
    /// What the server does not count.
    undecided = AppUndecided,
    /// The records count.
    adopt = AppAdopt,
    /// The records never count.
    refuse = AppRefuse,
    /// Says that something is so.
    yes = AppYes,
    /// Says that something is not so.
    no = AppNo,
    /// A point that nobody has said anything of.
    not_said = AppNotSaid,
    /// The screen of the record of a fault.
    record_fault = AppRecordFault,
    /// Above the record of a fault.
    record_note = AppRecordNote,
    /// Who said what of a fault.
    record_history = AppRecordHistory,
    /// Whether the system was stopped.
    system_stopped = AppSystemStopped,
    /// Whether the fire brigade was told.
    brigade_told = AppBrigadeTold,
    /// The field of what protects the place meanwhile.
    measures = AppMeasures,
    /// The field of the opinion of the owner's manager.
    owner_opinion = AppOwnerOpinion,
    /// That a fault is removed.
    removal = AppRemoval,
    /// The field of who confirms the removal.
    confirmed_by = AppConfirmedBy,
    /// Below the field of who confirms the removal.
    confirmed_now = AppConfirmedNow,
}
