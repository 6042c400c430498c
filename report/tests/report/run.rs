//! Runs the binary over a folder, and reads what it wrote.

use firebee_report::{Answer, Failure};
use serde::Serialize;
use std::{fs, path::Path, process::Command};
use tempfile::TempDir;

use crate::sample::Sample;

/// A folder as a server lays it down.
pub fn folder(sample: &Sample) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: String, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("photos")).unwrap();
    fs::create_dir(folder.path().join("signatures")).unwrap();
    write("snapshot.json".to_owned(), &serde_json::to_vec(&sample.snapshot).unwrap());
    for (line, bytes) in sample.snapshot.photos.iter().zip(&sample.photos) {
        write(format!("photos/{}", line.number), bytes);
    }
    for (at, bytes) in sample.signatures.iter().enumerate() {
        write(format!("signatures/{}", at + 1), bytes);
    }
    if let Some(manifest) = &sample.manifest {
        write("manifest.json".to_owned(), manifest);
    }
    folder
}

/// Renders a folder. The file is `report.pdf` in it.
pub fn render(folder: &Path, more: &[&str]) -> Result<Answer, Failure> {
    ran("render", folder, more)
}

/// Prints what is kept nowhere, by the verb that its file is called by. The PDF is `report.pdf` in the folder.
pub fn print(verb: &str, what: &impl Serialize, folder: &Path) -> Result<Answer, Failure> {
    fs::write(folder.join(format!("{verb}.json")), serde_json::to_vec(what).unwrap()).unwrap();
    ran(verb, folder, &[])
}

fn ran(verb: &str, folder: &Path, more: &[&str]) -> Result<Answer, Failure> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firebee-report"));
    command.arg(verb).arg("--from").arg(folder).arg("--to").arg(folder.join("report.pdf")).args(more);
    let output = command.output().unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    assert_eq!(line.lines().count(), 1, "{line} {}", String::from_utf8_lossy(&output.stderr));
    match output.status.code() {
        Some(0) => Ok(serde_json::from_str(&line).unwrap()),
        Some(1) => Err(serde_json::from_str(&line).unwrap()),
        other => unreachable!("status {other:?}: {}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// What a tool of poppler prints of the report in a folder.
pub fn poppler(tool: &str, before: &[&str], folder: &Path, after: &[&str]) -> String {
    let mut command = Command::new(tool);
    let output = command.args(before).arg(folder.join("report.pdf")).args(after).output().unwrap();
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The text of the report, page after page, without blanks and breaks.
pub fn text(folder: &Path) -> String {
    squeezed(&poppler("pdftotext", &["-raw"], folder, &["-"]))
}

/// A text without what a line break takes or adds.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && *character != '\u{200b}').collect()
}
