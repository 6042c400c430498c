//! Kinds of facts, pages and ids stand in one list each, so that a new one is one line.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;
use syn::visit::{self, Visit};
use syn::{ExprMatch, Item, ItemStruct, Pat};

use crate::tidy::{
    finding::Finding,
    rust::{Rust, Word},
    tree::Tree,
};

/// Where the kinds of facts are registered, in the macro `facts!`.
const KINDS: &str = "core/domain/src/fact/registry.rs";

/// Where the pages of the console are listed, and their folder.
const PAGES: &str = "sync-server/src/console/pages.rs";
const CONSOLE: &str = "sync-server/src/console/";

/// How many pages a file may name beside that list: its own, and the one whose place in the navigation it shares.
const NAMED_MAX: usize = 2;

/// Where the types of ids are listed.
const IDS: &str = "core/domain/src/id.rs";

/// No second `match` over the kinds of facts, no page beside the list of pages, no type of an id beside the list of ids.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let kinds = tree.rust.iter().find(|rust| rust.path == KINDS).map(registered).unwrap_or_default();
    for rust in &tree.rust {
        let mut items = Items { rust, kinds: &kinds, findings: &mut findings };
        items.visit_file(&rust.syntax);
    }
    findings.extend(pages(tree));
    findings
}

/// The kinds in the groups of `facts!`: each a name before its body or its word.
fn registered(rust: &Rust) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    for item in &rust.syntax.items {
        let Item::Macro(called) = item else { continue };
        if !called.mac.path.is_ident("facts") {
            continue;
        }
        for group in called.mac.tokens.clone().into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(group),
            _ => None,
        }) {
            let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
            for pair in tokens.windows(2) {
                match pair {
                    [TokenTree::Ident(name), TokenTree::Group(_)] => kinds.insert(name.to_string()),
                    [TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '=' => {
                        kinds.insert(name.to_string())
                    }
                    _ => false,
                };
            }
        }
    }
    kinds
}

struct Items<'a> {
    rust: &'a Rust,
    kinds: &'a BTreeSet<String>,
    findings: &'a mut Vec<Finding>,
}

impl<'ast> Visit<'ast> for Items<'_> {
    fn visit_expr_match(&mut self, found: &'ast ExprMatch) {
        let line = found.match_token.span.start().line;
        let mut named = BTreeSet::new();
        found.arms.iter().for_each(|arm| kinds_of(&arm.pat, &mut named));
        let known = named.intersection(self.kinds).count();
        if known * 2 > self.kinds.len() && self.rust.path != KINDS && !self.rust.is_test(line) {
            let why = format!("a second list of the kinds of facts: `{KINDS}` answers for each kind");
            self.findings.push(Finding::new(&self.rust.path, line, why));
        }
        visit::visit_expr_match(self, found);
    }

    fn visit_item_struct(&mut self, found: &'ast ItemStruct) {
        let line = found.ident.span().start().line;
        let name = found.ident.to_string();
        let id = name.ends_with("Id") && matches!(found.fields, syn::Fields::Unnamed(_));
        if id && self.rust.path != IDS && !self.rust.is_test(line) {
            self.findings.push(Finding::new(&self.rust.path, line, format!("the id `{name}` belongs into `{IDS}`")));
        }
        visit::visit_item_struct(self, found);
    }
}

/// The last names of the paths in a pattern.
fn kinds_of(pattern: &Pat, named: &mut BTreeSet<String>) {
    let path = match pattern {
        Pat::Path(path) => Some(&path.path),
        Pat::TupleStruct(tuple) => Some(&tuple.path),
        Pat::Struct(fields) => Some(&fields.path),
        Pat::Or(several) => {
            several.cases.iter().for_each(|case| kinds_of(case, named));
            None
        }
        Pat::Tuple(parts) => {
            parts.elems.iter().for_each(|part| kinds_of(part, named));
            None
        }
        Pat::Reference(inner) => {
            kinds_of(&inner.pat, named);
            None
        }
        _ => None,
    };
    if let Some(last) = path.and_then(|path| path.segments.last()) {
        named.insert(last.ident.to_string());
    }
}

