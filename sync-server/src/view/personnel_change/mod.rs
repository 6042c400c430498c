//! Applications to change the personnel list in words (R-018…R-024).

use super::{
    Reader,
    personnel::{certificate, level, occupation, validity},
};
use crate::{query::personnel_change::ChangeRow, text::Text as T};
use firebee_domain::{
    account::{Action, Subject},
    id::{ContentId, PersonnelChangeId},
    organisation::{Organisation, Profile},
    personnel_change::{ChangeKind, ChangeState, Outcome, Paper, PersonnelChange, Ties},
};
use firebee_protocol::text::{Arg, Chip, Language, Shape, Tone, When, say, when::date};
use strum::VariantArray as _;

/// An application in a list.
pub struct ChangeLine {
    /// Its id.
    pub id: PersonnelChangeId,
    /// The person's name.
    pub name: String,
    /// What is applied for.
    pub kind: String,
    /// The firm's name.
    pub organisation: String,
    /// When it was drawn up.
    pub at: When,
    /// Where it stands.
    pub state: Chip,
}

/// An application in a list, in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &ChangeRow) -> ChangeLine {
    ChangeLine {
        id: row.change.id,
        name: row.change.name.clone(),
        kind: kind(reader.language, row.change.kind),
        organisation: row.organisation.clone(),
        at: reader.when(row.change.at),
        state: state(reader.language, row.change.state()),
    }
}

/// What is applied for.
#[must_use]
pub fn kind(language: Language, kind: ChangeKind) -> String {
    let text = match kind {
        ChangeKind::AddEngineer => T::PersonnelChangeAddEngineer,
        ChangeKind::RemoveEngineer => T::PersonnelChangeRemoveEngineer,
        ChangeKind::AddOperator => T::PersonnelChangeAddOperator,
        ChangeKind::RemoveOperator => T::PersonnelChangeRemoveOperator,
        ChangeKind::AddOther => T::PersonnelChangeAddOther,
        ChangeKind::RemoveOther => T::PersonnelChangeRemoveOther,
    };
    say(language, text)
}

/// Where an application stands.
#[must_use]
pub fn state(language: Language, state: ChangeState) -> Chip {
    let (tone, shape, text) = match state {
        ChangeState::Draft => (Tone::Untestable, Shape::Pencil, T::PersonnelChangeDraft),
        ChangeState::Pending => (Tone::Waiting, Shape::Clock, T::PersonnelChangePending),
        ChangeState::Approved => (Tone::Conform, Shape::Check, T::PersonnelChangeApproved),
        ChangeState::Rejected => (Tone::Nonconform, Shape::Cross, T::PersonnelChangeRejected),
    };
    Chip { tone, shape, word: say(language, text) }
}

/// What a paper is called.
#[must_use]
pub fn paper(language: Language, paper: Paper) -> String {
    let text = match paper {
        Paper::Identity => T::PersonnelChangePaperIdentity,
        Paper::Certificate => T::PersonnelChangePaperCertificate,
        Paper::Contract => T::PersonnelChangePaperContract,
        Paper::Termination => T::PersonnelChangePaperTermination,
    };
    say(language, text)
}

