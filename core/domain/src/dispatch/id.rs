//! A dispatch's id is computed from its fault and the event that made it, so phone and server give it the same id.

use crate::id::{DispatchId, EventId, FaultId};
use uuid::Uuid;

/// UUIDv5 in the namespace of the fault's id over `firebee/dispatch/1\n` and the event's id in text form.
pub fn dispatch_id(fault: FaultId, event: EventId) -> DispatchId {
    DispatchId(Uuid::new_v5(&fault.0, format!("firebee/dispatch/1\n{event}").as_bytes()))
}