/// Each module of the console with a `PAGE` stands in the list, and no other file names many of them.
fn pages(tree: &Tree) -> Vec<Finding> {
    let Some(list) = tree.rust.iter().find(|rust| rust.path == PAGES) else { return Vec::new() };
    let mut findings = Vec::new();
    for rust in tree.rust.iter().filter(|rust| rust.path.starts_with(CONSOLE) && rust.path != PAGES) {
        let words: Vec<(usize, &Word)> = rust.shipped_words().collect();
        let mut named = BTreeSet::new();
        for (at, (line, word)) in words.iter().enumerate() {
            if **word != Word::Ident("PAGE".to_owned()) {
                continue;
            }
            match at.checked_sub(1).and_then(|before| words.get(before)) {
                Some((_, Word::Ident(keyword))) if keyword == "static" || keyword == "const" => {
                    let module = rust.path.trim_start_matches(CONSOLE).trim_end_matches(".rs").trim_end_matches("/mod");
                    let path: Vec<&str> = module.split('/').chain(["PAGE"]).collect();
                    if list.paths(&path).is_empty() {
                        let why = format!("the page `{module}` does not stand in `{PAGES}`");
                        findings.push(Finding::new(&rust.path, *line, why));
                    }
                }
                Some((_, Word::Punct(':'))) => {
                    if let Some((_, Word::Ident(of))) = at.checked_sub(3).and_then(|before| words.get(before)) {
                        named.insert(of);
                    }
                    if named.len() > NAMED_MAX {
                        let why = format!("a second list of pages beside `{PAGES}`");
                        findings.push(Finding::new(&rust.path, *line, why));
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTRY: (&str, &str) =
        (KINDS, "facts! {\n    $ task { A(super::A), B(B) } device { C(C) } reserved { D = \"d\" }\n}\n");

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_second_match_over_the_kinds_is_reported_with_its_line() {
        let second = "fn a(kind: Kind) -> u8 {\n    match kind {\n        Kind::A | Kind::B => 1,\n        Kind::C => 2,\n        _ => 0,\n    }\n}\n";
        assert_eq!(
            found(&[REGISTRY, ("a.rs", second)]),
            ["a.rs:2: a second list of the kinds of facts: `core/domain/src/fact/registry.rs` answers for each kind"]
        );
        let bodies = "fn a(body: &Body) -> u8 {\n    match (body, 1) {\n        (Body::A(_), 1) => 1,\n        (&Body::B { .. }, _) => 1,\n        (Body::C(_), _) => 2,\n    }\n}\n";
        assert_eq!(found(&[REGISTRY, ("a.rs", bodies)]).len(), 1);
    }

    #[test]
    fn a_match_over_a_few_kinds_and_the_tests_are_fine() {
        let few =
            "fn a(kind: Kind) -> u8 {\n    match kind {\n        Kind::A | Kind::B => 1,\n        _ => 0,\n    }\n}\n";
        assert_eq!(found(&[REGISTRY, ("a.rs", few)]), Vec::<String>::new());
        let test = "fn a(kind: Kind) { match kind { Kind::A | Kind::B | Kind::C | Kind::D => {} } }\n";
        assert_eq!(found(&[REGISTRY, ("tests/src/a.rs", test)]), Vec::<String>::new());
    }

    #[test]
    fn a_page_that_is_not_listed_and_a_second_list_are_reported() {
        let list = (PAGES, "static PAGES: [&Page; 1] = [&home::PAGE];\n");
        let home = ("sync-server/src/console/home/mod.rs", "pub(super) static PAGE: Page = Page;\n");
        let task = ("sync-server/src/console/task/mod.rs", "\npub(super) static PAGE: Page = Page;\n");
        assert_eq!(found(&[list, home]), Vec::<String>::new());
        assert_eq!(
            found(&[list, home, task]),
            [
                "sync-server/src/console/task/mod.rs:2: the page `task` does not stand in `sync-server/src/console/pages.rs`"
            ]
        );
        let second = ("sync-server/src/console/mod.rs", "fn a() { [&home::PAGE, &task::PAGE, &plan::PAGE]; }\n");
        assert_eq!(
            found(&[list, home, second]),
            ["sync-server/src/console/mod.rs:1: a second list of pages beside `sync-server/src/console/pages.rs`"]
        );
    }

    #[test]
    fn an_id_beside_the_list_is_reported() {
        let own = "pub struct TaskId(Uuid);\npub struct Paid { a: u8 }\npub struct Id { a: u8 }\n";
        assert_eq!(found(&[("a.rs", own)]), ["a.rs:1: the id `TaskId` belongs into `core/domain/src/id.rs`"]);
        assert_eq!(found(&[(IDS, own)]), Vec::<String>::new());
    }
}
