//! Checks and generates code before the crate compiles. Every defect is reported with its file and key.

#[path = "build/catalogue.rs"]
mod catalogue;

use firebee_messages::build;
use std::{env, fmt::Write as _, fs, path::Path, process::ExitCode};

/// The catalogue of tests that is built in.
const CATALOGUE: &str = "../domain/catalogue.json";

/// The sets whose every member has a message: folder of the messages, enum, generated function.
const TOLD: [(&str, &str, &str); 2] = [("problem", "Code", "problem"), ("kind", "Kind", "kind")];

fn main() -> ExitCode {
    build::told(run())
}

fn run() -> Result<(), Vec<String>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={CATALOGUE}");
    let catalogue = catalogue::check(Path::new(CATALOGUE))?;
    println!("cargo::rustc-env=FIREBEE_CATALOGUE_ID={catalogue}");
    build::texts(Path::new("messages"))?;
    TOLD.into_iter().try_for_each(told)
}

/// Writes which message belongs to which member of a set. A member without a message, and a message without a member, do
/// not compile.
fn told((folder, set, function): (&str, &str, &str)) -> Result<(), Vec<String>> {
    let source = format!("messages/{folder}/zh-CN.ftl");
    let content = fs::read_to_string(&source).map_err(|e| vec![format!("{source}: {e}")])?;
    let (prefix, message) = (format!("{folder}-"), capital(folder));
    let mut arms = String::new();
    for line in content.lines() {
        if let Some((key, _)) = line.strip_prefix(&prefix).and_then(|line| line.split_once(" =")) {
            let member: String = key.split('-').map(capital).collect();
            let _ = writeln!(arms, "        {set}::{member} => Text::{message}{member},");
        }
    }
    let out = env::var("OUT_DIR").map_err(|e| vec![format!("OUT_DIR: {e}")])?;
    let path = Path::new(&out).join(format!("{function}.rs"));
    let source = format!(
        "/// The message of a [`{set}`].\n#[must_use]\npub const fn {function}(of: {set}) -> Text {{\n    match of {{\n{arms}    }}\n}}\n"
    );
    fs::write(&path, source).map_err(|e| vec![format!("{}: {e}", path.display())])
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
