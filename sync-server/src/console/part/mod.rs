//! Small parts of pages.

use askama::{Template, filters::HtmlSafe};
use firebee_domain::id::RequestId;
use firebee_protocol::text::{Arg, Language, problem_text};

/// A state: word, shape and colour at once, never a colour alone.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/chip.html")]
pub(super) struct Chip {
    /// A class of the style sheet.
    pub(super) tone: &'static str,
    /// The `d` of its shape's path, in a box of 16.
    pub(super) shape: &'static str,
    pub(super) word: String,
}

/// An instant: as people say it, and exactly.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/when.html")]
pub(super) struct When {
    pub(super) iso: String,
    pub(super) exact: String,
    pub(super) text: String,
}

/// What every form carries.
#[derive(Clone, Debug, Template)]
#[template(path = "part/hidden.html")]
pub(super) struct Hidden {
    pub(super) csrf: String,
    pub(super) request: RequestId,
}

/// Why something was refused: what happened, what to do next, and the code.
#[derive(Clone, Debug, Template)]
#[template(path = "part/alert.html")]
pub(super) struct Alert {
    pub(super) sentence: String,
    pub(super) code: &'static str,
}

impl Alert {
    /// The alert of a code, with what its sentences name.
    pub(super) fn new(language: Language, code: &'static str, values: &[(&str, Arg<'_>)]) -> Self {
        Self { sentence: problem_text(code, values, language).unwrap_or_else(|| code.to_owned()), code }
    }
}

/// Their templates escape every value, so they stand in pages as they are.
impl HtmlSafe for Chip {}
impl HtmlSafe for When {}
impl HtmlSafe for Hidden {}
impl HtmlSafe for Alert {}

/// One answer of several.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) word: String,
    pub(super) chosen: bool,
}
