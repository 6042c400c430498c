//! Phones, and what they noted about themselves, in words.

use super::{Reader, undecided::freed};
use crate::{
    query::{
        device::{Phone, Told},
        note::NoteRow,
    },
    store::StoreState,
    text::Text as T,
};
use firebee_domain::{
    account::{Action, Subject},
    device::DeviceNote,
    id::{AccountId, StoreId},
    session::Standing,
};
use firebee_protocol::text::{Arg, Chip, Shape, Tone, When, when};
use std::collections::HashMap;

/// A phone.
pub struct DeviceLine {
    /// Its store.
    pub store: StoreId,
    /// What it is called.
    pub device: String,
    /// Who has, or had, the account on it.
    pub account: AccountId,
    /// The holder's name.
    pub holder: String,
    /// How it stands to the account, and whether it may send.
    pub state: Chip,
    /// The app as it was last told, and the system as of the sign-in; empty where it did not say.
    pub version: String,
    /// Records that it had not sent when it was last heard.
    pub unsent_facts: u64,
    /// Files, most of them photos, that are not here.
    pub unsent_files: u64,
    /// The room on it, in words; empty where it did not say.
    pub storage: String,
    /// How far its clock is off; `None` where it did not say.
    pub clock: Option<Chip>,
    /// When it signed in.
    pub claimed: When,
    /// When it was last heard.
    pub last_seen: When,
    /// How much of it is on the server.
    pub arrived: String,
    /// Whether all that it recorded is on the server, as far as the server can know.
    pub whole: bool,
    /// How many of its facts came late and wait for a decision; empty when none does.
    pub late: String,
    /// Who took the account from it, and when; empty when nobody did.
    pub freed: String,
    /// Why.
    pub reason: String,
    /// What is given up with its key; `None` where that was done, or where it is not the reader's to do.
    pub given_up: Option<String>,
    /// How much it noted about itself, in words.
    pub notes: String,
}

/// Something that a phone noted about itself.
pub struct NoteLine {
    /// When.
    pub at: When,
    /// What.
    pub what: String,
    /// The phone.
    pub store: StoreId,
    /// What the phone is called.
    pub device: String,
    /// Who has, or had, the account on it.
    pub holder: String,
}

/// A phone in words; `names` are those of the firm's accounts.
#[must_use]
pub fn device(reader: Reader<'_>, row: &Phone, names: &HashMap<AccountId, String>) -> DeviceLine {
    let missing = row.unsent_facts.saturating_add(row.unsent_blobs);
    let values = [
        ("facts", Arg::from(row.facts_here)),
        ("unsent_facts", Arg::from(row.unsent_facts)),
        ("unsent_blobs", Arg::from(row.unsent_blobs)),
    ];
    let gone = [("device", Arg::from(&row.said.name)), ("unsent", Arg::from(missing))];
    let app = row.told.app.as_ref().unwrap_or(&row.said.app);
    let version = [app, &row.said.system].into_iter().filter(|part| !part.is_empty());
    // Why an account was taken from its phone is told to those who look after phones.
    let firm = reader.actor.organisation;
    let looks_after = firm.is_some_and(|firm| reader.may(Action::ListDevices, &Subject::of(firm, &[])));
    let act = row.freed.as_ref().filter(|_| looks_after);
    let (freed, reason) = act.map(|act| freed(reader, act, names)).unwrap_or_default();
    DeviceLine {
        store: row.store,
        device: row.said.name.clone(),
        account: row.account,
        holder: row.holder.clone(),
        state: state(reader, row),
        version: version.cloned().collect::<Vec<_>>().join(" · "),
        unsent_facts: row.unsent_facts,
        unsent_files: row.unsent_blobs,
        storage: storage(reader, &row.told),
        clock: row.told.skew_ms.map(|skew| clock(reader, skew)),
        claimed: reader.when(row.claimed),
        last_seen: reader.when(row.last_seen),
        arrived: reader.say(if missing == 0 { T::DeviceWhole } else { T::DeviceArrived }, &values),
        whole: missing == 0,
        late: if row.late == 0 {
            String::new()
        } else {
            reader.n(T::UndecidedFacts, usize::try_from(row.late).unwrap_or(usize::MAX))
        },
        freed,
        reason,
        given_up: may_drop(reader, row).then(|| reader.say(T::StaffDropLead, &gone)),
        notes: reader.say(T::DeviceNotesCount, &[("count", Arg::from(row.notes))]),
    }
}

