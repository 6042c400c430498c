//! A transport that looks when a push ends and a pull begins: a round of the lanes is one call.

use crate::harness::cost::{Look, Meter};
use firebee_client::{
    http::HttpTransport,
    ports::{BoxFuture, Request, Response, Transport, TransportError},
};
use std::sync::{Mutex, PoisonError};

/// The real transport, and a look at the first pull.
pub struct Watch {
    real: HttpTransport,
    meter: Meter,
    first_pull: Mutex<Option<Look>>,
}

impl Watch {
    /// Watches requests to the server that the meter is of.
    pub const fn new(real: HttpTransport, meter: Meter) -> Self {
        Self { real, meter, first_pull: Mutex::new(None) }
    }

    /// Looks now.
    pub fn look(&self) -> Look {
        self.meter.look()
    }

    /// The look at the first pull since the last time this was asked.
    pub fn take_first_pull(&self) -> Option<Look> {
        self.first_pull.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Transport for Watch {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        if request.path.starts_with("/v1/pull") {
            let mut first = self.first_pull.lock().unwrap_or_else(PoisonError::into_inner);
            first.get_or_insert_with(|| self.meter.look());
        }
        self.real.send(request)
    }
}
