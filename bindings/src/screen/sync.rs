//! The sync centre.

use firebee_client::{
    journal::Allowance,
    screen::{
        Act, AllowanceChoice, Chip, Count, Ledger, Lost, PictureRules, Quiet, SyncScreen, Told, Use, Wait, WaitReason,
        Way, When,
    },
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
    /// Everything that this phone recorded, by where it is: those of `tasks` and those `elsewhere` add up to it.
    pub whole: Ledger,
    /// The records of no task, and of tasks whose records and photos are all safe.
    pub elsewhere: Ledger,
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

/// Records by where they are. Each is in one place, so the places add up to what was recorded.
#[uniffi::remote(Record)]
#[uniffi(name = "RecordLedger")]
pub struct Ledger {
    /// All.
    pub recorded: i32,
    /// Not sent yet.
    pub to_send: i32,
    /// Sent, and not signed for by the server yet.
    pub sent: i32,
    /// Signed for by the server, and not safe yet.
    pub stored: i32,
    /// Safe, within the durability that the server promises.
    pub safe: i32,
    /// Received by the server, and not counted.
    pub not_counted: i32,
}

/// Some records or photos that wait for the same.
#[uniffi::remote(Record)]
pub struct Wait {
    /// What they wait for.
    pub reason: WaitReason,
    /// How many.
    pub count: i32,
    /// In words.
    pub text: String,
}

/// What records and photos wait for.
#[uniffi::remote(Enum)]
pub enum WaitReason {
    /// Records, for a network.
    Network,
    /// Records, for the next try after a failure.
    NextTry,
    /// Records, for their turn.
    Turn,
    /// Records that were sent, for the server's signature.
    SignOff,
    /// Records that the server signed for, for its promise of durability.
    Safety,
    /// Records that the server keeps without counting them, for a decision or for what they build on.
    Decision,
    /// Photos, until the records that name them are on the server.
    PhotoRecords,
    /// Photos, for a network that is not paid by what it carries.
    PhotoUnmetered,
    /// Photos, for a network.
    PhotoNetwork,
    /// Photos, for their turn.
    PhotoTurn,
}

/// The way of a task's records.
#[uniffi::remote(Record)]
#[uniffi(name = "TaskWay")]
pub struct Way {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// How far it is, in a word.
    pub state: Chip,
    /// How many records this phone made for it.
    pub recorded: i32,
    /// The same by where they are.
    pub ledger: Ledger,
    /// How many of them were sent.
    pub sent: Count,
    /// How many the server has stored.
    pub stored: Count,
    /// How many are safe, within the durability that the server promises.
    pub safe: Count,
    /// How many of its photos are on the server.
    pub photos: Count,
    /// What waits for what: every record and photo that is not safe stands in one of them.
    pub waits: Vec<Wait>,
    /// What it waits for in the first place.
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
