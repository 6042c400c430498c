//! Webhooks and their messages in words.

use super::Reader;
use crate::{
    query::webhook::{MessageRow, WebhookRow},
    text::Text as T,
};
use firebee_domain::{
    id::WebhookId,
    webhook::{Happening, Scheme, Unsent},
};
use firebee_protocol::text::{Chip, Language, Shape, Tone, When, say, word};
use uuid::Uuid;

/// A webhook.
pub struct WebhookLine {
    /// Its id.
    pub id: WebhookId,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// What it is told.
    pub events: String,
    /// How its messages are signed.
    pub scheme: String,
    /// Who made it.
    pub maker: String,
    /// When it was made.
    pub made: When,
    /// How many messages wait.
    pub waiting: u64,
    /// Whether it is told anything.
    pub state: Chip,
    /// The same.
    pub told: bool,
}

/// A webhook in words.
#[must_use]
pub fn line(reader: Reader<'_>, row: &WebhookRow) -> WebhookLine {
    let (hook, language) = (&row.webhook, reader.language);
    let told = hook.off.is_none();
    let (tone, shape, text) = if told {
        (Tone::Conform, Shape::Check, T::WebhookOn)
    } else {
        (Tone::Untestable, Shape::Barred, T::WebhookOff)
    };
    WebhookLine {
        id: hook.id,
        name: hook.name.clone(),
        address: hook.address.to_string(),
        events: word::join(language, hook.events.iter().map(|each| event(language, *each))),
        scheme: scheme(language, hook.scheme),
        maker: row.maker.clone(),
        made: reader.when(hook.made),
        waiting: row.waiting,
        state: Chip { tone, shape, word: say(language, text) },
        told,
    }
}

/// What an event is called.
#[must_use]
pub fn event(language: Language, event: Happening) -> String {
    let text = match event {
        Happening::TaskSubmitted => T::WebhookTaskSubmitted,
        Happening::TaskApproved => T::WebhookTaskApproved,
        Happening::TaskRejected => T::WebhookTaskRejected,
        Happening::FaultFound => T::WebhookFaultFound,
        Happening::FaultResolved => T::WebhookFaultResolved,
        Happening::ReportMade => T::WebhookReportMade,
        Happening::ReportFiled => T::WebhookReportFiled,
    };
    say(language, text)
}

/// What a way to sign is called.
#[must_use]
pub fn scheme(language: Language, scheme: Scheme) -> String {
    let text = match scheme {
        Scheme::Ed25519 => T::WebhookEd25519,
        Scheme::Hmac => T::WebhookHmac,
    };
    say(language, text)
}

/// Why a message got no answer.
#[must_use]
pub fn unsent(language: Language, unsent: Unsent) -> String {
    let text = match unsent {
        Unsent::HostUnknown => T::WebhookHostUnknown,
        Unsent::HostRefused => T::WebhookHostRefused,
        Unsent::Silent => T::WebhookSilent,
        Unsent::CertificateUntrusted => T::WebhookCertificateUntrusted,
        Unsent::CertificateOfAnother => T::WebhookCertificateOfAnother,
        Unsent::CertificateExpired => T::WebhookCertificateExpired,
        Unsent::TimedOut => T::WebhookTimedOut,
        Unsent::Malformed => T::WebhookMalformed,
        Unsent::Sealed => T::WebhookSealed,
    };
    say(language, text)
}

/// A message.
pub struct MessageLine {
    /// Its id.
    pub id: Uuid,
    /// What happened.
    pub event: String,
    /// When.
    pub at: When,
    /// How often it was tried.
    pub attempts: u32,
    /// How the last attempt ended: an HTTP status, or a word.
    pub answer: String,
    /// What the word means; empty for a status.
    pub why: String,
    /// When it is tried next.
    pub next: Option<When>,
    /// What became of it.
    pub state: Chip,
}

/// A message in words.
#[must_use]
pub fn message(reader: Reader<'_>, row: &MessageRow) -> MessageLine {
    let (tone, shape, text) = match (row.delivered, row.next) {
        (true, _) => (Tone::Conform, Shape::Check, T::WebhookDelivered),
        (false, Some(_)) => (Tone::Waiting, Shape::Clock, T::WebhookWaiting),
        (false, None) => (Tone::Nonconform, Shape::Cross, T::WebhookGivenUp),
    };
    MessageLine {
        id: row.id,
        event: event(reader.language, row.event),
        at: reader.when(row.at),
        attempts: row.attempts,
        answer: row.answer.clone(),
        why: row.answer.parse().map_or_else(|_| String::new(), |answer| unsent(reader.language, answer)),
        next: row.next.map(|next| reader.when(next)),
        state: Chip { tone, shape, word: say(reader.language, text) },
    }
}
