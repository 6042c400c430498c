//! Every code is provoked by a test that names it, and the guide says by which.

use std::collections::{BTreeMap, BTreeSet};

use firebee_domain::code::Code;
use proc_macro2::TokenTree;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItemFn, ItemConst, ItemFn, ItemMacro, ItemStatic};

use crate::tidy::{
    finding::Finding,
    rust::{Rust, Word, is_test_attribute},
    tree::Tree,
};

/// Where the guide names the tests.
const GUIDE: &str = "docs/codes.md";
/// The heading of its table of tests.
pub const HEADING: &str = "## The test of each code";

/// Codes that nothing here can provoke, each with the reason.
const NOT_HERE: [(Code, &str); 2] = [
    (Code::ClockRequired, "only a platform without a clock of ours has it: neither Linux nor Android"),
    (
        Code::FixturesMissing,
        "the program knows the project's own pictures and walks by the folder that it was built in",
    ),
];

/// Files whose tests speak of codes without provoking them: the table, its texts, the formats and these rules.
const SPEAKS: [&str; 6] = [
    "core/domain/src/code/",
    "core/protocol/src/text",
    "core/protocol/tests/snapshots.rs",
    "sync-server/src/api/openapi/",
    "tests/tidy/",
    "tests/bench/",
];

/// Names before a code that say: a test puts this code in, or only asks whether it has words.
const GIVEN: [&str; 3] = ["Refuse", "park", "has_sentences"];

/// How many names and marks before the code such a name may stand, as in `park.insert(30, Code::Gap)`.
const GIVEN_WITHIN: usize = 7;

/// Each code has a row that names a test which provokes it, or stands on the list of those that nothing provokes here.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let provoked = provoked(tree);
    let rows = rows(tree.content(GUIDE).unwrap_or_default());
    let mut findings = Vec::new();
    for (code, (line, _)) in &rows {
        if code.parse::<Code>().is_err() {
            findings.push(Finding::new(GUIDE, *line, format!("`{code}` is no code")));
        }
    }
    for code in Code::ALL {
        let tests = provoked.get(code).map_or(&[][..], Vec::as_slice);
        let (line, said) = rows.get(code.word()).cloned().unwrap_or_default();
        if let Some(why) = wrong(*code, &said, tests) {
            findings.push(Finding::new(GUIDE, line, why));
        }
    }
    findings
}

/// What is wrong with what the guide says of the test of a code.
fn wrong(code: Code, said: &str, tests: &[String]) -> Option<String> {
    let first = tests.first();
    if let Some((_, reason)) = NOT_HERE.iter().find(|(listed, _)| *listed == code) {
        return match first {
            Some(test) => Some(format!("`{test}` provokes `{code}`: take it off the list of those that nothing does")),
            None => (said != *reason).then(|| format!("the row of `{code}` does not say \"{reason}\"")),
        };
    }
    let named = said.trim_matches('`');
    if tests.iter().any(|test| test == named) {
        return None;
    }
    let hint = first.map_or("no test does".to_owned(), |test| format!("`{test}` does"));
    Some(match said {
        "" => format!("no row names the test that provokes `{code}`; {hint}"),
        _ => format!("{said} does not provoke `{code}`; {hint}"),
    })
}

/// The rows of the guide's table of tests: code, line and what stands behind it.
fn rows(guide: &str) -> BTreeMap<String, (usize, String)> {
    let lines = (1..).zip(guide.lines()).skip_while(|(_, line)| *line != HEADING);
    let row = |(at, line): (usize, &str)| {
        let (code, said) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((code.to_owned(), (at, said.trim_end_matches(" |").to_owned())))
    };
    lines.filter_map(row).collect()
}

/// For each code the tests that name it, those through the whole system first.
fn provoked(tree: &Tree) -> BTreeMap<Code, Vec<String>> {
    let mut found = BTreeMap::<Code, Vec<String>>::new();
    for rust in tree.rust.iter().filter(|rust| !SPEAKS.iter().any(|speaks| rust.path.starts_with(speaks))) {
        for (test, codes) in named_by(rust) {
            for code in codes {
                found.entry(code).or_default().push(format!("{}::{test}", rust.path));
            }
        }
    }
    for tests in found.values_mut() {
        tests.sort_by_key(|test| (!test.starts_with("tests/"), !test.contains("/tests/"), test.clone()));
    }
    found
}

/// The tests of a file, each with the codes that it names itself or through what it uses of the same file.
fn named_by(rust: &Rust) -> Vec<(String, BTreeSet<Code>)> {
    let mut pieces = Pieces { rust, found: BTreeMap::new(), listed: BTreeSet::new() };
    pieces.visit_file(&rust.syntax);
    let Pieces { found, listed, .. } = pieces;
    let tests = found.iter().filter(|(name, piece)| piece.is_test || listed.contains(*name));
    tests.map(|(name, _)| (name.clone(), codes_of(name, &found))).collect()
}

/// The codes of a piece and of every piece that it uses.
fn codes_of(name: &str, pieces: &BTreeMap<String, Piece>) -> BTreeSet<Code> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![name]);
    let mut codes = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(piece) = pieces.get(name).filter(|_| seen.insert(name)) {
            codes.extend(&piece.codes);
            open.extend(piece.uses.iter().map(String::as_str));
        }
    }
    codes
}

