//! What a power cut leaves, on the phone and on the server.
//!
//! Every scenario runs over a disk that keeps only synced data, and is checked before and after each sync: everything
//! that was answered Ok by then must be there. Each scenario also runs over a disk that lies, to see that the check
//! finds the loss.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod blobs;
mod phone;
mod server;
