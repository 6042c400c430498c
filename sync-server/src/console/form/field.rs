//! The fields of a form.

use super::Told;
use crate::console::{part::Alert, posted::Fields};
use askama::{Template, filters::HtmlSafe};

/// A field: its label, what explains it, what it holds, what is wrong with it.
#[derive(Clone, Debug, Template)]
#[template(path = "form/field.html")]
pub(in crate::console) struct Field {
    name: String,
    label: String,
    /// What explains it.
    hint: String,
    /// What is worth a second look and stops nothing.
    doubt: String,
    /// Whether a form without it is not sent.
    required: bool,
    /// What it holds: one value, several of a choice of many, none.
    values: Vec<String>,
    control: Control,
    pub(super) wrong: Vec<Alert>,
}

/// How a field is filled in.
#[derive(Clone, Debug)]
enum Control {
    /// One line of at most so many characters, on a keyboard of this kind.
    Line { max: u32, keyboard: &'static str },
    /// Several lines.
    Area { max: u32 },
    /// A day.
    Date { first: String, last: String },
    /// One of a few, all in sight.
    Radio(Vec<Answer>),
    /// One of many.
    Select(Vec<Answer>),
    /// Any of many, in a tree.
    Many(Vec<Branch>),
    /// Yes or no.
    Tick,
    /// Files; those that have come before stay until they are unticked.
    Files { several: bool, accept: &'static str },
    /// Fields that belong together.
    Group(Vec<Field>),
}

/// One answer of a choice.
#[derive(Clone, Debug)]
pub(in crate::console) struct Answer {
    /// What is sent.
    pub(in crate::console) value: String,
    /// What it is called.
    pub(in crate::console) word: String,
    /// Whether that is Chinese data.
    pub(in crate::console) data: bool,
}

impl Answer {
    /// An answer in the reader's language.
    pub(in crate::console) fn word(value: impl Into<String>, word: impl Into<String>) -> Self {
        Self { value: value.into(), word: word.into(), data: false }
    }

    /// An answer that is Chinese data.
    pub(in crate::console) fn data(value: impl Into<String>, word: impl Into<String>) -> Self {
        Self { value: value.into(), word: word.into(), data: true }
    }
}

/// A part of a tree of answers.
#[derive(Clone, Debug)]
pub(in crate::console) struct Branch {
    /// What it is called.
    pub(in crate::console) title: String,
    /// Its twigs: a title, which may be empty, with answers.
    pub(in crate::console) twigs: Vec<(String, Vec<Answer>)>,
}

/// The template escapes every value.
impl HtmlSafe for Field {}

impl Field {
    fn new(name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: String::new(),
            doubt: String::new(),
            required: true,
            values: Vec::new(),
            control,
            wrong: Vec::new(),
        }
    }

    /// One line of text.
    pub(in crate::console) fn text(name: impl Into<String>, label: impl Into<String>, max: u32) -> Self {
        Self::new(name, label, Control::Line { max, keyboard: "text" })
    }

    /// A phone number.
    pub(in crate::console) fn phone(name: impl Into<String>, label: impl Into<String>, max: u32) -> Self {
        Self::new(name, label, Control::Line { max, keyboard: "tel" })
    }

    /// A number. What is no number is kept and refused as any other text, which a browser's own field for numbers loses.
    pub(in crate::console) fn number(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Line { max: 20, keyboard: "decimal" })
    }

    /// Several lines of text.
    pub(in crate::console) fn area(name: impl Into<String>, label: impl Into<String>, max: u32) -> Self {
        Self::new(name, label, Control::Area { max })
    }

