//! The PDF of a report, verified without its server.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Language, problem_text};
use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// The report that the demo files.
const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/report.pdf");

fn verify(report: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firebee"));
    command.env_clear().arg("verify").arg(report).args(more).output().unwrap()
}

fn refused(output: &Output, code: Code, values: &[(&str, Arg<'_>)]) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(&format!("[{code}]")), "{told}");
    for language in [Language::Zh, Language::En] {
        assert!(told.contains(&problem_text(code, values, language)), "{told}");
    }
}

/// What pdftotext reads on the cover.
fn cover() -> String {
    let output = Command::new("pdftotext").args(["-l", "1", REPORT, "-"]).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn r_379_the_code_of_a_file_is_the_one_on_its_cover() {
    let output = verify(Path::new(REPORT), &["--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (code, number) = (found["code"].as_str().unwrap(), found["cover"]["code"].as_str().unwrap());
    let cover = cover();
    assert!(cover.contains(code) && cover.contains(number), "{code} {number} {cover}");
    let sum = Command::new("sha256sum").arg(REPORT).output().unwrap();
    assert!(String::from_utf8_lossy(&sum.stdout).starts_with(found["sha256"].as_str().unwrap()));

    let typed = code.replace('-', " ").to_lowercase();
    let output = verify(Path::new(REPORT), &["--code", &typed]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains(code) && told.contains(number), "{told}");
}

#[test]
fn r_379_another_code_than_that_of_the_file_is_refused() {
    let found: Value = serde_json::from_slice(&verify(Path::new(REPORT), &["--json"]).stdout).unwrap();
    let code = found["code"].as_str().unwrap();
    let output = verify(Path::new(REPORT), &["--code", "0000-0000-0000-0000"]);
    refused(&output, Code::ReportCodeDiffers, &[("code", Arg::from(code))]);
    assert_eq!(verify(Path::new(REPORT), &["--code", "0000"]).status.code(), Some(2));
}

#[test]
fn r_379_what_is_no_report_is_refused_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(REPORT).unwrap();
    let file = folder.path().join("file.pdf");
    // Words, nothing, the head of a report, and a PDF without a snapshot.
    let name = b"snapshot.json";
    let mut renamed = whole.clone();
    for at in 0..renamed.len() - name.len() {
        if renamed[at..].starts_with(name) {
            renamed[at] = b'S';
        }
    }
    for bytes in [b"no report".as_slice(), b"", &whole[..whole.len() / 2], &renamed] {
        fs::write(&file, bytes).unwrap();
        refused(&verify(&file, &[]), Code::ReportFileForeign, &[]);
    }
    let long = fs::File::create(&file).unwrap();
    long.set_len(65 << 20).unwrap();
    refused(&verify(&file, &[]), Code::ReportFileForeign, &[]);
}
