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
        let mut names: Vec<String> = ["location", "subject", "verdict"].map(str::to_owned).to_vec();
        names.extend(record.fields.iter().map(|field| field.key.clone()));
        let numbers = record.fields.iter().filter(|field| field.number().is_some());
        names.extend(numbers.map(|field| format!("{}.limit", field.key)));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.placeholders(&path, template, &names);
        self.ends_with_verdict(&path, template);
        for field in record.fields.iter().filter(|field| field.source != Source::Design) {
            let told = pieces(template).contains(&Piece::Name(&field.key));
            self.demand(told, format!("{path}{{{}}}", field.key), DefectKind::FieldUntold);
        }
    }

    pub(super) fn default_templates(&mut self) {
        let templates = &self.catalogue.default_templates;
        self.default_sentences("default_templates.zh", &templates.zh);
        self.default_sentences("default_templates.en", &templates.en);
        let there = |words: &DefaultSentences| {
            let stated = &words.fields.stated;
            [&words.untestable, &words.same, &words.subject, &words.remark, stated].map(Option::is_some)
        };
        let same = there(&templates.zh) == there(&templates.en)
            && templates.zh.limit.duty.is_some() == templates.en.limit.duty.is_some();
        self.demand(same, "default_templates", DefectKind::OneLanguageOnly);
    }

    /// What a pack of the first form does not have.
    fn later_sentences(&mut self, path: &str, words: &DefaultSentences) {
        let whole: [(&str, &Option<String>, &[&str]); 2] = [
            ("untestable", &words.untestable, &["location", "subject", "item", "reason", "verdict"]),
            ("same", &words.same, &["location", "subject", "variant", "fields", "verdict"]),
        ];
        for (name, template, names) in whole {
            let Some(template) = template else { continue };
            let path = format!("{path}.{name}");
            self.placeholders(&path, template, names);
            self.ends_with_verdict(&path, template);
        }
        if let Some(subject) = &words.subject {
            self.placeholders(&format!("{path}.subject"), subject, &["place", "facility", "ordinal"]);
        }
        if let Some(remark) = &words.remark {
            self.placeholders(&format!("{path}.remark"), remark, &["label"]);
        }
        if let Some(duty) = &words.limit.duty {
            let path = format!("{path}.limit.duty");
            self.placeholders(&format!("{path}.whole"), &duty.whole, &["limits"]);
            self.texts(&path, &[("must", &duty.must), ("should", &duty.should)]);
        }
    }

    fn default_sentences(&mut self, path: &str, words: &DefaultSentences) {
        let whole =
            [("number", &words.number), ("choice", &words.choice), ("text", &words.text), ("multi", &words.multi)];
        for (name, template) in whole {
            let path = format!("{path}.{name}");
            self.placeholders(&path, template, &["location", "subject", "item", "variant", "fields", "verdict"]);
            self.ends_with_verdict(&path, template);
            self.demand(pieces(template).contains(&Piece::Name("fields")), path.as_str(), DefectKind::FieldUntold);
        }
        let fields = &words.fields;
        self.later_sentences(path, words);
        let stated = fields.stated.iter().map(|stated| ("stated", stated));
        let phrases = [
            ("number", &fields.number),
            ("design", &fields.design),
            ("choice", &fields.choice),
            ("single_choice", &fields.single_choice),
            ("bool", &fields.bool),
            ("text", &fields.text),
        ];
        for (name, phrase) in phrases.into_iter().chain(stated) {
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
            let duty = words.limit.duty.iter().map(|_| "duty");
            let names: Vec<&str> = names.iter().copied().chain(duty).collect();
            self.placeholders(&path, phrase, &names);
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
