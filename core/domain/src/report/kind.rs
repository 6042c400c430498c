//! The kinds of report: that of a maintenance report follows from its plan's nature.

use crate::{catalogue::Nature, contract::ContractKind};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReportKind {
    /// Of a month of maintenance.
    Month,
    /// Of a quarter.
    Quarter,
    /// Of a year.
    Year,
    /// Of an inspection.
    Inspection,
    /// Of a safety evaluation.
    Evaluation,
}

impl ReportKind {
    /// The kind of the report of a plan.
    pub const fn of(contract: ContractKind, nature: Nature) -> Self {
        match (contract, nature) {
            (ContractKind::Maintenance, Nature::Month) => Self::Month,
            (ContractKind::Maintenance, Nature::Quarter) => Self::Quarter,
            (ContractKind::Maintenance, Nature::Year) => Self::Year,
            (ContractKind::SafetyEvaluation, _) => Self::Evaluation,
            (
                ContractKind::CompletionInspection | ContractKind::AnnualInspection | ContractKind::SpecialInspection,
                _,
            ) => Self::Inspection,
        }
    }

    /// Whether it says that the facilities are qualified or not.
    pub const fn has_conclusion(self) -> bool {
        matches!(self, Self::Inspection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_203_r_232_the_plans_nature_gives_the_kind_and_only_inspections_conclude() {
        let natures = [Nature::Month, Nature::Quarter, Nature::Year];
        let kinds = natures.map(|nature| ReportKind::of(ContractKind::Maintenance, nature));
        assert_eq!(kinds, [ReportKind::Month, ReportKind::Quarter, ReportKind::Year]);
        assert_eq!(ReportKind::of(ContractKind::AnnualInspection, Nature::Year), ReportKind::Inspection);
        assert_eq!(ReportKind::of(ContractKind::SafetyEvaluation, Nature::Year), ReportKind::Evaluation);
        let conclude: Vec<_> = ReportKind::VARIANTS.iter().filter(|kind| kind.has_conclusion()).collect();
        assert_eq!(conclude, [&ReportKind::Inspection]);
    }
}
