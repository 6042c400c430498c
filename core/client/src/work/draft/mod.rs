//! What somebody has typed and not recorded yet. The phone keeps it, so that neither the back button nor the end of the app
//! loses it; it is never sent.

mod answer;
mod keep;
mod read;

pub use keep::{DRAFT_MAX, KeepDraftError};
pub use read::KeptText;
