//! The acts of the story, in their order.

pub mod cellar;
pub mod closing;
pub mod dispatch;
pub mod link;
pub mod office;
pub mod review;
pub mod sign_in;
