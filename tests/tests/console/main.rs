//! The console: who sees what, what its forms do, and what its pages say.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy's allow-in-tests does not reach helpers of an integration test"
)]

mod acts;
mod agreements;
mod applications;
mod authority;
mod call;
mod compare;
mod courier;
mod devices;
mod dispatch;
mod doors;
mod doubts;
mod evidence;
mod exports;
mod facility;
mod fact;
mod fault;
mod filing;
mod fixture;
mod forms;
mod imports;
mod interface;
mod kept;
mod ledger;
mod lists;
mod log;
mod monitoring;
mod office;
mod outside_plan;
mod oversight;
mod owners;
mod pages;
mod pauses;
mod personnel;
mod petitions;
mod picks;
mod plan;
mod plans;
mod portal;
mod practice;
mod programs;
mod project;
mod projects;
mod queue;
mod races;
mod receiver;
mod record;
mod refused;
mod region;
mod repair;
mod report;
mod retention;
mod robots;
mod staff;
mod tables;
mod tracking;
mod training;
mod upload;
mod verdict;
mod visible;
mod ways;
mod webhooks;
