//! The whole story by the real binary: real phones, real server, a link that fails, and the audit of another process.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its result must fail")]

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn firebee(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_firebee")).args(arguments).env("LANG", "en_US.UTF-8").output().unwrap()
}

fn fixtures(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(folder)
}

/// The names of all files under a folder: in the blob folder these are hashes.
fn names_under(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(names_under(&path));
        } else {
            names.insert(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    names
}

fn number(report: &Value, at: &str) -> u64 {
    report.pointer(at).and_then(Value::as_u64).unwrap_or_else(|| panic!("{at} in {report}"))
}

/// …R-155, and the chapters behind them, end to
/// end, with the pictures and walks of the project.
#[test]
fn everything_that_the_phones_recorded_is_on_the_server_and_counts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let ended = firebee(&["demo", "--headless", "--json", "--data", data.to_str().unwrap()]);
    let (output, story) = (String::from_utf8(ended.stdout).unwrap(), String::from_utf8(ended.stderr).unwrap());
    assert!(ended.status.success(), "{story}\n{output}");
    let report: Value = serde_json::from_str(output.lines().last().unwrap()).unwrap();

    assert_eq!(number(&report, "/facts/lost"), 0);
    assert_eq!(number(&report, "/facts/quarantined"), 0);
    assert!(number(&report, "/facts/recorded") > 40);
    assert_eq!(number(&report, "/facts/accepted"), number(&report, "/facts/recorded"));
    assert_eq!(number(&report, "/blobs/verified"), number(&report, "/blobs/announced"));
    for fault in ["lost_replies", "resets_in_blob", "duplicates"] {
        assert!(number(&report, &format!("/net/{fault}")) > 0, "{fault}");
    }
    assert_eq!(number(&report, "/devices/refused"), 2, "a second phone, and the new one beside the lost one");
    assert_eq!((number(&report, "/devices/fenced"), number(&report, "/devices/succeeded")), (1, 1));
    // on the lost phone are a start, a description, two photos, two answers and the end.
    assert!(number(&report, "/devices/salvaged_facts") >= 7 && number(&report, "/devices/salvaged_blobs") >= 2);
    let tasks = number(&report, "/tasks/approved");
    assert!(tasks >= 2 && number(&report, "/tasks/rejected") >= 1);
    assert_eq!(number(&report, "/tasks/submitted"), tasks + number(&report, "/tasks/rejected"));
    let ways = report["faults"]["by_way"].as_object().unwrap();
    assert!(ways.len() >= 3 && ways.contains_key("owner_agreed"), "R-175: {ways:?}");
    let (issued, unresolved) = (number(&report, "/dispatches/issued"), number(&report, "/dispatches/unresolved"));
    assert!(issued >= 2 && unresolved >= 1, "R-167, R-169");
    assert_eq!(number(&report, "/faults/resolved"), issued - unresolved);
    // four of the tests have no plan, and so no last day.
    assert_eq!(number(&report, "/time/in_time"), tasks - 4, "R-221: the story does not cross the end of a month");
    assert_eq!((number(&report, "/time/late"), number(&report, "/time/not_provable")), (0, 0));

    // the first site has its report, filed in time and printed.
    let generated = number(&report, "/reports/generated");
    assert!(generated >= 1 && number(&report, "/reports/filed") == generated);
    assert_eq!(number(&report, "/reports/late"), 0);
    let pdf = fs::read(data.join("report.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() as u64 == number(&report, "/reports/bytes"));
    assert!(number(&report, "/reports/pages") >= 8, "{}", report["reports"]);

    // what it left open is resolved in the next month.
    assert_eq!(number(&report, "/faults/followed"), 1);

    // the firm sees who of the owner has read it; a repair was asked for and taken up.
    assert_eq!((number(&report, "/owners/views"), number(&report, "/owners/repairs")), (1, 1));
    // the brigade has drawn its sample of the week and decided what the firm asked for.
    assert!(number(&report, "/oversight/samples") >= 1 && number(&report, "/oversight/approvals") == 1);

    assert_eq!(report["photos"]["used"], report["photos"]["given"]);
    let blobs = names_under(&data.join("blobs"));
    for photo in fs::read_dir(fixtures("photos")).unwrap() {
        let path = photo.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "jpg") {
            let hash = Sha256::digest(fs::read(&path).unwrap());
            let name: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(blobs.iter().any(|blob| blob.contains(&name)), "{path:?} is not in the blob folder");
        }
    }
    let row = &report["tracks"]["rows"][0];
    assert_eq!((row["file"].as_str(), row["points"].as_u64()), (Some("cerknicko-jezero.gpx"), Some(296)));
    assert_eq!(number(&report, "/tracks/used") as usize, report["tracks"]["rows"].as_array().unwrap().len());
    let codes: Vec<&str> = report["tracks"]["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refused| refused["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["track_time_implausible"]);
    let partly = &report["tracks"]["partly"][0];
    assert_eq!((partly["file"].as_str(), partly["without_time"].as_u64()), (Some("korita-zbevnica.gpx"), Some(358)));

    // The data stay, whole, and a second story does not begin over them.
    let verified = firebee(&["verify", "--json", "--data", data.to_str().unwrap()]);
    let held: Value = serde_json::from_slice(&verified.stdout).unwrap();
    // The journal that was reset had sent a test, which no journal holds any more.
    assert!(held["facts"].as_array().unwrap().len() as u64 > number(&report, "/facts/accepted"));
    assert_eq!(firebee(&["demo", "--headless", "--data", data.to_str().unwrap()]).status.code(), Some(2));
    // And a blob that changes is found out.
    let blob = first_file(&data.join("blobs"));
    fs::write(&blob, b"changed").unwrap();
    assert_eq!(firebee(&["verify", "--data", data.to_str().unwrap()]).status.code(), Some(1));
}

fn first_file(folder: &Path) -> PathBuf {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let inside = entries.iter().find(|path| path.is_dir() && names_under(path).iter().any(|name| name.len() >= 64));
    match inside {
        Some(folder) => first_file(folder),
        None => entries.into_iter().find(|path| path.is_file()).unwrap(),
    }
}

#[test]
fn a_folder_that_is_not_there_is_told_and_nothing_begins() {
    let ended = firebee(&["demo", "--headless", "--photos", "no/such/folder"]);
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8(ended.stdout).unwrap().contains("folder_unreadable"));
}
