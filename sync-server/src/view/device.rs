//! Phones, and what they noted about themselves, in words.

use super::{Reader, undecided::freed};
use crate::{
    query::{device::Phone, note::NoteRow},
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
    /// The app and the system that it had when it signed in; empty where it did not say.
    pub version: String,
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
    let version = [&row.said.app, &row.said.system].into_iter().filter(|part| !part.is_empty());
    let (freed, reason) = row.freed.as_ref().map(|act| freed(reader, act, names)).unwrap_or_default();
    DeviceLine {
        store: row.store,
        device: row.said.name.clone(),
        account: row.account,
        holder: row.holder.clone(),
        state: state(reader, row),
        version: version.cloned().collect::<Vec<_>>().join(" · "),
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
