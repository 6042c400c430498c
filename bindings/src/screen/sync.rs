//! The sync centre.

use firebee_client::{
    journal::Allowance,
    screen::{Act, AllowanceChoice, Count, Lost, PictureRules, Quiet, SyncScreen, Told, Use, Way, When},
};
use firebee_domain::{code::Action, id::TaskId};
use firebee_protocol::problem::CodeWord;

/// The sync centre.
#[uniffi::remote(Record)]
pub struct SyncScreen {
    /// The one status line.
    pub quiet: Quiet,
    /// Whether a lane is talking to the server now.
    pub running: bool,
    /// What came in the way last.
    pub last_error: Option<Told>,
    /// When the next try is.
    pub next_try: Option<When>,
    /// The tasks of which something is not safe yet, the latest first.
    pub tasks: Vec<Way>,
    /// Facts of this phone that the server keeps without counting them.
    pub not_counted: Vec<Told>,
    /// What the phone keeps.
    pub storage: Vec<Use>,
    /// How pictures travel, and how many of other phones are kept.
    pub pictures: PictureRules,
    /// Why this phone must not send any more.
    pub health: Option<Told>,
    /// Letting a new store take over from one that must not send any more; `None` while this one is sound.
    pub renew: Option<Act>,
    /// That the account was taken from this phone, and how much of what it recorded is safe; `None` while the phone holds
    /// the account.
    pub lost: Option<Lost>,
    /// Sending now.
    pub send_now: Act,
    /// Writing what is unsent to a file for an administrator.
    pub export: Act,
}

/// What is left to do on a phone that lost its account.
#[uniffi::remote(Record)]
#[uniffi(name = "LostAccount")]
pub struct Lost {
    /// What happened and what to do.
    pub told: Told,
    /// How many records are safe on the server.
    pub facts: Count,
    /// How many files are safe on the server.
    pub files: Count,
    /// Erasing everything, once all of it is safe.
    pub wipe: Act,
}

/// Something that happened, with its code.
#[uniffi::remote(Record)]
#[uniffi(name = "Notice")]
pub struct Told {
    /// What happened and what to do next.
    pub text: String,
    /// Its code.
    pub code: CodeWord,
    /// What is done about it.
    pub action: Action,
    /// Whether somebody has to act before it goes on.
    pub needs_person: bool,
    /// When; `None` where that is not known.
    pub when: Option<When>,
}

/// The way of a task's records.
#[uniffi::remote(Record)]
#[uniffi(name = "TaskWay")]
pub struct Way {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// How many records this phone made for it.
    pub recorded: i32,
    /// How many of them were sent.
    pub sent: Count,
    /// How many the server has stored.
    pub stored: Count,
    /// How many are safe, within the durability that the server promises.
    pub safe: Count,
    /// How many of its photos are on the server.
    pub photos: Count,
    /// What it waits for.
    pub waits_for: Option<String>,
}

/// What takes room on the phone.
#[uniffi::remote(Record)]
#[uniffi(name = "StorageUse")]
pub struct Use {
    /// What.
    pub what: String,
    /// How much, in words.
    pub text: String,
    /// How many bytes.
    pub bytes: i64,
}

/// How pictures travel, and how many of other phones are kept for review.
#[uniffi::remote(Record)]
pub struct PictureRules {
    /// Over which networks pictures and attached files travel by themselves.
    pub allowance: Allowance,
    /// What can be chosen.
    pub allowances: Vec<AllowanceChoice>,
    /// The most bytes of other phones' pictures that are kept.
    pub looks_bytes_max: i64,
    /// How much of that is used, in words.
    pub looks_text: String,
}

/// Something that can be chosen.
#[uniffi::remote(Record)]
pub struct AllowanceChoice {
    /// Which.
    pub allowance: Allowance,
    /// What it is called.
    pub word: String,
}
