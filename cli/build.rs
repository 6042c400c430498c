//! Checks and compiles the texts beside the sources. Every defect is reported with file, line and key.

use firebee_messages::build;
use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    build::told(build::texts(Path::new("src")))
}
