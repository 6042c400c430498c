//! The message catalogue: two languages in, one enum out.
//!
//! The build stops when a key exists in one language only, when the languages use different variables, or when a
//! message stands twice or does not parse. So a reader never meets a key instead of a sentence.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry as Slot};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser;

use super::{
    generate::{generate, pascal},
    read::Source,
};
use crate::Language;

/// What the build writes.
#[derive(Debug)]
pub struct Compiled {
    /// All Chinese messages as one Fluent resource.
    pub zh: String,
    /// All English messages as one Fluent resource.
    pub en: String,
    /// Rust source: `enum Text` and its lookups.
    pub code: String,
}

/// One message of one language.
pub(super) struct Entered {
    file: String,
    line: usize,
    /// The sentence, with the names of its variables in braces.
    pub(super) text: String,
    pub(super) variables: BTreeSet<String>,
}

/// Checks both languages against each other and writes the enum.
///
/// # Errors
/// All defects, with file, line and key.
pub fn compile(sources: &[Source]) -> Result<Compiled, Vec<String>> {
    let mut faults = Vec::new();
    let zh = gather(Language::Zh, sources, &mut faults);
    let en = gather(Language::En, sources, &mut faults);
    compare(&zh, &en, Language::En, &mut faults);
    compare(&en, &zh, Language::Zh, &mut faults);
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for key in zh.keys() {
        if let Some(other) = names.insert(pascal(key), key) {
            faults.push(format!("messages: `{other}` and `{key}` would both be Text::{}", pascal(key)));
        }
    }
    if !faults.is_empty() {
        faults.sort();
        faults.dedup();
        return Err(faults);
    }
    Ok(Compiled { zh: joined(Language::Zh, sources), en: joined(Language::En, sources), code: generate(&zh, &en) })
}

fn joined(language: Language, sources: &[Source]) -> String {
    let parts: Vec<&str> = sources.iter().filter(|s| s.language == language).map(|s| s.content.as_str()).collect();
    parts.join("\n")
}

fn gather(language: Language, sources: &[Source], faults: &mut Vec<String>) -> BTreeMap<String, Entered> {
    let mut found: BTreeMap<String, Entered> = BTreeMap::new();
    for source in sources.iter().filter(|s| s.language == language) {
        let file = source.path.as_str();
        let resource = match parser::parse(source.content.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    let line = line_of(&source.content, error.pos.start);
                    faults.push(format!("{file}:{line}: does not parse: {error}"));
                }
                resource
            }
        };
        for entry in resource.body {
            match entry {
                Entry::Message(message) => enter(source, &message, &mut found, faults),
                Entry::Term(term) => faults.push(format!("{file}: `-{}`: terms are not used here", term.id.name)),
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
            }
        }
    }
    found
}

fn enter(source: &Source, message: &Message<&str>, found: &mut BTreeMap<String, Entered>, faults: &mut Vec<String>) {
    let (file, key) = (source.path.as_str(), message.id.name);
    let offset = (key.as_ptr() as usize).saturating_sub(source.content.as_ptr() as usize);
    let line = line_of(&source.content, offset);
    let mut fault = |why: &str| faults.push(format!("{file}:{line}: `{key}`: {why}"));
    if !key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        fault("a key is lower-case words joined by dashes");
    }
    if !key.strip_prefix(source.topic.as_str()).is_some_and(|rest| rest.starts_with('-')) {
        fault("a key begins with the name of its folder and a dash");
    }
    if !message.attributes.is_empty() {
        fault("attributes are not used here");
    }
    let mut reading = Reading::default();
    match &message.value {
        Some(pattern) => reading.pattern(pattern),
        None => fault("has no text"),
    }
    if source.language == Language::Zh && reading.latin_stop {
        fault("a Chinese letter is followed by Chinese punctuation");
    }
    for why in reading.refused {
        fault(why);
    }
    let entered = Entered { file: file.to_owned(), line, text: reading.text, variables: reading.variables };
    match found.entry(key.to_owned()) {
        Slot::Vacant(slot) => {
            slot.insert(entered);
        }
        Slot::Occupied(first) => {
            fault(&format!("is already in {}:{}", first.get().file, first.get().line));
        }
    }
}

fn compare(
    one: &BTreeMap<String, Entered>,
    other: &BTreeMap<String, Entered>,
    other_language: Language,
    faults: &mut Vec<String>,
) {
    for (key, message) in one {
        let at = format!("{}:{}: `{key}`", message.file, message.line);
        match other.get(key) {
            None => faults.push(format!("{at}: has no text in {other_language}")),
            Some(twin) => {
                for variable in message.variables.difference(&twin.variables) {
                    faults.push(format!("{at}: uses ${variable}, which {}:{} does not", twin.file, twin.line));
                }
            }
        }
    }
}

/// What a pattern shows and needs.
#[derive(Default)]
struct Reading {
    text: String,
    variables: BTreeSet<String>,
    refused: Vec<&'static str>,
    /// Punctuation of another script follows a Chinese letter.
    latin_stop: bool,
}

impl Reading {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        let mut after_value = false;
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    // What is filled in may end in a Chinese letter.
                    self.latin_stop |= has_latin_stop(value) || after_value && value.starts_with(LATIN_STOPS);
                    self.text.push_str(value);
                }
                PatternElement::Placeable { expression } => self.expression(expression),
            }
            after_value = matches!(element, PatternElement::Placeable { .. });
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                let before = self.text.len();
                self.inline(selector);
                self.text.truncate(before);
                for variant in variants {
                    let length = self.text.len();
                    self.pattern(&variant.value);
                    if !variant.default {
                        self.text.truncate(length);
                    }
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                self.text.push_str(value);
            }
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
                self.text.push('{');
                self.text.push_str(id.name);
                self.text.push('}');
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { .. } => self.refused.push("functions are not used here"),
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
                self.refused.push("a message stands for itself and refers to no other");
            }
        }
    }
}

/// Punctuation that Chinese has its own marks for.
const LATIN_STOPS: [char; 7] = [',', ';', ':', '?', '!', '(', '.'];

/// Whether a Chinese letter is followed by punctuation that is not Chinese.
fn has_latin_stop(text: &str) -> bool {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    text.chars().zip(text.chars().skip(1)).any(|(letter, next)| is_chinese(letter) && LATIN_STOPS.contains(&next))
}

fn line_of(content: &str, offset: usize) -> usize {
    content.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}
