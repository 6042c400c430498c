//! The domain and the protocol do no I/O, read no clock and draw no random number; the client does so in few places.

use crate::tidy::{finding::Finding, rust::Rust, tree::Tree};

/// What a pure package never names, and why.
const IMPURE: [(&[&str], &str); 19] = [
    (&["std", "fs"], "does I/O"),
    (&["std", "net"], "does I/O"),
    (&["std", "process"], "starts processes"),
    (&["std", "env"], "reads the environment"),
    (&["std", "thread"], "starts threads"),
    (&["io", "stdin"], "does I/O"),
    (&["io", "stdout"], "does I/O"),
    (&["io", "stderr"], "does I/O"),
    (&["SystemTime"], "reads a clock"),
    (&["Instant", "now"], "reads a clock"),
    (&["Utc", "now"], "reads a clock"),
    (&["Local", "now"], "reads a clock"),
    (&["rand"], "draws random numbers"),
    (&["getrandom"], "draws random numbers"),
    (&["OsRng"], "draws random numbers"),
    (&["now_v7"], "reads a clock and draws random numbers"),
    (&["new_v4"], "draws random numbers"),
    (&["tokio"], "waits and does I/O"),
    (&["println"], "does I/O"),
];

/// What the client names only where a port is implemented.
const PORTS: [(&[&str], &str); 6] = [
    (&["reqwest"], "reaches the network"),
    (&["SystemTime"], "reads a clock"),
    (&["Instant", "now"], "reads a clock"),
    (&["getrandom"], "draws random numbers"),
    (&["OsRng"], "draws random numbers"),
    (&["now_v7"], "reads a clock and draws random numbers"),
];

/// Where the client's ports and their real implementations stand, as the beginning of a path.
const BEHIND_PORTS: [&str; 2] = ["core/client/src/ports", "core/client/src/http"];

/// No I/O, clock or randomness in `core/domain` and `core/protocol`; in `core/client` only behind the ports.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rust in &tree.rust {
        if rust.path.starts_with("core/domain/src/") || rust.path.starts_with("core/protocol/src/") {
            report(rust, &IMPURE, "and a pure package may not", &mut findings);
        }
        if rust.path.starts_with("core/client/src/") && !BEHIND_PORTS.iter().any(|port| rust.path.starts_with(port)) {
            report(rust, &PORTS, "and the client does so only behind a port", &mut findings);
        }
    }
    findings
}

fn report(rust: &Rust, banned: &[(&[&str], &str)], rule: &str, findings: &mut Vec<Finding>) {
    for (names, does) in banned {
        for line in rust.paths(names) {
            if !rust.is_test(line) {
                findings.push(Finding::new(&rust.path, line, format!("`{}` {does}, {rule}", names.join("::"))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, content: &str) -> Vec<String> {
        check(&Tree::of(&[(path, content)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_clock_in_the_domain_is_reported_with_its_line() {
        assert_eq!(
            found("core/domain/src/a.rs", "fn a() {\n    let _ = chrono::Utc::now();\n}\n"),
            ["core/domain/src/a.rs:2: `Utc::now` reads a clock, and a pure package may not"]
        );
    }

    #[test]
    fn each_banned_name_is_found_in_each_pure_package() {
        for (names, _) in IMPURE {
            let content = format!("fn a() {{\n    {}::b();\n}}\n", names.join("::"));
            assert!(!found("core/protocol/src/a.rs", &content).is_empty(), "{names:?}");
            assert!(!found("core/domain/src/a/b.rs", &content).is_empty(), "{names:?}");
        }
    }

    #[test]
    fn the_client_reaches_the_world_only_behind_its_ports() {
        assert_eq!(
            found("core/client/src/sync/push.rs", "use reqwest::Client;\n"),
            [
                "core/client/src/sync/push.rs:1: `reqwest` reaches the network, and the client does so only behind a port"
            ]
        );
        assert!(found("core/client/src/http.rs", "use reqwest::Client;\n").is_empty());
    }

    #[test]
    fn tests_words_in_strings_and_other_packages_are_free() {
        let content = "/// Reads no SystemTime.\nfn a() -> &'static str { \"std::fs\" }\n\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        assert!(found("core/domain/src/a.rs", content).is_empty());
        assert!(found("sync-server/src/a.rs", "use std::fs;\n").is_empty());
    }
}
