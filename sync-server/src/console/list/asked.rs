//! Reads what the address of a list asks for.

use serde::Deserialize;

/// How many rows stand on one page.
pub(in crate::console) const ROWS_MAX: usize = crate::query::task::PAGE_SIZE as usize;
/// The most pages that a file holds.
pub(in crate::console) const PAGES_MAX: u32 = 200;

/// The filters in the address. A value that cannot be read is ignored.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(in crate::console) struct Asked(Vec<(String, String)>);

impl Asked {
    /// The value of a filter; empty when the address has none.
    pub(in crate::console) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The page, from 0.
    pub(in crate::console) fn page(&self) -> u32 {
        self.get("page").parse().unwrap_or(0).min(10_000)
    }

    /// Whether the address asks for a file.
    pub(in crate::console) fn is_file(&self) -> bool {
        self.get("as") == "csv"
    }

    /// Of the rows of a list in memory: those of the page, and one more if another page follows.
    pub(in crate::console) fn slice<'a, R>(&self, all: &'a [R]) -> &'a [R] {
        let begin = (self.page() as usize).saturating_mul(ROWS_MAX).min(all.len());
        let end = begin.saturating_add(ROWS_MAX + 1).min(all.len());
        all.get(begin..end).unwrap_or_default()
    }

    /// The address with one thing more.
    pub(in crate::console) fn with(address: &str, name: &str, value: impl std::fmt::Display) -> String {
        let mark = if address.contains('?') { '&' } else { '?' };
        format!("{address}{mark}{name}={value}")
    }

    /// The address of a page.
    pub(in crate::console) fn address(first: &str, page: u32) -> String {
        if page == 0 { first.to_owned() } else { Self::with(first, "page", page) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(page: &str) -> Asked {
        Asked(vec![("page".into(), page.into())])
    }

    #[test]
    fn a_page_holds_its_rows_and_one_more_when_another_follows() {
        let all: Vec<usize> = (0..ROWS_MAX + 2).collect();
        assert_eq!(asked("0").slice(&all).len(), ROWS_MAX + 1);
        assert_eq!(asked("1").slice(&all), [ROWS_MAX, ROWS_MAX + 1]);
        assert!(asked("9").slice(&all).is_empty() && asked("x").page() == 0);
    }

    #[test]
    fn an_address_keeps_what_it_asks_for() {
        assert_eq!(Asked::address("/tasks", 0), "/tasks");
        assert_eq!(Asked::address("/tasks?state=approved", 2), "/tasks?state=approved&page=2");
        assert_eq!(Asked::with("/tasks", "as", "csv"), "/tasks?as=csv");
    }
}
