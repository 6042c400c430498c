//! The form by which a manager says how the firm works.

use crate::browse::{Browser, Page};

/// What it holds by itself.
const USUAL: [(&str, &str); 7] = [
    ("lead", ""),
    ("executor", ""),
    ("photos", "1"),
    ("lines", ""),
    ("witness", "each_project"),
    ("reviewers", "as_the_rules"),
    ("reminder_days", "3"),
];

/// Sends it with these changes, and gives the answer.
pub async fn change_ways(browser: &Browser, changes: &[(&str, &str)]) -> Page {
    let page = browser.get("/ways/change").await;
    let kept = USUAL.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let fields: Vec<(&str, &str)> = kept.chain(changes.iter().copied()).collect();
    browser.submit(&page, "/ways/change", &fields).await
}
