//! What is checked and generated before the crate compiles. A fault names its file and its key.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/messages.rs"]
mod messages;

use std::{env, fs, path::Path, process::ExitCode};

/// The catalogue of tests that is built in.
const CATALOGUE: &str = "../domain/catalogue.json";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Vec<String>> {
    let out = env::var("OUT_DIR").map_err(|e| vec![format!("OUT_DIR: {e}")])?;
    let out = Path::new(&out);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=messages");
    println!("cargo::rerun-if-changed={CATALOGUE}");
    let catalogue = catalogue::check(Path::new(CATALOGUE))?;
    println!("cargo::rustc-env=FIREBEE_CATALOGUE_ID={catalogue}");
    let compiled = messages::compile(&messages::read(Path::new("messages"))?)?;
    write(&out.join("zh-CN.ftl"), &compiled.zh)?;
    write(&out.join("en.ftl"), &compiled.en)?;
    write(&out.join("text.rs"), &compiled.code)?;
    write(&out.join("problem.rs"), &compiled.problem)
}

fn write(path: &Path, content: &str) -> Result<(), Vec<String>> {
    fs::write(path, content).map_err(|e| vec![format!("{}: {e}", path.display())])
}
