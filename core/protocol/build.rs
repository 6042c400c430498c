//! What is checked and generated before the crate compiles. A fault names its file and its key.

#[path = "build/catalogue.rs"]
mod catalogue;

use firebee_messages::build;
use std::{path::Path, process::ExitCode};

/// The catalogue of tests that is built in.
const CATALOGUE: &str = "../domain/catalogue.json";

fn main() -> ExitCode {
    build::told(run())
}

fn run() -> Result<(), Vec<String>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={CATALOGUE}");
    let catalogue = catalogue::check(Path::new(CATALOGUE))?;
    println!("cargo::rustc-env=FIREBEE_CATALOGUE_ID={catalogue}");
    build::texts(Path::new("messages"))
}
