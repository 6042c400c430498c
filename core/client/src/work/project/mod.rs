//! Projects, plans and items as they are issued to this account.

mod issued;

pub(crate) use issued::Local;
pub use issued::{IssuedItem, IssuedPlan, ItemState};
