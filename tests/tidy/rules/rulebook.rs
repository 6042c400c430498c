//! Every rule that a comment or a test names by number can be read in `docs/rules`.

use std::collections::BTreeMap;

use proc_macro2::TokenTree;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, ItemFn, ItemMacro, Lit, Meta};

use crate::tidy::{
    finding::Finding,
    rust::{Rust, Word, is_test_attribute},
    tree::{File, Tree},
};

/// Where the rules stand.
const BOOK: &str = "docs/rules/";

/// This rule's own examples.
const EXAMPLES: &str = "tests/tidy/rules/rulebook.rs";

/// The sections whose rules must each be named by a test, with the decisions about them: tasks, results, review,
/// dispatch and the handling of faults.
const NAMED: [&str; 5] = [
    "docs/rules/08-tasks.md",
    "docs/rules/09-results.md",
    "docs/rules/10-review.md",
    "docs/rules/11-dispatch.md",
    "docs/rules/12-fault-handling.md",
];

/// How an entry says which tests hold it, and how it says that none does.
const HELD_BY: &str = "— held by ";
const NOT_YET: &str = "— not yet";

/// How an entry says that there is nothing to hold: what people do among themselves.
const ASKS_NOTHING: &str = "— asks nothing of the system";

/// Every number named in code or guides has one entry. Each rule names tests that exist or says that there is none yet,
/// and says so only while no test names it.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let (entries, mut findings) = entries(tree);
    for file in tree.files.iter().filter(|file| file.path != EXAMPLES && !file.path.contains("fixtures/")) {
        for (at, line) in file.content.lines().enumerate() {
            for number in numbers(line).filter(|number| !entries.contains_key(number)) {
                findings.push(Finding::new(&file.path, at + 1, format!("`{number}` has no entry in `{BOOK}`")));
            }
        }
    }
    let named = named_by_tests(tree);
    for (number, entry) in entries.iter().filter(|(number, _)| number.starts_with('R')) {
        let mut tell = |why: String| findings.push(Finding::new(&entry.file, entry.line, why));
        match entry.text.split_once(HELD_BY) {
            Some((_, tests)) => {
                for test in tests.split('`').skip(1).step_by(2) {
                    missing(tree, number, test).into_iter().for_each(&mut tell);
                }
            }
            None if entry.text.ends_with(ASKS_NOTHING) => {
                if let Some(test) = named.get(number) {
                    tell(format!("`{number}` asks nothing, and `{test}` holds it"));
                }
            }
            None if !entry.text.ends_with(NOT_YET) => {
                tell(format!("`{number}` names no test and does not say \"not yet\""))
            }
            None => {
                if let Some(test) = named.get(number) {
                    tell(format!("`{number}` says \"not yet\", and `{test}` holds it"));
                }
            }
        }
    }
    findings.extend(unnamed(&entries, &named));
    findings
}

/// Each rule of the sections that must be named, and each decision about one of them, is named by a test, or stands on the
/// list of those that are not built; a rule that is named stands on no list.
fn unnamed(entries: &BTreeMap<String, Entry>, named: &BTreeMap<String, String>) -> Vec<Finding> {
    let wanted = |number: &str| entries.get(number).is_some_and(|entry| NAMED.contains(&entry.file.as_str()));
    let mut findings = Vec::new();
    for (number, entry) in entries {
        let about = number.starts_with("A-") && numbers(&entry.text).any(|rule| wanted(&rule));
        if !wanted(number) && !about {
            continue;
        }
        if !named.contains_key(number) {
            findings.push(Finding::new(&entry.file, entry.line, format!("no test names `{number}`")));
        }
    }
    findings
}

/// One rule or decision of the book.
struct Entry {
    file: String,
    line: usize,
    text: String,
}

fn entries(tree: &Tree) -> (BTreeMap<String, Entry>, Vec<Finding>) {
    let (mut entries, mut findings) = (BTreeMap::<String, Entry>::new(), Vec::new());
    for file in tree.files.iter().filter(|file| file.path.starts_with(BOOK)) {
        for (line, number, text) in entries_of(file) {
            if entries.contains_key(&number) {
                findings.push(Finding::new(&file.path, line, format!("`{number}` has two entries")));
            }
            entries.insert(number, Entry { file: file.path.clone(), line, text });
        }
    }
    (entries, findings)
}

