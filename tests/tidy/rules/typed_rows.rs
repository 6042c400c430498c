//! Rows hold ids as themselves: only the store's edge knows what an id is made of.

use proc_macro2::{TokenStream, TokenTree};
use syn::Macro;
use syn::visit::{self, Visit};

use crate::tidy::{finding::Finding, rust::Rust, tree::Tree};

/// Where rows are written and read.
const WRITERS: [&str; 7] = [
    "sync-server/src/accept",
    "sync-server/src/aggregate",
    "sync-server/src/feed",
    "sync-server/src/query",
    "sync-server/src/evidence",
    "sync-server/src/coverage",
    "sync-server/src/office",
];

/// No `row![…]` outside the store takes an id or an instant apart by `.0`.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rust in &tree.rust {
        let written = |room: &&str| rust.path.strip_prefix(*room).is_some_and(|rest| rest.starts_with(['/', '.']));
        if WRITERS.iter().any(written) {
            let mut rows = Rows { rust, findings: &mut findings };
            rows.visit_file(&rust.syntax);
        }
    }
    findings
}

struct Rows<'a> {
    rust: &'a Rust,
    findings: &'a mut Vec<Finding>,
}

impl<'ast> Visit<'ast> for Rows<'_> {
    fn visit_macro(&mut self, called: &'ast Macro) {
        if called.path.is_ident("row") {
            for line in opened(called.tokens.clone()) {
                if !self.rust.is_test(line) {
                    self.findings.push(Finding::new(
                        &self.rust.path,
                        line,
                        "a row takes an id as itself, not its `.0`",
                    ));
                }
            }
        }
        visit::visit_macro(self, called);
    }
}

/// The lines on which something is taken apart by `.0`.
fn opened(tokens: TokenStream) -> Vec<usize> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut lines = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => lines.extend(opened(group.stream())),
            TokenTree::Literal(number) if number.to_string() == "0" => {
                let before = at.checked_sub(1).and_then(|before| tokens.get(before));
                if matches!(before, Some(TokenTree::Punct(mark)) if mark.as_char() == '.') {
                    lines.push(number.span().start().line);
                }
            }
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, content: &str) -> Vec<String> {
        check(&Tree::of(&[(path, content)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_id_that_is_taken_apart_for_a_row_is_reported_with_its_line() {
        let content = "fn a() {\n    tx.query(sql, &row![\n        &store.0,\n        id.map(|id| &id.0),\n        0,\n    ]);\n}\n";
        let why = "a row takes an id as itself, not its `.0`";
        assert_eq!(
            found("sync-server/src/query/task.rs", content),
            [format!("sync-server/src/query/task.rs:3: {why}"), format!("sync-server/src/query/task.rs:4: {why}")]
        );
    }

    #[test]
    fn the_store_and_other_macros_are_free() {
        assert_eq!(found("sync-server/src/store/value.rs", "fn a() { row![&id.0]; }\n"), Vec::<String>::new());
        assert_eq!(
            found("sync-server/src/query/task.rs", "fn a() { vec![&id.0]; row![&id, 0]; }\n"),
            Vec::<String>::new()
        );
    }
}
