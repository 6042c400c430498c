//! What stands on the buttons, fields and sections of an app.

use firebee_client::screen::Words;
use firebee_protocol::text::Language;

/// The words of the apps.
#[uniffi::remote(Record)]
pub struct Words {
    /// Leaves the screen.
    pub back: String,
    /// Leaves things as they are.
    pub cancel: String,
    /// To the next step.
    pub go_on: String,
    /// After a failure.
    pub again: String,
    /// Adds what was typed.
    pub add: String,
    /// Opens a list.
    pub choose: String,
    /// The next page of a list.
    pub more: String,
    /// An empty list.
    pub nothing: String,
    /// The first screen and its button.
    pub sign_in: String,
    /// Below the title of the first screen.
    pub sign_in_note: String,
    /// The field of the login.
    pub login: String,
    /// The field of the password.
    pub password: String,
    /// The field of a new password.
    pub new_password: String,
    /// Above the field of a new password.
    pub new_password_note: String,
    /// The button below a new password.
    pub change_password: String,
    /// The field of the server's address.
    pub server: String,
    /// Below the field of the server's address.
    pub server_note: String,
    /// The screen of permissions.
    pub permissions: String,
    /// Asks the phone for a permission.
    pub allow: String,
    /// Goes on without a permission.
    pub not_now: String,
    /// The screen of the first pull.
    pub pull: String,
    /// Below the title of the first pull.
    pub pull_note: String,
    /// The screen of a day.
    pub today: String,
    /// The list of projects.
    pub projects: String,
    /// The list of tasks.
    pub search: String,
    /// The field of a search for tasks.
    pub search_words: String,
    /// Tasks of this account.
    pub search_mine: String,
    /// Tasks that this phone knows.
    pub search_all: String,
    /// Tasks that wait for this account's review.
    pub search_review: String,
    /// The sync centre.
    pub sync: String,
    /// The settings.
    pub settings: String,
    /// The screen of the track.
    pub track: String,
    /// The list of dispatches.
    pub dispatches: String,
    /// A lead's look at a task.
    pub review: String,
    /// Tasks of this account on the screen of a day.
    pub mine: String,
    /// What waits for a lead on the screen of a day.
    pub waiting: String,
    /// Tasks that went to somebody else.
    pub handed: String,
    /// A day without work.
    pub nothing_today: String,
    /// Starts a task of the chosen items.
    pub start: String,
    /// The button while no item is chosen.
    pub pick_items: String,
    /// Chooses every free item of a plan.
    pub all_items: String,
    /// Starts a task outside the plan.
    pub supplementary: String,
    /// Starts a task for a facility that the catalogue lacks.
    pub mismatch: String,
    /// The systems of a project.
    pub systems: String,
    /// The owner of a project.
    pub owner: String,
    /// The lead of a project.
    pub lead: String,
    /// The period of a project.
    pub period: String,
    /// The map of a project.
    pub map: String,
    /// The items of a task.
    pub items: String,
    /// What is missing before a submission.
    pub steps: String,
    /// Hands a round in.
    pub submit: String,
    /// The section of who and what was there.
    pub people: String,
    /// The section of the controller.
    pub controller: String,
    /// The field of the controller's brand.
    pub controller_brand: String,
    /// Says that there is no alarm system.
    pub controller_none: String,
    /// The section of helpers.
    pub helpers: String,
    /// The field of a name that is on no list.
    pub another_name: String,
    /// The section of instruments.
    pub instruments: String,
    /// The section of the witness.
    pub witness: String,
    /// The field of the witness's name.
    pub witness_name: String,
    /// The field of the witness's position.
    pub witness_role: String,
    /// In the box of the signature.
    pub witness_sign: String,
    /// Keeps the signature.
    pub witness_keep: String,
    /// Wipes the box of the signature.
    pub clear: String,
    /// The section of isolated systems.
    pub restore: String,
    /// The field before a system is isolated.
    pub told: String,
    /// Records that a system is isolated.
    pub isolate: String,
    /// The field after a test.
    pub restored_by: String,
    /// Takes the photo and records that a system is back.
    pub put_back: String,
    /// Gives the task to somebody else.
    pub hand_over: String,
    /// The list of receivers.
    pub hand_over_to: String,
    /// Gives the task up.
    pub discard: String,
    /// The field of a reason.
    pub reason: String,
    /// Takes the submitter's selfie.
    pub selfie: String,
    /// There is a selfie.
    pub selfie_done: String,
    /// The section of photos.
    pub photos: String,
    /// Opens the camera.
    pub take_photo: String,
    /// The shutter.
    pub shoot: String,
    /// Throws the shot away.
    pub retake: String,
    /// Keeps the shot.
    pub use_photo: String,
    /// Goes to the next photo that is missing.
    pub next_photo: String,
    /// The camera cannot be opened.
    pub camera_busy: String,
    /// Withdraws a photo.
    pub withdraw: String,
    /// Above the criterion of an item.
    pub criterion: String,
    /// The clause of a criterion.
    pub basis: String,
    /// What an earlier task found.
    pub previous: String,
    /// Faults of an earlier task.
    pub open_faults: String,
    /// The instances of an item.
    pub instances: String,
    /// The field of a position.
    pub position: String,
    /// The choice of a variant.
    pub variant: String,
    /// The choice of a verdict.
    pub verdict: String,
    /// The sentence that is recorded.
    pub record: String,
    /// Records an answer.
    pub save: String,
    /// Before the limit of a question.
    pub limit: String,
    /// Before the value of the design.
    pub from_design: String,
    /// Before the value that was entered last.
    pub last_used: String,
    /// Beside a question that must be answered.
    pub required: String,
    /// The list of parts.
    pub part: String,
    /// The list of defects.
    pub defect: String,
    /// The choice of an instrument.
    pub measured_with: String,
    /// To the next instance without a result.
    pub next_instance: String,
    /// Moves an answer.
    pub wrong_place: String,
    /// Reads the code on the wall by the camera.
    pub scan: String,
    /// Reads the tag on the wall by holding the phone to it.
    pub tag: String,
    /// While the phone waits for a tag.
    pub tag_hold: String,
    /// What was read names nothing here.
    pub tag_unknown: String,
    /// The screen where something is measured at each of many instances.
    pub each: String,
    /// Moves an answer to this place.
    pub move_here: String,
    /// Starts the track.
    pub track_start: String,
    /// Stops the track.
    pub track_stop: String,
    /// The screen of the track without one.
    pub track_none: String,
    /// The notification of the service.
    pub track_notification: String,
    /// When the track began.
    pub track_since: String,
    /// The last fix.
    pub track_last: String,
    /// The time inside the fence.
    pub inside: String,
    /// The time outside the fence.
    pub outside: String,
    /// The time of which nothing counts.
    pub not_recorded: String,
    /// Stretches without fixes.
    pub holes: String,
    /// Takes a dispatch on.
    pub receive: String,
    /// Begins the work of a dispatch.
    pub begin: String,
    /// Finishes a dispatch.
    pub finish: String,
    /// The work was successful.
    pub resolved: String,
    /// The work was not successful.
    pub unresolved: String,
    /// The field of a finished dispatch.
    pub found_and_done: String,
    /// The plan of a repair.
    pub repair_plan: String,
    /// What is wrong.
    pub fault: String,
    /// The steps so far.
    pub history: String,
    /// Sends and receives now.
    pub send_now: String,
    /// Writes an export file.
    pub export: String,
    /// After an export.
    pub exported: String,
    /// When the phone tries again.
    pub next_try: String,
    /// The last failure.
    pub last_error: String,
    /// Records that do not count.
    pub not_counted: String,
    /// The sum of all records.
    pub all_records: String,
    /// How many records there are.
    pub recorded: String,
    /// Records that were not sent.
    pub to_send: String,
    /// Records that were sent.
    pub sent: String,
    /// Records that the server signed for.
    pub stored: String,
    /// Records that are safe.
    pub safe: String,
    /// What takes room.
    pub storage: String,
    /// Over which networks photos travel.
    pub pictures: String,
    /// Lets a new store take over.
    pub renew: String,
    /// The account in the settings.
    pub account: String,
    /// The organisation in the settings.
    pub organisation: String,
    /// The choice of a language.
    pub language: String,
    /// The choice of a theme.
    pub theme: String,
    /// The phone's theme.
    pub theme_system: String,
    /// The light theme.
    pub theme_light: String,
    /// The dark theme.
    pub theme_dark: String,
    /// The guide to the phone's battery settings.
    pub battery: String,
    /// What the phone tells while the app is not seen.
    pub reminders: String,
    /// Whether screens that show evidence can be copied.
    pub screenshots: String,
    /// Allows it.
    pub screenshots_allow: String,
    /// In place of evidence that could be copied now.
    pub screenshots_covered: String,
    /// To the phone's settings.
    pub battery_open: String,
    /// Frees the account.
    pub sign_out: String,
    /// Erases what the phone keeps.
    pub wipe: String,
    /// What app this is.
    pub about: String,
    /// The app's version.
    pub version: String,
    /// The answers of a task.
    pub answers: String,
    /// The faults of a task.
    pub faults: String,
    /// When everything happened.
    pub times: String,
    /// What a lead should know.
    pub flags: String,
    /// The files of a task.
    pub evidence: String,
    /// The field of a lead's opinion.
    pub opinion: String,
    /// Accepts a round.
    pub approve: String,
    /// Sends a round back.
    pub reject: String,
    /// Chooses a way for a fault.
    pub handle: String,
    /// The field of an explanation.
    pub explanation: String,
    /// Adds a picture or a PDF to what is said.
    pub attach: String,
    /// Takes an attached file away again.
    pub detach: String,
    /// The choice of a team lead.
    pub team_lead: String,
    /// The verdict of the values.
    pub proposed: String,
    /// The decisions so far.
    pub log: String,
    /// What the server does not count.
    pub undecided: String,
    /// The records count.
    pub adopt: String,
    /// The records never count.
    pub refuse: String,
    /// Says that something is so.
    pub yes: String,
    /// Says that something is not so.
    pub no: String,
    /// A point that nobody has said anything of.
    pub not_said: String,
    /// The screen of the record of a fault.
    pub record_fault: String,
    /// Above the record of a fault.
    pub record_note: String,
    /// Who said what of a fault.
    pub record_history: String,
    /// Whether the system was stopped.
    pub system_stopped: String,
    /// Whether the fire brigade was told.
    pub brigade_told: String,
    /// The field of what protects the place meanwhile.
    pub measures: String,
    /// The field of the opinion of the owner's manager.
    pub owner_opinion: String,
    /// That a fault is removed.
    pub removal: String,
    /// The field of who confirms the removal.
    pub confirmed_by: String,
    /// Below the field of who confirms the removal.
    pub confirmed_now: String,
}

/// The words of the apps in a language; also before a client is opened.
#[uniffi::export]
pub fn words(language: Language) -> Words {
    Words::of(language)
}
