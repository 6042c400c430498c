//! The process as a server sees it: a folder in, a PDF and one line out.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod agreement;
mod coverage;
mod hostile;
mod kinds;
mod notice;
mod pages;
mod pictures;
mod refusals;
mod run;
mod sample;
mod size;
mod table;
