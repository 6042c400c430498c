//! What is true: the nouns, states and rules of fire-protection service work.
//!
//! Pure functions over plain data. Nothing here does I/O, reads a clock or draws a random number.
//!
//! A noun knows the nouns before it, and none of its own rank. Those joined by `+` describe each other:
//!
//! ```text
//! code
//! → crockford, id, measure, ordinals, retention, spelling, text, verdict
//! → building, catalogue, instrument, owner, personnel, time
//! → ruling, session, track
//! → suspension
//! → account, calendar, geofence
//! → api_token, import, monitoring, organisation
//! → application, contract, personnel_change, ways
//! → device + dispatch + evidence + fact + fault + history + parked + plan + project + restore + result + review + submission + task
//! → repair, report
//! → oversight, petition, region, webhook
//! → robot
//! ```

pub mod account;
pub mod api_token;
pub mod application;
pub mod building;
pub mod calendar;
pub mod catalogue;
pub mod code;
pub mod contract;
mod crockford;
pub mod device;
pub mod dispatch;
pub mod evidence;
pub mod fact;
pub mod fault;
pub mod geofence;
pub mod history;
pub mod id;
pub mod import;
pub mod instrument;
pub mod measure;
pub mod monitoring;
pub mod ordinals;
pub mod organisation;
pub mod oversight;
pub mod owner;
pub mod parked;
pub mod personnel;
pub mod personnel_change;
pub mod petition;
pub mod plan;
pub mod project;
pub mod region;
pub mod repair;
pub mod report;
pub mod restore;
pub mod result;
pub mod retention;
pub mod review;
pub mod robot;
pub mod ruling;
pub mod session;
pub mod spelling;
pub mod submission;
pub mod suspension;
pub mod task;
pub mod text;
pub mod time;
pub mod track;
pub mod verdict;
pub mod ways;
pub mod webhook;
