//! Codes: what an error, an answer or a quarantined fact is called, and what follows from it.
//!
//! Everything that depends on a code is a column of one table, so that phone, server, pages and apps cannot disagree.

mod action;

use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

pub use action::{Action, Again};

/// What the table says of one code.
#[derive(Clone, Copy, Debug)]
struct Row {
    status: Option<u16>,
    action: Action,
    person: bool,
    again: Again,
}

/// A column in which `-` stands for nothing.
macro_rules! status {
    (-) => {
        None
    };
    ($status:literal) => {
        Some($status)
    };
}

/// A column of two words.
macro_rules! is_person {
    (person) => {
        true
    };
    (alone) => {
        false
    };
}

/// Makes [`Code`] and its columns of the table.
macro_rules! codes {
    ($($variant:ident $word:literal $status:tt $action:ident $person:ident $again:ident;)*) => {
        /// The stable name of a failure. Two sentences in the message catalogue tell it to a user.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $word, "`.")] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that travels and is stored, in lower snake_case.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            pub(super) const fn row(self) -> Row {
                match self {
                    $(Self::$variant => Row {
                        status: status!($status),
                        action: Action::$action,
                        person: is_person!($person),
                        again: Again::$again,
                    },)*
                }
            }
        }
    };
}

mod table;

pub use table::Code;

impl Code {
    /// The HTTP status of an answer that carries this code; `None` for one that no answer carries.
    #[must_use]
    pub const fn status(self) -> Option<u16> {
        self.row().status
    }

    /// What the client does about it.
    #[must_use]
    pub const fn action(self) -> Action {
        self.row().action
    }

    /// Whether a person must act before it goes on: the user, the office, or support.
    #[must_use]
    pub const fn needs_person(self) -> bool {
        self.row().person
    }

    /// When a fact that is quarantined with this code is judged again.
    #[must_use]
    pub const fn again(self) -> Again {
        self.row().again
    }

    /// The codes of quarantined facts that are judged again then.
    pub fn judged(again: Again) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |code| code.again() == again)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.word())
    }
}

/// No code of this table has that word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no code has this word")]
pub struct UnknownCode;

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(word: &str) -> Result<Self, UnknownCode> {
        Self::ALL.iter().copied().find(|code| code.word() == word).ok_or(UnknownCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_word_is_the_variants_name_in_lower_snake_case_and_stands_once() {
        let mut seen = BTreeSet::new();
        for code in Code::ALL {
            let mut snake = String::new();
            for (n, letter) in format!("{code:?}").chars().enumerate() {
                if n > 0 && letter.is_ascii_uppercase() {
                    snake.push('_');
                }
                snake.push(letter.to_ascii_lowercase());
            }
            assert_eq!(code.word(), snake);
            assert_eq!(snake.parse(), Ok(*code));
            assert!(seen.insert(code.word()), "{code}");
        }
        assert_eq!("nothing_of_ours".parse::<Code>(), Err(UnknownCode));
    }

    #[test]
    fn what_a_client_cannot_do_alone_needs_a_person() {
        for code in Code::ALL {
            assert!(code.needs_person() || !code.action().needs_person(), "{code}");
        }
    }

    #[test]
    fn a_status_is_one_of_an_error() {
        for code in Code::ALL {
            assert!(code.status().is_none_or(|status| (400..600).contains(&status)), "{code}");
        }
    }
}
