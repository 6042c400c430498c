//! Inside a crate the rooms know each other in one direction, so that a line can be moved or read without all the rest.

use std::collections::BTreeSet;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Item, ItemMod, ItemUse, UseTree};

use crate::tidy::{
    finding::Finding,
    rust::{Rust, Word},
    tree::Tree,
};

/// The roots of the crates. Each says the order of its rooms in the first `text` block of its docs:
/// `a → b, c → d + e` lets `d` and `e` know `a`, `b`, `c` and each other; the peers `b` and `c` do not know each other.
/// The crate of the binary has one room, so it has no order.
const ROOTS: [&str; 7] = [
    "bindings/src/lib.rs",
    "core/client/src/lib.rs",
    "core/domain/src/lib.rs",
    "core/messages/src/lib.rs",
    "core/protocol/src/lib.rs",
    "report/src/lib.rs",
    "sync-server/src/lib.rs",
];

/// Each room, which is a module at the root of its crate, stands in the order and uses only rooms before it.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let roots = ROOTS.iter().filter_map(|root| tree.rust.iter().find(|rust| rust.path == *root));
    roots.flat_map(|root| in_crate(tree, root)).collect()
}

fn in_crate(tree: &Tree, root: &Rust) -> Vec<Finding> {
    let source = root.path.trim_end_matches("lib.rs");
    let mut findings = Vec::new();
    let Some(order) = Order::told_by(tree.content(&root.path).unwrap_or_default()) else {
        return vec![Finding::new(&root.path, 1, "the docs do not say the order of the rooms")];
    };
    let rooms = Rooms::of(root);
    for (room, line) in &rooms.declared {
        if order.place(room).is_none() {
            findings.push(Finding::new(&root.path, *line, format!("the room `{room}` has no place in the order")));
        }
    }
    if root.path != JOINED && order.0.iter().flatten().any(|joined| joined.len() > 1) {
        findings.push(Finding::new(&root.path, 1, "rooms that know each other are one room"));
    }
    for room in order.0.iter().flatten().flatten() {
        if !rooms.declared.iter().any(|(declared, _)| declared == room) {
            findings.push(Finding::new(&root.path, 1, format!("the order names `{room}`, which is no room")));
        }
    }
    for rust in tree.rust.iter().filter(|rust| rust.path.starts_with(source) && rust.path != root.path) {
        let place = place_of(&rust.path, source);
        let Some(own) = place.first() else { continue };
        for (line, known) in known_by(rust, &place, &rooms) {
            if known != *own && !order.lets(own, &known) {
                let why = format!("`{own}` knows `{known}`, which does not stand before it in `{}`", root.path);
                findings.push(Finding::new(&rust.path, line, why));
            }
        }
    }
    findings
}

/// The root whose rooms may stand joined by `+`: nouns that describe each other, such as a task and its results.
const JOINED: &str = "core/domain/src/lib.rs";

/// The ranks in their order, each with its peers, each of these one room or several that are joined.
struct Order(Vec<Vec<Vec<String>>>);

impl Order {
    fn told_by(content: &str) -> Option<Self> {
        let docs: Vec<&str> = content.lines().filter_map(|line| line.strip_prefix("//!")).map(str::trim).collect();
        let from = docs.iter().position(|line| *line == "```text")? + 1;
        let to = from + docs.iter().skip(from).position(|line| *line == "```")?;
        let joined = |peer: &str| peer.split('+').map(|name| name.trim().to_owned()).collect();
        let peers = |rank: &str| rank.split(',').map(joined).collect();
        Some(Self(docs.get(from..to)?.join(" ").split('→').map(peers).collect()))
    }

    /// The number of its rank, and which of the peers there it belongs to.
    fn place(&self, room: &str) -> Option<(usize, usize)> {
        self.0.iter().enumerate().find_map(|(rank, peers)| {
            peers.iter().position(|joined| joined.iter().any(|name| name == room)).map(|peer| (rank, peer))
        })
    }

