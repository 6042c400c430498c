//! A lead's look at a task.

use firebee_client::screen::{
    Act, AnswerRow, Chip, Count, DispatchRow, FaultRow, LogRow, PersonRow, PhotoView, RecordRow, RecordScreen,
    ReviewScreen, SaidRow, Seen, TaskScreen, TimeRow, WayChoice, When,
};
use firebee_domain::fault::{Asks, Particulars, Way};
use firebee_domain::id::{AccountId, FaultId};

/// A task as its lead looks at it.
#[uniffi::remote(Record)]
pub struct ReviewScreen {
    /// The task.
    pub task: TaskScreen,
    /// What was looked at: a decision hands it back.
    pub seen: Option<Seen>,
    /// The answers that count.
    pub answers: Vec<AnswerRow>,
    /// The faults.
    pub faults: Vec<FaultRow>,
    /// Who can be sent to troubleshoot or repair, by name.
    pub team_leads: Vec<PersonRow>,
    /// The files of the task that the server has.
    pub evidence: Count,
    /// When everything happened, and how sure that is.
    pub times: Vec<TimeRow>,
    /// What a lead should know before deciding.
    pub flags: Vec<String>,
    /// The decisions so far.
    pub log: Vec<LogRow>,
    /// Approving.
    pub approve: Act,
    /// Rejecting.
    pub reject: Act,
}

/// An answer that counts.
#[uniffi::remote(Record)]
pub struct AnswerRow {
    /// The item's name, as it was answered.
    pub item_name: String,
    /// The criterion, as it was answered; in Chinese.
    pub criterion: String,
    /// Which instances, and where.
    pub place: String,
    /// The measured record, in Chinese.
    pub measured_record: String,
    /// What was measured at each instance, where there are several: "(58) 25.3 s".
    pub each: Vec<String>,
    /// The verdict.
    pub verdict: Chip,
    /// What the values proposed, where the executor decided otherwise.
    pub proposed: Option<Chip>,
    /// Why the executor decided otherwise, or why it could not be tested.
    pub reason: Option<String>,
    /// Where it comes from, when it was moved from the wrong place.
    pub moved: Option<String>,
    /// Its photos.
    pub photos: Vec<PhotoView>,
    /// When it was recorded.
    pub when: When,
}

/// A fault.
#[uniffi::remote(Record)]
pub struct FaultRow {
    /// The fault.
    pub fault: FaultId,
    /// The item's name.
    pub item_name: String,
    /// Which instance, and where.
    pub place: String,
    /// What is wrong.
    pub text: String,
    /// Where it stands.
    pub state: Chip,
    /// The last explanation of how it is handled.
    pub explanation: Option<String>,
    /// How many files belong to the last handling.
    pub attachments: i32,
    /// What is known of it beside the description.
    pub particulars: Particulars,
    /// The same in words, what is open left out.
    pub said: Vec<SaidRow>,
    /// The photos of its result.
    pub photos: Vec<PhotoView>,
    /// Who was sent, the latest last.
    pub dispatches: Vec<DispatchRow>,
    /// The ways that are offered.
    pub ways: Vec<WayChoice>,
    /// Completing what is known of it, also after the approval.
    pub record: Act,
}

/// The record of a fault, for whoever completes it.
#[uniffi::remote(Record)]
pub struct RecordScreen {
    /// The fault, with what is known of it.
    pub fault: FaultRow,
    /// Who said what of it, in order; nothing is ever taken away.
    pub records: Vec<RecordRow>,
}

/// A point of a fault's record that somebody has said.
#[uniffi::remote(Record)]
pub struct SaidRow {
    /// The point.
    pub what: String,
    /// What is said of it.
    pub value: String,
}

/// What somebody said of a fault at one time.
#[uniffi::remote(Record)]
pub struct RecordRow {
    /// Who; `None` where this phone does not know the name.
    pub who: Option<String>,
    /// When.
    pub when: When,
    /// What.
    pub said: Vec<SaidRow>,
}

/// A way of handling a fault.
#[uniffi::remote(Record)]
pub struct WayChoice {
    /// Which.
    pub way: Way,
    /// What it is called.
    pub word: String,
    /// What it asks for.
    pub asks: Asks,
    /// The warning before a final way.
    pub final_text: Option<String>,
}

/// What a way asks for.
#[uniffi::remote(Record)]
pub struct Asks {
    /// Why.
    pub explanation: bool,
    /// Who is sent.
    pub team_lead: bool,
    /// What is to be done.
    pub plan: bool,
}

/// Somebody who can be chosen.
#[uniffi::remote(Record)]
pub struct PersonRow {
    /// The account.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
}

/// Something that happened.
#[uniffi::remote(Record)]
pub struct TimeRow {
    /// What.
    pub what: String,
    /// When, and how sure that is.
    pub when: When,
}

/// A decision: a row of the review log.
#[uniffi::remote(Record)]
pub struct LogRow {
    /// On which round.
    pub round: i32,
    /// What was decided.
    pub decision: Chip,
    /// Who decided; `None` where this phone does not know the name.
    pub reviewer: Option<String>,
    /// The opinion.
    pub opinion: String,
    /// How many files belong to it.
    pub attachments: i32,
    /// When.
    pub when: When,
}
