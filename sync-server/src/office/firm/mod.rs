//! A firm enters the system at once: its people and their accounts, its owners, contracts and projects.

mod check;
mod create;
mod keep;
mod new;
#[cfg(test)]
mod tests;

pub use check::FirmError;
pub use create::{Founded, FoundedAccount, create_firm};
pub use new::{NewAccount, NewBuilding, NewContract, NewFirm, NewLocation, NewOwner, NewPerson, NewProject};
