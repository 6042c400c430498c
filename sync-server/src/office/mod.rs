//! The commands of the office side, one transaction each: lock, load, ask the domain, write rows, note the act,
//! publish documents. Same shape as the phone's use cases.

pub mod account;
mod act;
pub mod blob;
pub mod catalogue;
pub mod console_session;
pub mod fault;
pub mod firm;
mod held;
pub mod personnel;
pub mod plan;
pub mod project;
pub mod review;
pub mod session;

pub use act::Act;
