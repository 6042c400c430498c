//! The binary as an operator types it.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn firebee(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firebee"));
    command.env_clear().env("FIREBEE_METRICS", "off").env("FIREBEE_LISTEN", "127.0.0.1:0").env("FIREBEE_DATA", data);
    command
}

/// A server that runs, and its address as it printed it.
fn serve(data: &Path) -> (Child, String) {
    let mut server = firebee(data).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("firebee listens on http://").unwrap().to_owned();
    (server, address)
}

fn terminate(server: &Child) {
    assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn serve_says_where_it_listens_refuses_a_second_one_and_ends_well_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, address) = serve(folder.path());
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ready\n"), "{answer}");
    for second in [vec!["serve"], vec!["admin", "list-devices"]] {
        let (code, sentence) = said(&firebee(folder.path()).args(second).output().unwrap());
        assert_eq!(code, Some(1));
        assert!(sentence.contains(&format!("is in use by another server (process {})", server.id())), "{sentence}");
    }
    terminate(&server);
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

#[test]
fn a_firm_is_founded_from_the_guides_example_and_its_passwords_are_shown_once() {
    let folder = tempfile::tempdir().unwrap();
    let guide = include_str!("../../docs/operations.md");
    let (_, rest) = guide.split_once("```json\n").unwrap();
    let file = folder.path().join("firm.json");
    std::fs::write(&file, rest.split_once("```").unwrap().0).unwrap();
    let data = folder.path().join("data");
    let create = || firebee(&data).args(["admin", "create-firm", "--from"]).arg(&file).output().unwrap();
    let made = create();
    let told = String::from_utf8(made.stdout.clone()).unwrap();
    assert_eq!(said(&made), (Some(0), String::new()));
    let accounts = told.lines().filter(|line| line.starts_with("account ") && line.contains(" password "));
    assert_eq!((accounts.count(), told.matches("project ").count()), (3, 1), "{told}");
    let (code, sentence) = said(&create());
    assert_eq!(code, Some(1));
    assert!(sentence.contains("people: ") && sentence.contains("(li)"), "{sentence}");
    let mut account = firebee(&data);
    account.args(["admin", "create-account", "--organisation", "青海安泰消防技术服务有限公司", "--person", "王芳"]);
    account.args(["--phone", "13900000011", "--category", "company-manager", "--password-stdin"]);
    let mut account = account.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    account.stdin.take().unwrap().write_all(b"one that was chosen\n").unwrap();
    let made = account.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&made.stdout).into_owned();
    assert_eq!(said(&made).0, Some(0), "{}", said(&made).1);
    assert!(told.contains("login 13900000011 password (as given)") && !told.contains("chosen"), "{told}");
    let listed = firebee(&data).args(["admin", "list-devices"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&listed.stdout), "no phone has signed in yet\n");
}

/// R-018: somebody new is put on the list, gets an account, and nobody else of the name is put beside.
#[test]
fn r_018_somebody_new_is_put_on_the_personnel_list_and_gets_an_account() {
    let folder = tempfile::tempdir().unwrap();
    let guide = include_str!("../../docs/operations.md");
    let (_, rest) = guide.split_once("```json\n").unwrap();
    let file = folder.path().join("firm.json");
    std::fs::write(&file, rest.split_once("```").unwrap().0).unwrap();
    let data = folder.path().join("data");
    let made = admin(&data, &["create-firm", "--from", file.to_str().unwrap()], "");
    assert_eq!(made.0, Some(0), "{}", made.2);
    let firm = "青海安泰消防技术服务有限公司";
    let account = ["create-account", "--organisation", firm, "--person", "赵敏", "--phone", "13900000012"];
    let account = [&account[..], &["--category", "field-operator", "--enabled"]].concat();
    let (code, _, said) = admin(&data, &account, "");
    assert!(code == Some(1) && said.contains("personnel list"), "{said}");
    let person = ["add-person", "--organisation", firm, "--person", "赵敏"];
    let certificate = ["--kind", "facility-operator-cert", "--level", "4", "--number", "OP-0009"];
    let person = [&person[..], &certificate].concat();
    let (code, told, said) = admin(&data, &person, "");
    assert!(code == Some(0) && told.contains("is on the personnel list"), "{told}{said}");
    let (code, told, said) = admin(&data, &account, "");
    assert!(code == Some(0) && told.contains("login 13900000012"), "{told}{said}");
    let (code, _, said) = admin(&data, &person, "");
    assert!(code == Some(1) && said.contains("on_personnel_list") && said.contains("Somebody of this name"), "{said}");
    let (code, _, said) = admin(&data, &["add-person", "--organisation", "x", "--person", "y"], "");
    assert!(code == Some(1) && said.contains("no firm of this database"), "{said}");
}

