//! The rows of blobs: how far each upload is and who writes it, and the consequences when one is complete.

mod bring;
mod delivery;
mod expire;
mod lease;
mod remove;
mod start;
mod verify;

pub use bring::bring;
pub use delivery::{Delivery, DeliveryRow};
pub use expire::{expire, running};
pub use lease::{Asked, Lease, Pulse, Taken, ask, pulse, take};
pub use remove::{Removed, remove};
pub use start::start;
pub use verify::{Whole, verify};
