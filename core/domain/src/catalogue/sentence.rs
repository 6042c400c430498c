//! The measured-record sentence: what was found, in words, ending with the verdict. All words are the pack's, so
//! an old pack tells as it did.

mod bound;

use super::{
    record::{Field, FieldKind, Kind, Severity, Source, Variant},
    tree::{Catalogue, ItemRef},
    value::{FieldValue, answer},
    words::{DefaultSentences, Language, Unit},
};
use crate::{measure::Decimal, ordinals::Ordinals, verdict::Verdict};
pub use bound::limit_text;

/// The mark between place and sentence in English. In Chinese the sentence follows the place directly.
const AFTER_PLACE_EN: &str = ": ";

/// What is told of one result.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Where it was; blank where the position is not named.
    pub location: &'a str,
    /// Which instance of the item, from 1.
    pub ordinal: u32,
    /// The chosen variant, if the item asks for one.
    pub variant: Option<&'a str>,
    /// What was entered.
    pub values: &'a [FieldValue],
    /// The verdict of the person.
    pub verdict: Verdict,
    /// Why it could not be tested, in the language of the sentence.
    pub reason: Option<&'a str>,
}

/// The measured-record sentence of one result. A default sentence leaves out an empty field; an item's own
/// sentence says that the field is empty.
pub fn sentence(catalogue: &Catalogue, item: ItemRef<'_>, told: &Told<'_>, language: Language) -> String {
    sentence_for_many(catalogue, item, told, &Ordinals::default(), language)
}

/// As [`sentence`], of an answer that is also for further instances: their ordinals stand behind the first (R-147,
///
pub fn sentence_for_many(
    catalogue: &Catalogue,
    item: ItemRef<'_>,
    told: &Told<'_>,
    also: &Ordinals,
    language: Language,
) -> String {
    let teller = Teller {
        words: catalogue.default_templates.in_language(language),
        item,
        told,
        also: Some(also),
        variant: item.item.record.variant_in_force(told.variant, told.values),
        language,
    };
    let verdict = catalogue.verdict_word(told.verdict, language);
    // The sentence of a facility that the catalogue lacks gives the reason itself.
    let untested = told.verdict == Verdict::Untestable && !item.item.is_mismatch();
    match (&teller.words.untestable, &item.item.record.template) {
        (Some(template), _) if untested => teller.untestable(template, verdict),
        (_, Some(template)) => teller.own(template.in_language(language), verdict),
        (_, None) => teller.default(verdict),
    }
}

struct Teller<'a> {
    words: &'a DefaultSentences,
    item: ItemRef<'a>,
    told: &'a Told<'a>,
    also: Option<&'a Ordinals>,
    variant: Option<&'a Variant>,
    language: Language,
}

impl<'a> Teller<'a> {
    /// The item's own sentence, in which the place is often the subject: without one, the facility is.
    fn own(&self, template: &str, verdict: &str) -> String {
        let record = &self.item.item.record;
        fill(template, |name| match (name, name.strip_suffix(".limit")) {
            ("location", _) => Some(self.place(self.facility())),
            ("subject", _) => Some(self.subject()),
            ("verdict", _) => Some(verdict.to_owned()),
            (_, Some(key)) => record.field(key).map(|field| self.limit(field)),
            (key, None) => record.field(key).map(|field| self.value(field).unwrap_or_else(|| self.words.empty.clone())),
        })
    }

    fn untestable(&self, template: &str, verdict: &str) -> String {
        let reason = self.told.reason.map(str::trim).filter(|reason| !reason.is_empty());
        fill(template, |name| match name {
            "subject" => Some(self.subject()),
            "location" => Some(self.place("")),
            "item" => Some(self.item_name().to_owned()),
            "reason" => Some(reason.unwrap_or(&self.words.empty).to_owned()),
            "verdict" => Some(verdict.to_owned()),
            _ => None,
        })
    }

    fn default(&self, verdict: &str) -> String {
        let item = self.item.item;
        let variant = self.variant.map_or_else(String::new, |variant| {
            let label = self.language.of(&variant.label_zh, &variant.label_en);
            fill(&self.words.variant, |name| (name == "variant").then(|| label.to_owned()))
        });
        let told: Vec<(&Field, String)> =
            item.record.fields.iter().filter_map(|field| Some((field, self.phrase(field)?))).collect();
        let says_item = told.first().is_some_and(|(field, _)| {
            field.number().is_some() && self.language.of(&field.label_zh, &field.label_en) == self.item_name()
        });
        let template = match item.record.kind {
            _ if says_item && self.words.same.is_some() => self.words.same.as_ref().unwrap_or(&self.words.number),
            Kind::Number => &self.words.number,
            Kind::Choice => &self.words.choice,
            Kind::Text => &self.words.text,
            Kind::Multi => &self.words.multi,
        };
        let phrases: Vec<String> = told.into_iter().map(|(_, phrase)| phrase).collect();
        let fields = if phrases.is_empty() { self.words.empty.clone() } else { phrases.join(&self.words.join) };
        fill(template, |name| match name {
            "location" => Some(self.place("")),
            "subject" => Some(self.subject()),
            "item" => Some(self.item_name().to_owned()),
            "variant" => Some(variant.clone()),
            "fields" => Some(fields.clone()),
            "verdict" => Some(verdict.to_owned()),
            _ => None,
        })
    }

