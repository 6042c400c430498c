//! The acts of the story, in their order.

pub mod cellar;
pub mod closing;
pub mod dispatch;
pub mod follow;
pub mod hand_over;
pub mod link;
pub mod lost;
pub mod office;
pub mod outside;
pub mod oversight;
pub mod owner;
pub mod ranges;
pub mod report;
pub mod review;
pub mod sign_in;
