//! A Rust file as rules want to see it: its items, its tokens with their lines, and which of its lines are tests.

use std::ops::RangeInclusive;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItemFn, Item, Meta};

/// A token that rules ask for.
#[derive(Debug, PartialEq, Eq)]
pub enum Word {
    /// A name.
    Ident(String),
    /// The value of a string literal.
    Text(String),
    /// A single mark.
    Punct(char),
}

/// A parsed file.
pub struct Rust {
    /// Path from the root.
    pub path: String,
    /// All its lines.
    pub lines: usize,
    /// What was parsed.
    pub syntax: syn::File,
    /// Its tokens in order with their lines, groups flattened, doc comments left out.
    pub words: Vec<(usize, Word)>,
    tests: Vec<RangeInclusive<usize>>,
}

impl Rust {
    /// Parses a file.
    pub fn parse(path: &str, content: &str) -> syn::Result<Self> {
        let syntax = syn::parse_file(content)?;
        let mut words = Vec::new();
        flatten(content.parse::<TokenStream>()?, &mut words);
        let lines = content.lines().count();
        let mut spans = TestSpans::default();
        spans.visit_file(&syntax);
        let tests = if is_test_path(path) { vec![1..=lines] } else { spans.0 };
        Ok(Self { path: path.to_owned(), lines, syntax, words, tests })
    }

    /// Whether a line belongs to a test.
    pub fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&line))
    }

    /// Takes the whole file for a test.
    pub fn mark_test(&mut self) {
        self.tests = vec![1..=self.lines];
    }

    /// The paths, without their ending, of the modules that this file declares only for tests.
    pub fn test_modules(&self) -> Vec<String> {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let own = match name {
            "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
            _ => self.path.trim_end_matches(".rs").to_owned(),
        };
        let declared = self.syntax.items.iter().filter_map(|item| match item {
            Item::Mod(module) if module.content.is_none() && module.attrs.iter().any(is_test_attribute) => {
                Some(format!("{own}/{}", module.ident))
            }
            _ => None,
        });
        declared.collect()
    }

    /// How many lines ship.
    pub fn shipped_lines(&self) -> usize {
        (1..=self.lines).filter(|line| !self.is_test(*line)).count()
    }

    /// The tokens that ship.
    pub fn shipped_words(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().filter(|(line, _)| !self.is_test(*line)).map(|(line, word)| (*line, word))
    }

    /// Each place where these names stand joined by `::`.
    pub fn paths(&self, names: &[&str]) -> Vec<usize> {
        let mut wanted = Vec::new();
        for (i, name) in names.iter().enumerate() {
            if i > 0 {
                wanted.extend([Word::Punct(':'), Word::Punct(':')]);
            }
            wanted.push(Word::Ident((*name).to_owned()));
        }
        let same = |window: &&[(usize, Word)]| window.iter().map(|(_, word)| word).eq(wanted.iter());
        self.words.windows(wanted.len()).filter(same).map(|window| window[0].0).collect()
    }
}

/// Whether everything in a file of this path is a test.
pub fn is_test_path(path: &str) -> bool {
    let mut parts: Vec<&str> = path.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    parts.iter().any(|part| *part == "tests" || *part == "benches") || name == "tests.rs" || name.ends_with("_tests.rs")
}

/// Whether an attribute keeps its item out of what ships: `#[test]`, `#[tokio::test]`, `#[cfg(test)]`.
pub fn is_test_attribute(attribute: &Attribute) -> bool {
    if attribute.path().segments.last().is_some_and(|segment| segment.ident == "test") {
        return true;
    }
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string().replace(' ', "");
            condition == "test" || condition.starts_with("all(test,")
        }
        _ => false,
    }
}

#[derive(Default)]
struct TestSpans(Vec<RangeInclusive<usize>>);

impl TestSpans {
    fn note(&mut self, spanned: &impl Spanned, attributes: &[Attribute]) -> bool {
        if !attributes.iter().any(is_test_attribute) {
            return false;
        }
        let span = spanned.span();
        let first = attributes.iter().map(|a| a.span().start().line).min().unwrap_or(span.start().line);
        self.0.push(first..=span.end().line);
        true
    }
}

impl<'ast> Visit<'ast> for TestSpans {
    fn visit_item(&mut self, item: &'ast Item) {
        if !self.note(item, attributes_of(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.note(function, &function.attrs);
    }
}

/// The attributes of an item, whichever it is.
pub fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(i) => &i.attrs,
        Item::Enum(i) => &i.attrs,
        Item::Fn(i) => &i.attrs,
        Item::Impl(i) => &i.attrs,
        Item::Macro(i) => &i.attrs,
        Item::Mod(i) => &i.attrs,
        Item::Static(i) => &i.attrs,
        Item::Struct(i) => &i.attrs,
        Item::Trait(i) => &i.attrs,
        Item::Type(i) => &i.attrs,
        Item::Union(i) => &i.attrs,
        Item::Use(i) => &i.attrs,
        _ => &[],
    }
}

fn flatten(tokens: TokenStream, words: &mut Vec<(usize, Word)>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut i = 0;
    while let Some(tree) = trees.get(i) {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                let inner = matches!(trees.get(i + 1), Some(TokenTree::Punct(p)) if p.as_char() == '!');
                let at = i + 1 + usize::from(inner);
                if matches!(trees.get(at), Some(TokenTree::Group(g)) if is_doc(&g.stream())) {
                    i = at + 1;
                    continue;
                }
                words.push((line, Word::Punct('#')));
            }
            TokenTree::Punct(mark) => words.push((line, Word::Punct(mark.as_char()))),
            TokenTree::Ident(name) => words.push((line, Word::Ident(name.to_string()))),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    words.push((line, Word::Text(text.value())));
                }
            }
            TokenTree::Group(group) => flatten(group.stream(), words),
        }
        i += 1;
    }
}

fn is_doc(tokens: &TokenStream) -> bool {
    matches!(tokens.clone().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}