#[test]
fn what_cannot_be_done_is_told_in_a_sentence_and_what_is_misspelt_with_status_2() {
    let folder = tempfile::tempdir().unwrap();
    let misspelt = firebee(folder.path()).arg("sevre").output().unwrap();
    assert_eq!(misspelt.status.code(), Some(2));
    let settings = folder.path().join("firebee.toml");
    std::fs::write(&settings, "track_gap_s = 1\nlisen = \"x\"\n").unwrap();
    let (code, sentence) = said(&firebee(folder.path()).arg("serve").arg("--config").arg(&settings).output().unwrap());
    assert_eq!(code, Some(1));
    assert!(sentence.contains("track_gap_s: ") && sentence.contains("lisen: "), "{sentence}");
    let missing = firebee(folder.path()).args(["admin", "create-firm", "--from", "nowhere.json"]).output().unwrap();
    let (code, sentence) = said(&missing);
    assert!(code == Some(1) && sentence.starts_with("firebee: nowhere.json cannot be read"), "{sentence}");
}

/// Runs an `admin` command with something on standard input.
fn admin(data: &Path, words: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = firebee(data);
    command.arg("admin").args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that does not read may end before this is written.
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    let output = child.wait_with_output().unwrap();
    let (code, sentence) = said(&output);
    (code, String::from_utf8_lossy(&output.stdout).into_owned(), sentence)
}

#[test]
fn each_account_of_a_firm_has_a_password_of_its_own_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firm.json");
    let guide = include_str!("../../docs/operations.md");
    std::fs::write(&file, guide.split("```json\n").nth(1).unwrap().split("```").next().unwrap()).unwrap();
    let data = folder.path().join("data");
    let words = ["create-firm", "--password-stdin", "--from", file.to_str().unwrap()];
    let (code, _, sentence) = admin(&data, &words, "one for all of them\n");
    assert!(code == Some(1) && sentence.contains("accounts in the file: 3, passwords given: 1"), "{sentence}");
    let (code, told, sentence) = admin(&data, &words, "first of three\nsecond of three\nthird of three\n");
    assert_eq!((code, told.matches("(as given)").count()), (Some(0), 3), "{sentence}");
    let (code, told, sentence) = admin(&data, &["reset-password", "--login", "ma"], "");
    let password = told.trim().strip_prefix("account ma password ").unwrap_or_default();
    assert_eq!((code, password.len()), (Some(0), 19), "{told}{sentence}");
    let (_, told, _) = admin(&data, &["release-phone", "--login", "ma", "--reason", "lost"], "");
    assert_eq!(told, "no phone holds account ma\n");
}

#[test]
fn admin_makes_no_data_in_a_folder_that_holds_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("mistyped");
    let (code, _, sentence) = admin(&data, &["list-devices"], "");
    assert!(code == Some(1) && sentence.contains("mistyped holds no data of a server"), "{sentence}");
    assert!(!data.exists());
    let (code, _, sentence) = admin(&data, &["drop-phone-key", "--store", "00000000-0000-4000-8000-000000000001"], "");
    assert!(code == Some(2) && sentence.contains("--give-up-unsent"), "{sentence}");
}
