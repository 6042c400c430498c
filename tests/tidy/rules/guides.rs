//! A guide that names a path which does not exist sends its reader into the woods.

use crate::tidy::{finding::Finding, tree::Tree};

/// Endings by which a name alone is taken for a file at the root or beside the guide.
const ENDINGS: [&str; 12] =
    [".md", ".rs", ".toml", ".ftl", ".json", ".sh", ".sql", ".html", ".css", ".js", ".py", ".csv"];

/// What is built and so may be named without being there.
const BUILT: [&str; 1] = ["target/"];

/// Each path in backticks, and each linked file, of a guide exists; so does each script that the Makefile calls.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        let guide = file.path.ends_with(".md") && !file.path.contains("fixtures/");
        let calls = file.path == "Makefile" || file.path == ".ci/run" || file.path.starts_with("scripts/");
        if !guide && !calls {
            continue;
        }
        let mut fenced = false;
        for (at, line) in file.content.lines().enumerate() {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            let named = if calls { scripts(line) } else { named(tree, line, fenced) };
            for path in named {
                if !exists(tree, &file.path, &path) {
                    findings.push(Finding::new(&file.path, at + 1, format!("`{path}` does not exist")));
                }
            }
        }
    }
    findings
}

fn exists(tree: &Tree, guide: &str, path: &str) -> bool {
    let path = path.split('#').next().unwrap_or_default().trim_end_matches('/');
    let folder = guide.rsplit_once('/').map_or("", |(folder, _)| folder);
    tree.has(path.trim_start_matches("./")) || tree.has(&resolved(folder, path))
}

/// `../a` seen from `docs/adr` is `docs/a`.
fn resolved(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn named(tree: &Tree, line: &str, fenced: bool) -> Vec<String> {
    let mut found = Vec::new();
    if !fenced {
        found.extend(line.split('`').skip(1).step_by(2).filter(|text| is_path(tree, text)).map(str::to_owned));
    }
    for link in line.split("](").skip(1) {
        if let Some((target, _)) = link.split_once(')')
            && !target.contains("://")
            && !target.starts_with(['#', '/'])
        {
            found.push(target.to_owned());
        }
    }
    found
}

fn is_path(tree: &Tree, text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if text.starts_with(['/', '-']) || !text.chars().all(plain) || BUILT.iter().any(|built| text.starts_with(built)) {
        return false;
    }
    let ending = ENDINGS.iter().any(|ending| text.len() > ending.len() && text.ends_with(ending));
    match text.split_once('/') {
        Some((first, rest)) => ending || rest.is_empty() || tree.has(first),
        None => ending || text == "LICENSE" || text == "Makefile",
    }
}

fn scripts(line: &str) -> Vec<String> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    line.split(|c: char| !part(c))
        .filter(|word| word.starts_with("scripts/") && word.len() > 8)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(guide: &str, content: &str) -> Vec<String> {
        let files = [(guide, content), ("core/domain/src/lib.rs", ""), ("docs/protocol.md", ""), ("scripts/test", "")];
        check(&Tree::of(&files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_path_that_is_gone_is_reported_with_its_line() {
        assert_eq!(
            found("README.md", "# A\n\nSee `core/gone` and `docs/none.md`.\n"),
            ["README.md:3: `core/gone` does not exist", "README.md:3: `docs/none.md` does not exist",]
        );
        assert_eq!(found("docs/a.md", "[there](gone.md)\n"), ["docs/a.md:1: `gone.md` does not exist"]);
        assert_eq!(found("README.md", "`LICENSE`\n"), ["README.md:1: `LICENSE` does not exist"]);
    }

    #[test]
    fn a_script_that_is_gone_is_reported() {
        assert_eq!(found("Makefile", "test:\n\t@scripts/gone --all\n"), ["Makefile:2: `scripts/gone` does not exist"]);
        assert!(found("Makefile", "test:\n\t@scripts/test\n").is_empty());
    }

    #[test]
    fn what_exists_what_is_built_and_what_is_no_path_is_fine() {
        let content = "`core/domain`, `core/domain/`, `docs/protocol.md`, `/v1/push`, `firebee/fact/1`, `target/bench/a.json`, \
                       `a b/c`, [there](docs/protocol.md#shape), [net](https://a.b/c), [top](#top)\n```\ncore/x `core/y`\n```\n";
        assert!(found("README.md", content).is_empty(), "{:?}", found("README.md", content));
        assert!(found("docs/adr/a.md", "[up](../protocol.md)\n").is_empty());
    }
}
