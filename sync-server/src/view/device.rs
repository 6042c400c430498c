//! Phones, and what they noted about themselves, in words.

use super::Reader;
use crate::{
    query::{device::Phone, note::NoteRow},
    store::StoreState,
    text::Text as T,
};
use firebee_domain::{
    device::DeviceNote,
    id::{AccountId, StoreId},
};
use firebee_protocol::text::{Arg, Chip, Shape, Tone, When, when};

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
    /// Whether it has the account, and may send.
    pub state: Chip,
    /// The app and the system that it had when it signed in; empty where it did not say.
    pub version: String,
    /// When it signed in.
    pub claimed: When,
    /// When it was last heard.
    pub last_seen: When,
    /// What it had not sent then.
    pub unsent: String,
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

/// A phone in words.
#[must_use]
pub fn device(reader: Reader<'_>, row: &Phone) -> DeviceLine {
    let unsent = [("facts", Arg::from(row.unsent_facts)), ("blobs", Arg::from(row.unsent_blobs))];
    let version = [&row.said.app, &row.said.system].into_iter().filter(|part| !part.is_empty());
    DeviceLine {
        store: row.store,
        device: row.said.name.clone(),
        account: row.account,
        holder: row.holder.clone(),
        state: state(reader, row),
        version: version.cloned().collect::<Vec<_>>().join(" · "),
        claimed: reader.when(row.claimed),
        last_seen: reader.when(row.last_seen),
        unsent: reader.say(T::HomePhoneUnsent, &unsent),
        notes: reader.say(T::DeviceNotesCount, &[("count", Arg::from(row.notes))]),
    }
}

fn state(reader: Reader<'_>, row: &Phone) -> Chip {
    let (tone, shape, text) = match row.state {
        StoreState::Revoked => (Tone::Nonconform, Shape::Barred, T::DeviceRevoked),
        StoreState::Active | StoreState::Closed if row.holds => (Tone::Conform, Shape::Check, T::DeviceHolds),
        StoreState::Active | StoreState::Closed => (Tone::Untestable, Shape::Dash, T::DeviceLeft),
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