    /// A day.
    pub(in crate::console) fn date(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Date { first: String::new(), last: String::new() })
    }

    /// A day within these bounds; the server holds to them as well.
    pub(in crate::console) fn date_within(
        name: impl Into<String>,
        label: impl Into<String>,
        (first, last): (String, String),
    ) -> Self {
        Self::new(name, label, Control::Date { first, last })
    }

    /// One of a few answers.
    pub(in crate::console) fn radio(
        name: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = Answer>,
    ) -> Self {
        Self::new(name, label, Control::Radio(options.into_iter().collect()))
    }

    /// One of many answers.
    pub(in crate::console) fn select(
        name: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = Answer>,
    ) -> Self {
        Self::new(name, label, Control::Select(options.into_iter().collect()))
    }

    /// Any of the answers of a tree.
    pub(in crate::console) fn many(
        name: impl Into<String>,
        label: impl Into<String>,
        branches: impl IntoIterator<Item = Branch>,
    ) -> Self {
        Self::new(name, label, Control::Many(branches.into_iter().collect())).optional()
    }

    /// Yes or no: `yes`, or nothing.
    pub(in crate::console) fn tick(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Tick).optional()
    }

    /// Files of the kinds that `accept` names as HTML does. They are stored when they come, and the form names them as
    /// `attached` wherever it is shown again (ADR 25).
    pub(in crate::console) fn files(label: impl Into<String>, several: bool, accept: &'static str) -> Self {
        Self::new("file", label, Control::Files { several, accept }).optional()
    }

    /// Fields that belong together.
    pub(in crate::console) fn group(label: impl Into<String>, fields: impl IntoIterator<Item = Self>) -> Self {
        Self::new("", label, Control::Group(fields.into_iter().collect())).optional()
    }

    /// A form may be sent without it.
    pub(in crate::console) fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// What explains it.
    pub(in crate::console) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What is worth a second look and stops nothing.
    pub(in crate::console) fn doubt(mut self, doubt: impl Into<String>) -> Self {
        self.doubt = doubt.into();
        self
    }

    /// What it holds.
    pub(in crate::console) fn value(self, value: impl Into<String>) -> Self {
        self.values([value.into()])
    }

    /// The answers that are chosen, or the files that have come before.
    pub(in crate::console) fn values(mut self, values: impl IntoIterator<Item = String>) -> Self {
        self.values = values.into_iter().collect();
        self
    }

    /// Puts back what was typed.
    pub(super) fn fill(&mut self, typed: &Fields) {
        match &mut self.control {
            Control::Group(fields) => fields.iter_mut().for_each(|field| field.fill(typed)),
            Control::Files { .. } => self.values = typed.all("attached").map(str::to_owned).collect(),
            _ => self.values = typed.all(&self.name).map(str::to_owned).collect(),
        }
    }

    /// This field, or the one of its group, of this name.
    pub(super) fn find(&mut self, name: &str) -> Option<&mut Self> {
        if self.name == name && !name.is_empty() {
            return Some(self);
        }
        match &mut self.control {
            Control::Group(fields) => fields.iter_mut().find_map(|field| field.find(name)),
            _ => None,
        }
    }

    /// This field and those of its group.
    pub(super) fn all(&self) -> Vec<&Self> {
        match &self.control {
            Control::Group(fields) => std::iter::once(self).chain(fields.iter().flat_map(Self::all)).collect(),
            _ => vec![self],
        }
    }

    /// What is wrong with it, for the list above the form.
    pub(super) fn told(&self) -> impl Iterator<Item = Told<'_>> {
        self.wrong.iter().map(|alert| Told { id: &self.name, label: &self.label, sentence: &alert.sentence })
    }

    pub(super) fn is_file(&self) -> bool {
        match &self.control {
            Control::Files { .. } => true,
            Control::Group(fields) => fields.iter().any(Self::is_file),
            _ => false,
        }
    }

    fn first(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    fn holds(&self, value: &str) -> bool {
        self.values.iter().any(|held| held == value)
    }

    /// How many answers of a branch are chosen.
    fn chosen(&self, branch: &Branch) -> usize {
        branch.twigs.iter().flat_map(|(_, options)| options).filter(|option| self.holds(&option.value)).count()
    }

    /// The ids of what describes it, for `aria-describedby`.
    fn described(&self) -> String {
        let parts =
            [("hint", !self.hint.is_empty()), ("doubt", !self.doubt.is_empty()), ("wrong", !self.wrong.is_empty())];
        let ids = parts.into_iter().filter(|(_, there)| *there).map(|(part, _)| format!("{}-{part}", self.name));
        ids.collect::<Vec<_>>().join(" ")
    }

    /// The attributes of its control that tell a reader's device what describes it and whether it is wrong.
    fn aria(&self) -> Aria {
        Aria { described: self.described(), wrong: !self.wrong.is_empty() }
    }
}

/// What a control says to those who hear the page.
#[derive(Template)]
#[template(
    source = r#"{% if !described.is_empty() %} aria-describedby="{{ described }}"{% endif %}{% if wrong %} aria-invalid="true"{% endif %}"#,
    ext = "html"
)]
struct Aria {
    described: String,
    wrong: bool,
}

/// The template escapes every value.
impl HtmlSafe for Aria {}
