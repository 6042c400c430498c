//! Turns stored data into what people read: words, states, units, times. Pages, reports, exports and answers of the API
//! render the same views, so a view knows neither HTML nor HTTP.

pub mod api_token;
pub mod application;
pub mod contract;
mod day;
pub mod device;
pub mod dispatch;
pub mod facility;
pub mod fact;
pub mod fault;
pub mod hazard;
pub mod home;
pub mod instrument;
pub mod leaving;
pub mod ledger;
pub mod log;
pub mod look;
pub mod monitoring;
pub mod notice;
pub mod oversight;
pub mod owner;
pub mod parked;
pub mod pause;
pub mod personnel;
pub mod personnel_change;
pub mod petition;
pub mod plan;
pub mod portal;
pub mod project;
mod reader;
pub mod region;
pub mod repair;
pub mod report;
pub mod retention;
pub mod robot;
pub mod setting;
pub mod staff;
pub mod task;
pub mod track;
pub mod tracking;
pub mod undecided;
pub mod ways;
pub mod webhook;

pub use day::Day;
pub use reader::Reader;