/// A function or a constant of a test file.
#[derive(Default)]
struct Piece {
    is_test: bool,
    codes: BTreeSet<Code>,
    uses: BTreeSet<String>,
}

/// What a file keeps for tests, by name.
struct Pieces<'r> {
    rust: &'r Rust,
    found: BTreeMap<String, Piece>,
    /// Names in a macro that makes tests of functions.
    listed: BTreeSet<String>,
}

impl Pieces<'_> {
    fn note(&mut self, name: String, item: &impl Spanned, attributes: &[Attribute]) {
        let (first, last) = (item.span().start().line, item.span().end().line);
        if !self.rust.is_test(last) {
            return;
        }
        let words: Vec<&Word> =
            self.rust.words.iter().filter(|(line, _)| (first..=last).contains(line)).map(|(_, word)| word).collect();
        let piece = self.found.entry(name).or_default();
        piece.is_test |= attributes.iter().any(is_test_attribute);
        for (at, word) in words.iter().enumerate() {
            let before = words.get(at.saturating_sub(GIVEN_WITHIN)..at).unwrap_or_default();
            let given = before.iter().any(|word| matches!(word, Word::Ident(name) if GIVEN.contains(&name.as_str())));
            match word {
                Word::Ident(name) => {
                    let variant =
                        matches!(before, [.., Word::Ident(code), Word::Punct(':'), Word::Punct(':')] if code == "Code");
                    piece
                        .codes
                        .extend(Code::ALL.iter().filter(|code| variant && !given && format!("{code:?}") == *name));
                    piece.uses.insert(name.clone());
                }
                Word::Text(text) if !given => piece.codes.extend(in_text(text)),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Pieces<'_> {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.note(function.sig.ident.to_string(), function, &function.attrs);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.note(function.sig.ident.to_string(), function, &function.attrs);
    }

    fn visit_item_const(&mut self, constant: &'ast ItemConst) {
        self.note(constant.ident.to_string(), constant, &[]);
    }

    fn visit_item_static(&mut self, constant: &'ast ItemStatic) {
        self.note(constant.ident.to_string(), constant, &[]);
    }

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        let name = |token| if let TokenTree::Ident(name) = token { Some(name.to_string()) } else { None };
        self.listed.extend(item.mac.tokens.clone().into_iter().filter_map(name));
        visit::visit_item_macro(self, item);
    }
}

/// The codes in a text: the whole of it, or a word in quotes or in brackets.
fn in_text(text: &str) -> impl Iterator<Item = Code> {
    let whole: Option<Code> = text.parse().ok();
    let mark = |c: char| matches!(c, '"' | '(' | ')' | '（' | '）' | '[' | ']' | '\'' | '`');
    let part = move |part: &str| part.parse().ok().filter(|_| text != part);
    whole.into_iter().chain(text.split(mark).filter_map(part).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: &str = "tests/tests/a.rs";

    /// What is found of `gap` and `fenced` when every other code is well.
    fn found(test: &str, rows: &str) -> Vec<String> {
        let files = [(TEST, test), (GUIDE, &format!("# Codes\n\n{HEADING}\n\n{rows}"))];
        let findings = check(&Tree::of(&files));
        let ours = |told: &String| told.contains("`gap`") || told.contains("`fenced`");
        findings.iter().map(ToString::to_string).filter(ours).collect()
    }

    #[test]
    fn a_code_without_a_test_is_reported() {
        assert_eq!(
            found(
                "#[test]\nfn a_gap() {\n    assert_eq!(told(), Code::Gap);\n}\n",
                "| `gap` | `tests/tests/a.rs::a_gap` |\n"
            ),
            ["docs/codes.md:0: no row names the test that provokes `fenced`; no test does"]
        );
        let helped = "both!(a_gap);\nconst ALL: [&str; 1] = [\"fenced\"];\nasync fn a_gap() {\n    help(\"says (gap).\");\n}\n\
                      fn help(_: &str) {\n    assert_eq!(told(), ALL);\n}\n";
        let rows = "| `gap` | `tests/tests/a.rs::a_gap` |\n| `fenced` | `tests/tests/a.rs::a_gap` |\n";
        assert_eq!(found(helped, rows), [""; 0]);
    }

    #[test]
    fn a_row_whose_test_provokes_something_else_is_reported_with_its_line() {
        let rows = "| `gap` | `tests/tests/a.rs::b` |\n| `fenced` | `tests/tests/a.rs::a_gap` |\n| `gone` | `x` |\n";
        assert_eq!(
            found(
                "#[test]\nfn a_gap() {\n    assert!(told(\"gap\"));\n}\nfn unused() -> Code {\n    Code::Fenced\n}\n",
                rows
            ),
            [
                "docs/codes.md:6: `tests/tests/a.rs::a_gap` does not provoke `fenced`; no test does",
                "docs/codes.md:5: `tests/tests/a.rs::b` does not provoke `gap`; `tests/tests/a.rs::a_gap` does"
            ]
        );
    }

    #[test]
    fn a_test_that_puts_a_code_in_or_asks_for_its_words_provokes_nothing() {
        let test =
            "#[test]\nfn a() {\n    server(Fault::Refuse(409, Code::Gap));\n    has_sentences(Code::Fenced);\n}\n";
        assert_eq!(found(test, "").len(), 2);
        assert_eq!(found("fn a() {\n    refuse(Code::Gap);\n}\n#[test]\nfn b() {}\n", "").len(), 2);
    }
}
