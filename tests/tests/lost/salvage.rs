//! A phone that cannot reach the server writes an encrypted file, and an administrator takes it in.

use crate::scene::{Phone, Scene};
use axum::http::StatusCode;
use firebee_client::sync::ExportError;
use firebee_domain::{code::Code, task::TaskState};
use firebee_server::{
    salvage::{By, SalvageError, import},
    sql,
};
use firebee_tests::{browse::Browser, kept::lines, office::Office};
use std::{collections::BTreeSet, path::PathBuf};

/// A fenced phone with one whole task, and the export file of it.
async fn exported(scene: &Scene) -> (Phone, firebee_domain::id::TaskId, PathBuf) {
    let lost = scene.phone("Pixel 6a").await;
    let nothing = lost.client.sync().export(lost.home.path().join("none")).await;
    assert_eq!(nothing, Err(ExportError::NothingUnsent));
    assert!(!lost.client.screens().sync().unwrap().export.allowed);
    let task = lost.whole(lost.items()[0], 1);
    scene.release("手机没有网络").await;
    scene.cut(|_| true);
    assert!(lost.client.sync().now().await.is_err());
    assert!(lost.client.screens().sync().unwrap().export.allowed);
    let file = lost.home.path().join("ma.firebee");
    let told = lost.client.sync().export(file.clone()).await.unwrap();
    assert_eq!((told.facts, told.blobs, told.blobs_lost), (i64::try_from(lost.unsent().facts).unwrap(), 4, 0));
    assert_eq!(told.bytes, i64::try_from(std::fs::metadata(&file).unwrap().len()).unwrap());
    let hidden = std::fs::read(&file).unwrap();
    assert!(!hidden.windows(12).any(|bytes| bytes == b"task.started"), "nobody reads it on the way");
    (lost, task, file)
}

/// The file comes in on the console as late facts and blobs; when the phone meets the server after all, nothing is doubled.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_file_is_taken_in_like_a_push_and_nothing_is_doubled_when_the_phone_sends_after_all() {
    let scene = Scene::open().await;
    let (lost, task, file) = exported(&scene).await;
    let bytes = std::fs::read(&file).unwrap();
    let wang = Browser::of(&scene.office, "wang").await;
    let send = async |files: &[&[u8]]| wang.submit_files(&wang.get("/salvage").await, "/salvage", &[], files).await;
    let none = send(&[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.html().contains("export_missing"), "{}", none.text());
    let taken = send(&[&bytes]).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
    assert!(taken.text().contains("4 个文件") && taken.text().contains("6 条记录没有计入"), "{}", taken.text());
    assert_eq!(scene.parked(Code::Late).await, 6);
    assert!(scene.task(task).await.is_none(), "it waits for a person like any late fact");
    let before = lines(&scene.office.app.store).await.len();
    let again = send(&[&bytes]).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text());
    assert_eq!(lines(&scene.office.app.store).await.len(), before);
    assert_eq!(firebee_tests::acts::acts(&scene.office.app.store, "import_export").await.len(), 2);

    scene.decide("wang", &lost, task, "adopted").await;
    let held = scene.task(task).await.unwrap();
    assert_eq!((held.task.state, held.evidence.verified, held.evidence.total), (TaskState::PendingReview, 4, 4));
    scene.mend();
    lost.sends_all().await;
    let kept = lines(&scene.office.app.store).await;
    let once: BTreeSet<Vec<u8>> = kept.iter().map(|line| line.bytes.to_vec()).collect();
    assert_eq!(kept.len(), once.len(), "each fact once");
    assert_eq!(scene.number(sql!("SELECT count(*) FROM conflict")).await, 0);
    assert_eq!(scene.number(sql!("SELECT count(*) FROM parked")).await, 0);
    let told = lost.client.screens().sync().unwrap().lost.unwrap();
    assert!(told.wipe.allowed, "{told:?}");
}

