//! A real phone, a link that fails and a real server: each fault shows the user its code, and nothing is lost.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod answers;
mod away;
mod bytes;
mod clocks;
mod disks;
mod editions;
mod ended;
mod first_pull;
mod looks;
mod many;
mod narrow;
mod ordered;
mod packs;
mod poison;
mod reviews;
mod room;
mod scene;
mod stage;
mod storm;
mod track;
mod typed;
mod ways;
