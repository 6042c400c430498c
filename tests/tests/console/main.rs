//! The console: who sees what, what its forms do, and what its pages say.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy's allow-in-tests does not reach helpers of an integration test"
)]

mod acts;
mod applications;
mod compare;
mod devices;
mod dispatch;
mod doors;
mod doubts;
mod facility;
mod fact;
mod fault;
mod filing;
mod fixture;
mod forms;
mod kept;
mod lists;
mod log;
mod office;
mod outside_plan;
mod owners;
mod pages;
mod pauses;
mod personnel;
mod picks;
mod plan;
mod practice;
mod project;
mod races;
mod record;
mod refused;
mod report;
mod staff;
mod upload;
mod verdict;
mod visible;
