//! The months for which a project owes a plan and a report.

use super::Project;
use crate::{
    catalogue::Nature,
    code::Code,
    plan::PlanSlot,
    suspension::{PauseRequest, is_paused},
    time::Month,
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The first day of a month from which the first plan may wait for the next month.
pub const FIRST_MONTH_CHOICE_DAY: u32 = 20;

/// Which month comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FirstMonth {
    /// The month of signing.
    SignMonth,
    /// The month after it.
    NextMonth,
}

/// the choice is missing where it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("signed on day 20 or later: choose the first month")]
pub struct FirstMonthError;

impl FirstMonthError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        Code::FirstMonthRequired
    }
}

/// checks that a project signed on day 20 or later has its choice.
pub fn needs_first_month_choice(sign_date: NaiveDate, choice: Option<FirstMonth>) -> Result<(), FirstMonthError> {
    if sign_date.day() >= FIRST_MONTH_CHOICE_DAY && choice.is_none() { Err(FirstMonthError) } else { Ok(()) }
}

/// the first due month; before day 20 the choice has no effect.
pub fn first_due_month(sign_date: NaiveDate, choice: Option<FirstMonth>) -> Option<Month> {
    let signed = Month::of(sign_date)?;
    let waits = sign_date.day() >= FIRST_MONTH_CHOICE_DAY && choice == Some(FirstMonth::NextMonth);
    Some(if waits { signed.next() } else { signed })
}

/// the months for which a maintenance project owes a plan and a report: from its first to its
/// last month, paused ones left out; none once it is terminated. Other kinds owe no monthly plan, and training owes
/// nothing.
pub fn due_months(project: &Project, pauses: &[PauseRequest]) -> Vec<Month> {
    if project.practice().one_plan_only || project.termination.is_some() || project.training {
        return vec![];
    }
    let Some((first, last)) = project.first_due_month().zip(project.last_due_month()) else { return vec![] };
    std::iter::successors(Some(first), |month| Some(month.next()))
        .take_while(|month| *month <= last)
        .filter(|month| !is_paused(pauses, project.id, *month))
        .collect()
}

/// the due months up to that of `today` for which `plans`, the issued plans of the project, has none. The firm
/// is late with them, or still has to issue the plan of this month.
pub fn months_without_plan(
    project: &Project,
    pauses: &[PauseRequest],
    plans: &[PlanSlot],
    today: NaiveDate,
) -> Vec<Month> {
    let planned = |period: Month| plans.contains(&PlanSlot { nature: Nature::Month, period });
    due_months(project, pauses).into_iter().filter(|month| month.first_day() <= today && !planned(*month)).collect()
}

/// the due months up to that of `today` whose report is not issued; `reported` are those whose report is.
pub fn months_without_report(
    project: &Project,
    pauses: &[PauseRequest],
    reported: &[Month],
    today: NaiveDate,
) -> Vec<Month> {
    let due = due_months(project, pauses).into_iter();
    due.filter(|month| month.first_day() <= today && !reported.contains(month)).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::project, *};
    use crate::{
        contract::ContractKind,
        personnel::tests::day,
        suspension::{
            PauseState,
            tests::{pause, termination},
        },
    };

    fn first(sign_date: &str, choice: Option<FirstMonth>) -> String {
        first_due_month(day(sign_date), choice).unwrap().to_string()
    }

    /// the choice counts from day 20, inclusive.
    #[test]
    fn r_070_r_071_r_072_the_first_month_is_chosen_from_day_20() {
        use FirstMonth::{NextMonth, SignMonth};
        assert_eq!(first("2020-01-21", Some(NextMonth)), "2020-02");
        assert_eq!(first("2020-01-20", Some(NextMonth)), "2020-02");
        assert_eq!(first("2020-01-19", Some(NextMonth)), "2020-01");
        assert_eq!(first("2020-01-31", Some(SignMonth)), "2020-01");
        assert_eq!(first("2020-12-20", Some(NextMonth)), "2021-01");
        assert_eq!(needs_first_month_choice(day("2020-01-20"), None), Err(FirstMonthError));
        assert_eq!(needs_first_month_choice(day("2020-01-20"), Some(SignMonth)), Ok(()));
        assert_eq!(needs_first_month_choice(day("2020-01-19"), None), Ok(()));
    }

    /// every month from the first to the last, without paused ones, none after termination.
    #[test]
    fn r_073_every_month_of_the_project_is_due_but_paused_ones() {
        let project = project();
        let months = due_months(&project, &[]);
        assert_eq!(months.len(), 12);
        assert_eq!(
            months.first().zip(months.last()).map(|(a, b)| (a.to_string(), b.to_string())),
            Some(("2020-02".into(), "2021-01".into()))
        );
        let paused: Month = "2020-05".parse().unwrap();
        let pause = pause(project.id, paused, PauseState::Approved);
        assert!(!due_months(&project, &[pause]).contains(&paused));
        assert_eq!(due_months(&Project { termination: Some(termination()), ..project.clone() }, &[]), []);
        assert_eq!(due_months(&Project { kind: ContractKind::SafetyEvaluation, ..project }, &[]), []);
    }

    /// a month without an issued plan is named from its first day on.
    #[test]
    fn r_113_a_due_month_without_an_issued_plan_is_named() {
        let project = project();
        let text = |plans: &[PlanSlot], today| {
            months_without_plan(&project, &[], plans, day(today)).iter().map(Month::to_string).collect::<Vec<_>>()
        };
        assert_eq!(text(&[], "2020-01-31"), Vec::<String>::new());
        assert_eq!(text(&[], "2020-03-01"), ["2020-02", "2020-03"]);
        let slot = |nature, period: &str| PlanSlot { nature, period: period.parse().unwrap() };
        assert_eq!(text(&[slot(Nature::Month, "2020-03")], "2020-03-31"), ["2020-02"]);
        assert_eq!(text(&[slot(Nature::Quarter, "2020-03")], "2020-03-31"), ["2020-02", "2020-03"], "another nature");
    }

    /// a month whose report is missing is named from its first day on; a paused one owes none.
    #[test]
    fn r_276_a_due_month_without_a_report_is_named() {
        let project = project();
        let month = |text: &str| text.parse::<Month>().unwrap();
        let missing = |pauses: &[PauseRequest], reported: &[Month], today| {
            let months = months_without_report(&project, pauses, reported, day(today));
            months.iter().map(Month::to_string).collect::<Vec<_>>()
        };
        assert_eq!(missing(&[], &[], "2020-01-31"), Vec::<String>::new());
        assert_eq!(missing(&[], &[month("2020-02")], "2020-04-01"), ["2020-03", "2020-04"]);
        let pause = [pause(project.id, month("2020-03"), PauseState::Approved)];
        assert_eq!(missing(&pause, &[month("2020-02")], "2020-04-30"), ["2020-04"]);
    }
}