/// A clock that is this far off is worth a look: deadlines are told by days, and the time of facts is bounded otherwise.
const SKEW_TOLD_MS: i64 = 60_000;

fn storage(reader: Reader<'_>, told: &Told) -> String {
    let tenths = |bytes: u64, unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let free = told.free_bytes.map(|bytes| tenths(bytes, 1_000_000_000));
    let kept = told.kept_bytes.map(|bytes| tenths(bytes, 1_000_000));
    let parts = [
        free.map(|free| reader.say(T::DeviceFree, &[("gigabytes", Arg::from(free))])),
        kept.map(|kept| reader.say(T::DeviceKept, &[("megabytes", Arg::from(kept))])),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn clock(reader: Reader<'_>, skew_ms: i64) -> Chip {
    if skew_ms.saturating_abs() < SKEW_TOLD_MS {
        return Chip { tone: Tone::Conform, shape: Shape::Check, word: reader.t(T::DeviceClockRight) };
    }
    let text = if skew_ms > 0 { T::DeviceClockFast } else { T::DeviceClockSlow };
    let length = when::minutes(reader.language, skew_ms.saturating_abs());
    Chip { tone: Tone::Late, shape: Shape::Clock, word: reader.say(text, &[("length", Arg::from(length))]) }
}

/// Whether the reader may drop the key of this phone. Nobody drops that of the phone they hold.
fn may_drop(reader: Reader<'_>, row: &Phone) -> bool {
    let firm = reader.actor.organisation;
    row.state == StoreState::Active
        && row.account != reader.actor.account
        && firm.is_some_and(|firm| reader.may(Action::DropDeviceKey, &Subject::of(firm, &[])))
}

fn state(reader: Reader<'_>, row: &Phone) -> Chip {
    let (tone, shape, text) = match (row.state, Standing::of(row.holds, row.enabled)) {
        (StoreState::Revoked, _) => (Tone::Untestable, Shape::Barred, T::DeviceRevoked),
        (StoreState::Closed, _) => (Tone::Untestable, Shape::Circle, T::DeviceClosed),
        (StoreState::Active, Standing::Holds) => (Tone::Conform, Shape::Check, T::DeviceHolds),
        (StoreState::Active, Standing::Disabled) => (Tone::Waiting, Shape::Dash, T::DeviceDisabled),
        (StoreState::Active, Standing::Fenced) => (Tone::Late, Shape::Back, T::DeviceFenced),
    };
    Chip { tone, shape, word: reader.t(text) }
}

/// A note in words.
#[must_use]
pub fn note(reader: Reader<'_>, row: &NoteRow) -> NoteLine {
    NoteLine {
        at: reader.recorded(&row.at),
        what: said(reader, &row.note),
        store: row.store,
        device: row.device.clone(),
        holder: row.holder.clone(),
    }
}

fn said(reader: Reader<'_>, note: &DeviceNote) -> String {
    match note {
        // An anchor is kept as what it is, and never as a note.
        DeviceNote::Anchor { .. } => String::new(),
        DeviceNote::LostLocal { blob } => {
            reader.say(T::DeviceNoteLost, &[("blob", Arg::from(short(&blob.to_string())))])
        }
        DeviceNote::PermissionMissing { permission } if permission == "location_always" => {
            reader.t(T::DeviceNoteLocation)
        }
        DeviceNote::PermissionMissing { permission } => {
            reader.say(T::DeviceNotePermission, &[("permission", Arg::from(permission))])
        }
        DeviceNote::ClockJump { by_ms } => {
            let text = if *by_ms < 0 { T::DeviceNoteClockBack } else { T::DeviceNoteClockAhead };
            let length = when::minutes(reader.language, by_ms.saturating_abs());
            reader.say(text, &[("length", Arg::from(length))])
        }
        DeviceNote::MockLocation => reader.t(T::DeviceNoteMock),
        DeviceNote::ReceiptOutsideBound { seq } => reader.say(T::DeviceNoteReceipt, &[("seq", Arg::from(*seq))]),
        DeviceNote::DigestMismatch { .. } => reader.t(T::DeviceNoteDigest),
    }
}

/// The begin of a long name, which is enough to find it by.
fn short(name: &str) -> String {
    name.chars().take(15).collect()
}
