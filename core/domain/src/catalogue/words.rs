//! The words of the catalogue: units, verdicts and sentence templates in both languages.

use crate::verdict::Verdict;
use serde::Deserialize;

/// A language of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Simplified Chinese, the language of the manual.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The text of a pair that is in this language.
    pub fn of<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// A unit of values or of facilities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// The unit as the catalogue writes it. This is also its Chinese form.
    pub symbol: String,
    /// The English word for one.
    pub en: String,
    /// The English word for any other number.
    pub en_plural: String,
    /// Whether values below zero exist.
    pub negative: bool,
}

/// What a verdict is called.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct VerdictWord {
    /// The verdict.
    pub code: Verdict,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
}

/// Something to pick from a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pick {
    /// Its stable code.
    pub code: String,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
}

impl Pick {
    /// Its name in one language.
    pub fn name(&self, language: Language) -> &str {
        language.of(&self.zh, &self.en)
    }
}

/// A reason why an item cannot be tested.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Reason {
    /// Its code and names.
    #[serde(flatten)]
    pub pick: Pick,
    /// Whether it says nothing without a text, as "other" does.
    #[serde(default)]
    pub needs_text: bool,
}

impl Reason {
    /// The reason in words, with what was typed beside it.
    pub fn told(&self, text: Option<&str>, language: Language) -> String {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) if self.needs_text => text.to_owned(),
            Some(text) => format!("{}{}{text}", self.pick.name(language), language.of("\u{ff0c}", ", ")),
            None => self.pick.name(language).to_owned(),
        }
    }
}

/// The measured-record sentence of one item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Template {
    /// The Chinese sentence, with placeholders.
    pub zh: String,
    /// The English sentence, with placeholders.
    pub en: String,
}

impl Template {
    /// The sentence in one language.
    pub fn in_language(&self, language: Language) -> &str {
        language.of(&self.zh, &self.en)
    }
}

/// The sentences of the items that have none of their own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DefaultTemplates {
    /// In Chinese.
    pub zh: DefaultSentences,
    /// In English.
    pub en: DefaultSentences,
}

impl DefaultTemplates {
    /// Those of one language.
    pub const fn in_language(&self, language: Language) -> &DefaultSentences {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// The default sentences of one language, one for each [`super::Kind`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DefaultSentences {
    /// Of a single number.
    pub number: String,
    /// Of a single choice.
    pub choice: String,
    /// Of a single text.
    pub text: String,
    /// Of several fields.
    pub multi: String,
    /// Of an item that could not be tested: with its reason. Without it, the sentence of the kind serves.
    #[serde(default)]
    pub untestable: Option<String>,
    /// Of a lone field that is called as its item, so that the name is said once. Without it, it is said twice.
    #[serde(default)]
    pub same: Option<String>,
    /// What a sentence is about: place, facility and ordinal. Where it stands, numbers keep the places of their field
    /// and the bounds that follow from other fields are told.
    #[serde(default)]
    pub subject: Option<String>,
    /// What follows a value that is not what it should be, and no fault.
    #[serde(default)]
    pub remark: Option<String>,
    /// How one field is told.
    pub fields: FieldPhrases,
    /// How a limit is told.
    pub limit: LimitPhrases,
    /// How the variant is told.
    pub variant: String,
    /// What stands between two fields.
    pub join: String,
    /// The word for a true answer.
    pub yes: String,
    /// The word for a false answer.
    pub no: String,
    /// The word where nothing was filled in.
    pub empty: String,
}

/// How one field is told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FieldPhrases {
    /// A measured number.
    pub number: String,
    /// A number that is read off or counted; without it, as a measured one.
    #[serde(default)]
    pub stated: Option<String>,
    /// A number from the design.
    pub design: String,
    /// A choice among several fields.
    pub choice: String,
    /// The choice that is the whole record.
    pub single_choice: String,
    /// A yes-or-no answer.
    pub bool: String,
    /// A text.
    pub text: String,
}

/// How a limit is told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LimitPhrases {
    /// From min to max, both allowed.
    pub between: String,
    /// min and max are one.
    pub exactly: String,
    /// min or more.
    pub at_least: String,
    /// More than min.
    pub above: String,
    /// max or less.
    pub at_most: String,
    /// Less than max.
    pub below: String,
    /// How strict each end is, and what stands around a limit. Without it, the phrases say both.
    #[serde(default)]
    pub duty: Option<DutyPhrases>,
}

/// How strict an end of a limit is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DutyPhrases {
    /// What stands around the ends, as brackets.
    pub whole: String,
    /// The word of an end beyond which is a fault.
    pub must: String,
    /// The word of an end beyond which is a remark.
    pub should: String,
}