/// The entries of a file: a line `- **R-150** …` and what follows it, up to an empty line or the next entry.
fn entries_of(file: &File) -> Vec<(usize, String, String)> {
    let mut found: Vec<(usize, String, String)> = Vec::new();
    let mut open = false;
    for (at, line) in file.content.lines().enumerate() {
        let head = line.strip_prefix("- **").and_then(|rest| rest.split_once("**"));
        if let Some((number, text)) = head.filter(|(number, _)| numbers(number).any(|known| known == *number)) {
            found.push((at + 1, number.to_owned(), text.trim().to_owned()));
            open = true;
        } else if !line.starts_with("  ") {
            open = false;
        } else if let (true, Some((_, _, text))) = (open, found.last_mut()) {
            text.push(' ');
            text.push_str(line.trim());
        }
    }
    found
}

/// Why what a rule names is no test, if so.
fn missing(tree: &Tree, number: &str, test: &str) -> Option<String> {
    let Some((path, name)) = test.split_once("::") else {
        return Some(format!("`{number}` names `{test}`, which is no `file::test`"));
    };
    let holds = |rust: &&Rust| tests_of(rust).any(|known| known == name);
    let exists = match tree.rust.iter().find(|rust| rust.path == path) {
        Some(rust) => holds(&rust),
        None => tree.content(path).is_some_and(|text| text.contains(&format!(" {name}("))),
    };
    if exists {
        return None;
    }
    let elsewhere = tree.rust.iter().find(holds);
    let hint = elsewhere.map_or_else(String::new, |rust| format!("; one of that name stands in `{}`", rust.path));
    Some(format!("`{number}` names the test `{test}`, which does not exist{hint}"))
}

/// For each rule one test that names it, in its own name or in its doc.
fn named_by_tests(tree: &Tree) -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    for rust in &tree.rust {
        for name in tests_of(rust) {
            for number in numbers_of_name(name) {
                named.insert(number, format!("{}::{name}", rust.path));
            }
        }
        let mut docs = Docs { rust, found: Vec::new() };
        docs.visit_file(&rust.syntax);
        for (name, number) in docs.found {
            named.insert(number, format!("{}::{name}", rust.path));
        }
    }
    named
}

/// The functions that a file keeps for tests.
fn tests_of(rust: &Rust) -> impl Iterator<Item = &str> {
    rust.words.windows(2).filter_map(|window| match window {
        [(line, Word::Ident(keyword)), (_, Word::Ident(name))] if keyword == "fn" && rust.is_test(*line) => {
            Some(name.as_str())
        }
        _ => None,
    })
}

/// The rules and decisions in the docs of tests, and of the functions that a macro makes tests of.
struct Docs<'r> {
    rust: &'r Rust,
    found: Vec<(String, String)>,
}

impl<'ast> Visit<'ast> for Docs<'_> {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if function.attrs.iter().any(is_test_attribute) {
            let name = function.sig.ident.to_string();
            for line in function.attrs.iter().filter_map(doc) {
                self.found.extend(numbers(&line).map(|number| (name.clone(), number)));
            }
        }
        visit::visit_item_fn(self, function);
    }

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        if !self.rust.is_test(item.span().end().line) {
            return;
        }
        let mut told = String::new();
        for token in item.mac.tokens.clone() {
            match token {
                TokenTree::Group(group) => told.push_str(&group.stream().to_string()),
                TokenTree::Ident(name) => {
                    self.found.extend(numbers(&told).map(|number| (name.to_string(), number)));
                    told.clear();
                }
                _ => {}
            }
        }
    }
}

fn doc(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// `r_117a_r_118_a_plan_goes` and `r117a_r118_a_plan_goes` name two rules.
fn numbers_of_name(name: &str) -> Vec<String> {
    let joined = name.replace("r_", "r");
    let number = |part: &str| part.strip_prefix('r').map(|rest| format!("R-{rest}")).filter(|n| is_number(n));
    joined.split('_').map_while(number).collect()
}

/// The numbers of rules and decisions in a line.
fn numbers(line: &str) -> impl Iterator<Item = String> {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| is_number(word)).map(str::to_owned)
}

