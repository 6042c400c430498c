//! How much of something is done, counted in the open.

use super::{Arg, Language, Text, say_with};

/// How many of how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many are done.
    pub done: i32,
    /// Of how many.
    pub total: i32,
    /// Both in words.
    pub text: String,
}

impl Count {
    /// A count in the words of a message with `{ $done }` and `{ $total }`.
    #[must_use]
    pub fn of(language: Language, text: Text, done: usize, total: usize) -> Self {
        let text = say_with(language, text, &[("done", Arg::from(done)), ("total", Arg::from(total))]);
        let shown = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        Self { done: shown(done), total: shown(total), text }
    }
}
