//! Photos of a task.

mod sweep;
mod take_photo;
mod withdraw_photo;

pub(crate) use sweep::sweep;
pub use take_photo::{PhotoSource, TakePhoto, TakePhotoError};
pub use withdraw_photo::{WithdrawPhoto, WithdrawPhotoError};
