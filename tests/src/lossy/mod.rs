//! A disk that keeps only what was synced: what a power cut leaves of a phone or a server.
//!
//! A kill says nothing about fsync, because the kernel still holds what the process wrote. Here every write goes to a
//! real file, so that the code under test reads what it wrote, and beside it stands what a disk would hold if the power
//! went now: of a file the bytes at its last sync, of a folder the names at its last sync. SQLite writes through a VFS
//! ([`Disk::vfs`]), blob folders through their file layer ([`Disk::files`] on a phone, [`Disk::uploads`] on a server); all share one disk, one lock and one
//! moment of the cut.
//!
//! The power never has to go while the test runs: [`Disk::watch`] keeps the image at every sync, and a torn one just
//! before it, so that one run of a scenario is examined at all its crash points.

mod disk;
mod files;
mod growing;
mod image;
mod tree;
mod uploads;
mod vfs;

pub use disk::{Disk, Lie, Moment, Room};
pub use files::LossyFiles;
pub use image::Image;
pub use uploads::LossyUploads;
