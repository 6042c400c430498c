//! The phones of a firm, and what each has not sent, in words.

use super::{Reader, late::freed};
use crate::{query::phone::KnownPhone, store::StoreState, text::Text as T};
use firebee_domain::{
    id::{AccountId, StoreId},
    session::Standing,
};
use firebee_protocol::text::{Arg, Chip, Shape, Tone, When};
use std::collections::HashMap;

/// A phone.
pub struct PhoneLine {
    /// Its account.
    pub account: AccountId,
    /// Its store.
    pub store: StoreId,
    /// Who works with it.
    pub holder: String,
    /// What it is called.
    pub device: String,
    /// How it stands to the account.
    pub state: Chip,
    /// When it was last heard.
    pub last_seen: When,
    /// How much of it is on the server.
    pub arrived: String,
    /// Whether all that it recorded is on the server, as far as the server can know.
    pub whole: bool,
    /// How many of its records wait for a decision; empty when none does.
    pub late: String,
    /// Who took the account from it, and when; empty when nobody did.
    pub freed: String,
    /// Why.
    pub reason: String,
    /// What is given up with its key; `None` where that was done, or for the reader's own phone.
    pub given_up: Option<String>,
}

/// Phones in words; `names` are those of the firm's accounts.
#[must_use]
pub fn lines(reader: Reader<'_>, found: &[KnownPhone], names: &HashMap<AccountId, String>) -> Vec<PhoneLine> {
    found.iter().map(|phone| line(reader, phone, names)).collect()
}

fn line(reader: Reader<'_>, phone: &KnownPhone, names: &HashMap<AccountId, String>) -> PhoneLine {
    let unsent = phone.unsent_facts.saturating_add(phone.unsent_blobs);
    let values = [
        ("facts", Arg::from(phone.facts_here)),
        ("unsent_facts", Arg::from(phone.unsent_facts)),
        ("unsent_blobs", Arg::from(phone.unsent_blobs)),
    ];
    let gone = [("device", Arg::from(&phone.device)), ("unsent", Arg::from(unsent))];
    let (freed, reason) = phone.freed.as_ref().map(|act| freed(reader, act, names)).unwrap_or_default();
    let may_drop = phone.state == StoreState::Active && phone.account != reader.actor.account;
    PhoneLine {
        account: phone.account,
        store: phone.store,
        holder: phone.holder.clone(),
        device: phone.device.clone(),
        state: state(reader, phone),
        last_seen: reader.when(phone.last_seen),
        arrived: reader.say(if unsent == 0 { T::PhoneWhole } else { T::PhoneArrived }, &values),
        whole: unsent == 0,
        late: if phone.late == 0 {
            String::new()
        } else {
            reader.n(T::LateFacts, usize::try_from(phone.late).unwrap_or(usize::MAX))
        },
        freed,
        reason,
        given_up: may_drop.then(|| reader.say(T::StaffDropLead, &gone)),
    }
}

fn state(reader: Reader<'_>, phone: &KnownPhone) -> Chip {
    let (tone, shape, text) = match (phone.state, Standing::of(phone.holds, phone.enabled)) {
        (StoreState::Revoked, _) => (Tone::Untestable, Shape::Barred, T::PhoneDropped),
        (StoreState::Closed, _) => (Tone::Untestable, Shape::Circle, T::PhoneClosed),
        (StoreState::Active, Standing::Holds) => (Tone::Conform, Shape::Check, T::PhoneHolds),
        (StoreState::Active, Standing::Disabled) => (Tone::Waiting, Shape::Dash, T::PhoneDisabled),
        (StoreState::Active, Standing::Fenced) => (Tone::Late, Shape::Back, T::PhoneFenced),
    };
    Chip { tone, shape, word: reader.t(text) }
}
