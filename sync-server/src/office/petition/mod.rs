//! What a firm asks the fire service for with papers: special sites and operation changes. Once sent, nothing
//! is withdrawn.

mod ask;
mod decide;
mod effect;

pub use ask::{Ask, AskRefused, ask};
pub use decide::{Decide, decide};
pub use effect::{Found, effect};

use firebee_domain::{account::Action, petition::MatterKind};

/// The right to ask for something of this kind.
pub const fn asks(kind: MatterKind) -> Action {
    match kind {
        MatterKind::SpecialSite => Action::RequestSpecialSite,
        MatterKind::TakeBackReport | MatterKind::TakeBackApproval => Action::RequestOperationChange,
    }
}

/// The right to decide it; the level of the unit is asked besides.
pub const fn decides(kind: MatterKind) -> Action {
    match kind {
        MatterKind::SpecialSite => Action::DecideSpecialSite,
        MatterKind::TakeBackReport | MatterKind::TakeBackApproval => Action::DecideOperationChange,
    }
}
