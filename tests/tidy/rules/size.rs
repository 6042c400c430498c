//! Files and functions stay small enough to read at once. Tests do not count.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{ImplItemFn, ItemFn, TraitItemFn};

use crate::tidy::{
    finding::Finding,
    rust::{Rust, is_test_attribute},
    tree::Tree,
};

const FILE_LINES_MEDIAN: usize = 120;
const FILE_LINES_P90: usize = 300;
const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// Median of the files ≤ 120 shipped lines, nine in ten ≤ 300, none over 500; functions ≤ 70 lines.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut sizes: Vec<usize> = Vec::new();
    for rust in &tree.rust {
        let lines = rust.shipped_lines();
        if lines == 0 {
            continue;
        }
        sizes.push(lines);
        if lines > FILE_LINES_MAX {
            let why =
                format!("{lines} lines without tests, of {FILE_LINES_MAX} allowed: which second noun hides here?");
            findings.push(Finding::new(&rust.path, lines, why));
        }
        let mut functions = Functions { rust, findings: &mut findings };
        functions.visit_file(&rust.syntax);
    }
    sizes.sort_unstable();
    for (name, at, allowed) in
        [("half", sizes.len() / 2, FILE_LINES_MEDIAN), ("nine tenths", sizes.len() * 9 / 10, FILE_LINES_P90)]
    {
        if sizes.get(at).is_some_and(|lines| *lines > allowed) {
            let why = format!("{name} of the files should have at most {allowed} lines, and have up to {}", sizes[at]);
            findings.push(Finding::new(".", 0, why));
        }
    }
    findings
}

struct Functions<'a> {
    rust: &'a Rust,
    findings: &'a mut Vec<Finding>,
}

impl Functions<'_> {
    fn measure(&mut self, name: &syn::Ident, first: proc_macro2::Span, body: &syn::Block) {
        let (first, last) = (first.start().line, body.span().end().line);
        let lines = last.saturating_sub(first) + 1;
        if lines > FUNCTION_LINES_MAX && !self.rust.is_test(first) {
            let why = format!("`{name}` has {lines} lines, of {FUNCTION_LINES_MAX} allowed");
            self.findings.push(Finding::new(&self.rust.path, first, why));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if !function.attrs.iter().any(is_test_attribute) {
            self.measure(&function.sig.ident, function.sig.span(), &function.block);
        }
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.measure(&function.sig.ident, function.sig.span(), &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(body) = &function.default {
            self.measure(&function.sig.ident, function.sig.span(), body);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> String {
        "const A: u8 = 1;\n".repeat(count)
    }

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_function_of_71_lines_is_reported_where_it_begins() {
        let of = |lines: usize| format!("\n\nfn long() {{\n{}}}\n", "    let _ = 1;\n".repeat(lines - 2));
        assert_eq!(found(&[("a.rs", &of(71))]), ["a.rs:3: `long` has 71 lines, of 70 allowed"]);
        assert!(found(&[("a.rs", &of(70))]).is_empty());
        let method = format!("struct A;\nimpl A {{\n{}\n}}\n", of(71));
        assert_eq!(found(&[("a.rs", &method)]), ["a.rs:5: `long` has 71 lines, of 70 allowed"]);
    }

    #[test]
    fn a_file_over_500_lines_is_reported_whatever_the_others_are() {
        let mut files = vec![("big.rs", lines(501))];
        files.extend((0..20).map(|_| ("small.rs", lines(10))));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, content)| (*path, content.as_str())).collect();
        let found = found(&files);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("big.rs:501: 501 lines without tests"), "{found:?}");
    }

    #[test]
    fn the_median_and_the_ninth_tenth_are_watched() {
        let told = found(&[("a.rs", &lines(10)), ("b.rs", &lines(121)), ("c.rs", &lines(301))]);
        assert!(told.iter().any(|f| f.starts_with(".:0: half of the files")), "{told:?}");
        assert!(told.iter().any(|f| f.starts_with(".:0: nine tenths")), "{told:?}");
        assert!(found(&[("a.rs", &lines(10)), ("b.rs", &lines(120)), ("c.rs", &lines(300))]).is_empty());
    }

    #[test]
    fn tests_do_not_count() {
        let module = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", lines(5), lines(600));
        assert!(
            found(&[("a.rs", &module), ("core/x/tests/b.rs", &lines(700)), ("tests/src/c.rs", &lines(700))]).is_empty()
        );
    }
}
