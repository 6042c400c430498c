//! Every public item says what it is, and no crate turns the lint off that asks for it.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, ImplItem, Item, ItemImpl, Lit, Meta, Visibility};

use crate::tidy::{
    finding::Finding,
    rust::{Rust, Word, attributes_of, is_test_attribute},
    tree::Tree,
};

/// Public items and methods have a doc of at least two words; manifests take the workspace's lints.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        if !file.content.contains("[lints]\nworkspace = true\n") {
            findings.push(Finding::new(&file.path, 0, "the manifest does not take the workspace's lints"));
        }
    }
    if let Some(root) = tree.content("Cargo.toml")
        && !root.contains("\nmissing_docs = \"deny\"\n")
    {
        findings.push(Finding::new("Cargo.toml", 0, "the workspace does not deny `missing_docs`"));
    }
    for rust in &tree.rust {
        for (line, word) in &rust.words {
            if matches!(word, Word::Ident(name) if name == "missing_docs") {
                findings.push(Finding::new(&rust.path, *line, "`missing_docs` is never turned off"));
            }
        }
        let mut items = Items { rust, findings: &mut findings };
        items.visit_file(&rust.syntax);
    }
    findings
}

struct Items<'a> {
    rust: &'a Rust,
    findings: &'a mut Vec<Finding>,
}

impl Items<'_> {
    fn ask(&mut self, visibility: &Visibility, name: &syn::Ident, attributes: &[Attribute]) {
        let line = name.span().start().line;
        if !matches!(visibility, Visibility::Public(_)) || self.rust.is_test(line) {
            return;
        }
        match words_of_doc(attributes) {
            None => self.tell(line, format!("`{name}` is public and has no doc comment")),
            Some(words) if words < 2 => self.tell(line, format!("the doc comment of `{name}` says nothing")),
            Some(_) => {}
        }
    }

    fn tell(&mut self, line: usize, why: String) {
        self.findings.push(Finding::new(&self.rust.path, line, why));
    }
}

impl<'ast> Visit<'ast> for Items<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = attributes_of(item);
        if attributes.iter().any(is_test_attribute) {
            return;
        }
        match item {
            Item::Const(i) => self.ask(&i.vis, &i.ident, attributes),
            Item::Enum(i) => self.ask(&i.vis, &i.ident, attributes),
            Item::Fn(i) => self.ask(&i.vis, &i.sig.ident, attributes),
            Item::Static(i) => self.ask(&i.vis, &i.ident, attributes),
            Item::Struct(i) => self.ask(&i.vis, &i.ident, attributes),
            Item::Trait(i) => self.ask(&i.vis, &i.ident, attributes),
            Item::Type(i) => self.ask(&i.vis, &i.ident, attributes),
            // A module says what it is at the head of its file.
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        for item in &block.items {
            match item {
                ImplItem::Fn(i) => self.ask(&i.vis, &i.sig.ident, &i.attrs),
                ImplItem::Const(i) => self.ask(&i.vis, &i.ident, &i.attrs),
                _ => {}
            }
        }
    }

    fn visit_file(&mut self, file: &'ast syn::File) {
        let shipped = self.rust.shipped_lines() > 0;
        if shipped && words_of_doc(&file.attrs).is_none_or(|words| words < 2) && self.rust.lines > 3 {
            self.tell(file.span().start().line.min(1), "the file does not say at its head what it is".to_owned());
        }
        visit::visit_file(self, file);
    }
}

/// How many words the doc comment has; one that is included from elsewhere counts as enough.
fn words_of_doc(attributes: &[Attribute]) -> Option<usize> {
    let mut words = None;
    for attribute in attributes {
        if let Meta::NameValue(doc) = &attribute.meta
            && doc.path.is_ident("doc")
        {
            let more = match &doc.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => text.value().split_whitespace().count(),
                _ => 2,
            };
            words = Some(words.unwrap_or(0) + more);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, content: &str) -> Vec<String> {
        check(&Tree::of(&[(path, content)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_public_item_without_words_is_reported_with_its_line() {
        assert_eq!(
            found("a.rs", "//! A file.\n\n#[derive(Clone)]\npub struct A;\n"),
            ["a.rs:4: `A` is public and has no doc comment"]
        );
        assert_eq!(
            found("a.rs", "//! A file.\n\n/// Frobs.\npub fn frob() {}\n"),
            ["a.rs:4: the doc comment of `frob` says nothing"]
        );
        let method = "//! A file.\n\nstruct A;\nimpl A {\n    pub fn b(&self) {}\n}\n";
        assert_eq!(found("a.rs", method), ["a.rs:5: `b` is public and has no doc comment"]);
    }

    #[test]
    fn a_file_says_at_its_head_what_it_is() {
        assert_eq!(
            found("a.rs", "fn a() {}\nfn b() {}\nfn c() {}\nfn d() {}\n"),
            ["a.rs:1: the file does not say at its head what it is"]
        );
    }

    #[test]
    fn a_lint_that_is_turned_off_is_reported() {
        assert_eq!(found("a.rs", "#![allow(missing_docs)]\n"), ["a.rs:1: `missing_docs` is never turned off"]);
        assert_eq!(
            found("x/Cargo.toml", "[package]\n"),
            ["x/Cargo.toml:0: the manifest does not take the workspace's lints"]
        );
        assert_eq!(found("Cargo.toml", "[workspace]\n"), ["Cargo.toml:0: the workspace does not deny `missing_docs`"]);
    }

    #[test]
    fn documented_private_and_test_items_are_fine() {
        let content = "//! A file.\n\n/// What it is.\npub struct A;\nstruct B;\n#[cfg(test)]\nmod tests {\n    pub struct C;\n}\n";
        assert!(found("a.rs", content).is_empty());
    }
}
