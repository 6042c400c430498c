//! What a power cut leaves, on the phone and on the server.
//!
//! Every scenario runs over a disk that keeps only what was synced, and is examined at each of its syncs, before and
//! after: what had been answered Ok by then must be there. Each is run again over a disk that lies, to see that the
//! oracle finds the loss.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod blobs;
mod phone;
mod server;
