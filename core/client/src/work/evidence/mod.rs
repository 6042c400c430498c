//! Photos of a task.

mod take_photo;
mod withdraw_photo;

pub use take_photo::{PhotoSource, TakePhoto, TakePhotoError};
pub use withdraw_photo::{WithdrawPhoto, WithdrawPhotoError};
