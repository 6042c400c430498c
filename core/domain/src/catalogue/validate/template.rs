//! Sentence templates: their placeholders are filled by something, and they end with the verdict.

use super::{Check, DefectKind};
use crate::catalogue::{
    DefaultSentences, Record, Source,
    sentence::{Piece, pieces},
};

impl Check<'_> {
    /// The template of an item: all measured fields are in it.
    pub(super) fn own_template(&mut self, path: &str, language: &str, template: &str, record: &Record) {
        let path = format!("{path}.template.{language}");
        let mut names = vec!["location", "verdict"];
        names.extend(record.fields.iter().map(|field| field.key.as_str()));
        self.placeholders(&path, template, &names);
        self.ends_with_verdict(&path, template);
        for field in record.fields.iter().filter(|field| field.source == Source::Measured) {
            let told = pieces(template).contains(&Piece::Name(&field.key));
            self.demand(told, format!("{path}{{{}}}", field.key), DefectKind::FieldUntold);
        }
    }

    pub(super) fn default_templates(&mut self) {
        let templates = &self.catalogue.default_templates;
        self.default_sentences("default_templates.zh", &templates.zh);
        self.default_sentences("default_templates.en", &templates.en);
    }

    fn default_sentences(&mut self, path: &str, words: &DefaultSentences) {
        let whole =
            [("number", &words.number), ("choice", &words.choice), ("text", &words.text), ("multi", &words.multi)];
        for (name, template) in whole {
            let path = format!("{path}.{name}");
            self.placeholders(&path, template, &["location", "item", "variant", "fields", "verdict"]);
            self.ends_with_verdict(&path, template);
            self.demand(pieces(template).contains(&Piece::Name("fields")), path.as_str(), DefectKind::FieldUntold);
        }
        let fields = &words.fields;
        let phrases = [
            ("number", &fields.number),
            ("design", &fields.design),
            ("choice", &fields.choice),
            ("single_choice", &fields.single_choice),
            ("bool", &fields.bool),
            ("text", &fields.text),
        ];
        for (name, phrase) in phrases {
            let path = format!("{path}.fields.{name}");
            self.placeholders(&path, phrase, &["label", "value", "unit", "limit"]);
            self.demand(pieces(phrase).contains(&Piece::Name("value")), path.as_str(), DefectKind::FieldUntold);
        }
        let limit = &words.limit;
        let limits = [
            ("between", &limit.between, ["min", "max", "unit"].as_slice()),
            ("exactly", &limit.exactly, &["min", "unit"]),
            ("at_least", &limit.at_least, &["min", "unit"]),
            ("above", &limit.above, &["min", "unit"]),
            ("at_most", &limit.at_most, &["max", "unit"]),
            ("below", &limit.below, &["max", "unit"]),
        ];
        for (name, phrase, names) in limits {
            let path = format!("{path}.limit.{name}");
            self.texts(&path, &[("text", phrase)]);
            self.placeholders(&path, phrase, names);
        }
        self.placeholders(&format!("{path}.variant"), &words.variant, &["variant"]);
        self.texts(path, &[("join", &words.join), ("yes", &words.yes), ("no", &words.no), ("empty", &words.empty)]);
    }

    fn placeholders(&mut self, path: &str, template: &str, known: &[&str]) {
        for piece in pieces(template) {
            match piece {
                Piece::Text(text) => {
                    self.demand(!text.contains(['{', '}']), path, DefectKind::BrokenTemplate);
                }
                Piece::Name(name) => {
                    self.demand(known.contains(&name), format!("{path}{{{name}}}"), DefectKind::UnknownPlaceholder);
                }
            }
        }
    }

    fn ends_with_verdict(&mut self, path: &str, template: &str) {
        let pieces = pieces(template);
        let once = pieces.iter().filter(|piece| **piece == Piece::Name("verdict")).count() == 1;
        let last = matches!(pieces.as_slice(), [.., Piece::Name("verdict"), Piece::Text("" | ".")]);
        self.demand(once && last, path, DefectKind::VerdictNotLast);
    }
}
