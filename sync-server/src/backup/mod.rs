//! Backups: of one firm or of all, online, from either engine; and their way back.
//!
//! A backup is a folder like a data folder: `firebee.db`, an SQLite file with the schema of this program; `blobs`, every
//! verified file; `keys`, the private half of each firm's key. `firebee verify` reads it as it reads a data folder.
//!
//! Invariant: a backup stands under its name only when it is whole and on disk. Invariant: a restore gives the firm another
//! incarnation, so every phone compares what it has with what the backup had.

mod files;
mod make;
mod mend;
mod restore;

pub use make::{BackupError, Made, make};
pub use mend::mend;
pub use restore::{RestoreError, Restored, Wanted, restore};
