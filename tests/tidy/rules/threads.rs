//! Phone and server can run on one thread in a time that is not real: what starts a thread or reads the machine's clock
//! stands in few files, which know it.

use crate::tidy::{finding::Finding, tree::Tree};

/// What runs past the runtime, and the beginnings of the paths where it may stand.
const PAST_THE_RUNTIME: [(&[&str], &str, &[&str]); 5] = [
    (&["spawn_blocking"], "starts a thread", &["core/client/src/blocking.rs", "sync-server/src/blocking.rs"]),
    (&["block_in_place"], "blocks a thread", &[]),
    (&["thread", "spawn"], "starts a thread", &[]),
    (&["thread", "Builder"], "starts a thread", &["sync-server/src/store/sqlite"]),
    (&["SystemTime"], "reads the machine's clock", &["core/client/src/ports/", "sync-server/src/clock.rs"]),
];

/// Threads and clocks of `core/client` and `sync-server`.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rust in &tree.rust {
        if !rust.path.starts_with("core/client/src/") && !rust.path.starts_with("sync-server/src/") {
            continue;
        }
        for (names, does, places) in PAST_THE_RUNTIME {
            if places.iter().any(|place| rust.path.starts_with(place)) {
                continue;
            }
            for line in rust.paths(names).into_iter().filter(|line| !rust.is_test(*line)) {
                let told = format!("`{}` {does} where a simulation does not see it", names.join("::"));
                findings.push(Finding::new(&rust.path, line, told));
            }
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
    fn a_thread_past_the_runtime_is_reported_with_its_line() {
        assert_eq!(
            found("sync-server/src/upload/put.rs", "use std::thread;\nfn a() {\n    thread::spawn(|| ());\n}\n"),
            ["sync-server/src/upload/put.rs:3: `thread::spawn` starts a thread where a simulation does not see it"]
        );
    }

    #[test]
    fn each_name_is_found_outside_its_own_place_only() {
        for (names, _, places) in PAST_THE_RUNTIME {
            let content = format!("fn a() {{\n    {}::b();\n}}\n", names.join("::"));
            for package in ["core/client", "sync-server"] {
                assert_eq!(found(&format!("{package}/src/a.rs"), &content).len(), 1, "{names:?}");
                assert!(found(&format!("{package}/src/tests/a.rs"), &content).is_empty(), "{names:?} in a test");
            }
            for place in places {
                assert!(found(&format!("{}.rs", place.trim_end_matches(".rs")), &content).is_empty(), "{place}");
            }
        }
        assert!(found("cli/src/a.rs", "fn a() {\n    std::thread::spawn(|| ());\n}\n").is_empty());
    }
}
