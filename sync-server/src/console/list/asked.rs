//! Reads what the address of a list asks for.

use super::{facet::MONTH, file::Format};
use crate::{
    console::in_query,
    query::page::{PAGE_ROWS, Place, Wanted},
};
use axum::{extract::Query, http::Uri};
use chrono::NaiveDate;
use firebee_domain::time::Month;
use serde::Deserialize;
use std::{fmt::Display, str::FromStr};

/// The rows of a part of a file.
const PART_ROWS: u32 = 2_000;
/// The most characters that are searched for.
const SEARCH_CHARS_MAX: usize = 100;

/// The word of an order, and whether the greatest comes first.
pub(in crate::console) type Order = (&'static str, bool);

/// What the address says. A value that cannot be read is ignored.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(in crate::console) struct Asked(Vec<(String, String)>);

impl Asked {
    /// The value of a name; empty when the address has none, or one with a control character: no text of a list has
    /// any, and PostgreSQL takes no NUL.
    pub(in crate::console) fn get(&self, name: &str) -> &str {
        let value = self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        if value.chars().any(char::is_control) { "" } else { value }
    }

    /// What an address says.
    pub(super) fn of(uri: &Uri) -> Self {
        Query::try_from_uri(uri).map_or_else(|_| Self::default(), |Query(asked)| asked)
    }

    /// The format of the file that the address asks for.
    pub(super) fn format(&self) -> Option<Format> {
        self.get("as").parse().ok()
    }

    /// Whether the address asks for a file.
    pub(in crate::console) fn is_file(&self) -> bool {
        self.format().is_some()
    }

    /// The word of the order, and whether the greatest comes first. `usual` is the order of an address that names none
    /// of the `words`.
    pub(super) fn order(&self, words: impl IntoIterator<Item = &'static str>, usual: Order) -> Order {
        let named = words.into_iter().find(|word| self.get("sort") == *word);
        let sort = named.unwrap_or(usual.0);
        let descending = match self.get("dir") {
            "down" => true,
            "up" => false,
            _ => sort == usual.0 && usual.1,
        };
        (sort, descending)
    }

    /// The place behind which the page begins, where the address names one.
    pub(in crate::console) fn after(&self) -> Option<Place> {
        let place = || Place { key: self.get("after").to_owned(), id: self.get("at").to_owned() };
        (!self.get("at").is_empty()).then(place)
    }

    /// The words, the order and the page.
    pub(super) fn wanted<S: FromStr + Default>(&self, (sort, descending): Order) -> Wanted<S> {
        let sort = sort.parse().unwrap_or_default();
        let after = self.after();
        let rows = if self.is_file() { PART_ROWS } else { PAGE_ROWS };
        Wanted { search: self.search(), sort, descending, after, rows }
    }

    /// The month that is shown, if the address names one.
    pub(in crate::console) fn month(&self) -> Option<Month> {
        self.get(MONTH).parse().ok()
    }

    /// The day of a name, if the address has one.
    pub(in crate::console) fn day(&self, name: &str) -> Option<NaiveDate> {
        self.get(name).parse().ok()
    }

    /// The value of a name as it is; `None` when the address has none.
    pub(in crate::console) fn word(&self, name: &str) -> Option<String> {
        Some(self.get(name).to_owned()).filter(|word| !word.is_empty())
    }

    /// What is searched for.
    pub(super) fn search(&self) -> String {
        self.get("q").trim().chars().take(SEARCH_CHARS_MAX).collect()
    }

    /// An address with these values, those that are not empty.
    pub(in crate::console) fn address<V: Display>(
        href: &str,
        values: impl IntoIterator<Item = (&'static str, V)>,
    ) -> String {
        values.into_iter().fold(href.to_owned(), |address, (name, value)| {
            let value = value.to_string();
            let mark = if address.contains('?') { '&' } else { '?' };
            if value.is_empty() { address } else { format!("{address}{mark}{name}={}", in_query(&value)) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString)]
    #[strum(serialize_all = "snake_case")]
    enum Sort {
        #[default]
        Time,
        Name,
    }

    #[test]
    fn an_address_names_the_order_the_words_and_the_place() {
        let wanted = |pairs: &[(&str, &str)]| {
            let asked = asked(pairs);
            asked.wanted::<Sort>(asked.order(["time", "name"], ("time", true)))
        };
        let usual = wanted(&[("sort", "nonsense"), ("page", "3")]);
        assert_eq!((usual.sort, usual.descending, usual.after, usual.rows), (Sort::Time, true, None, PAGE_ROWS));
        let other = wanted(&[("sort", "name"), ("q", " 主楼 "), ("after", "a"), ("at", "b")]);
        assert_eq!((other.sort, other.descending, other.search.as_str()), (Sort::Name, false, "主楼"));
        assert_eq!(other.after, Some(Place { key: "a".into(), id: "b".into() }));
        let file = wanted(&[("as", "csv"), ("at", "b")]);
        assert_eq!(file.rows, PART_ROWS, "a file is read by larger parts");
    }

    #[test]
    fn an_address_keeps_what_it_asks_for() {
        assert_eq!(Asked::address::<&str>("/tasks", []), "/tasks");
        let values = [("state", "approved"), ("q", ""), ("project", "a b&c")];
        assert_eq!(Asked::address("/tasks", values), "/tasks?state=approved&project=a%20b%26c");
    }
}