/// A photo whose bytes went wrong on the phone is left out and counted; everything else comes in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_went_wrong_on_the_phone_keeps_nothing_else_out_of_the_file() {
    let scene = Scene::open().await;
    let (lost, _, file) = exported(&scene).await;
    let mut spoilt = lost.home.path().join("blobs");
    while spoilt.is_dir() {
        spoilt = std::fs::read_dir(&spoilt).unwrap().next().unwrap().unwrap().path();
    }
    let mut bytes = std::fs::read(&spoilt).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&spoilt, bytes).unwrap();
    let told = lost.client.sync().export(file.clone()).await.unwrap();
    assert_eq!((told.blobs, told.blobs_lost), (3, 1));
    let wang = Browser::of(&scene.office, "wang").await;
    let bytes = std::fs::read(&file).unwrap();
    let taken = wang.submit_files(&wang.get("/salvage").await, "/salvage", &[], &[&bytes]).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
    assert!(taken.text().contains("3 个文件"), "{}", taken.text());
}

/// A file that is damaged anywhere, cut short or sealed for somebody else is refused with its code, and nothing of it comes
/// in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_or_foreign_export_file_is_refused_and_nothing_of_it_comes_in() {
    let scene = Scene::open().await;
    let (_lost, _task, file) = exported(&scene).await;
    let whole = std::fs::read(&file).unwrap();
    let bad = scene.office.folder.path().join("bad");
    let refused = async |office: &Office, bytes: &[u8]| {
        std::fs::write(&bad, bytes).unwrap();
        import(&office.app, &bad, &By::Administrator).await.map_err(|error| error.code()).unwrap_err()
    };
    let mut places: Vec<usize> = (0..whole.len()).step_by(whole.len() / 23).collect();
    places.extend([3, 20, 60, 82, whole.len() - 1]);
    for at in places {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        let code = refused(&scene.office, &bytes).await;
        let expected = if (17..49).contains(&at) { Code::ExportForeign } else { Code::ExportUnreadable };
        assert_eq!(code, expected, "byte {at} of {}", whole.len());
    }
    for len in [0, 16, 81, 85, whole.len() / 2, whole.len() - 1] {
        assert_eq!(refused(&scene.office, &whole[..len]).await, Code::ExportUnreadable, "{len} bytes");
    }
    let longer = [whole.as_slice(), b"x"].concat();
    assert_eq!(refused(&scene.office, &longer).await, Code::ExportUnreadable);
    let stranger = Office::sqlite().await;
    assert_eq!(refused(&stranger, &whole).await, Code::ExportForeign);
    let wang = Browser::of(&scene.office, "wang").await;
    let page = wang.submit_files(&wang.get("/salvage").await, "/salvage", &[], &[&longer]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html().contains("export_unreadable") && page.text().contains("不完整或已损坏"), "{}", page.text());
    for login in ["li", "sun"] {
        let lead = Browser::of(&scene.office, login).await;
        assert_eq!(lead.get("/salvage").await.status, StatusCode::NOT_FOUND, "{login}");
    }
    assert_eq!(lines(&scene.office.app.store).await.len(), 0);
    assert_eq!(scene.number(sql!("SELECT count(*) FROM blob")).await, 0);
    let left: Vec<_> = std::fs::read_dir(scene.office.folder.path())
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.ends_with(".unfinished").then_some(name)
        })
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

/// A stolen phone whose key was dropped brings nothing in, in whatever way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_export_file_of_a_phone_whose_key_was_dropped_is_refused() {
    let scene = Scene::open().await;
    let (lost, _task, file) = exported(&scene).await;
    let wang = Browser::of(&scene.office, "wang").await;
    let page = wang.get(&format!("/devices/notes?store={}", lost.store())).await;
    let action = format!("/staff/{}/drop-key", scene.office.account("ma"));
    let unsaid = wang.submit(&page, &action, &[]).await;
    assert!(unsaid.html().contains("give_up_not_confirmed"), "{}", unsaid.text());
    let done = wang.submit(&page, &action, &[("give_up", "yes")]).await;
    assert!(done.location().starts_with("/staff?done="), "{}", done.text());
    let refused = import(&scene.office.app, &file, &By::Administrator).await;
    assert_eq!(refused, Err(SalvageError::Revoked));
    scene.mend();
    assert!(lost.client.sync().now().await.is_err());
    let shown = lost.client.progress().overview().unwrap().status.last_error.unwrap();
    assert_eq!(shown.code, Code::StoreRevoked);
    assert_eq!(lines(&scene.office.app.store).await.len(), 0);
    let noted = firebee_tests::acts::acts(&scene.office.app.store, "drop_device_key").await;
    assert!(noted.len() == 1 && noted[0].body.get().contains("\"unsent_facts\":"), "{noted:?}");
}
