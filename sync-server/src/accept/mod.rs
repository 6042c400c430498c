//! Accepts what devices recorded. Nothing else writes facts.
//!
//! Invariant: nothing is acknowledged that was not compared, stored raw and committed.
//! Invariant: a fact that cannot count is quarantined with a code and delays nothing.
//! Invariant: only [`feed::publish`](crate::feed::publish()) writes documents and feeds.

mod aside;
mod board;
mod candidate;
mod commit;
mod commitment;
mod decide;
mod decode;
mod earlier;
mod error;
mod gather;
mod head;
mod judge;
mod keep;
mod limit;
mod line;
mod loose;
mod note;
mod park;
mod push;
mod rejudge;
mod relearn;
mod retry;
mod scope;
mod time;

pub use decode::Encoding;
pub use error::PushError;
pub use push::{PushRequest, Pushed, push};
pub use relearn::{adopt, relearn};
