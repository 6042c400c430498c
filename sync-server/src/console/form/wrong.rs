//! What is wrong with a form that was sent.

use crate::{
    console::{part::Alert, refused::Refusal},
    office::{Refused, Rule},
};
use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Language};

/// Sentences with their codes, each by the name of its field; without one it is said of the form as a whole.
#[derive(Clone, Debug, Default)]
pub(in crate::console) struct Wrong(pub(super) Vec<(String, Alert)>);

impl Wrong {
    /// What a command says of the fields that it was given. What is missing or forbidden, and the store's trouble, are
    /// pages of their own.
    pub(in crate::console) fn of<R: Rule>(language: Language, refused: Refused<R>) -> Result<Self, Refusal> {
        match refused {
            Refused::NotFound => Err(Refusal::NotFound),
            Refused::Store(error) => Err(error.into()),
            refused => {
                let flaws = refused.flaws();
                if flaws.is_empty() {
                    let alert = Alert::new(language, refused.code(), &refused.values());
                    return Ok(Self(vec![(String::new(), alert)]));
                }
                let told = flaws.into_iter().map(|flaw| (flaw.at, Alert::new(language, flaw.code, &flaw.values)));
                Ok(Self(told.collect()))
            }
        }
    }

    /// One thing that is wrong with a field.
    pub(in crate::console) fn at(
        name: impl Into<String>,
        language: Language,
        code: Code,
        values: &[(&str, Arg<'_>)],
    ) -> Self {
        Self(vec![(name.into(), Alert::new(language, code, values))])
    }

    /// Whether nothing is wrong.
    pub(in crate::console) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// This and what else is wrong.
    pub(in crate::console) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}
