//! What people read of a thing is told once, whoever renders it.

use crate::tidy::{finding::Finding, tree::Tree};

/// Where the views stand.
const VIEWS: &str = "sync-server/src/view/";

/// The libraries that render a view, and what each of them renders.
const RENDERERS: [(&str, &str); 3] = [("axum", "HTTP"), ("http", "HTTP"), ("askama", "HTML")];

/// A view names no library that renders it, not even in a test.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rust in tree.rust.iter().filter(|rust| rust.path.starts_with(VIEWS)) {
        for (library, rendered) in RENDERERS {
            let why = format!("`{library}` renders {rendered}, and a view is the same for all renderings");
            findings.extend(rust.paths(&[library]).into_iter().map(|line| Finding::new(&rust.path, line, &*why)));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, content: &str) -> Vec<String> {
        check(&Tree::of(&[(path, content)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_view_that_renders_itself_is_reported_with_its_line() {
        assert_eq!(
            found("sync-server/src/view/task/row.rs", "//! Not axum.\nuse axum::response::Html;\n"),
            ["sync-server/src/view/task/row.rs:2: `axum` renders HTTP, and a view is the same for all renderings"]
        );
        assert_eq!(
            found("sync-server/src/view/parked.rs", "\n\n#[derive(askama::Template)]\nstruct A;\n"),
            ["sync-server/src/view/parked.rs:3: `askama` renders HTML, and a view is the same for all renderings"]
        );
        assert_eq!(found("sync-server/src/view/mod.rs", "fn a() -> u16 { http::StatusCode::OK.into() }\n").len(), 1);
    }

    #[test]
    fn the_console_may_render() {
        assert_eq!(found("sync-server/src/console/mod.rs", "use askama::Template;\nuse axum::Router;\n"), [""; 0]);
    }
}
