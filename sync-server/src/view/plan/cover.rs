//! Which of the project's facilities a plan leaves open.

use super::PlanSources;
use crate::{text::Text as T, view::Reader};
use firebee_domain::plan::coverage;
use firebee_protocol::{
    text::tongue,
    text::{Arg, word},
};

/// Which facilities a plan leaves open, in words.
pub struct Cover {
    /// How many facilities there are and how many are unfinished.
    pub counts: String,
    /// The facilities that keep the plan from being reported, if any: all of their items are left out.
    pub all_ignored: Option<String>,
    /// The facilities that have no item of the plan's nature, if any.
    pub without_items: Option<String>,
}

/// Compares a plan with the facilities that were ticked when it was made.
pub(super) fn cover(reader: Reader<'_>, sources: &PlanSources<'_>) -> Cover {
    let (plan, open) = (&sources.row.plan, coverage(&sources.row.plan));
    let named = |text: T, codes: &[String]| {
        let names = word::join(reader.language, codes.iter().map(|code| facility(reader, sources, code)));
        (!names.is_empty()).then(|| reader.say(text, &[("names", Arg::from(names))]))
    };
    let counts = [("all", Arg::from(plan.facilities.len())), ("open", Arg::from(open.unfinished.len()))];
    Cover {
        counts: reader.say(T::PlanCover, &counts),
        all_ignored: if open.is_planned() { None } else { named(T::PlanCoverIgnored, &open.all_ignored) },
        without_items: named(T::PlanCoverWithout, &open.without_items),
    }
}

fn facility(reader: Reader<'_>, sources: &PlanSources<'_>, code: &str) -> String {
    let known = sources.catalogue.facility(code).map(|held| held.facility);
    known.map_or_else(|| code.to_owned(), |held| tongue(reader.language).of(&held.name, &held.name_en).to_owned())
}
