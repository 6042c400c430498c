//! Whatever an operation may refuse, its user reads two sentences about it.

use syn::visit::{self, Visit};
use syn::{ImplItem, ItemImpl, LitStr, Type};

use crate::tidy::{finding::Finding, rust::Rust, tree::Tree};

/// Where the sentences stand; the build sees to it that English has the same keys.
const SENTENCES: &str = "core/protocol/messages/problem/zh-CN.ftl";

/// Each code that a `code` of a type called `…Error` answers has its message `problem-…`.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let sentences = tree.content(SENTENCES).unwrap_or_default();
    let known: Vec<&str> = sentences.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key).collect();
    let mut findings = Vec::new();
    for rust in &tree.rust {
        let mut errors = Errors { rust, inside: false, codes: Vec::new() };
        errors.visit_file(&rust.syntax);
        for (line, code) in errors.codes {
            let key = format!("problem-{}", code.replace('_', "-"));
            if !known.contains(&key.as_str()) {
                findings.push(Finding::new(&rust.path, line, format!("`{code}` has no sentences: add `{key}`")));
            }
        }
    }
    findings
}

struct Errors<'a> {
    rust: &'a Rust,
    inside: bool,
    codes: Vec<(usize, String)>,
}

impl<'ast> Visit<'ast> for Errors<'_> {
    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        let Type::Path(named) = &*block.self_ty else { return };
        if !named.path.segments.last().is_some_and(|segment| segment.ident.to_string().ends_with("Error")) {
            return;
        }
        for item in &block.items {
            if let ImplItem::Fn(function) = item
                && function.sig.ident == "code"
            {
                self.inside = true;
                visit::visit_impl_item_fn(self, function);
                self.inside = false;
            }
        }
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        let line = text.span().start().line;
        if self.inside && !self.rust.is_test(line) {
            self.codes.push((line, text.value()));
        }
    }
}

#[test]
fn a_code_without_sentences_is_reported_with_its_line() {
    let code = "enum AError { B, C }\nimpl AError {\n    /// A code.\n    fn code(&self) -> &'static str {\n        match self {\n            \
                Self::B => \"first_thing\",\n            Self::C => \"second_thing\",\n        }\n    }\n}\n\
                const OUTSIDE: &str = \"neither\";\nenum Word { B }\nimpl Word { fn code(&self) -> &'static str { \"word\" } }\n";
    let found = check(&Tree::of(&[("a.rs", code), (SENTENCES, "problem-first-thing = 一。二。\n")]));
    assert_eq!(found, [Finding::new("a.rs", 7, "`second_thing` has no sentences: add `problem-second-thing`")]);
}
