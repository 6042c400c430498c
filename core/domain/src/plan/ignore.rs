//! Leaving an item of a plan out, with a reason, and taking it in again.

use super::{Plan, PlanItem, PlanItemState};
use crate::{
    code::Code,
    id::PlanItemId,
    text::{self, TextError},
};

/// The most characters of a reason.
pub const IGNORE_REASON_LENGTH_MAX: u32 = 200;

/// Why an item is neither ignored nor restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IgnoreError {
    /// The reason is missing or not fit to keep; the report and the regulator show it.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// The plan has no such item.
    #[error("the plan has no such item")]
    ItemUnknown,
    /// The item is issued; it is taken back first.
    #[error("an issued item cannot be ignored")]
    ItemIssued,
    /// The item is not ignored.
    #[error("the item is not ignored")]
    NotIgnored,
}

impl IgnoreError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Reason(error) => error.code(),
            Self::ItemUnknown => Code::PlanItemUnknown,
            Self::ItemIssued => Code::PlanItemIssued,
            Self::NotIgnored => Code::PlanItemNotIgnored,
        }
    }
}

/// ignores an item that is not issued. The reason is required; a second one replaces the first.
pub fn ignore(plan: &mut Plan, item: PlanItemId, reason: &str) -> Result<(), IgnoreError> {
    let reason = text::required(reason, IGNORE_REASON_LENGTH_MAX)?;
    not_issued(plan, item)?.ignored = Some(reason);
    Ok(())
}

/// takes an ignored item in again.
pub fn restore(plan: &mut Plan, item: PlanItemId) -> Result<(), IgnoreError> {
    not_issued(plan, item)?.ignored.take().map(|_| ()).ok_or(IgnoreError::NotIgnored)
}

fn not_issued(plan: &mut Plan, item: PlanItemId) -> Result<&mut PlanItem, IgnoreError> {
    let item = plan.item_mut(item).ok_or(IgnoreError::ItemUnknown)?;
    if item.state == PlanItemState::NotIssued { Ok(item) } else { Err(IgnoreError::ItemIssued) }
}

#[cfg(test)]
mod tests {
    use super::{
        super::fixture::{issued, plan},
        *,
    };

    /// ignored ⇄ not issued, with a reason, never once issued.
    #[test]
    fn r_112_an_item_is_ignored_with_a_reason_and_restored() {
        let mut plan = plan();
        let id = plan.items[0].id;
        assert_eq!(ignore(&mut plan, id, "  "), Err(IgnoreError::Reason(TextError::Empty)));
        assert_eq!(restore(&mut plan, id), Err(IgnoreError::NotIgnored));
        ignore(&mut plan, id, " 设备已拆除 ").unwrap();
        assert_eq!(plan.items[0].ignored.as_deref(), Some("设备已拆除"));
        restore(&mut plan, id).unwrap();
        assert_eq!(plan, super::super::fixture::plan());
        let mut issued = issued();
        assert_eq!(ignore(&mut issued, id, "拆除"), Err(IgnoreError::ItemIssued));
    }
}
