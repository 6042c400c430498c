//! One new thing is one new place: `CONTRIBUTING.md` says what a new one touches, by an example that exists.

use crate::tidy::{finding::Finding, tree::Tree};

/// The guide with the examples.
const GUIDE: &str = "CONTRIBUTING.md";

/// The things that the project grows by, and the most places that a new one may touch. Texts are not counted.
const MEASURE: [(&str, usize); 11] = [
    ("fact kind", 4),
    ("right", 3),
    ("call of the apps", 2),
    ("office command", 1),
    ("console page", 2),
    ("form on a page", 3),
    ("table column", 2),
    ("list", 2),
    ("error code", 2),
    ("id type", 1),
    ("screen of the apps", 2),
];

/// Each of them has a row `| One new | places | its texts |`; its paths exist, and there are no more than the measure.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let lines: Vec<&str> = tree.content(GUIDE).unwrap_or_default().lines().collect();
    let mut findings = Vec::new();
    for (noun, most) in MEASURE {
        let row = (1..).zip(&lines).find(|(_, line)| line.starts_with(&format!("| {noun} |")));
        let Some((line, row)) = row else {
            findings.push(Finding::new(GUIDE, 0, format!("no row says what a new {noun} touches")));
            continue;
        };
        let columns: Vec<&str> = row.split('|').collect();
        let places: Vec<&str> = columns.get(2).map(|places| paths(places)).unwrap_or_default();
        let texts: Vec<&str> = columns.get(3).map(|texts| paths(texts)).unwrap_or_default();
        if places.is_empty() || places.len() > most {
            let why = format!("a new {noun} touches {} places, of {most} allowed", places.len());
            findings.push(Finding::new(GUIDE, line, why));
        }
        for path in places.iter().chain(&texts).filter(|path| !tree.has(path.trim_end_matches('/'))) {
            findings.push(Finding::new(GUIDE, line, format!("`{path}` does not exist")));
        }
    }
    findings
}

/// What stands in backticks.
fn paths(column: &str) -> Vec<&str> {
    column.split('`').skip(1).step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[(&str, &str)]) -> Vec<String> {
        let row = |noun: &str| rows.iter().find(|(of, _)| *of == noun).map_or("`a.rs` | `b.ftl`", |(_, row)| row);
        let guide: Vec<String> = MEASURE.iter().map(|(noun, _)| format!("| {noun} | {} |\n", row(noun))).collect();
        let told = check(&Tree::of(&[(GUIDE, &guide.concat()), ("a.rs", ""), ("b.ftl", ""), ("c/d.rs", "")]));
        told.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_row_within_the_measure_whose_paths_exist_is_fine() {
        assert_eq!(found(&[("console page", "`c/` and `a.rs` | none")]), Vec::<String>::new());
    }

    #[test]
    fn a_place_too_many_a_path_that_is_gone_and_a_missing_row_are_reported() {
        assert_eq!(
            found(&[("office command", "`a.rs`, `c/d.rs` | `b.ftl`")]),
            ["CONTRIBUTING.md:4: a new office command touches 2 places, of 1 allowed"]
        );
        assert_eq!(found(&[("list", "`e.rs` | `b.ftl`")]), ["CONTRIBUTING.md:8: `e.rs` does not exist"]);
        assert_eq!(
            found(&[("list", "somewhere | ")]),
            ["CONTRIBUTING.md:8: a new list touches 0 places, of 2 allowed"]
        );
        let told = check(&Tree::of(&[(GUIDE, "# Contributing\n")]));
        assert_eq!(told.len(), MEASURE.len());
    }
}
