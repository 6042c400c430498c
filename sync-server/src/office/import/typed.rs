//! What a row says, by the keys of its columns, and the words that stand for answers.

use super::{Row, Told, columns};
use crate::text::Text as T;
use firebee_domain::{code::Code, import::Kind};
use firebee_protocol::text::{Language, say};
use std::collections::BTreeMap;

/// What a row says. A column that the table lacks says as little as an empty cell.
pub(super) struct Typed {
    texts: BTreeMap<&'static str, String>,
    /// What is wrong so far.
    pub(super) told: Vec<Told>,
}

impl Row {
    /// Reads the cells of a kind.
    pub(super) fn typed(&self, kind: Kind) -> Typed {
        let mut told = Vec::new();
        let text = |column: &super::Column| (column.key, self.text(column, &mut told).trim().to_owned());
        let texts = columns(kind).iter().map(text).collect();
        Typed { texts, told }
    }
}

impl Typed {
    /// What stands in a column.
    pub(super) fn get(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    /// Puts what stands in a column in the place of `held`. An empty cell leaves what is there.
    pub(super) fn over(&self, key: &str, held: &mut String) {
        let typed = self.get(key);
        if !typed.is_empty() {
            typed.clone_into(held);
        }
    }

    /// Notes that a column is wrong.
    pub(super) fn wrong(&mut self, at: &'static str, code: Code) {
        self.told.push(Told::new(at, code, Vec::new()));
    }

    /// The answer yes or no of a column; `None` of an empty one, or of another word, which is noted.
    pub(super) fn yes(&mut self, at: &'static str) -> Option<bool> {
        let typed = self.get(at).to_owned();
        let answer = yes_or_no(&typed);
        if answer.is_none() && !typed.is_empty() {
            self.wrong(at, Code::CellMalformed);
        }
        answer
    }

    /// The answer of a column among those that have these words; `None` as for [`yes`](Self::yes).
    pub(super) fn one_of<A: Copy>(&mut self, at: &'static str, answers: &[(A, T)]) -> Option<A> {
        let typed = self.get(at).to_owned();
        let found = answers.iter().find(|(_, word)| is_word(&typed, *word)).map(|(answer, _)| *answer);
        if found.is_none() && !typed.is_empty() {
            self.wrong(at, Code::CellMalformed);
        }
        found
    }
}

/// The answer that a text is, if it is one.
pub(super) fn yes_or_no(typed: &str) -> Option<bool> {
    let answers = [(true, [T::ImportYes, T::ImportYesAlso]), (false, [T::ImportNo, T::ImportNoAlso])];
    let is = |words: &[T; 2]| words.iter().any(|word| is_word(typed, *word));
    answers.into_iter().find(|(_, words)| is(words)).map(|(answer, _)| answer)
}

/// Whether a text is a word of ours, in either language; further words stand behind bars.
pub(super) fn is_word(typed: &str, word: T) -> bool {
    Language::ALL.into_iter().any(|language| say(language, word).split('|').any(|word| same(word, typed)))
}

/// Whether two texts are one word, in letters of either size.
pub(super) fn same(one: &str, other: &str) -> bool {
    let folded = |text: &str| text.trim().chars().flat_map(char::to_lowercase).collect::<String>();
    folded(one) == folded(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_in_either_language() {
        for (typed, answer) in [
            ("\u{662f}", Some(true)),
            (" YES ", Some(true)),
            ("\u{221a}", Some(true)),
            ("\u{5426}", Some(false)),
            ("no", Some(false)),
            ("0", Some(false)),
            ("", None),
            ("perhaps", None),
        ] {
            assert_eq!(yes_or_no(typed), answer, "{typed}");
        }
    }
}
