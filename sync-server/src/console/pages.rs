//! The one list of pages. Router, navigation and the notices after an act are made from it. A new page is one folder
//! and one line here.

use super::{
    account, application, apply, assets, call, check, contact, contract, device, dispatch, evidence, facility, fact,
    fault, firm, hazard, home, import, instrument, interface, language, leave, ledger, log, look, monitoring, notice,
    oversight, owner, parked, password, pause, personnel, personnel_change, petition, plan, portal, program, project,
    reading, region, repair, report, retention, robot, salvage, saved_view, session, sign_in, staff, task, track,
    tracking, undecided, ways, webhook,
};
use crate::{state::App, text::Text};
use axum::Router;
use firebee_domain::account::Role;

/// The contribution of one folder to the console.
pub(super) struct Page {
    /// Its addresses.
    pub(super) routes: fn() -> Router<App>,
    /// Its place in the navigation, if it has one.
    pub(super) entry: Option<Entry>,
    /// The acts of its forms, each with the sentence that the next page says: the kind of the act, and behind a dot what
    /// was chosen.
    pub(super) done: &'static [(&'static str, Text)],
}

/// A place in the navigation.
pub(super) struct Entry {
    /// Where it leads.
    pub(super) href: &'static str,
    /// What it is called.
    pub(super) text: Text,
    /// The `d` of its icon's path, in a box of 24.
    pub(super) icon: &'static str,
    /// Whose navigation has it.
    pub(super) readers: Readers,
}

/// Whose navigation a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    /// Everybody who signs in.
    Everybody,
    /// The people of a firm.
    Staff,
    /// The contacts of owners.
    Owners,
    /// The people of a firm, and the contacts of its owners.
    StaffAndOwners,
    /// The people of the fire service.
    Authority,
}

impl Readers {
    /// Whether somebody of this role is one of them.
    pub(super) const fn include(self, role: Role) -> bool {
        match self {
            Self::Everybody => true,
            Self::Staff => role.is_staff(),
            Self::Owners => matches!(role, Role::OwnerContact),
            Self::StaffAndOwners => role.is_staff() || matches!(role, Role::OwnerContact),
            Self::Authority => matches!(role, Role::Regulator),
        }
    }
}

/// Every page, in the order of the navigation.
pub(super) static PAGES: &[&Page] = &[
    &home::PAGE,
    &task::PAGE,
    &track::PAGE,
    &fault::PAGE,
    &tracking::PAGE,
    &hazard::PAGE,
    &dispatch::PAGE,
    &project::PAGE,
    &report::PAGE,
    &repair::PAGE,
    &evidence::PAGE,
    &notice::PAGE,
    &call::PAGE,
    &account::PAGE,
    &region::PAGE,
    &retention::PAGE,
    &ways::PAGE,
    &owner::PAGE,
    &contact::PAGE,
    &contract::PAGE,
    &import::PAGE,
    &pause::PAGE,
    &petition::PAGE,
    &check::PAGE,
    &plan::PAGE,
    &ledger::PAGE,
    &facility::PAGE,
    &parked::PAGE,
    &undecided::PAGE,
    &leave::PAGE,
    &salvage::PAGE,
    &fact::PAGE,
    &password::PAGE,
    &sign_in::PAGE,
    &staff::PAGE,
    &personnel::PAGE,
    &personnel_change::PAGE,
    &oversight::PAGE,
    &reading::PAGE,
    &application::PAGE,
    &apply::PAGE,
    &firm::PAGE,
    &session::PAGE,
    &instrument::PAGE,
    &program::PAGE,
    &interface::PAGE,
    &webhook::PAGE,
    &robot::PAGE,
    &device::PAGE,
    &log::PAGE,
    &look::PAGE,
    &monitoring::PAGE,
    &portal::PAGE,
    &saved_view::PAGE,
    &language::PAGE,
    &assets::PAGE,
];

/// The routes of every page.
pub(super) fn routes() -> Router<App> {
    PAGES.iter().fold(Router::new(), |router, page| router.merge((page.routes)()))
}

/// The sentence for what was just done.
pub(super) fn done(word: &str) -> Option<Text> {
    let mut known = PAGES.iter().flat_map(|page| page.done);
    known.find(|(known, _)| *known == word).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use strum::VariantArray as _;

    #[test]
    fn no_two_pages_share_a_word_for_what_was_done_or_a_place_in_the_navigation() {
        let words: Vec<&str> = PAGES.iter().flat_map(|page| page.done).map(|(word, _)| *word).collect();
        let places: Vec<&str> = PAGES.iter().filter_map(|page| page.entry.as_ref()).map(|entry| entry.href).collect();
        for all in [words, places] {
            let unlike: BTreeSet<&&str> = all.iter().collect();
            assert_eq!(unlike.len(), all.len(), "{all:?}");
        }
    }

    /// On a phone the navigation is a bar below the page.
    #[test]
    fn the_navigation_has_at_most_five_places() {
        for role in Role::VARIANTS {
            let has = |entry: &Entry| entry.readers.include(*role);
            assert!(PAGES.iter().filter(|page| page.entry.as_ref().is_some_and(has)).count() <= 5, "{role:?}");
        }
    }
}
