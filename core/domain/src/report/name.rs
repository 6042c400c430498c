//! What a report is called.

use chrono::NaiveDate;

/// project, day of the report, kind, such as the day 20200318 and the word of a monthly report. `kind` is the kind in words.
pub fn name(project: &str, report_date: NaiveDate, kind: &str) -> String {
    format!("{project}{}{kind}", report_date.format("%Y%m%d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_203_a_report_is_named_project_day_and_kind() {
        let day = NaiveDate::from_ymd_opt(2020, 3, 18).unwrap();
        assert_eq!(name("西宁某商场", day, "月表"), "西宁某商场20200318月表");
    }
}
