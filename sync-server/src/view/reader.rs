//! Who reads a view, and when.

use crate::text::Text;
use firebee_domain::{
    account::{Action, Actor, Subject, may},
    task::Stamp,
    time::Timestamp,
};
use firebee_protocol::text::{
    Arg, Language, When, say, say_with,
    when::{moment, when},
};

/// What the words of a view depend on.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The language of the words.
    pub language: Language,
    /// The present, from which times are told.
    pub now: Timestamp,
    /// Who reads; a view holds what this actor may see.
    pub actor: &'a Actor,
}

impl Reader<'_> {
    /// A text.
    #[must_use]
    pub fn t(&self, text: Text) -> String {
        say(self.language, text)
    }

    /// A text with a count.
    #[must_use]
    pub fn n(&self, text: Text, count: usize) -> String {
        say_with(self.language, text, &[("count", Arg::from(count))])
    }

    /// A text with its values.
    #[must_use]
    pub fn say(&self, text: Text, values: &[(&str, Arg<'_>)]) -> String {
        say_with(self.language, text, values)
    }

    /// An instant of the server's own clock as people say it. That of a fact is told by [`Self::recorded`].
    #[must_use]
    pub fn when(&self, at: Timestamp) -> When {
        when(self.language, self.now, at)
    }

    /// When something was recorded, as people say it, and how sure that is; an interval where it is not known better
    ///
    #[must_use]
    pub fn recorded(&self, stamp: &Stamp) -> When {
        moment(self.language, self.now, stamp)
    }

    /// Whether the reader may do something to a subject.
    #[must_use]
    pub fn may(&self, action: Action, subject: &Subject) -> bool {
        may(self.actor, action, subject)
    }
}
