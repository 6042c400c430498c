//! `firebee admin create-authority` and `oversee-firm` as an operator types them.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

const FIRM: &str = "青海安泰消防技术服务有限公司";

fn firebee(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firebee"));
    command.env_clear().env("FIREBEE_METRICS", "off").env("FIREBEE_LISTEN", "127.0.0.1:0").env("FIREBEE_DATA", data);
    command
}

/// The example of the guide in the block that follows some words.
fn example(after: &str) -> &'static str {
    let guide = include_str!("../../docs/operations.md");
    let rest = guide.split_once(after).unwrap().1;
    rest.split_once("```json\n").unwrap().1.split_once("```").unwrap().0
}

/// What a command said: whether it went well, its output and its errors.
fn told(output: &Output) -> (bool, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// A data folder with the firm of the guide: no other command begins one.
fn founded(folder: &Path) -> PathBuf {
    let (data, firm) = (folder.join("data"), folder.join("firm.json"));
    std::fs::write(&firm, example("# ")).unwrap();
    let made = told(&firebee(&data).args(["admin", "create-firm", "--from"]).arg(&firm).output().unwrap());
    assert!(made.0, "{made:?}");
    data
}

fn create(data: &Path, file: &str, password: Option<&str>) -> (bool, String, String) {
    let path = data.with_extension("json");
    std::fs::write(&path, file).unwrap();
    let mut command = firebee(data);
    command.args(["admin", "create-authority", "--from"]).arg(&path);
    if password.is_some() {
        command.arg("--password-stdin");
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut typed = child.stdin.take().unwrap();
    // A command that reads no password may have ended before.
    let _ = typed.write_all(format!("{}\n", password.unwrap_or_default()).as_bytes());
    drop(typed);
    told(&child.wait_with_output().unwrap())
}

fn oversee(data: &Path, organisation: &str, unit: &str) -> (bool, String, String) {
    let args = ["admin", "oversee-firm", "--organisation", organisation, "--unit", unit];
    told(&firebee(data).args(args).output().unwrap())
}

/// R-013, R-344: the fire service is founded from the guide's example, its passwords are shown once, and a firm is put under a
/// unit that exists.
#[test]
fn r_013_r_344_the_fire_service_is_founded_and_a_firm_put_under_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = founded(folder.path());
    let guide = example("## The fire service");
    let (well, said, errors) = create(&data, guide, None);
    assert!(well && errors.is_empty(), "{said} {errors}");
    let accounts: Vec<&str> = said.lines().filter(|line| line.starts_with("account login ")).collect();
    assert!(!accounts.is_empty() && accounts.iter().all(|line| line.contains(" password ")), "{said}");
    assert!(!said.contains("(as given)"), "a random password is shown this once: {said}");

    let (well, _, errors) = create(&data, guide, None);
    assert!(!well && errors.contains("nothing was created") && errors.contains("[login_taken]"), "{errors}");
    let unit = guide.split("\"name\": \"").nth(1).unwrap().split('"').next().unwrap();
    let (well, said, errors) = oversee(&data, FIRM, unit);
    assert!(well && said.contains(&format!("{FIRM} lies in the jurisdiction of {unit}")), "{said} {errors}");
    for (organisation, unit) in [("没有这家机构", unit), (FIRM, "没有这个机构")] {
        let (well, said, errors) = oversee(&data, organisation, unit);
        assert!(!well && said.is_empty() && errors.contains("no firm"), "{said} {errors}");
    }
}

/// R-344: a tree without its head, or with a unit before the one above it, founds nothing; a given password is not shown.
#[test]
fn r_344_a_tree_without_its_head_founds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = founded(folder.path());
    let headless = r#"{ "units": [{ "name": "西宁市消防救援支队", "level": "detachment" }] }"#;
    let (well, said, errors) = create(&data, headless, None);
    assert!(!well && said.is_empty() && errors.contains("the first unit is no corps"), "{said} {errors}");
    let stranger = r#"{ "units": [{ "name": "青海省消防救援总队", "level": "corps" }],
        "people": [{ "name": "胡杰", "phone": "13900000021", "unit": "别的总队" }] }"#;
    let (well, _, errors) = create(&data, stranger, None);
    assert!(!well && errors.contains("unit is not in the file"), "{errors}");
    let (well, _, errors) = create(&data, "{ \"units\": [], \"colour\": 1 }", None);
    assert!(!well && errors.contains("is not as it should be"), "{errors}");
    let file = stranger.replace("别的总队", "青海省消防救援总队");
    let (well, said, errors) = create(&data, &file, Some("three red pumps"));
    assert!(well && said.contains("account login 13900000021 password (as given)"), "{said} {errors}");
    assert!(!said.contains("three red pumps"), "{said}");
}
