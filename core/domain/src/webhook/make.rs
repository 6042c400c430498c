//! A manager makes a webhook.

use super::{Address, AddressError, Happening, Scheme, Webhook};
use crate::{
    code::Code,
    id::{AccountId, WebhookId},
    text::{self, At, NAME_MAX, TextError},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The most webhooks of a firm that are told something at once. Those that are off do not count: nothing is sent to them.
pub const WEBHOOKS_MAX: u32 = 20;

/// A webhook as its form says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWebhook {
    /// What it is to be called.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// How its messages are to be signed.
    pub scheme: Scheme,
    /// What it is to be told.
    pub events: Vec<Happening>,
}

/// Why a webhook is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// The name is not fit to keep.
    #[error(transparent)]
    Name(#[from] TextError),
    /// The address.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// It would be told nothing.
    #[error("a webhook needs an event")]
    EventRequired,
    /// The firm has as many as may be.
    #[error("there are {WEBHOOKS_MAX} webhooks")]
    Full,
}

impl WebhookError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Name(error) => error.code(),
            Self::Address(error) => error.code(),
            Self::EventRequired => Code::WebhookEventRequired,
            Self::Full => Code::WebhooksFull,
        }
    }
}

/// Whether a firm may have one more that is told something. Making one and switching one on both ask here.
fn room(told: u32) -> Result<(), WebhookError> {
    if told < WEBHOOKS_MAX { Ok(()) } else { Err(WebhookError::Full) }
}

impl Webhook {
    /// The same, told again of what happens from now on; `told` is how many of the firm are told something.
    ///
    /// # Errors
    /// [`WebhookError::Full`].
    pub fn switched_on(self, told: u32) -> Result<Self, WebhookError> {
        if self.off.is_some() {
            room(told)?;
        }
        Ok(Self { off: None, ..self })
    }
}

impl NewWebhook {
    /// The webhook, fit to keep. `is_allowed` says of a host whether the operator lets it be private and without TLS.
    ///
    /// # Errors
    /// Everything that is wrong, each with its field.
    pub fn make(
        &self,
        (id, by, now): (WebhookId, AccountId, Timestamp),
        (told, is_allowed): (u32, impl Fn(&str) -> bool),
    ) -> Result<Webhook, Vec<At<WebhookError>>> {
        let mut wrong = Vec::new();
        let name = At::take(&mut wrong, "name", text::name(&self.name, NAME_MAX));
        let address = self.address.trim().parse::<Address>().and_then(|address| address.check(is_allowed));
        let address = At::take(&mut wrong, "address", address);
        let mut events = self.events.clone();
        events.sort_unstable();
        events.dedup();
        if events.is_empty() {
            wrong.push(At { field: "events", error: WebhookError::EventRequired });
        }
        At::take(&mut wrong, "name", room(told));
        match (name, address) {
            (Some(name), Some(address)) if wrong.is_empty() => Ok(Webhook {
                id,
                name,
                address,
                scheme: self.scheme,
                events,
                by,
                made: now,
                generation: 0,
                rotated: None,
                off: None,
            }),
            _ => Err(wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn r_388_a_webhook_has_a_name_an_address_and_an_event() {
        let at = (WebhookId(Uuid::nil()), AccountId(Uuid::nil()), Timestamp(7));
        let wanted = NewWebhook {
            name: "ERP".into(),
            address: " https://erp.example/hook ".into(),
            scheme: Scheme::Ed25519,
            events: vec![Happening::FaultFound; 2],
        };
        let made = wanted.make(at, (0, |_: &str| false)).unwrap();
        assert_eq!((made.address.to_string().as_str(), made.events.len()), ("https://erp.example/hook", 1));
        let bad =
            NewWebhook { name: " ".into(), address: "http://erp.example/".into(), events: vec![], ..wanted.clone() };
        let wrong = bad.make(at, (0, |_: &str| false)).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|at| (at.field, at.error.code())).collect();
        let address = ("address", Code::WebhookAddressInsecure);
        assert_eq!(fields, [("name", Code::TextRequired), address, ("events", Code::WebhookEventRequired)]);
        assert!(
            NewWebhook { address: "http://erp.lan/".into(), ..wanted.clone() }
                .make(at, (0, |host: &str| host == "erp.lan"))
                .is_ok()
        );
        let full = wanted.make(at, (WEBHOOKS_MAX, |_: &str| false)).unwrap_err();
        assert_eq!(full.first().map(|at| at.error.code()), Some(Code::WebhooksFull));
    }

    #[test]
    fn r_388_one_that_is_off_is_switched_on_while_there_is_room() {
        let at = (WebhookId(Uuid::nil()), AccountId(Uuid::nil()), Timestamp(7));
        let address = "https://erp.example/".into();
        let wanted =
            NewWebhook { name: "ERP".into(), address, scheme: Scheme::Hmac, events: vec![Happening::TaskApproved] };
        let on = wanted.make(at, (0, |_: &str| false)).unwrap();
        let off = Webhook { off: Some(Timestamp(9)), ..on.clone() };
        assert_eq!(off.clone().switched_on(WEBHOOKS_MAX - 1), Ok(on.clone()));
        assert_eq!(off.switched_on(WEBHOOKS_MAX), Err(WebhookError::Full));
        assert_eq!(on.clone().switched_on(WEBHOOKS_MAX), Ok(on), "one that is on is counted already");
    }
}
