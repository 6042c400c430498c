//! Who may depend on whom (docs/adr/0008-one-composition-root.md adds the binary to the six rules).

use crate::tidy::{
    finding::Finding,
    tree::{Dependency, Package, Tree},
};

/// For each package of ours, which of ours it may name: in what ships, in tests and in build scripts alike.
const OURS: [(&str, &[&str]); 11] = [
    ("firebee-messages", &[]),
    ("firebee-domain", &[]),
    ("firebee-protocol", &["firebee-domain", "firebee-messages"]),
    ("firebee-picture", &["firebee-domain", "firebee-protocol"]),
    ("firebee-client", &["firebee-domain", "firebee-picture", "firebee-protocol"]),
    ("firebee-bindings", &["firebee-domain", "firebee-protocol", "firebee-client"]),
    ("firebee-server", &["firebee-domain", "firebee-messages", "firebee-picture", "firebee-protocol"]),
    ("firebee-report", &["firebee-domain"]),
    ("firebee", &["firebee-domain", "firebee-messages", "firebee-protocol", "firebee-client", "firebee-server"]),
    ("firebee-tests", &["firebee-domain", "firebee-protocol", "firebee-client", "firebee-server", "firebee-bindings"]),
    ("firebee-sim", &["firebee-domain", "firebee-protocol", "firebee-client", "firebee-server", "firebee-tests"]),
];

/// The pure packages name each library that they ship with, so that another one is a visible decision.
const PURE: [(&str, &[&str]); 3] = [
    ("firebee-messages", &["fluent-bundle", "fluent-syntax", "serde"]),
    (
        "firebee-domain",
        &[
            "serde",
            "serde_json",
            "strum",
            "thiserror",
            "chrono",
            "geo",
            "pinyin",
            "sha2",
            "uuid",
            "unicode-normalization",
        ],
    ),
    (
        "firebee-protocol",
        &[
            "base64",
            "chrono",
            "ed25519-dalek",
            "memchr",
            "p256",
            "serde",
            "serde_json",
            "sha2",
            "simdutf8",
            "strum",
            "thiserror",
            "unicode-normalization",
            "uuid",
            "zstd",
        ],
    ),
];

/// Libraries that tie a package to a side of the world, and the packages that may ship with them.
const TIED: [(&str, &[&str]); 9] = [
    ("uniffi", &["firebee-bindings"]),
    ("axum", &["firebee-server", "firebee-tests", "firebee-sim"]),
    ("tokio-postgres", &["firebee-server", "firebee-tests"]),
    ("deadpool-postgres", &["firebee-server"]),
    ("rusqlite", &["firebee-client", "firebee-server", "firebee-tests", "firebee-sim"]),
    ("reqwest", &["firebee-client", "firebee-tests"]),
    ("typst", &["firebee-report"]),
    ("typst-layout", &["firebee-report"]),
    ("typst-pdf", &["firebee-report"]),
];

/// The dependency rules of the architecture.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &tree.packages {
        let Some((_, ours)) = OURS.iter().find(|(name, _)| *name == package.name) else {
            findings.push(Finding::new(&package.manifest, 0, format!("`{}` has no place in the rules", package.name)));
            continue;
        };
        for dependency in &package.dependencies {
            if let Some(why) = wrong(package, dependency, ours) {
                let line = line_of(tree, package, &dependency.name);
                findings.push(Finding::new(&package.manifest, line, why));
            }
        }
    }
    findings
}

fn wrong(package: &Package, dependency: &Dependency, ours: &[&str]) -> Option<String> {
    let (name, of) = (dependency.name.as_str(), package.name.as_str());
    if OURS.iter().any(|(known, _)| *known == name) {
        return (!ours.contains(&name)).then(|| format!("`{of}` may not depend on `{name}`"));
    }
    if !dependency.ships {
        return None;
    }
    if let Some((_, allowed)) = PURE.iter().find(|(pure, _)| *pure == of)
        && !allowed.contains(&name)
    {
        return Some(format!("`{of}` is pure and may not ship with `{name}`"));
    }
    let (_, holders) = TIED.iter().find(|(tied, _)| *tied == name)?;
    (!holders.contains(&of)).then(|| format!("`{name}` belongs only in {}", holders.join(", ")))
}

fn line_of(tree: &Tree, package: &Package, name: &str) -> usize {
    let manifest = tree.content(&package.manifest).unwrap_or_default();
    let names = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    manifest.lines().position(names).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(of: &str, name: &str, ships: bool) -> Vec<String> {
        let mut tree =
            Tree::of(&[("a/Cargo.toml", &format!("[package]\n\n[dependencies]\n{name}.workspace = true\n"))]);
        let dependencies = vec![Dependency { name: name.to_owned(), ships }];
        tree.packages.push(Package { name: of.to_owned(), manifest: "a/Cargo.toml".to_owned(), dependencies });
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn server_and_client_never_meet_not_even_in_tests() {
        let why = "a/Cargo.toml:4: `firebee-server` may not depend on `firebee-client`";
        assert_eq!(found("firebee-server", "firebee-client", true), [why]);
        assert_eq!(found("firebee-server", "firebee-client", false), [why]);
        assert_eq!(found("firebee-client", "firebee-server", false).len(), 1);
    }

    #[test]
    fn nobody_depends_on_the_binary_or_the_tests() {
        assert_eq!(found("firebee-bindings", "firebee", false).len(), 1);
        assert_eq!(found("firebee", "firebee-tests", false).len(), 1);
        assert_eq!(found("firebee", "firebee-server", true), Vec::<String>::new());
    }

    #[test]
    fn a_pure_package_ships_only_with_what_is_named() {
        assert_eq!(
            found("firebee-domain", "tokio", true),
            ["a/Cargo.toml:4: `firebee-domain` is pure and may not ship with `tokio`"]
        );
        assert_eq!(found("firebee-protocol", "rusqlite", true).len(), 1);
        assert_eq!(found("firebee-domain", "proptest", false), Vec::<String>::new());
    }

    #[test]
    fn a_tied_library_stays_on_its_side() {
        for (of, name) in [
            ("firebee-client", "uniffi"),
            ("firebee-client", "axum"),
            ("firebee-bindings", "tokio-postgres"),
            ("firebee", "rusqlite"),
            ("firebee-server", "reqwest"),
            ("firebee-server", "typst"),
        ] {
            assert_eq!(found(of, name, true).len(), 1, "{of} {name}");
        }
        assert_eq!(found("firebee-client", "reqwest", true), Vec::<String>::new());
        assert_eq!(found("firebee-server", "reqwest", false), Vec::<String>::new());
    }

    #[test]
    fn a_new_package_needs_a_place() {
        assert_eq!(
            found("firebee-extra", "serde", true),
            ["a/Cargo.toml:0: `firebee-extra` has no place in the rules"]
        );
    }
}
