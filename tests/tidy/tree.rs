//! The sources as data, read from this repository or made up by a test.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::rust::Rust;

/// Folders that hold nothing of ours.
const OUTSIDE: [&str; 5] = ["target", ".git", "node_modules", "__pycache__", ".venv"];

/// One file.
pub struct File {
    /// Path from the root, with slashes.
    pub path: String,
    /// Its text; empty for what is not text.
    pub content: String,
}

/// One package of the workspace.
pub struct Package {
    /// Its name.
    pub name: String,
    /// Path of its manifest from the root.
    pub manifest: String,
    /// Whom it depends on.
    pub dependencies: Vec<Dependency>,
}

/// One line of a manifest.
pub struct Dependency {
    /// The package that it names.
    pub name: String,
    /// Whether it ships: neither for tests nor for build scripts only.
    pub ships: bool,
}

/// Everything a rule may look at.
#[derive(Default)]
pub struct Tree {
    /// All files in the order of their paths.
    pub files: Vec<File>,
    /// The Rust files among them that parse.
    pub rust: Vec<Rust>,
    /// The Rust files that do not: path, line and the parser's words.
    pub broken: Vec<(String, usize, String)>,
    /// The packages of the workspace.
    pub packages: Vec<Package>,
}

impl Tree {
    /// A tree made of texts.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut tree = Self::default();
        for (path, content) in files {
            tree.add((*path).to_owned(), (*content).to_owned());
        }
        tree.mark_test_modules();
        tree
    }

    /// The tree that this test was built from.
    pub fn of_this_repository() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut paths = Vec::new();
        walk(root, root, &mut paths).unwrap();
        paths.sort();
        let mut tree = Self::default();
        for path in paths {
            let bytes = fs::read(root.join(&path)).unwrap();
            tree.add(path.to_string_lossy().replace('\\', "/"), String::from_utf8(bytes).unwrap_or_default());
        }
        tree.mark_test_modules();
        tree.packages = packages(root);
        tree
    }

    /// The text of the file at this path.
    pub fn content(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.content.as_str())
    }

    /// Whether a file or a folder of this path exists.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    /// A file that another one declares as `#[cfg(test)] mod …;` is a test.
    fn mark_test_modules(&mut self) {
        let modules: Vec<String> = self.rust.iter().flat_map(Rust::test_modules).collect();
        for rust in &mut self.rust {
            let within = |module: &String| {
                rust.path.strip_prefix(module.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            };
            if modules.iter().any(within) {
                rust.mark_test();
            }
        }
    }

    fn add(&mut self, path: String, content: String) {
        if path.ends_with(".rs") {
            match Rust::parse(&path, &content) {
                Ok(rust) => self.rust.push(rust),
                Err(error) => self.broken.push((path.clone(), error.span().start().line, error.to_string())),
            }
        }
        self.files.push(File { path, content });
    }
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if !OUTSIDE.iter().any(|name| entry.file_name() == *name) {
                walk(root, &path, found)?;
            }
        } else if entry.file_type()?.is_file() && path.file_name().is_some_and(|name| name != ".git") {
            found.push(path.strip_prefix(root).map_err(io::Error::other)?.to_owned());
        }
    }
    Ok(())
}

fn packages(root: &Path) -> Vec<Package> {
    let manifest = root.join("Cargo.toml");
    let metadata = cargo_metadata::MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap();
    metadata
        .packages
        .iter()
        .map(|package| Package {
            name: package.name.to_string(),
            manifest: package.manifest_path.strip_prefix(root).unwrap().to_string(),
            dependencies: package
                .dependencies
                .iter()
                .map(|dependency| Dependency {
                    name: dependency.name.clone(),
                    ships: dependency.kind == cargo_metadata::DependencyKind::Normal,
                })
                .collect(),
        })
        .collect()
}
