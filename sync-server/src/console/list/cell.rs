//! The content of a cell, on a page and in a file.

use crate::view::Day;
use chrono::{NaiveDate, NaiveDateTime};
use firebee_protocol::text::{Chip, When};

/// The content of a cell.
pub(in crate::console) enum Cell {
    /// A name that leads somewhere.
    Link {
        /// Where.
        href: String,
        /// The name, Chinese data.
        name: String,
    },
    /// Chinese data.
    Data(String),
    /// Words in the reader's language.
    Words(String),
    /// How many.
    Count(u64),
    /// How many, which leads to the list of them where there are any.
    Counted {
        /// Where.
        href: String,
        /// How many.
        count: u64,
    },
    /// A day of the calendar.
    Day(Day),
    /// Lines that belong to the row as a whole: below it on a page, in a column of their own in a file.
    Below(String),
    /// A state.
    State(Chip),
    /// A state that opens what it tells of.
    Step {
        /// Where it leads, if it leads anywhere.
        href: Option<String>,
        /// The state.
        chip: Chip,
    },
    /// What can be done with the row: where, and the words. A file has nothing there.
    Ways(Vec<(String, String)>),
    /// An instant of the server's clock, if there is one.
    When(Option<When>),
    /// When a fact was recorded, if there is one. A file says in a column of its own how sure that is.
    Fact(Option<When>),
}

/// The same in a file: a number stays a number, a day a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Empty,
    /// Words or data.
    Text(String),
    /// A number.
    Count(u64),
    /// A day.
    Day(NaiveDate),
    /// An instant as the clocks of China show it, to the second.
    Time(NaiveDateTime),
}

impl Cell {
    /// The cell as a file holds it. An instant stands in it exactly; one that is known as an interval stands in words.
    pub(super) fn value(self) -> Value {
        let text = match self {
            Self::Link { name, .. } => name,
            Self::Data(text) | Self::Words(text) | Self::Below(text) => text,
            Self::Count(count) | Self::Counted { count, .. } => return Value::Count(count),
            Self::Day(day) => return Value::Day(day.day),
            Self::State(chip) | Self::Step { chip, .. } => chip.word,
            Self::Ways(_) => return Value::Empty,
            Self::When(when) | Self::Fact(when) => {
                let exact = when.map(|when| when.exact).unwrap_or_default();
                match NaiveDateTime::parse_from_str(&exact, TIME) {
                    Ok(time) => return Value::Time(time),
                    Err(_) => exact,
                }
            }
        };
        if text.is_empty() { Value::Empty } else { Value::Text(text) }
    }

    /// How sure its instant is.
    pub(super) fn sure(&self) -> Option<String> {
        match self {
            Self::Fact(when) => when.as_ref()?.sure.clone(),
            Self::Link { .. }
            | Self::Data(_)
            | Self::Words(_)
            | Self::Below(_)
            | Self::Count(_)
            | Self::Counted { .. }
            | Self::Day(_)
            | Self::State(_)
            | Self::Step { .. }
            | Self::Ways(_)
            | Self::When(_) => None,
        }
    }
}

impl Value {
    /// The same as a text, for paper.
    pub(super) fn shown(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text,
            Self::Count(count) => count.to_string(),
            Self::Day(day) => day.format(DAY).to_string(),
            Self::Time(time) => time.format(TIME).to_string(),
        }
    }
}

/// How an instant is written for people.
pub(super) const TIME: &str = "%Y-%m-%d %H:%M:%S";
/// How a day is written.
pub(super) const DAY: &str = "%Y-%m-%d";
