//! What may see everything: tidy, faults, end to end, benchmarks.

pub mod acts;
#[path = "../../cli/src/demo/answers.rs"]
pub mod answers; // the demo's, which fits any item of the catalogue
pub mod browse;
pub mod chromium;
pub mod clock;
pub mod device;
pub mod firm;
pub mod house;
pub mod http;
pub mod kept;
pub mod link;
pub mod lossy;
pub mod office;
pub mod pdf;
pub mod picture;
pub mod port;
pub mod postgres;
pub mod province;
pub mod recorded;
pub mod served;
pub mod visit;
pub mod walk;
pub mod ways;
