//! Photos of a task.

mod find_photo;
mod take_photo;
mod withdraw_photo;

pub use find_photo::{FindPhotoError, PhotoPlace};
pub use take_photo::{PhotoSource, TakePhoto, TakePhotoError};
pub use withdraw_photo::{WithdrawPhoto, WithdrawPhotoError};
