//! A disk that keeps only synced data. It shows what a power cut leaves of a phone or a server.
//!
//! Killing a process proves nothing about fsync, because the kernel still holds its writes. Here every write goes to a
//! real file, so that the code under test can read it. A model beside it holds what a disk would keep if the power
//! failed now: the bytes of each file and the names in each folder at their last sync. SQLite writes through a VFS
//! ([`Disk::vfs`]), blob folders through their file layer ([`Disk::files`] on a phone, [`Disk::uploads`] on a server);
//! all share one disk, one lock and one moment of the cut.
//!
//! No power cut has to happen during a test. [`Disk::watch`] keeps an image at every sync and a torn one just before
//! it. So one run of a scenario is checked at all its crash points.
//!
//! A simulation cuts the power for good instead: [`Disk::power_off_at`] lets every later call fail, the code under test
//! ends as it can, and goes on in another folder with what [`Disk::cut`] left. [`Disk::set_clock`] and [`seed_sqlite`]
//! take SQLite's own time and randomness into the same hands.

mod disk;
mod files;
mod growing;
mod image;
mod power;
mod tree;
mod uploads;
mod vfs;

pub use disk::{Disk, Lie, Moment, Room};
pub use files::LossyFiles;
pub use image::Image;
pub use uploads::LossyUploads;
pub use vfs::seed_sqlite;
