//! Webhooks: what a program of the firm is told, where, and how often it is tried (R-388; Standard Webhooks 1.0).

mod address;
mod happening;
mod make;
mod retry;
mod unsent;

pub use address::{ADDRESS_LENGTH_MAX, Address, AddressError, is_public};
pub use happening::Happening;
pub use make::{NewWebhook, WEBHOOKS_MAX, WebhookError};
pub use retry::{ATTEMPTS_MAX, Verdict, judge, wait_ms};
pub use unsent::Unsent;

use crate::{
    id::{AccountId, WebhookId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How long messages carry the signature of the key before, too, in milliseconds: a week to take the new key over.
pub const ROTATION_MS: i64 = 7 * 86_400_000;

/// How messages are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Scheme {
    /// `v1a`: Ed25519. The receiver has a public key and no secret.
    Ed25519,
    /// `v1`: HMAC-SHA256 with a secret that both have.
    Hmac,
}

/// An address of a program that is told what happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub address: Address,
    /// How its messages are signed.
    pub scheme: Scheme,
    /// What it is told, each once.
    pub events: Vec<Happening>,
    /// Who made it, whose rights it has.
    pub by: AccountId,
    /// When it was made.
    pub made: Timestamp,
    /// The number of its key.
    pub generation: u32,
    /// When that key took the place of another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotated: Option<Timestamp>,
    /// Since when it is told nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<Timestamp>,
}

impl Webhook {
    /// The numbers of the keys that sign a message at an instant, the present one first.
    #[must_use]
    pub fn generations(&self, now: Timestamp) -> Vec<u32> {
        let earlier = self.generation.checked_sub(1);
        let still = self.rotated.filter(|rotated| now.ms_since(*rotated) < ROTATION_MS);
        std::iter::once(self.generation).chain(earlier.filter(|_| still.is_some())).collect()
    }

    /// The same with another key.
    #[must_use]
    pub fn rotate(self, now: Timestamp) -> Self {
        Self { generation: self.generation.saturating_add(1), rotated: Some(now), ..self }
    }

    /// Whether it is told of something.
    #[must_use]
    pub fn is_told(&self, event: Happening) -> bool {
        self.off.is_none() && self.events.contains(&event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn r_388_after_a_rotation_both_keys_sign_for_a_week() {
        let hook = Webhook {
            id: WebhookId(Uuid::nil()),
            name: "ERP".into(),
            address: "https://erp.example/hook".parse().unwrap(),
            scheme: Scheme::Ed25519,
            events: vec![Happening::ReportFiled],
            by: AccountId(Uuid::nil()),
            made: Timestamp(0),
            generation: 0,
            rotated: None,
            off: None,
        };
        assert_eq!(hook.generations(Timestamp(0)), [0]);
        assert!(hook.is_told(Happening::ReportFiled) && !hook.is_told(Happening::FaultFound));
        let rotated = hook.rotate(Timestamp(5));
        assert_eq!(rotated.generations(Timestamp(5 + ROTATION_MS - 1)), [1, 0]);
        assert_eq!(rotated.generations(Timestamp(5 + ROTATION_MS)), [1]);
        assert!(!Webhook { off: Some(Timestamp(7)), ..rotated }.is_told(Happening::ReportFiled));
    }
}
