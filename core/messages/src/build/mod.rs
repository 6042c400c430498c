//! The part of a build script that handles the texts of its package.
//!
//! A package with texts includes the generated file: `include!(concat!(env!("OUT_DIR"), "/text.rs"));` defines its enum
//! `Text`.

mod compile;
mod generate;
mod read;

pub use compile::{Compiled, compile};
pub use read::{Source, read};

use std::{env, fs, path::Path, process::ExitCode};

/// Compiles every text below a folder of the package and writes the enum and both languages to `OUT_DIR`.
///
/// # Errors
/// All defects, with file, line and key.
pub fn texts(root: &Path) -> Result<(), Vec<String>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", root.display());
    let out = env::var("OUT_DIR").map_err(|e| vec![format!("OUT_DIR: {e}")])?;
    let compiled = compile(&read(root)?)?;
    for (name, content) in [("zh-CN.ftl", &compiled.zh), ("en.ftl", &compiled.en), ("text.rs", &compiled.code)] {
        let path = Path::new(&out).join(name);
        fs::write(&path, content).map_err(|e| vec![format!("{}: {e}", path.display())])?;
    }
    Ok(())
}

/// Tells the defects to Cargo, and how the build script ends.
#[must_use]
pub fn told(result: Result<(), Vec<String>>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            ExitCode::FAILURE
        }
    }
}
