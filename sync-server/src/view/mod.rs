//! What people read out of what is stored: words, states, units, times. A page, a report, an export and an answer of the
//! API are renderings of one view, so a view knows neither HTML nor HTTP.

pub mod home;
pub mod parked;
pub mod plan;
pub mod project;
mod reader;
pub mod task;

pub use reader::Reader;