/// `R-` and three digits, perhaps with a letter; `A-` and two digits.
fn is_number(word: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match word.split_at_checked(2) {
        Some(("R-", rest)) => digits(rest.trim_end_matches(|c: char| c.is_ascii_lowercase()), 3) && rest.len() <= 4,
        Some(("A-", rest)) => digits(rest, 2),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "docs/rules/13-reports.md";
    const HELD: &str = "# Review\n\n- **R-150** The lead reviews. See A-09.\n  — held by `a/tests/b.rs::r_150_a_lead`\n\
                        - **R-151** A review is logged.\n  — not yet\n\n- **A-09** Decided.\n";
    const TEST: &str = "#[test]\nfn r_150_a_lead() {}\n";

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_book_whose_rules_are_held_is_fine() {
        assert_eq!(
            found(&[(BOOK, HELD), ("a/tests/b.rs", TEST), ("a/src/c.rs", "//! R-151.\n")]),
            Vec::<String>::new()
        );
        assert_eq!(
            found(&[("a.rs", "//! SHA-256, UTC+8, R-1, RA-12 and P-256 are no rules.\n")]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_number_without_an_entry_is_reported_with_its_line() {
        let code = ("a/src/c.rs", "//! A file.\n\n/// As R-152 and A-10 say.\nfn a() {}\n");
        assert_eq!(
            found(&[(BOOK, HELD), ("a/tests/b.rs", TEST), code]),
            [
                "a/src/c.rs:3: `R-152` has no entry in `docs/rules/`",
                "a/src/c.rs:3: `A-10` has no entry in `docs/rules/`"
            ]
        );
    }

    #[test]
    fn a_test_that_is_gone_is_reported_and_sought_elsewhere() {
        let gone = format!("{BOOK}:3: `R-150` names the test `a/tests/b.rs::r_150_a_lead`, which does not exist");
        assert_eq!(found(&[(BOOK, HELD)]), std::slice::from_ref(&gone));
        let moved = format!("{gone}; one of that name stands in `a/tests/d.rs`");
        assert_eq!(found(&[(BOOK, HELD), ("a/tests/d.rs", TEST)]), [moved]);
        assert_eq!(found(&[(BOOK, HELD), ("a/tests/b.rs", "fn r_150_a_lead_not() {}\n")]), [gone]);
    }

    #[test]
    fn not_yet_is_said_only_while_no_test_names_the_rule() {
        let why = |test: &str| vec![format!("{BOOK}:5: `R-151` says \"not yet\", and `{test}` holds it")];
        let named = "#[test]\nfn r_150_r151_a_review() {}\n";
        let files = [(BOOK, HELD), ("a/tests/b.rs", TEST), ("a/tests/d.rs", named)];
        assert_eq!(found(&files), why("a/tests/d.rs::r_150_r151_a_review"));
        let told = "/// A review is logged (R-151).\n#[test]\nfn a_review() {}\n";
        assert_eq!(found(&[(BOOK, HELD), ("a/tests/b.rs", TEST), ("d.rs", told)]), why("d.rs::a_review"));
    }

    #[test]
    fn a_rule_that_asks_nothing_is_held_by_no_test() {
        let book = "- **R-150** People talk to each other.\n  — asks nothing of the system\n";
        assert_eq!(found(&[(BOOK, book)]), Vec::<String>::new());
        let why = format!("{BOOK}:1: `R-150` asks nothing, and `a/tests/b.rs::r_150_a_lead` holds it");
        assert_eq!(found(&[(BOOK, book), ("a/tests/b.rs", TEST)]), [why]);
    }

    #[test]
    fn a_rule_of_the_practice_and_a_decision_about_it_are_named_by_a_test() {
        let review = "docs/rules/10-review.md";
        let book = "- **R-150** The lead reviews.\n  — not yet\n\n- **A-05** Decided. Rule R-150.\n";
        let told = |test: &str| found(&[(review, book), ("a/tests/b.rs", test)]);
        assert_eq!(
            told(""),
            [format!("{review}:4: no test names `A-05`"), format!("{review}:1: no test names `R-150`")]
        );
        let named = "both!(\n    /// A-05: the lead reviews.\n    a_lead,\n);\n#[test]\nfn r_150_b() {}\n";
        assert!(!told(named).iter().any(|why| why.contains("no test names")), "{:?}", told(named));
    }

    #[test]
    fn a_rule_that_names_nothing_or_stands_twice_is_reported() {
        assert_eq!(
            found(&[(BOOK, "- **R-150** The lead reviews.\n- **R-150** Again.\n  — not yet\n- **R-151** A review.\n")]),
            [
                "docs/rules/13-reports.md:2: `R-150` has two entries",
                "docs/rules/13-reports.md:4: `R-151` names no test and does not say \"not yet\""
            ]
        );
    }
}