    /// Whether the one room may know the other.
    fn lets(&self, room: &str, known: &str) -> bool {
        let (Some(own), Some(other)) = (self.place(room), self.place(known)) else { return true };
        other.0 < own.0 || other == own
    }
}

/// The modules of a root with their lines, and which of them an item comes from that the root passes on.
struct Rooms {
    declared: Vec<(String, usize)>,
    passed_on: Vec<(String, String)>,
}

impl Rooms {
    fn of(root: &Rust) -> Self {
        let mut rooms = Self { declared: Vec::new(), passed_on: Vec::new() };
        for item in &root.syntax.items {
            let line = item.span().start().line;
            match item {
                Item::Mod(module) if !root.is_test(line) => rooms.declared.push((module.ident.to_string(), line)),
                Item::Use(passed) => {
                    for path in paths_of(&passed.tree) {
                        let path: Vec<&String> =
                            path.iter().filter(|name| *name != "crate" && *name != "self").collect();
                        if let [room, .., item] = path.as_slice() {
                            rooms.passed_on.push(((*item).clone(), (*room).clone()));
                        }
                    }
                }
                _ => {}
            }
        }
        rooms
    }

    /// The room behind a name that stands right after `crate::`.
    fn behind(&self, name: &str) -> Option<String> {
        if self.declared.iter().any(|(room, _)| room == name) {
            return Some(name.to_owned());
        }
        self.passed_on.iter().find(|(item, _)| item == name).map(|(_, room)| room.clone())
    }
}

/// The path of a file's module from the root of its crate.
fn place_of(path: &str, source: &str) -> Vec<String> {
    let inner = path.strip_prefix(source).unwrap_or(path).trim_end_matches(".rs").trim_end_matches("/mod");
    inner.split('/').map(str::to_owned).collect()
}

/// The rooms that a file names in what ships, each with its line.
fn known_by(rust: &Rust, place: &[String], rooms: &Rooms) -> BTreeSet<(usize, String)> {
    let mut names = Names { place: place.to_vec(), found: Vec::new() };
    names.visit_file(&rust.syntax);
    // The parser sees no paths inside macros, so their tokens are searched too.
    for window in rust.words.windows(4) {
        if let [(line, Word::Ident(first)), (_, Word::Punct(':')), (_, Word::Punct(':')), (_, Word::Ident(name))] =
            window
            && first == "crate"
        {
            names.found.push((*line, name.clone()));
        }
    }
    let shipped = names.found.into_iter().filter(|(line, _)| !rust.is_test(*line));
    shipped.filter_map(|(line, name)| rooms.behind(&name).map(|room| (line, room))).collect()
}

/// Collects what stands right after the root of the crate, however the path gets there.
struct Names {
    place: Vec<String>,
    found: Vec<(usize, String)>,
}

