//! Small parts of pages.

use askama::{Template, filters::HtmlSafe};
use firebee_domain::{code::Code, id::RequestId};
use firebee_protocol::text::{Arg, Chip, Language, Shape, When, problem_text};

/// A state as a page draws it: a word, a shape and a colour together, because a colour alone says too little.
#[derive(Clone, Copy, Debug, Template)]
#[template(path = "part/chip.html")]
pub(super) struct ChipMark<'a> {
    /// A class of the style sheet.
    tone: &'static str,
    /// The `d` of the shape's path, in a box of 16.
    shape: &'static str,
    word: &'a str,
}

impl<'a> From<&'a Chip> for ChipMark<'a> {
    fn from(chip: &'a Chip) -> Self {
        Self { tone: chip.tone.into(), shape: path(chip.shape), word: &chip.word }
    }
}

const fn path(shape: Shape) -> &'static str {
    match shape {
        Shape::Check => "M3 8.5 6.5 12 13 4.5",
        Shape::Cross => "M4 4l8 8M12 4l-8 8",
        Shape::Dash => "M3.5 8h9",
        Shape::Clock => "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11ZM8 5v3.200l2 1.300",
        Shape::Pencil => "M3 13l1-3.500 7-7 2.500 2.500-7 7z",
        Shape::Back => "M6.500 3.500 3 7l3.500 3.500M3 7h7a3 3 0 0 1 0 6H8",
        Shape::Bin => "M3 4.500h10M6 4.500V3h4v1.500M4.500 4.500 5 13h6l.5-8.500",
        Shape::Speech => "M3 3.500h10v7H7.500l-3 2.500v-2.500H3z",
        Shape::Circle => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3Z",
        Shape::Half => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3ZM8 3v10",
        Shape::Barred => "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11ZM4.200 4.200l7.600 7.600",
        Shape::Warn => "M8 2.500 14 13H2zM8 6.500v3M8 11.300v.01",
    }
}

/// An instant as a page draws it: once in words, once exactly; of a fact with how sure that is.
#[derive(Clone, Debug, Template)]
#[template(path = "part/when.html")]
pub(super) struct WhenMark<'a> {
    iso: String,
    exact: &'a str,
    text: &'a str,
    sure: Option<&'a str>,
}

impl<'a> From<&'a When> for WhenMark<'a> {
    fn from(when: &'a When) -> Self {
        let iso = |local: chrono::NaiveDateTime| local.format("%Y-%m-%dT%H:%M:%S%.f+08:00").to_string();
        Self {
            iso: when.at.china_time().map(iso).unwrap_or_default(),
            exact: &when.exact,
            text: &when.text,
            sure: when.sure.as_deref(),
        }
    }
}

/// The fields that every form carries.
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
    pub(super) code: Code,
}

impl Alert {
    /// The alert of a code. `values` fill its sentences.
    pub(super) fn new(language: Language, code: Code, values: &[(&str, Arg<'_>)]) -> Self {
        Self { sentence: problem_text(code, values, language), code }
    }
}

/// What something is, line by line: the part of every page that shows one thing.
#[derive(Clone, Debug, Template)]
#[template(path = "part/facts.html")]
pub(super) struct Facts {
    facts: Vec<Fact>,
}

/// One line of what something is.
#[derive(Clone, Debug, Default)]
pub(super) struct Fact {
    title: String,
    value: String,
    /// Where it leads.
    href: Option<String>,
    /// Whether the value is Chinese data.
    data: bool,
    /// What to look at again.
    doubt: String,
}

impl Fact {
    /// Chinese data.
    pub(super) fn data(title: String, value: impl Into<String>) -> Self {
        Self { title, value: value.into(), data: true, ..Self::default() }
    }

    /// Words in the reader's language.
    pub(super) fn words(title: String, value: impl Into<String>) -> Self {
        Self { title, value: value.into(), ..Self::default() }
    }

    /// With the page of what it names.
    pub(super) fn at(self, href: String) -> Self {
        Self { href: Some(href), ..self }
    }

    /// With what to look at again.
    pub(super) fn doubted(self, doubt: String) -> Self {
        Self { doubt, ..self }
    }
}

impl FromIterator<Fact> for Facts {
    /// Lines without a value are left out.
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        Self { facts: facts.into_iter().filter(|fact| !fact.value.is_empty()).collect() }
    }
}

/// The templates escape every value, so pages include the marks unescaped.
impl HtmlSafe for ChipMark<'_> {}
impl HtmlSafe for WhenMark<'_> {}
impl HtmlSafe for Hidden {}
impl HtmlSafe for Alert {}
impl HtmlSafe for Facts {}

/// One answer of several.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) word: String,
    pub(super) chosen: bool,
}
