//! The evidence of a task and of a report as one archive.

use super::{
    portal::ours,
    report::{approved, generate, made},
};
use crate::{
    both,
    fixture::{Morning, PICTURE, morning, unsent},
};
use axum::http::StatusCode;
use firebee_server::{
    export::bundle::{of_task, stream},
    query::member::member,
    sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};
use futures_util::TryStreamExt as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read as _},
    path::Path,
};
use zip::ZipArchive;

both!(
    /// the fire service in charge, the manager and the lead take the evidence of a task along: rows, exact lines,
    /// original photos, track, and a manifest with the hash of each; nobody else finds it, and the reading is noted.
    r_344_the_evidence_of_a_task_is_one_archive_for_those_in_charge,
    /// the archive of a report holds its snapshot and everything of its tasks.
    r_344_the_evidence_of_a_report_holds_its_snapshot_and_its_tasks,
    /// What has not come is named in the manifest, and its place is empty.
    what_a_phone_has_not_sent_is_named_in_the_manifest,
    /// What came and cannot be read is not told as what never came: the archive is cut off.
    what_the_disk_does_not_give_cuts_the_archive_off,
);

/// The files of an archive by their names, once its manifest is true.
fn files(page: &Page) -> BTreeMap<String, Vec<u8>> {
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "application/zip"), "{}", page.text());
    assert!(page.header("content-disposition").contains(".zip\""));
    let mut archive = ZipArchive::new(Cursor::new(page.bytes.clone())).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    let manifest = manifest(&files);
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len() + 1, files.len(), "{manifest}");
    for file in listed {
        let bytes = &files[file["name"].as_str().unwrap()];
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((file["sha256"].as_str(), file["bytes"].as_u64()), (Some(hash.as_str()), Some(bytes.len() as u64)));
    }
    files
}

fn manifest(files: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice(&files["manifest.json"]).unwrap()
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    assert!(files.contains_key(name), "{name}: {:?}", files.keys());
    String::from_utf8(files[name].clone()).unwrap()
}

async fn r_344_the_evidence_of_a_task_is_one_archive_for_those_in_charge(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    office.oversee().await;
    let path = format!("/tasks/{submitted}/evidence");
    let (li, wang, bao) =
        (Browser::of(&office, "li").await, Browser::of(&office, "wang").await, Browser::of(&office, "bao").await);
    let noted = sql!("SELECT count(*) FROM reading WHERE path LIKE '%/evidence'");
    for browser in [&li, &wang, &bao] {
        assert!(browser.get(&format!("/tasks/{submitted}")).await.html().contains(&format!("\"{path}\"")));
        let files = files(&browser.get(&path).await);
        let folder = "tasks/001";
        let task: Value = serde_json::from_slice(&files[&format!("{folder}/task.json")]).unwrap();
        assert_eq!(task["task"]["id"], submitted.to_string());
        let results = text(&files, &format!("{folder}/results.csv"));
        assert!(results.starts_with("fact,item_id,") && results.contains("启动后 42 秒才供电"), "{results}");
        assert!(results.contains("nonconform") && results.contains("photos/"), "{results}");
        assert!(text(&files, &format!("{folder}/faults.json")).contains("启动后 42 秒才供电"));
        let lines = text(&files, &format!("{folder}/facts.ndjson"));
        assert!(lines.lines().count() >= 8 && lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
        assert!(files.iter().any(|(name, bytes)| name.ends_with(".jpg") && bytes == PICTURE), "{:?}", files.keys());
        let track = text(&files, &format!("{folder}/track.gpx"));
        assert!(track.contains("<trkpt lat=\"36.6") && track.trim_end().ends_with("</gpx>"), "{track}");
        assert_eq!(manifest(&files)["missing"], serde_json::json!([]));
    }
    assert_eq!(office.number(noted).await, 1, "what the fire service reads is written down");
    let (zhao, sun, far, ma) = (
        Browser::of(&office, "zhao").await,
        Browser::of(&office, "sun").await,
        Browser::of(&office, "far").await,
        ours(&office).await,
    );
    for (who, browser) in [("director", &zhao), ("another lead", &sun), ("another corps", &far), ("owner", &ma)] {
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{who}");
    }
}

async fn r_344_the_evidence_of_a_report_holds_its_snapshot_and_its_tasks(office: Office) {
    let (plan, task) = approved(&office).await;
    office.oversee().await;
    let (li, bao, ma) = (Browser::of(&office, "li").await, Browser::of(&office, "bao").await, ours(&office).await);
    let report = made(&generate(&li, plan, "P-1").await);
    let path = format!("{report}/evidence");
    assert!(li.get(&report).await.html().contains(&format!("\"{path}\"")));
    for browser in [&li, &bao] {
        let files = files(&browser.get(&path).await);
        assert!(text(&files, "report/snapshot.json").contains("P-1"));
        let tasks = manifest(&files)["tasks"].as_array().unwrap().clone();
        assert!(tasks.contains(&Value::from(task.to_string())), "{tasks:?}");
        assert_eq!(files.keys().filter(|name| name.ends_with("/task.json")).count(), tasks.len());
        assert!(files.keys().any(|name| name.ends_with("/track.gpx")), "{:?}", files.keys());
    }
    assert_eq!(ma.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!ma.get(&report).await.html().contains(&path));
}

async fn what_a_phone_has_not_sent_is_named_in_the_manifest(office: Office) {
    let Morning { office, submitted, .. } = unsent(office).await;
    let li = Browser::of(&office, "li").await;
    let files = files(&li.get(&format!("/tasks/{submitted}/evidence")).await);
    let missing = manifest(&files)["missing"].as_array().unwrap().clone();
    let hash: String = Sha256::digest(PICTURE).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(missing.iter().any(|file| file["sha256"] == hash.as_str()), "{missing:?}");
    assert!(files.contains_key("tasks/001/results.csv") && !files.keys().any(|name| name.ends_with(".jpg")));
}

async fn what_the_disk_does_not_give_cuts_the_archive_off(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    let (app, org, li) = (&office.app, office.org, office.account("li"));
    let read = async move |tx: &mut Tx| member(tx, org, li).await;
    let found: Result<_, StoreError> = app.store.read("member", read).await;
    let reader = (org, found.unwrap().unwrap().actor);
    let taken = async || {
        let bundle = of_task(&app.store, reader.clone(), submitted).await.unwrap().unwrap();
        stream((app.store.clone(), app.blobs.clone()), bundle, app.clock.now()).try_collect::<Vec<_>>().await
    };
    assert!(taken().await.is_ok());
    empty(&office.folder.path().join("blobs"));
    assert!(matches!(taken().await, Err(StoreError::Lost(_))));
}

/// Takes every file of a folder away.
fn empty(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            empty(&path);
        } else {
            fs::remove_file(path).unwrap();
        }
    }
}