impl Names {
    fn note(&mut self, line: usize, path: &[String]) {
        let mut place = self.place.as_slice();
        let mut rest = path;
        match rest.first().map(String::as_str) {
            Some("crate") => (place, rest) = (&[], rest.get(1..).unwrap_or_default()),
            Some("self" | "super") => {}
            _ => return,
        }
        while let Some(step @ ("self" | "super")) = rest.first().map(String::as_str) {
            if step == "super" {
                place = place.split_last().map_or(&[], |(_, above)| above);
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        if let (true, Some(name)) = (place.is_empty(), rest.first()) {
            self.found.push((line, name.clone()));
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        self.place.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.place.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        for path in paths_of(&item.tree) {
            self.note(item.span().start().line, &path);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(path.span().start().line, &names);
        visit::visit_path(self, path);
    }
}

/// Every path of a `use`, with its groups taken apart.
fn paths_of(tree: &UseTree) -> Vec<Vec<String>> {
    match tree {
        UseTree::Path(path) => {
            let name = path.ident.to_string();
            paths_of(&path.tree).into_iter().map(|rest| [vec![name.clone()], rest].concat()).collect()
        }
        UseTree::Name(name) => vec![vec![name.ident.to_string()]],
        UseTree::Rename(name) => vec![vec![name.ident.to_string()]],
        UseTree::Glob(_) => vec![vec!["*".to_owned()]],
        UseTree::Group(group) => group.items.iter().flat_map(paths_of).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "//! A crate.\n//!\n//! ```text\n//! store → feed, query\n//!   → office\n//! ```\n\n\
                        pub mod store;\npub mod feed;\npub mod query;\npub mod office;\n\npub use office::Held;\n";

    fn found(path: &str, content: &str) -> Vec<String> {
        let files = [(&*format!("sync-server/src/{path}"), content), ("sync-server/src/lib.rs", ROOT)];
        check(&Tree::of(&files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_room_that_knows_a_later_one_is_reported_with_its_line() {
        let why = "`store` knows `office`, which does not stand before it in `sync-server/src/lib.rs`";
        let told = |line: usize| vec![format!("sync-server/src/store/open.rs:{line}: {why}")];
        assert_eq!(found("store/open.rs", "use std::fmt;\nuse crate::office::plan;\n"), told(2));
        assert_eq!(found("store/open.rs", "use crate::{\n    office,\n};\n"), told(1));
        assert_eq!(found("store/open.rs", "\nfn a() { crate::office::b(); }\n"), told(2));
        assert_eq!(found("store/open.rs", "\nfn a() { format!(\"{}\", crate::office::b()) }\n"), told(2));
        assert_eq!(found("store/open.rs", "\nuse crate::Held;\n"), told(2));
    }

    #[test]
    fn super_leads_out_of_a_room_as_well() {
        assert_eq!(found("store/open.rs", "use super::super::office::plan;\n").len(), 1);
        assert_eq!(found("store/mod.rs", "use super::office;\n").len(), 1);
        assert_eq!(found("store/open.rs", "mod a { use super::super::super::office::plan; }\n").len(), 1);
        assert_eq!(found("store/open.rs", "use super::office::plan;\n"), Vec::<String>::new());
    }

    #[test]
    fn peers_do_not_know_each_other() {
        assert_eq!(found("feed.rs", "use crate::query::list;\n").len(), 1);
        assert_eq!(found("query.rs", "use crate::feed::list;\n").len(), 1);
        assert_eq!(found("feed.rs", "use crate::{feed::list, store::Tx};\n"), Vec::<String>::new());
    }

    #[test]
    fn only_nouns_of_the_domain_are_joined() {
        let root = "//! ```text\n//! a + b\n//! ```\nmod a;\nmod b;\n";
        let nouns =
            [(JOINED, root), ("core/domain/src/a.rs", "use crate::b;\n"), ("core/domain/src/b.rs", "use crate::a;\n")];
        assert_eq!(check(&Tree::of(&nouns)), []);
        let told = check(&Tree::of(&[("sync-server/src/lib.rs", root)]));
        assert_eq!(told, [Finding::new("sync-server/src/lib.rs", 1, "rooms that know each other are one room")]);
    }

    #[test]
    fn a_test_may_know_everything() {
        assert_eq!(found("store/tests.rs", "use crate::office::plan;\n"), Vec::<String>::new());
        assert_eq!(found("store/a.rs", "#[cfg(test)]\nmod tests { use crate::office; }\n"), Vec::<String>::new());
    }

    #[test]
    fn order_and_rooms_agree() {
        let found = |root: &str| {
            let told = check(&Tree::of(&[("sync-server/src/lib.rs", root)]));
            told.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            found("//! ```text\n//! store\n//! ```\nmod store;\nmod feed;\n"),
            ["sync-server/src/lib.rs:5: the room `feed` has no place in the order"]
        );
        assert_eq!(
            found("//! ```text\n//! store → feed\n//! ```\nmod store;\n"),
            ["sync-server/src/lib.rs:1: the order names `feed`, which is no room"]
        );
        assert_eq!(
            found("//! A crate.\nmod store;\n"),
            ["sync-server/src/lib.rs:1: the docs do not say the order of the rooms"]
        );
    }
}
