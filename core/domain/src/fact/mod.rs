//! Facts: what devices say. The [registry](Kind) lists every kind once; each body lies in the folder of its noun and
//! answers by [`Says`] whatever phone and server ask of it.

mod attribution;
mod registry;
mod says;

pub use attribution::Attribution;
pub use registry::{Body, Kind, UnknownKind};
pub use says::{Aggregate, Footing, Need, Says, Text, Unreadable};
