//! What narrows a list: each facet is a name in its address with the answers that can be chosen. The address is the filter,
//! so every answer is a link or a field of the form that makes the address.

use super::Asked;
use crate::text::Text as T;
use firebee_protocol::text::{Language, say};

/// The name of the month in an address.
pub(super) const MONTH: &str = "month";

/// One way to narrow a list.
pub(in crate::console) struct Facet {
    /// Its name in the address.
    pub(in crate::console) name: &'static str,
    /// What it is called.
    pub(in crate::console) title: T,
    /// The answer that does not narrow. A facet of chips without it leads back by the chip in force.
    pub(in crate::console) every: Option<T>,
    /// The other answers.
    pub(in crate::console) answers: Vec<Answer>,
    /// How they are offered.
    pub(in crate::console) form: Form,
}

/// How a facet is offered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::console) enum Form {
    /// As links, for few answers.
    Chips,
    /// As a field, for many.
    Pick,
    /// As a field in the box of those that are asked for seldom.
    More,
    /// As a day, in that box. It has no answers.
    Day,
}

/// One answer of a facet.
pub(in crate::console) struct Answer {
    /// What the address says.
    pub(in crate::console) value: String,
    /// What it is called.
    pub(in crate::console) word: String,
    /// How many rows it shows; `None` where nobody counted.
    pub(in crate::console) count: Option<i64>,
    /// Whether it is Chinese data.
    pub(in crate::console) data: bool,
}

impl Answer {
    /// An answer that was counted. `counts` holds only what there is.
    pub(in crate::console) fn counted(value: &'static str, word: String, count: Option<&i64>) -> Self {
        Self { value: value.to_owned(), word, count: Some(count.copied().unwrap_or(0)), data: false }
    }
}

impl Facet {
    /// A day that the address names: from it on, or up to it.
    pub(in crate::console) const fn day(name: &'static str, title: T) -> Self {
        Self { name, title, every: None, answers: Vec::new(), form: Form::Day }
    }

    /// A field in the box of those that are asked for seldom, with words of the data: each is its own value.
    pub(in crate::console) fn words(name: &'static str, title: T, words: &[String]) -> Self {
        let answer = |word: &String| Answer { value: word.clone(), word: word.clone(), count: None, data: true };
        Self { name, title, every: Some(T::ListEvery), answers: words.iter().map(answer).collect(), form: Form::More }
    }

    /// The only project, person or phone that the address shows, by its name: the chip leads back to all. Nothing where the
    /// address names none.
    pub(in crate::console) fn only(name: &'static str, title: T, asked: &Asked, word: Option<String>) -> Option<Self> {
        let answer = Answer { value: asked.get(name).to_owned(), word: word?, count: None, data: true };
        Some(Self { name, title, every: None, answers: vec![answer], form: Form::Chips })
    }
}

/// A chip of a facet.
pub(super) struct Chip {
    pub(super) href: String,
    pub(super) word: String,
    pub(super) count: Option<i64>,
    pub(super) here: bool,
    pub(super) data: bool,
    /// Whether it leads back to what is not narrowed.
    pub(super) back: bool,
}

/// The chips of one facet.
pub(super) struct Chips {
    pub(super) title: String,
    pub(super) chips: Vec<Chip>,
}

/// A field of the form.
pub(super) struct Pick {
    pub(super) name: &'static str,
    pub(super) title: String,
    /// The answers of a choice; empty for a month or a day.
    pub(super) options: Vec<Choice>,
    /// For a month or a day: the type of the field, and what it shows.
    pub(super) typed: Option<(&'static str, String)>,
}

/// An answer of a field.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) word: String,
    pub(super) chosen: bool,
    pub(super) data: bool,
}

impl Facet {
    /// The chips, each with the address that it leads to. `address` makes one with another value of this facet.
    pub(super) fn chips(&self, language: Language, asked: &Asked, address: impl Fn(&str) -> String) -> Chips {
        let here = asked.get(self.name);
        let every = self.every.map(|word| Chip {
            href: address(""),
            word: say(language, word),
            count: self.answers.iter().map(|answer| answer.count).sum(),
            here: !self.answers.iter().any(|answer| answer.value == here),
            data: false,
            back: false,
        });
        let chip = |answer: &Answer| {
            let chosen = answer.value == here;
            let back = chosen && self.every.is_none() && !answer.value.is_empty();
            Chip {
                href: address(if back { "" } else { &answer.value }),
                word: answer.word.clone(),
                count: answer.count,
                here: chosen,
                data: answer.data,
                back,
            }
        };
        let chips = every.into_iter().chain(self.answers.iter().map(chip)).collect();
        Chips { title: say(language, self.title), chips }
    }

    /// The field with its answers.
    pub(super) fn pick(&self, language: Language, asked: &Asked) -> Pick {
        let here = asked.get(self.name);
        let every = self.every.map(|word| Choice {
            value: String::new(),
            word: say(language, word),
            chosen: here.is_empty(),
            data: false,
        });
        let option = |answer: &Answer| Choice {
            value: answer.value.clone(),
            word: answer.word.clone(),
            chosen: answer.value == here,
            data: answer.data,
        };
        let options = every.into_iter().chain(self.answers.iter().map(option)).collect();
        Pick { name: self.name, title: say(language, self.title), options, typed: None }
    }
}

impl Pick {
    /// The field of the month.
    pub(super) fn month(language: Language, asked: &Asked, title: T) -> Self {
        let month = asked.month().map(|month| month.to_string()).unwrap_or_default();
        Self { name: MONTH, title: say(language, title), options: Vec::new(), typed: Some(("month", month)) }
    }

    /// The field of a day.
    pub(super) fn day(language: Language, asked: &Asked, facet: &Facet) -> Self {
        let day = asked.day(facet.name).map(|day| day.to_string()).unwrap_or_default();
        let typed = Some(("date", day));
        Self { name: facet.name, title: say(language, facet.title), options: Vec::new(), typed }
    }

    /// Whether it narrows the list.
    pub(super) fn is_set(&self) -> bool {
        let typed = self.typed.as_ref().is_some_and(|(_, value)| !value.is_empty());
        typed || self.options.iter().any(|option| option.chosen && !option.value.is_empty())
    }

    /// The field of the order.
    pub(super) fn sorts(language: Language, sorts: impl Iterator<Item = (&'static str, T)>, here: &str) -> Self {
        let option = |(sort, title): (&'static str, T)| Choice {
            value: sort.to_owned(),
            word: say(language, title),
            chosen: sort == here,
            data: false,
        };
        let options = sorts.map(option).collect();
        Self { name: "sort", title: say(language, T::ListSort), options, typed: None }
    }
}
