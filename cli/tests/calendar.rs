//! The calendar of working days, imported by the command of the server.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Language, problem_text};
use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

/// What a document of 2027 could say: three days of New Year, for which a Sunday is worked.
const FILE: &str = r#"{"year": 2027, "papers": ["https://www.gov.cn/zhengce/2027.htm"], "days": [
    {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
    {"name": "元旦", "date": "2027-01-04", "isOffDay": true},
    {"name": "元旦", "date": "2027-01-10", "isOffDay": false},
    {"name": "劳动节", "date": "2027-05-01", "isOffDay": true},
    {"name": "劳动节", "date": "2027-05-02", "isOffDay": true},
    {"name": "国庆节", "date": "2027-10-01", "isOffDay": true},
    {"name": "国庆节", "date": "2027-10-02", "isOffDay": true},
    {"name": "国庆节", "date": "2027-10-03", "isOffDay": true}
]}"#;

fn admin(data: &Path, words: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firebee"));
    command.env_clear().env("FIREBEE_DATA", data).arg("admin").args(words);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A folder in which a server has been.
fn founded() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let guide = include_str!("../../docs/operations.md");
    let firm = guide.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let made = admin(folder.path(), &["create-firm", "--from", "-"], firm);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder
}

fn told(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn r_383_a_dry_run_shows_what_a_year_changes_and_an_import_keeps_it() {
    let folder = founded();
    let import =
        |more: &[&str], file: &str| told(&admin(folder.path(), &[&["calendar", "import", "-"], more].concat(), file));
    let shown = import(&["--dry-run"], FILE);
    let lines: Vec<_> = shown.lines().collect();
    let days = ["2027 was not known; 2 days change", "2027-01-04  off  元旦", "2027-01-10  worked  元旦"];
    assert_eq!(lines[..3], days);
    assert_eq!(lines[3], "0 reports that wait to be filed have another last day, or one that is settled");
    assert!(lines[4].starts_with("nothing was changed; calendar 2026-"), "{shown}");
    assert!(lines[4].contains(" would become 2027-"), "{shown}");

    // The dry run kept nothing; the import does.
    let kept = import(&[], FILE);
    assert!(kept.starts_with(days[0]) && kept.contains(" is now 2027-"), "{kept}");
    let again = import(&["--dry-run"], FILE);
    assert!(again.starts_with("2027 was known; 0 days change"), "{again}");

    // A document that is changed in its year takes the place of the first.
    let changed = import(&[], &FILE.replace("2027-01-04", "2027-01-05"));
    let lines: Vec<_> = changed.lines().collect();
    assert_eq!(lines[..3], ["2027 was known; 2 days change", "2027-01-04  worked  ", "2027-01-05  off  元旦"]);
}

#[test]
fn r_383_a_bad_file_is_refused_in_both_languages() {
    let folder = founded();
    let refused = |file: &str, code: Code, values: &[(&str, Arg<'_>)]| {
        let output = admin(folder.path(), &["calendar", "import", "-"], file);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && told.contains(&format!("[{code}]")), "{code}: {told}");
        for language in [Language::Zh, Language::En] {
            let sentence = problem_text(code, values, language);
            assert!(told.contains(&sentence), "{code}: {sentence} is not in {told}");
        }
    };
    let day = |day: &'static str| [("day", Arg::from(day))];
    refused("{}", Code::CalendarMalformed, &[]);
    refused(&FILE.replace("https://www.gov.cn/zhengce/2027.htm", ""), Code::CalendarSourceMissing, &[]);
    refused(&FILE.replace("2027-01-10", "2028-01-10"), Code::CalendarDayWrong, &day("2028-01-10"));
    refused(&FILE.replace("2027-10-02", "2027-10-04"), Code::CalendarDayMissing, &day("2027-10-02"));
    let untouched = told(&admin(folder.path(), &["calendar", "import", "-", "--dry-run"], FILE));
    assert!(untouched.starts_with("2027 was not known"), "{untouched}");
}
