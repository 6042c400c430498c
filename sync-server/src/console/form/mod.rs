//! The one form component. A page says which fields its form has and which command reads them; how a field is labelled,
//! explained, kept after a refusal and marked as wrong stands here.
//!
//! A page makes its [`Form`] twice in the same way: empty or from what is stored, and again after a refusal. Then
//! [`Form::filled`] puts back what was typed, and [`Form::refused`] tells each field what is wrong with it, and the reader
//! everything at once, with links. Nothing needs a script; Back keeps what was typed.

mod field;
mod wrong;

pub(super) use field::{Answer, Branch, Field};
pub(super) use wrong::Wrong;

use super::{
    frame::Frame,
    part::{Alert, Hidden},
    posted::Fields,
    refused::Refusal,
    visitor::Visitor,
};
use crate::text::Text as T;
use askama::{Template, filters::HtmlSafe};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use firebee_protocol::text::{Arg, Language, say, say_with};

/// A form, drawn by itself.
#[derive(Clone, Debug, Template)]
#[template(path = "form/form.html")]
pub(super) struct Form {
    language: Language,
    action: String,
    hidden: Hidden,
    /// What it carries and shows to nobody.
    carried: Vec<(String, String)>,
    fields: Vec<Field>,
    button: String,
    /// Further buttons: name, value, words. The first of all is pressed by the key Enter.
    buttons: Vec<(String, String, String)>,
    /// What is wrong with no field of its own.
    whole: Vec<Alert>,
}

/// A page that is one form.
#[derive(Template)]
#[template(path = "form/page.html")]
pub(super) struct FormPage {
    pub(super) f: Frame,
    /// The page above, and what it is called.
    pub(super) back: (String, String),
    /// Whether that is Chinese data.
    pub(super) data: bool,
    /// What the form is for; may be empty.
    pub(super) lead: String,
    pub(super) form: Form,
}

/// What is wrong with a field, for the list above the form.
struct Told<'f> {
    id: &'f str,
    label: &'f str,
    sentence: &'f str,
}

/// The template escapes every value.
impl HtmlSafe for Form {}

impl Form {
    /// A form that is sent to `action` by a button with these words.
    pub(super) fn new(visitor: &Visitor, action: impl Into<String>, button: T) -> Result<Self, Refusal> {
        Ok(Self {
            language: visitor.language,
            action: action.into(),
            hidden: visitor.hidden()?,
            carried: Vec::new(),
            fields: Vec::new(),
            button: say(visitor.language, button),
            buttons: Vec::new(),
            whole: Vec::new(),
        })
    }

    /// As [`Form::new`], for a page of somebody who is not signed in.
    pub(super) fn outside(language: Language, hidden: Hidden, action: impl Into<String>, button: T) -> Self {
        Self {
            language,
            action: action.into(),
            hidden,
            carried: Vec::new(),
            fields: Vec::new(),
            button: say(language, button),
            buttons: Vec::new(),
            whole: Vec::new(),
        }
    }

    /// With one more field.
    pub(super) fn with(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// With more fields.
    pub(super) fn with_all(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.fields.extend(fields);
        self
    }

    /// With a further button, which sends `value` as `name`.
    pub(super) fn button(mut self, name: &str, value: &str, words: String) -> Self {
        self.buttons.push((name.to_owned(), value.to_owned(), words));
        self
    }

    /// With a value that it carries and shows to nobody, such as what a warning was about.
    pub(super) fn carrying(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.carried.push((name.into(), value.into()));
        self
    }

    /// With a field about which something is worth a second look and stops nothing.
    pub(super) fn doubting(mut self, name: &str, doubt: String) -> Self {
        if let Some(field) = self.fields.iter_mut().find_map(|field| field.find(name)) {
            field.doubt = doubt;
        }
        self
    }

    /// With what was typed into it.
    pub(super) fn filled(mut self, typed: &Fields) -> Self {
        self.fields.iter_mut().for_each(|field| field.fill(typed));
        self
    }

    /// With what is wrong: each sentence at its field, and those of no field above the form.
    pub(super) fn refused(mut self, wrong: Wrong) -> Self {
        for (name, alert) in wrong.0 {
            let at = self.fields.iter_mut().find_map(|field| field.find(&name));
            match at {
                Some(field) => field.wrong.push(alert),
                None => self.whole.push(alert),
            }
        }
        self
    }

    /// Everything that is wrong, for a page that offers the form no more.
    pub(super) fn into_alerts(self) -> Vec<Alert> {
        let at_fields = self.fields.iter().flat_map(Field::all).flat_map(|field| field.wrong.iter().cloned());
        self.whole.iter().cloned().chain(at_fields).collect()
    }

    /// Whether it brings files.
    fn has_files(&self) -> bool {
        self.fields.iter().any(Field::is_file)
    }

    /// What is wrong, in the order of the fields.
    fn told(&self) -> Vec<Told<'_>> {
        self.fields.iter().flat_map(Field::all).flat_map(|field| field.told()).collect()
    }

    fn count(&self, count: usize) -> String {
        say_with(self.language, T::FormWrong, &[("count", Arg::from(count))])
    }
}

/// The answer to a form that was refused: its page again.
pub(super) fn again(page: &impl Template) -> Result<Response, Refusal> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}
