//! What becomes of evidence that was kept long enough.

use super::report::{approved, generate, made, refused};
use crate::both;
use axum::http::StatusCode;
use firebee_domain::{code::Code, id::TaskId};
use firebee_server::{
    export::bundle::{of_task, stream},
    office::region::set,
    query, row, sql,
    store::{StoreError, Tx},
    upload::sweep,
};
use firebee_tests::{browse::Browser, office::Office};
use futures_util::TryStreamExt as _;
use std::{fs, path::Path};

both!(
    /// what is past is proposed, a manager has it deleted, and what was recorded still verifies.
    r_373_what_was_kept_long_enough_is_proposed_and_deleted_and_the_record_stays,
    /// each kind has its years; a page that was made by other years deletes nothing.
    r_373_a_page_made_by_other_years_deletes_nothing,
);

/// Six years in milliseconds, two of them leap years, and a day.
const SIX_YEARS_MS: i64 = (6 * 365 + 2 + 1) * 86_400_000;

/// How many files lie in the folder of blobs.
fn lying(office: &Office) -> usize {
    fn count(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&office.folder.path().join("blobs"))
}

/// Ends every fault, so that nobody follows one any more.
async fn close_faults(office: &Office) {
    let close = async |tx: &mut Tx| tx.execute(sql!("UPDATE fault SET state = ?1"), &row!["resolved"]).await.map(drop);
    office.app.store.write::<_, StoreError, _>("close_faults", close).await.unwrap();
}

/// Files every report.
async fn file_reports(office: &Office) {
    let file =
        async |tx: &mut Tx| tx.execute(sql!("UPDATE report SET filed = ?1"), &row!["2026-11-20"]).await.map(drop);
    office.app.store.write::<_, StoreError, _>("file_reports", file).await.unwrap();
}

/// The files that the server should have.
async fn held(office: &Office) -> usize {
    let org = office.org;
    let read = async move |tx: &mut Tx| query::held::verified(tx, org).await;
    let held: Result<_, StoreError> = office.app.store.read("held", read).await;
    held.unwrap().len()
}

/// The names of what an archive of a task lacks, with the reason of each.
async fn lacking(office: &Office, task: TaskId) -> String {
    let (org, li) = (office.org, office.account("li"));
    let read = async move |tx: &mut Tx| query::member::member(tx, org, li).await;
    let found: Result<_, StoreError> = office.app.store.read("member", read).await;
    let bundle = of_task(&office.app.store, (org, found.unwrap().unwrap().actor), task).await.unwrap().unwrap();
    let pieces = stream((office.app.store.clone(), office.app.blobs.clone()), bundle, office.app.clock.now());
    let bytes = pieces.try_collect::<Vec<_>>().await.unwrap().concat();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name("manifest.json").unwrap()).unwrap()
}

async fn r_373_what_was_kept_long_enough_is_proposed_and_deleted_and_the_record_stays(office: Office) {
    let (plan, task) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    made(&generate(&li, plan, "R-1").await);
    let before = lying(&office);
    assert!(before > 3 && held(&office).await == before, "{before}");
    let wang = Browser::of(&office, "wang").await;
    let page = wang.get("/retention").await;
    assert!(page.text().contains("没有到期的文件") && !page.html().contains("<form class=\"card\""), "{}", page.text());
    assert_eq!(li.get("/retention").await.status, StatusCode::NOT_FOUND);

    office.app.clock.advance_ms(SIX_YEARS_MS);
    let wang = Browser::of(&office, "wang").await;
    let unfiled = wang.get("/retention").await;
    assert!(!unfiled.text().contains("已到期"), "its report waits for its filing: {}", unfiled.text());
    file_reports(&office).await;
    let open = wang.get("/retention").await;
    let told = open.text();
    let photos = told.split("照片和自拍").nth(1).unwrap().split("见证人签名").next().unwrap();
    assert!(!photos.contains("已到期"), "a fault is still followed in a task that has these photos: {told}");
    assert!(told.contains("1 个文件已到期"), "the track of the other task is past: {told}");
    close_faults(&office).await;
    let page = wang.get("/retention").await;
    assert!(page.text().contains("已到期") && page.text().contains("最早为2026年11月16日"), "{}", page.text());
    assert_eq!(lying(&office), before, "nothing goes by itself");
    let shown = wang.get(&format!("/tasks/{task}")).await;
    let html = shown.html();
    let mut sources = html.split("src=\"").skip(1).map(|part| part.split('"').next().unwrap());
    let photo = sources.find(|source| source.contains("/photos/")).unwrap();
    assert_eq!(wang.get(photo).await.status, StatusCode::OK);

    let done = wang.submit(&page, "/retention", &[("sure", "yes")]).await;
    assert!(wang.get(done.location()).await.text().contains("到期文件已删除"), "{}", done.text());
    assert_eq!(
        wang.submit(&page, "/retention", &[("sure", "yes")]).await.location(),
        done.location(),
        "a double click"
    );
    let kept = lying(&office);
    assert!(kept < before && held(&office).await == kept, "what is not of a task stays: {kept} of {before}");
    assert_eq!(office.acts("delete_past_files").await, 1);
    assert!(wang.get("/log").await.text().contains("删除保存期满的文件"));
    assert!(wang.get("/retention").await.text().contains("没有到期的文件"));

    let shown = wang.get(&format!("/tasks/{task}")).await;
    assert!(shown.text().contains("保存期满，已于2032年11月17日删除"), "{}", shown.text());
    assert!(shown.text().contains("启动后 42 秒才供电"), "what was found stays");
    assert_eq!(wang.get(photo).await.status, StatusCode::NOT_FOUND);
    let manifest = lacking(&office, task).await;
    assert!(manifest.contains("\"why\":\"expired\"") && !manifest.contains("never_came"), "{manifest}");
    assert_eq!(sweep(&office.app.uploads, 30).await.unwrap(), 0, "nothing is left to remove");
}

async fn r_373_a_page_made_by_other_years_deletes_nothing(office: Office) {
    let (plan, _) = approved(&office).await;
    made(&generate(&Browser::of(&office, "li").await, plan, "R-1").await);
    file_reports(&office).await;
    close_faults(&office).await;
    let before = lying(&office);
    set(&office.app.office, |region| region.retention.track = 2).await.unwrap();
    office.app.clock.advance_ms(SIX_YEARS_MS / 2);
    let wang = Browser::of(&office, "wang").await;
    let page = wang.get("/retention").await;
    assert!(
        page.text().contains("2 年") && page.text().matches("已到期").count() == 1,
        "tracks alone: {}",
        page.text()
    );
    set(&office.app.office, |region| region.retention.photo = 1).await.unwrap();
    let stale = wang.submit(&page, "/retention", &[("sure", "yes")]).await;
    refused(&stale, Code::RetentionChanged);
    assert_eq!(lying(&office), before);
    let done = wang.submit(&stale, "/retention", &[("sure", "yes")]).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    assert!(lying(&office) < before);
    let wrong = set(&office.app.office, |region| region.retention.file = 0).await;
    assert_eq!(wrong.unwrap_err().code(), Code::RetentionOutOfRange);
}
