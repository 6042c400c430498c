//! Every text that a user reads comes from the message catalogue, so no other code holds Chinese.

use crate::tidy::{finding::Finding, rust::is_test_path, tree::Tree};

/// Endings of what counts as code.
const CODE: [&str; 11] = [".rs", ".py", ".sh", ".toml", ".html", ".css", ".js", ".sql", ".kt", ".swift", ".json"];

/// What is data or test by its path.
const FREE: [&str; 4] = ["fixtures/", "snapshots/", "vectors/", "core/domain/calendar/"];

/// No Chinese letters or punctuation in code outside the catalogues and tests.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let code = CODE.iter().any(|ending| name.ends_with(ending)) || !name.contains('.');
        if !code || name == "catalogue.json" || name == "LICENSE" || is_test_path(&file.path) {
            continue;
        }
        if FREE.iter().any(|free| file.path.contains(free)) {
            continue;
        }
        let rust = tree.rust.iter().find(|rust| rust.path == file.path);
        for (at, line) in file.content.lines().enumerate() {
            if line.chars().any(is_chinese) && !rust.is_some_and(|rust| rust.is_test(at + 1)) {
                findings.push(Finding::new(&file.path, at + 1, "Chinese text outside the message catalogue"));
            }
        }
    }
    findings
}

/// Ideographs, their punctuation and the full-width forms.
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, content: &str) -> Vec<String> {
        check(&Tree::of(&[(path, content)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn chinese_in_code_is_reported_with_its_line() {
        for path in ["sync-server/src/a.rs", "sync-server/static/a.css", "scripts/a", "sync-server/src/console/a.html"]
        {
            let content = "\n// 符合\n";
            assert_eq!(found(path, content), [format!("{path}:2: Chinese text outside the message catalogue")]);
        }
        assert_eq!(found("sync-server/static/a.css", "a{}\n/* ，*/\n").len(), 1);
    }

    #[test]
    fn catalogues_guides_fixtures_and_tests_may_be_chinese() {
        for path in [
            "core/protocol/messages/problem/zh-CN.ftl",
            "core/domain/catalogue.json",
            "README.zh-CN.md",
            "tests/fixtures/firm.json",
            "core/domain/tests/a.rs",
        ] {
            assert!(found(path, "\"符合\"\n").is_empty(), "{path}");
        }
        assert!(found("core/domain/src/a.rs", "#[cfg(test)]\nmod tests {\n    // 符合\n}\n").is_empty());
        let declared = ("core/domain/src/plan/mod.rs", "#[cfg(test)]\nmod firm;\nmod plain;\n");
        let files =
            [declared, ("core/domain/src/plan/firm.rs", "// 符合\n"), ("core/domain/src/plan/plain.rs", "// 符合\n")];
        assert_eq!(check(&Tree::of(&files)).len(), 1);
        assert!(found("core/domain/src/a.rs", "const NONE: char = '\\u{65e0}';\n").is_empty());
    }
}
