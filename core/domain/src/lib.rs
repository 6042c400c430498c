//! What is true: the nouns, states and rules of fire-protection service work.
//!
//! Pure functions over plain data. Nothing here does I/O, reads a clock or draws a random number.

pub mod id;
pub mod measure;
pub mod text;
pub mod time;
