//! The name of a plan.

use firebee_domain::{catalogue::Nature, contract::ContractKind, plan::PlanName};
use firebee_protocol::text::{Arg, Language, Text, say_with};

/// A plan's name in words. It is made once, in Chinese, and stored, because tasks and reports carry it.
pub fn plan_name(name: &PlanName, language: Language) -> String {
    let text = match (name.kind, name.nature) {
        (ContractKind::Maintenance, Nature::Month) => Text::WordPlanNameMonth,
        (ContractKind::Maintenance, Nature::Quarter) => Text::WordPlanNameQuarter,
        (ContractKind::Maintenance, Nature::Year) => Text::WordPlanNameYear,
        (ContractKind::CompletionInspection, _) => Text::WordPlanNameCompletionInspection,
        (ContractKind::AnnualInspection, _) => Text::WordPlanNameAnnualInspection,
        (ContractKind::SpecialInspection, _) => Text::WordPlanNameSpecialInspection,
        (ContractKind::SafetyEvaluation, _) => Text::WordPlanNameSafetyEvaluation,
    };
    let values = [
        ("year", Arg::from(name.year)),
        ("quarter", Arg::from(name.quarter.unwrap_or_default())),
        ("month", Arg::from(name.month.unwrap_or_default())),
    ];
    say_with(language, text, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// the two names that the manual shows, and a quarter's.
    #[test]
    fn r_102_a_plan_is_named_after_its_period_and_contract() {
        let name = |kind, nature, quarter, month| {
            plan_name(&PlanName { year: 2020, quarter, month, nature, kind }, Language::Zh)
        };
        use ContractKind::{Maintenance, SafetyEvaluation};
        assert_eq!(name(Maintenance, Nature::Month, None, Some(7)), "2020年7月维护保养计划");
        assert_eq!(name(SafetyEvaluation, Nature::Year, None, Some(1)), "2020年1月安全评估计划");
        assert_eq!(name(Maintenance, Nature::Quarter, Some(4), None), "2020年4季度维护保养计划");
        assert_eq!(name(Maintenance, Nature::Year, None, None), "2020年维护保养计划");
    }
}
