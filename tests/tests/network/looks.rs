//! A lead looks on the phone at pictures that another phone took.

use crate::scene::{Scene, open};
use firebee_client::{Client, FetchPhotoError, changes::Change, screen::PhotoView, work::evidence::FindPhotoError};
use firebee_domain::{
    code::Code,
    evidence::PhotoSize,
    id::{AccountId, FactId},
};
use firebee_tests::{
    link::{Harm, Seen},
    served::PASSWORD,
};
use tempfile::TempDir;

/// A phone of another account of the firm, with its documents.
async fn phone_of(scene: &Scene, account: AccountId) -> (TempDir, Client) {
    let home = TempDir::new().unwrap();
    let client = open(home.path().to_owned(), &scene.link, scene.clock.clone());
    client.session().sign_in(&account.to_string(), PASSWORD).await.unwrap();
    client.sync().now().await.unwrap();
    scene.link.take_log();
    (home, client)
}

/// The photo that was taken last.
fn last_photo(scene: &Scene, client: &Client) -> FactId {
    client.tasks().get(scene.task).unwrap().task.photos.last().unwrap().fact
}

fn is_look(seen: &Seen) -> bool {
    seen.method == "GET" && seen.path.starts_with("/v1/blobs/")
}

fn looks(scene: &Scene) -> usize {
    scene.link.take_log().iter().filter(|(seen, _)| is_look(seen)).count()
}

/// Most pieces of this answer come through; one breaks in the middle.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_looks_at_the_original_of_another_phone_byte_for_byte() {
    let mut scene = Scene::new().await;
    scene.record();
    let picture = scene.photograph(3_000_000);
    scene.settles().await;
    let (_home, lead) = phone_of(&scene, scene.served.firm.lead).await;
    let photo = last_photo(&scene, &lead);
    let shown = || -> PhotoView {
        let screen = lead.screens().review(scene.task).unwrap();
        screen.answers.into_iter().flat_map(|row| row.photos).find(|view| view.photo == photo).unwrap()
    };
    assert_eq!((shown().original, shown().preview), (None, None));
    let mut asked = 0;
    scene.link.plan(move |seen| {
        asked += u32::from(is_look(seen));
        if is_look(seen) && asked == 2 { Harm::ResetAnswer(200_000) } else { Harm::None }
    });
    let changes = lead.changes();
    let path = lead.fetch_photo(scene.task, photo, PhotoSize::Original).await.unwrap();
    assert!(std::fs::read(&path).unwrap() == picture);
    assert_eq!(changes.next().await, Some(Change::Task(scene.task)));
    assert_eq!(shown().original, Some(path.display().to_string()));
    let pieces = looks(&scene);
    println!("{} bytes came in {pieces} requests, one of which broke", picture.len());
    assert!(pieces > 3);
    let again = lead.fetch_photo(scene.task, photo, PhotoSize::Original).await.unwrap();
    assert_eq!((again, looks(&scene)), (path, 0), "the second look asks nothing");
    let preview = lead.fetch_photo(scene.task, photo, PhotoSize::Preview).await.unwrap();
    let own = scene.client.fetch_photo(scene.task, photo, PhotoSize::Preview).await.unwrap();
    assert!(std::fs::read(preview).unwrap() == std::fs::read(own).unwrap());
    assert_eq!(looks(&scene), 1, "the phone that took it has it");
}

/// On a link that lets nothing more pass smaller pieces are tried, and then the user is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_that_broke_goes_on_behind_what_came() {
    let mut scene = Scene::new().await;
    let picture = scene.photograph(500_000);
    scene.settles().await;
    let (_home, lead) = phone_of(&scene, scene.served.firm.lead).await;
    let photo = last_photo(&scene, &lead);
    let mut asked = 0;
    scene.link.plan(move |seen| {
        asked += u32::from(is_look(seen));
        if is_look(seen) && asked > 1 { Harm::Cut } else { Harm::None }
    });
    let broke = lead.fetch_photo(scene.task, photo, PhotoSize::Original).await.unwrap_err();
    assert_eq!(broke.code(), Code::NetworkError);
    scene.link.plan(|_| Harm::None);
    scene.link.take_log();
    let path = lead.fetch_photo(scene.task, photo, PhotoSize::Original).await.unwrap();
    assert!(std::fs::read(path).unwrap() == picture);
    assert_eq!(looks(&scene), 1, "the first 256 KiB had come");
}

/// another operator neither has the task nor may ask for its pictures; a photo that is still on its way is told so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_032_a_picture_is_for_those_who_may_see_it_and_only_once_it_has_come() {
    let mut scene = Scene::new().await;
    scene.photograph(100_000);
    scene.link.plan(|seen| if seen.path.starts_with("/v1/blobs") { Harm::Cut } else { Harm::None });
    scene.client.sync().now().await.unwrap_err();
    scene.link.plan(|_| Harm::None);
    let (_lead_home, lead) = phone_of(&scene, scene.served.firm.lead).await;
    let photo = last_photo(&scene, &lead);
    let early = lead.fetch_photo(scene.task, photo, PhotoSize::Preview).await;
    assert_eq!(early, Err(FetchPhotoError::Find(FindPhotoError::OnItsWay)));
    assert_eq!(early.unwrap_err().code(), Code::PhotoOnItsWay);
    scene.settles().await;
    lead.sync().now().await.unwrap();
    lead.fetch_photo(scene.task, photo, PhotoSize::Preview).await.unwrap();
    let (_other_home, other) = phone_of(&scene, scene.served.firm.operators[1]).await;
    let refused = other.fetch_photo(scene.task, photo, PhotoSize::Preview).await.unwrap_err();
    assert_eq!((refused.code(), looks(&scene)), (Code::TaskUnknown.into(), 0));
}
