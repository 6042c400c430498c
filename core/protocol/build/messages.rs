//! The message catalogue: two languages in, one enum out.
//!
//! A key that one language lacks, a variable that only one of them uses, a message twice or one that does not parse
//! stops the build, so a reader never meets a key instead of a sentence.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry as Slot};
use std::fmt::Write;
use std::{fs, path::Path};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser;

/// The folders under `messages/`, Chinese first.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// One file of messages.
pub struct Source {
    /// `zh-CN` or `en`.
    pub language: &'static str,
    /// The topic: the file's name without `.ftl`, and the first word of each of its keys.
    pub topic: String,
    /// What the file holds.
    pub content: String,
}

/// What the build writes.
#[derive(Debug)]
pub struct Compiled {
    /// All Chinese messages as one Fluent resource.
    pub zh: String,
    /// All English messages as one Fluent resource.
    pub en: String,
    /// Rust source: `enum Text` and its lookups.
    pub code: String,
    /// Rust source: the message of each code.
    pub problem: String,
}

#[derive(Clone)]
struct Entered {
    file: String,
    line: usize,
    text: String,
    variables: BTreeSet<String>,
}

/// Reads `<root>/zh-CN/*.ftl` and `<root>/en/*.ftl`.
pub fn read(root: &Path) -> Result<Vec<Source>, Vec<String>> {
    let mut sources = Vec::new();
    for language in LANGUAGES {
        let folder = root.join(language);
        let at = |e: std::io::Error| vec![format!("{}: {e}", folder.display())];
        for entry in fs::read_dir(&folder).map_err(at)? {
            let path = entry.map_err(at)?.path();
            if path.extension().is_some_and(|e| e == "ftl") {
                let topic = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
                let content = fs::read_to_string(&path).map_err(at)?;
                sources.push(Source { language, topic, content });
            }
        }
    }
    sources.sort_by(|a, b| (a.language, &a.topic).cmp(&(b.language, &b.topic)));
    Ok(sources)
}

/// Checks both languages against each other and writes the enum. Every fault is reported, not only the first.
pub fn compile(sources: &[Source]) -> Result<Compiled, Vec<String>> {
    let mut faults = Vec::new();
    let zh = gather("zh-CN", sources, &mut faults);
    let en = gather("en", sources, &mut faults);
    compare(&zh, &en, "en", &mut faults);
    compare(&en, &zh, "zh-CN", &mut faults);
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
    Ok(Compiled {
        zh: joined("zh-CN", sources),
        en: joined("en", sources),
        code: generate(&zh, &en),
        problem: generate_problem(&zh),
    })
}

fn joined(language: &str, sources: &[Source]) -> String {
    let parts: Vec<&str> = sources.iter().filter(|s| s.language == language).map(|s| s.content.as_str()).collect();
    parts.join("\n")
}

fn gather(language: &str, sources: &[Source], faults: &mut Vec<String>) -> BTreeMap<String, Entered> {
    let mut found: BTreeMap<String, Entered> = BTreeMap::new();
    for source in sources.iter().filter(|s| s.language == language) {
        let file = format!("messages/{language}/{}.ftl", source.topic);
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
                Entry::Message(message) => enter(&file, source, &message, &mut found, faults),
                Entry::Term(term) => faults.push(format!("{file}: `-{}`: terms are not used here", term.id.name)),
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
            }
        }
    }
    found
}

fn enter(
    file: &str,
    source: &Source,
    message: &Message<&str>,
    found: &mut BTreeMap<String, Entered>,
    faults: &mut Vec<String>,
) {
    let key = message.id.name;
    let offset = (key.as_ptr() as usize).saturating_sub(source.content.as_ptr() as usize);
    let line = line_of(&source.content, offset);
    let mut fault = |why: &str| faults.push(format!("{file}:{line}: `{key}`: {why}"));
    if !key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        fault("a key is lower-case words joined by dashes");
    }
    if !key.strip_prefix(source.topic.as_str()).is_some_and(|rest| rest.starts_with('-')) {
        fault("a key begins with the name of its file and a dash");
    }
    if !message.attributes.is_empty() {
        fault("attributes are not used here");
    }
    let mut reading = Reading::default();
    match &message.value {
        Some(pattern) => reading.pattern(pattern),
        None => fault("has no text"),
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
    other_language: &str,
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
}

impl Reading {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
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

fn generate(zh: &BTreeMap<String, Entered>, en: &BTreeMap<String, Entered>) -> String {
    let mut code = String::new();
    let mut keys = String::new();
    let mut variables = String::new();
    let mut all = String::new();
    for (key, message) in zh {
        let name = pascal(key);
        let english = en.get(key).map(|m| m.text.as_str()).unwrap_or_default();
        let _ = writeln!(code, "    #[doc = {:?}]", documented(&message.text, english));
        let _ = writeln!(code, "    {name},");
        let _ = writeln!(keys, "            Self::{name} => {key:?},");
        let _ = writeln!(all, "        Self::{name},");
        if !message.variables.is_empty() {
            let list: Vec<&String> = message.variables.iter().collect();
            let _ = writeln!(variables, "            Self::{name} => &{list:?},");
        }
    }
    format!(
        "/// Every message of the catalogue, by its key. The doc of each is its Chinese and its English text.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Text {{\n{code}}}\n\n\
         impl Text {{\n    /// Every message, in the order of its keys.\n    pub const ALL: &'static [Self] = &[\n{all}    ];\n\n    \
         /// The key of the message in the catalogue, such as `problem-too-large`.\n    \
         #[must_use]\n    pub const fn key(self) -> &'static str {{\n        match self {{\n{keys}        }}\n    }}\n\n    \
         /// The names that [`say_with`] fills in; both languages use the same ones.\n    \
         #[must_use]\n    pub const fn variables(self) -> &'static [&'static str] {{\n        match self {{\n{variables}            \
         _ => &[],\n        }}\n    }}\n}}\n"
    )
}

/// The message of each code. A code without one, and a message without its code, does not compile.
fn generate_problem(zh: &BTreeMap<String, Entered>) -> String {
    let mut arms = String::new();
    for key in zh.keys() {
        if let Some(code) = key.strip_prefix("problem-") {
            let _ = writeln!(arms, "        Code::{} => Text::{},", pascal(code), pascal(key));
        }
    }
    format!(
        "/// The message of a code.\n#[must_use]\npub const fn problem(code: Code) -> Text {{\n    match code {{\n{arms}    }}\n}}\n"
    )
}

/// Both texts as Markdown in which nothing is markup.
fn documented(zh: &str, en: &str) -> String {
    let mut text = String::new();
    for c in format!(" {zh} / {en}").replace('\n', " ").chars() {
        if matches!(c, '<' | '>' | '[' | ']' | '`' | '*' | '_' | '\\' | '#' | '|' | '~') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

fn pascal(key: &str) -> String {
    key.split('-')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect()
}

fn line_of(content: &str, offset: usize) -> usize {
    content.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}
