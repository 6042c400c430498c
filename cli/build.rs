//! Checks and compiles the texts that stand beside the sources. A fault names its file, its line and its key.

use firebee_messages::build;
use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    build::told(build::texts(Path::new("src")))
}