/// A line of boxes on the printed form.
pub struct Box {
    /// The word in the address and in the form.
    pub value: &'static str,
    /// What it says.
    pub word: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// The regulator's decision.
pub struct DecidedView {
    /// What was decided.
    pub state: Chip,
    /// Why; may be empty at an approval.
    pub reason: String,
    /// When.
    pub at: When,
}

/// An application as its page shows it.
pub struct ChangeView {
    /// Its id.
    pub id: PersonnelChangeId,
    /// What is applied for.
    pub kind: String,
    /// Where it stands.
    pub state: Chip,
    /// The person's name.
    pub name: String,
    /// The ID number.
    pub identity: String,
    /// The phone number.
    pub phone: String,
    /// The certificate with its grade; empty where none comes.
    pub certificate: String,
    /// What kind of certificate it is.
    pub qualification: String,
    /// Its grade.
    pub level: String,
    /// Its number.
    pub number: String,
    /// When it holds.
    pub validity: String,
    /// Why.
    pub reason: String,
    /// The day on which it was drawn up.
    pub day: String,
    /// The firm's name.
    pub organisation: String,
    /// What annex 5 says of the firm.
    pub firm: Profile,
    /// The six types, this one ticked.
    pub kinds: Vec<Box>,
    /// The papers that this type needs.
    pub papers: Vec<Box>,
    /// When it was sent.
    pub sent: Option<When>,
    /// The scan and the archive.
    pub files: Vec<(ContentId, String)>,
    /// The decision.
    pub decided: Option<DecidedView>,
    /// What keeps somebody who is to leave; empty where nothing does.
    pub ties: String,
    /// Whether the reader may send it, or throw it away.
    pub may_send: bool,
    /// Whether the reader may decide it.
    pub may_decide: bool,
}

/// An application in words; `subject` is its firm, as the reader stands to it.
#[must_use]
pub fn view(reader: Reader<'_>, (row, firm): (&ChangeRow, &Organisation), ties: Ties, subject: &Subject) -> ChangeView {
    let (change, language) = (&row.change, reader.language);
    let held = change.certificate.as_ref();
    let standing = change.state();
    ChangeView {
        id: change.id,
        kind: kind(language, change.kind),
        state: state(language, standing),
        name: change.name.clone(),
        identity: change.identity.as_str().to_owned(),
        phone: change.phone.clone(),
        certificate: held.map(|held| certificate(language, held)).unwrap_or_default(),
        qualification: held.map(|held| occupation(language, held.kind)).unwrap_or_default(),
        level: held.map(|held| level(language, held.kind, held.level)).unwrap_or_default(),
        number: held.map(|held| held.number.clone()).unwrap_or_default(),
        validity: held.map(|held| validity(language, held.valid_from, held.valid_to)).unwrap_or_default(),
        reason: change.reason.clone(),
        day: date(language, change.at.china_day()),
        organisation: row.organisation.clone(),
        firm: firm.profile.clone().unwrap_or_default(),
        kinds: kinds(language, change.kind),
        papers: papers(language, change),
        sent: change.sent.as_ref().map(|sent| reader.when(sent.at)),
        files: files(reader, change),
        decided: change.decided.as_ref().map(|decided| DecidedView {
            state: state(language, standing),
            reason: decided.reason.clone(),
            at: reader.when(decided.at),
        }),
        ties: if change.kind.adds() || change.decided.is_some() { String::new() } else { told(reader, ties) },
        may_send: standing == ChangeState::Draft && reader.may(Action::RequestPersonnelChange, subject),
        may_decide: standing == ChangeState::Pending && reader.may(Action::DecidePersonnelChange, subject),
    }
}

/// The six types as the form prints them.
#[must_use]
pub fn kinds(language: Language, chosen: ChangeKind) -> Vec<Box> {
    let of = |each: &ChangeKind| Box { value: each.into(), word: kind(language, *each), ticked: *each == chosen };
    ChangeKind::VARIANTS.iter().map(of).collect()
}

fn papers(language: Language, change: &PersonnelChange) -> Vec<Box> {
    let sent = change.sent.as_ref().map(|sent| &sent.papers);
    let of = |each: &Paper| Box {
        value: each.into(),
        word: paper(language, *each),
        ticked: sent.is_some_and(|sent| sent.contains(each)),
    };
    change.kind.papers().iter().map(of).collect()
}

fn files(reader: Reader<'_>, change: &PersonnelChange) -> Vec<(ContentId, String)> {
    let words = [T::PersonnelChangeScan, T::PersonnelChangeArchive].map(|text| reader.t(text));
    change.files().zip(words).collect()
}

/// What somebody else has to take over first.
fn told(reader: Reader<'_>, ties: Ties) -> String {
    if ties.is_free() {
        return String::new();
    }
    let values = [
        ("led", Arg::from(ties.led)),
        ("tasks", Arg::from(ties.tasks)),
        ("issued", Arg::from(ties.issued)),
        ("dispatches", Arg::from(ties.dispatches)),
    ];
    reader.say(T::PersonnelChangeTies, &values)
}

/// What was decided, as the word of a form.
#[must_use]
pub fn outcome(language: Language, outcome: Outcome) -> String {
    say(
        language,
        match outcome {
            Outcome::Approved => T::PersonnelChangeApprove,
            Outcome::Rejected => T::PersonnelChangeReject,
        },
    )
}
