//! The measured-record sentence: what was found, in words, ending with the verdict.

use super::{
    record::{Field, FieldKind, Kind, Limit, NumberField, Source, Variant},
    tree::{Catalogue, ItemRef},
    value::{FieldValue, answer},
    words::{DefaultSentences, Language, LimitPhrases, Unit},
};
use crate::{measure::Decimal, verdict::Verdict};

/// The mark between place and sentence in English. In Chinese the sentence follows the place directly.
const AFTER_PLACE_EN: &str = ": ";

/// What is told of one result.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Where it was; blank where the position is not named.
    pub location: &'a str,
    /// The chosen variant, if the item asks for one.
    pub variant: Option<&'a str>,
    /// What was entered.
    pub values: &'a [FieldValue],
    /// The verdict of the person.
    pub verdict: Verdict,
}

/// The measured-record sentence of one result. Values appear as entered. A default sentence leaves out an empty
/// field; an item's own sentence says that the field is empty.
pub fn sentence(catalogue: &Catalogue, item: ItemRef<'_>, told: &Told<'_>, language: Language) -> String {
    let teller = Teller {
        words: catalogue.default_templates.in_language(language),
        item,
        told,
        variant: item.item.record.variant_in_force(told.variant, told.values),
        language,
    };
    let verdict = catalogue.verdict_word(told.verdict, language);
    match &item.item.record.template {
        Some(template) => teller.own(template.in_language(language), verdict),
        None => teller.default(verdict),
    }
}

/// The range of a number field in words and with its unit, as a form shows it beside the question; `None` where
/// nothing is limited.
pub fn limit_text(
    catalogue: &Catalogue,
    item: ItemRef<'_>,
    field: &Field,
    variant: Option<&Variant>,
    language: Language,
) -> Option<String> {
    let phrases = &catalogue.default_templates.in_language(language).limit;
    let told = limit_phrase(phrases, field.number()?, item.item.record.limit(field, variant), language);
    let bare = told.trim().trim_matches(['\u{ff08}', '\u{ff09}', '(', ')']).to_owned();
    (!bare.is_empty()).then_some(bare)
}

struct Teller<'a> {
    words: &'a DefaultSentences,
    item: ItemRef<'a>,
    told: &'a Told<'a>,
    variant: Option<&'a Variant>,
    language: Language,
}

impl Teller<'_> {
    /// The item's own sentence, in which the place is often the subject: without one, the facility is.
    fn own(&self, template: &str, verdict: &str) -> String {
        let facility = self.item.facility;
        let subject = self.language.of(&facility.name, &facility.name_en);
        fill(template, |name| match name {
            "location" => Some(self.place(subject)),
            "verdict" => Some(verdict.to_owned()),
            key => self
                .item
                .item
                .record
                .field(key)
                .map(|field| self.value(field).unwrap_or_else(|| self.words.empty.clone())),
        })
    }

    fn default(&self, verdict: &str) -> String {
        let item = self.item.item;
        let template = match item.record.kind {
            Kind::Number => &self.words.number,
            Kind::Choice => &self.words.choice,
            Kind::Text => &self.words.text,
            Kind::Multi => &self.words.multi,
        };
        let variant = self.variant.map_or_else(String::new, |variant| {
            let label = self.language.of(&variant.label_zh, &variant.label_en);
            fill(&self.words.variant, |name| (name == "variant").then(|| label.to_owned()))
        });
        let phrases: Vec<String> = item.record.fields.iter().filter_map(|field| self.phrase(field)).collect();
        let fields = if phrases.is_empty() { self.words.empty.clone() } else { phrases.join(&self.words.join) };
        fill(template, |name| match name {
            "location" => Some(self.place("")),
            "item" => Some(self.language.of(&item.name, &item.name_en).to_owned()),
            "variant" => Some(variant.clone()),
            "fields" => Some(fields.clone()),
            "verdict" => Some(verdict.to_owned()),
            _ => None,
        })
    }

    fn place(&self, otherwise: &str) -> String {
        let place = if self.told.location.trim().is_empty() { otherwise } else { self.told.location.trim() };
        let after = if place.is_empty() { "" } else { self.language.of("", AFTER_PLACE_EN) };
        format!("{place}{after}")
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
            FieldKind::Number(_) | FieldKind::Text => None,
        };
        Some(word.unwrap_or(value).to_owned())
    }

    /// One field of a default sentence.
    fn phrase(&self, field: &Field) -> Option<String> {
        let value = self.value(field)?;
        let phrases = &self.words.fields;
        let template = match &field.kind {
            FieldKind::Number(_) if field.source == Source::Design => &phrases.design,
            FieldKind::Number(_) => &phrases.number,
            FieldKind::Choice(_) if self.item.item.record.kind == Kind::Choice => &phrases.single_choice,
            FieldKind::Choice(_) => &phrases.choice,
            FieldKind::Bool(_) => &phrases.bool,
            FieldKind::Text => &phrases.text,
        };
        let number = field.number();
        let unit = number.map_or_else(String::new, |number| {
            let amount = answer(self.told.values, &field.key).and_then(|text| text.parse().ok());
            unit_word(&number.unit, amount, self.language)
        });
        let limit = number.map_or_else(String::new, |number| {
            let limit = self.item.item.record.limit(field, self.variant);
            limit_phrase(&self.words.limit, number, limit, self.language)
        });
        Some(fill(template, |name| match name {
            "label" => Some(self.language.of(&field.label_zh, &field.label_en).to_owned()),
            "value" => Some(value.clone()),
            "unit" => Some(unit.clone()),
            "limit" => Some(limit.clone()),
            _ => None,
        }))
    }
}

fn limit_phrase(phrases: &LimitPhrases, number: &NumberField, limit: Limit, language: Language) -> String {
    let (template, amount) = match (limit.min, limit.max) {
        (None, None) => return String::new(),
        (Some(min), Some(max)) if min == max => (&phrases.exactly, min),
        (Some(_), Some(max)) => (&phrases.between, max),
        (Some(min), None) if limit.min_inclusive => (&phrases.at_least, min),
        (Some(min), None) => (&phrases.above, min),
        (None, Some(max)) if limit.max_inclusive => (&phrases.at_most, max),
        (None, Some(max)) => (&phrases.below, max),
    };
    let end = |end: Option<Decimal>| end.map(|end| end.to_string());
    fill(template, |name| match name {
        "min" => end(limit.min),
        "max" => end(limit.max),
        "unit" => Some(unit_word(&number.unit, Some(amount), language)),
        _ => None,
    })
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
    pieces(template)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Name(name) => value(name).unwrap_or_else(|| format!("{{{name}}}")),
        })
        .collect()
}

#[cfg(test)]
mod tests;
