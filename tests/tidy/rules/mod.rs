//! One rule a file: `check`, and the tests that break it.

pub mod bound;
pub mod codes;
pub mod depends;
pub mod documented;
pub mod firm;
pub mod foreign;
pub mod growth;
pub mod guides;
pub mod headings;
pub mod language;
pub mod lists;
pub mod machine;
pub mod pages;
pub mod parses;
pub mod portable;
pub mod provoked;
pub mod pure;
pub mod rooms;
pub mod rulebook;
pub mod size;
pub mod sql;
pub mod testing;
pub mod threads;
pub mod typed_rows;
pub mod view;
