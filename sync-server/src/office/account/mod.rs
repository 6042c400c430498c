//! Accounts of people on the personnel list. The office makes, opens and closes them; each holder changes the password.

pub mod appoint;
pub mod change_password;
pub mod choose_password;
pub mod create;
pub mod give_up_phone;
pub mod hand_over;
mod introduce;
pub mod make;
pub mod remedy;
pub mod reset_password;
pub(in crate::office) mod tell_crew;
mod tell_track;
pub mod toggle;

pub use change_password::{ChangePassword, ChangePasswordError, change_password};
pub use choose_password::{ChoosePasswordError, choose_password};
pub(in crate::office) use introduce::{Introduced, introduce, introduce_all};
pub use tell_track::tell_track;
pub use toggle::{ToggleError, toggle};