    fn item_name(&self) -> &'a str {
        self.language.of(&self.item.item.name, &self.item.item.name_en)
    }

    fn facility(&self) -> &'a str {
        self.language.of(&self.item.facility.name, &self.item.facility.name_en)
    }

    fn place(&self, otherwise: &str) -> String {
        let place = if self.told.location.trim().is_empty() { otherwise } else { self.told.location.trim() };
        let after = if place.is_empty() { "" } else { self.language.of("", AFTER_PLACE_EN) };
        format!("{place}{after}")
    }

    /// Place, facility and ordinal. A place that names the facility already is not told twice.
    fn subject(&self) -> String {
        let Some(template) = &self.words.subject else { return self.place("") };
        let (place, facility) = (self.told.location.trim(), self.facility());
        let (place, facility) = if place.contains(facility) { ("", place) } else { (place, facility) };
        let between = if place.is_empty() { "" } else { self.language.of("", ", ") };
        fill(template, |name| match name {
            "place" => Some(format!("{place}{between}")),
            "facility" => Some(facility.to_owned()),
            "ordinal" => Some(self.ordinals()),
            _ => None,
        })
    }

    /// The instances that are told of.
    fn ordinals(&self) -> String {
        let all = std::iter::once(self.told.ordinal).chain(self.also.into_iter().flat_map(Ordinals::iter));
        Ordinals::of(all).told(self.language.of("\u{3001}", ", "))
    }

    /// Whether numbers keep the places of their field.
    const fn pads(&self) -> bool {
        self.words.subject.is_some()
    }

    /// The value in words, `None` where nothing was entered or the variant in force does not ask.
    fn value(&self, field: &Field) -> Option<String> {
        if !field.is_asked(self.variant.map(|variant| variant.key.as_str())) {
            return None;
        }
        let value = answer(self.told.values, &field.key)?;
        let word = match &field.kind {
            FieldKind::Choice(choice) => choice
                .options
                .iter()
                .find(|option| option.value == value)
                .map(|option| self.language.of(&option.label_zh, &option.label_en)),
            FieldKind::Bool(_) => match value {
                "true" => Some(self.words.yes.as_str()),
                "false" => Some(self.words.no.as_str()),
                _ => None,
            },
            FieldKind::Number(number) if self.pads() => {
                let padded = number.value(value).map(|value| value.padded(number.decimals).to_string());
                return Some(padded.unwrap_or_else(|_| value.to_owned()));
            }
            FieldKind::Number(_) | FieldKind::Text => None,
        };
        Some(word.unwrap_or(value).to_owned())
    }

    /// One field of a default sentence.
    fn phrase(&self, field: &Field) -> Option<String> {
        let value = self.value(field)?;
        let phrases = &self.words.fields;
        let template = match &field.kind {
            FieldKind::Number(_) => match field.source {
                Source::Design => &phrases.design,
                Source::Stated => phrases.stated.as_ref().unwrap_or(&phrases.number),
                Source::Measured => &phrases.number,
            },
            FieldKind::Choice(_) if self.item.item.record.kind == Kind::Choice => &phrases.single_choice,
            FieldKind::Choice(_) => &phrases.choice,
            FieldKind::Bool(yes_or_no) => {
                let told = yes_or_no.told.as_ref();
                match (told, answer(self.told.values, &field.key)) {
                    (Some(told), Some("true")) => return Some(told.yes.in_language(self.language).to_owned()),
                    (Some(told), Some("false")) => return Some(told.no.in_language(self.language).to_owned()),
                    _ => &phrases.bool,
                }
            }
            FieldKind::Text => &phrases.text,
        };
        let unit = field.number().map_or_else(String::new, |number| {
            let amount = answer(self.told.values, &field.key).and_then(|text| text.parse().ok());
            unit_word(&number.unit, amount, self.language)
        });
        let label = self.language.of(&field.label_zh, &field.label_en);
        let told = fill(template, |name| match name {
            "label" => Some(label.to_owned()),
            "value" => Some(value.clone()),
            "unit" => Some(unit.clone()),
            "limit" => Some(self.limit(field)),
            _ => None,
        });
        Some(format!("{told}{}", self.remark(field, label)))
    }

    /// What is said of a value that should be otherwise, and is no fault.
    fn remark(&self, field: &Field, label: &str) -> String {
        let record = &self.item.item.record;
        let remarked = || {
            let template = self.words.remark.as_ref()?;
            let value = record.number_of(&field.key, self.told.values)?;
            let limit = record.limit(field, self.variant, self.told.values);
            let remark = limit.severity(limit.broken_end(value)?, field.severity) == Severity::Remark;
            remark.then(|| fill(template, |name| (name == "label").then(|| label.to_owned())))
        };
        remarked().unwrap_or_default()
    }
}

/// A measured number with its unit, in words: "25.3 s". What is no number of the field stands as it is.
pub fn value_text(field: &Field, text: &str, language: Language) -> String {
    let Some(number) = field.number() else { return text.to_owned() };
    match number.value(text) {
        Ok(value) => {
            format!("{} {}", value.padded(number.decimals), unit_word(&number.unit, Some(value), language))
        }
        Err(_) => text.to_owned(),
    }
}

fn unit_word(unit: &Unit, amount: Option<Decimal>, language: Language) -> String {
    let one = amount.is_some_and(|amount| amount.scaled() == crate::measure::SCALE);
    language.of(&unit.symbol, if one { &unit.en } else { &unit.en_plural }).to_owned()
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text that stands as it is.
    Text(&'a str),
    /// The name of a placeholder, without its braces.
    Name(&'a str),
}

/// The pieces of a template; a brace without its partner is text.
pub(super) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        pieces.extend([Piece::Text(before), Piece::Name(name)]);
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Fills the placeholders in one pass, so that braces in a typed text are not taken for placeholders.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut told = String::with_capacity(2 * template.len());
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => told.push_str(text),
            Piece::Name(name) => match value(name) {
                Some(value) => told.push_str(&value),
                None => told.extend(["{", name, "}"]),
            },
        }
    }
    told
}

#[cfg(test)]
mod tests;
