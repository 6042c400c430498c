//! Whether an action may be done now, beside every action that a screen offers.

use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Language, problem_text};

/// An action that a screen offers: no shell decides whether it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Whether it may be done now.
    pub allowed: bool,
    /// Why not, and what to do about it.
    pub why_not: Option<String>,
    /// The warning before an act that cannot be undone.
    pub consequence: Option<String>,
}

impl Act {
    /// An action that is open.
    pub(super) const fn open() -> Self {
        Self { allowed: true, why_not: None, consequence: None }
    }

    /// An action that is closed, with the two sentences of a code.
    pub(super) fn refused(language: Language, code: Code, values: &[(&str, Arg<'_>)]) -> Self {
        Self::closed(problem_text(code, values, language))
    }

    /// An action that is closed, for this reason.
    pub(super) const fn closed(why_not: String) -> Self {
        Self { allowed: false, why_not: Some(why_not), consequence: None }
    }

    /// The same action, with the names of what is in its way.
    pub(super) fn naming(self, names: String) -> Self {
        let why_not = self.why_not.map(|why| format!("{why}\n{names}"));
        Self { why_not, ..self }
    }

    /// The same action with what it brings about.
    pub(super) fn then(self, consequence: String) -> Self {
        Self { consequence: Some(consequence), ..self }
    }
}
