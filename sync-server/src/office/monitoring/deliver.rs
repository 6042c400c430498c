//! A source delivers events by a token. No act of the office: the uses of the token are noted, and a panel tells a lot.

use crate::{
    office::{Refused, Rule},
    org::Org,
    query::access::of_program,
    random::uuid_v4,
    row,
    store::{Batch, Store, StoreError, Tx, Ty},
};
use firebee_domain::{
    account::{Action, Actor},
    api_token::Scope,
    code::Code,
    monitoring::{Delivery, DeliveryError, EVENTS_MAX},
    spelling::Spelled,
    time::Timestamp,
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;
use std::collections::BTreeMap;

impl Rule for DeliveryError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Count => vec![("max", Arg::from(EVENTS_MAX))],
            Self::Text { error, .. } => error.values(),
            Self::Time { at } => vec![("at", Arg::from(*at))],
        }
    }
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Delivered {
    /// Events that are new.
    pub taken: u64,
    /// Events that were there before.
    pub known: u64,
}

static EVENTS: Batch<11> = Batch::new(
    "INSERT INTO monitoring_event(org, project, source, source_id, id, signal, at_ms, received_ms, place, says, find) {rows}
     ON CONFLICT (org, project, source, source_id) DO NOTHING",
    [
        Ty::Int, Ty::Blob, Ty::Text, Ty::Text, Ty::Blob, Ty::Text, Ty::Int, Ty::Int, Ty::Text, Ty::Text, Ty::Text,
    ],
);

/// Takes a delivery in, of a program whose token opened the way by `scope`. What is there already stays as it came first.
///
/// # Errors
/// [`Refused`], also when the project is not there for the maker of the token.
pub async fn deliver(
    store: &Store,
    (org, actor, scope): (Org, Actor, Scope),
    delivery: Delivery,
    now: Timestamp,
) -> Result<Delivered, Refused<DeliveryError>> {
    let delivery = delivery.checked(now)?;
    let job = async move |tx: &mut Tx| {
        let by = (&actor, scope);
        if of_program(tx, org, by, Action::DeliverMonitoring, delivery.project).await?.is_none() {
            return Err(Refused::NotFound);
        }
        // PostgreSQL refuses the same key twice in one statement.
        let events: BTreeMap<&str, _> = delivery.events.iter().map(|event| (event.id.as_str(), event)).collect();
        let mut rows = Vec::new();
        for event in events.values() {
            let id = uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?;
            rows.push((id, Spelled::of_all([event.place.as_str(), &event.says]).find, *event));
        }
        let values = rows.iter().map(|(id, find, event)| {
            let (source, place, says) = (&delivery.source, &event.place, &event.says);
            row![org, &delivery.project, source, &event.id, id, event.signal, event.at_ms, now, place, says, find]
        });
        let taken = tx.execute_many(&EVENTS, values).await?;
        Ok(Delivered { taken, known: delivery.events.len() as u64 - taken })
    };
    store.write("deliver_monitoring", job).await
}
