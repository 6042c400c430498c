//! Which of the project's facilities a plan leaves open.

use super::show::Found;
use crate::{
    console::{frame::Frame, words},
    text::Text as T,
};
use firebee_domain::plan::coverage;
use firebee_protocol::{
    catalogue::tongue,
    text::{Arg, say_with},
};

/// What the page says about it.
pub(super) struct Cover {
    /// How many facilities there are and how many are unfinished.
    pub(super) counts: String,
    /// Facilities that keep the plan from being reported: all of their items are left out.
    pub(super) all_ignored: Option<String>,
    /// Facilities that have no item of the plan's nature.
    pub(super) without_items: Option<String>,
}

/// Compares the plan with the facilities that were ticked when it was made.
pub(super) fn cover(f: &Frame, found: &Found) -> Cover {
    let (plan, open) = (&found.row.plan, coverage(&found.row.plan));
    let named = |text: T, codes: &[String]| {
        let names = words::join(f.language, codes.iter().map(|code| facility(f, found, code)));
        (!names.is_empty()).then(|| say_with(f.language, text, &[("names", Arg::from(names))]))
    };
    let counts = [("all", Arg::from(plan.facilities.len())), ("open", Arg::from(open.unfinished.len()))];
    Cover {
        counts: say_with(f.language, T::PlanCover, &counts),
        all_ignored: if open.is_planned() { None } else { named(T::PlanCoverIgnored, &open.all_ignored) },
        without_items: named(T::PlanCoverWithout, &open.without_items),
    }
}

fn facility(f: &Frame, found: &Found, code: &str) -> String {
    let known = found.catalogue.facility(code).map(|held| held.facility);
    known.map_or_else(|| code.to_owned(), |held| tongue(f.language).of(&held.name, &held.name_en).to_owned())
}
