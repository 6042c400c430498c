//! Checks and generates code before the crate compiles. Every defect is reported with its file and key.

#[path = "build/catalogue.rs"]
mod catalogue;

use firebee_messages::build;
use std::{env, fmt::Write as _, fs, path::Path, process::ExitCode};

/// The catalogue of tests that is built in.
const CATALOGUE: &str = "../domain/catalogue.json";

/// The sentences of each code.
const PROBLEMS: &str = "messages/problem/zh-CN.ftl";

fn main() -> ExitCode {
    build::told(run())
}

fn run() -> Result<(), Vec<String>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={CATALOGUE}");
    let catalogue = catalogue::check(Path::new(CATALOGUE))?;
    println!("cargo::rustc-env=FIREBEE_CATALOGUE_ID={catalogue}");
    build::texts(Path::new("messages"))?;
    problems()
}

/// Writes which message belongs to which code. A code without a message, and a message without a code, do not compile.
fn problems() -> Result<(), Vec<String>> {
    let content = fs::read_to_string(PROBLEMS).map_err(|e| vec![format!("{PROBLEMS}: {e}")])?;
    let mut arms = String::new();
    for line in content.lines() {
        if let Some((key, _)) = line.strip_prefix("problem-").and_then(|line| line.split_once(" =")) {
            let code: String = key.split('-').map(capital).collect();
            let _ = writeln!(arms, "        Code::{code} => Text::Problem{code},");
        }
    }
    let out = env::var("OUT_DIR").map_err(|e| vec![format!("OUT_DIR: {e}")])?;
    let path = Path::new(&out).join("problem.rs");
    let source = format!(
        "/// The message of a code.\n#[must_use]\npub const fn problem(code: Code) -> Text {{\n    match code {{\n{arms}    }}\n}}\n"
    );
    fs::write(&path, source).map_err(|e| vec![format!("{}: {e}", path.display())])
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
