//! What the plan has for each ticked facility.

use crate::{text::Text as T, view::Reader};
use firebee_domain::{
    catalogue::Catalogue,
    plan::{Plan, PlanItem, PlanItemState},
    report::FacilityLine,
};
use firebee_protocol::text::{Arg, word};

/// A line for each facility that was ticked when the plan was made.
pub(super) fn lines(reader: Reader<'_>, plan: &Plan, catalogue: &Catalogue) -> Vec<FacilityLine> {
    plan.facilities.iter().map(|code| line(reader, plan, catalogue, code)).collect()
}

fn line(reader: Reader<'_>, plan: &Plan, catalogue: &Catalogue, code: &str) -> FacilityLine {
    let known = catalogue.facility(code);
    let items: Vec<&PlanItem> = plan.items.iter().filter(|item| item.facility == *code).collect();
    let count = |of: &dyn Fn(&PlanItem) -> bool| {
        u32::try_from(items.iter().filter(|item| of(item)).count()).unwrap_or(u32::MAX)
    };
    let mut reasons: Vec<String> = Vec::new();
    for reason in items.iter().filter_map(|item| item.ignored.clone()) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let remark = match (items.is_empty(), reasons.is_empty()) {
        (true, _) => reader.t(T::ReportFacilityNone),
        (_, true) => String::new(),
        (_, false) => {
            let reasons = word::join(reader.language, reasons);
            reader.say(T::ReportFacilityIgnored, &[("reasons", Arg::from(reasons))])
        }
    };
    FacilityLine {
        system: known.as_ref().map(|held| held.system.name.clone()).unwrap_or_default(),
        facility: known.as_ref().map_or_else(|| code.to_owned(), |held| held.facility.name.clone()),
        planned: count(&|_| true),
        done: count(&|item| item.state == PlanItemState::Approved),
        ignored: count(&|item| item.ignored.is_some()),
        remark,
    }
}
