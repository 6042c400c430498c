//! A disk that is nearly full: pictures wait, everything else goes on; and uploads that nobody goes on with.

use crate::{
    evidence::{Field, Photo, id_of, picture},
    faults::Room,
    fed::fed,
    tus::create,
};
use axum::http::Method;
use bytes::Bytes;
use firebee_domain::evidence::PhotoRole;
use firebee_server::{
    blobs::{DiskFiles, Files},
    config::Config,
    sql,
    store::{Store, migrate::migrate, schema},
    upload::sweep,
};
use firebee_tests::{
    firm::sqlite,
    house::{House, Phone},
};
use std::{
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tempfile::TempDir;

const MIB: u64 = 1 << 20;

/// A disk of its own for a server: a small file system in memory. Only root can mount one; for anybody else the file layer
/// counts what it writes.
enum SmallDisk {
    Mounted(TempDir),
    Counted(TempDir, Room),
}

impl SmallDisk {
    fn of_mib(mib: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if rustix::process::geteuid().is_root() {
            mount(&["-t", "tmpfs", "-o", &format!("size={mib}m"), "tmpfs"], folder.path());
            return Self::Mounted(folder);
        }
        Self::Counted(folder, Room::telling(mib * MIB))
    }

    fn files(&self) -> Arc<dyn Files> {
        match self {
            Self::Mounted(_) => Arc::new(DiskFiles),
            Self::Counted(_, room) => Arc::new(room.clone()),
        }
    }

    fn folder(&self) -> &Path {
        match self {
            Self::Mounted(folder) | Self::Counted(folder, _) => folder.path(),
        }
    }

    fn room(&self) -> u64 {
        self.files().room(self.folder()).unwrap()
    }

    fn grow_to_mib(&self, mib: u64) {
        match self {
            Self::Mounted(folder) => mount(&["-o", &format!("remount,size={mib}m")], folder.path()),
            Self::Counted(_, room) => room.set(mib * MIB),
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if let Self::Mounted(folder) = self {
            Command::new("umount").arg("--lazy").arg(folder.path()).status().ok();
        }
    }
}

fn mount(options: &[&str], folder: &Path) {
    let done = Command::new("mount").args(options).arg(folder).output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// A picture of some MiB, made quickly.
fn large(number: u64, mib: usize) -> Photo {
    let start = picture(number, 1 << 20);
    let original = start.iter().copied().cycle().take(mib << 20).collect();
    Photo { original, ..Photo::new(number, 0) }
}

/// B10: photos stop at the reserve, with their own code. Pushes, pulls and signing in need the reserve and have it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn photos_stop_before_the_disk_is_full_and_facts_go_on() {
    let disk = SmallDisk::of_mib(96);
    let data = tempfile::tempdir_in(disk.folder()).unwrap();
    let store = Store::sqlite(&data.path().join("firebee.db"), 2).unwrap();
    migrate(&store, schema::MIGRATIONS).await.unwrap();
    let config = Config { reserve_mb: 48, ..Config::in_folder(data.path()) };
    let house = House::open_as((store, None), disk.files(), data, config).await;
    let mut field = Field::start(&house).await;
    let photos: Vec<Photo> = (1..=7).map(|number| large(number, 8)).collect();
    for photo in &photos {
        field.take(&house, PhotoRole::Evidence, photo).await;
    }
    let (mut taken, mut refused) = (0, None);
    for photo in &photos {
        let answer = field.put(&house, id_of(&photo.original), &photo.original).await;
        if answer.status != 204 {
            refused = Some((answer, photo));
            break;
        }
        taken += 1;
    }
    let (answer, photo) = refused.expect("the disk has no room for all");
    let id = id_of(&photo.original);
    println!("{taken} photos of 8 MiB, then 507 with {} MiB of 96 left", disk.room() / MIB);
    assert_eq!(answer.problem(), (507, "blobs_full".into()));
    assert!(taken >= 3 && disk.room() >= 48 * MIB);
    assert_eq!(create(&house, &field, id, photo.original.len()).await.problem(), (507, "blobs_full".into()));
    assert_eq!(field.patch(&house, id, 0, &photo.original[..100_000]).await.problem(), (507, "blobs_full".into()));
    // Everything else goes on.
    assert_eq!(field.stands(&house, id).await, ("0".into(), "announced".into()));
    for number in 20..40 {
        field.take(&house, PhotoRole::Panel, &Photo::new(number, 1_000)).await;
    }
    assert_eq!(field.phone.pull(&house).await.status, 200);
    assert_eq!(field.phone.refresh(&house).await.status, 200);
    Phone::signed_in(&house, "li").await;
    assert_eq!(field.get(&house, id_of(&photos[0].original)).await.body.len(), 8 << 20);
    disk.grow_to_mib(192);
    assert_eq!(field.put(&house, id, &photo.original).await.status, 204, "with room photos go on by themselves");
}

/// A disk that fills up while a piece comes: what came stays, the rest waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_piece_that_meets_the_reserve_on_its_way_is_kept_as_far_as_it_came() {
    let room = Room::telling(u64::MAX);
    let data = tempfile::tempdir().unwrap();
    let config = Config { reserve_mb: 48, ..Config::in_folder(data.path()) };
    let house = House::open_as(sqlite().await, Arc::new(room.clone()), data, config).await;
    let mut field = Field::start(&house).await;
    let photo = large(1, 4);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let (id, bytes) = (id_of(&photo.original), &photo.original);
    let (feed, body) = fed();
    let request = field.piece(&house, id, 0).body(body).unwrap();
    let router = house.router.clone();
    let sending =
        tokio::spawn(async move { tower::ServiceExt::oneshot(router, request).await.unwrap().status().as_u16() });
    for (n, chunk) in bytes.chunks(1 << 20).enumerate() {
        if n == 2 {
            room.set(48 * MIB - 1);
        }
        if feed.send(Bytes::copy_from_slice(chunk)).await.is_err() {
            break;
        }
    }
    drop(feed);
    assert_eq!(sending.await.unwrap(), 507);
    let at: usize = field.stands(&house, id).await.0.parse().unwrap();
    assert!(at >= 1 << 20 && at < bytes.len(), "{at}");
    room.set(u64::MAX);
    assert_eq!(field.patch(&house, id, at, &bytes[at..]).await.status, 204);
    assert!(field.get(&house, id).await.body == *bytes);
}

/// A phone may begin so many bytes and not finish them. What it has begun goes on, and what is whole counts no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_begins_and_never_ends_fills_no_disk() {
    let data = tempfile::tempdir().unwrap();
    let config = Config { unfinished_mb_max: 1, ..Config::in_folder(data.path()) };
    let house = House::open_as(sqlite().await, Arc::new(DiskFiles), data, config).await;
    let mut field = Field::start(&house).await;
    let photos: Vec<Photo> = (1..=3).map(|number| Photo::new(number, 600_000)).collect();
    for photo in &photos {
        field.take(&house, PhotoRole::Evidence, photo).await;
    }
    let [first, second, third] = [0, 1, 2].map(|at: usize| (id_of(&photos[at].original), &photos[at].original));
    assert_eq!(create(&house, &field, first.0, 600_000).await.status, 201);
    assert_eq!(field.patch(&house, first.0, 0, &first.1[..100_000]).await.status, 204);
    for refused in [
        create(&house, &field, second.0, 600_000).await,
        field.patch(&house, second.0, 0, second.1).await,
        field.put(&house, second.0, second.1).await,
    ] {
        assert_eq!(refused.problem(), (507, "uploads_unfinished".into()));
        assert_eq!(refused.detail(), serde_json::json!({ "unfinished": 600_000, "most": 1 << 20 }));
    }
    // Another phone has its own measure.
    let mut colleague = Field::start_as(&house, 1).await;
    let other = Photo::new(9, 600_000);
    colleague.take(&house, PhotoRole::Evidence, &other).await;
    assert_eq!(create(&house, &colleague, id_of(&other.original), 600_000).await.status, 201);
    assert_eq!(field.patch(&house, first.0, 100_000, &first.1[100_000..]).await.status, 204, "what has begun goes on");
    // A whole blob counts while it comes.
    let (feed, body) = fed();
    let request = field.request(&house, Method::PUT, second.0).header("content-length", 600_000);
    let request = request.body(body).unwrap();
    let router = house.router.clone();
    let coming =
        tokio::spawn(async move { tower::ServiceExt::oneshot(router, request).await.unwrap().status().as_u16() });
    for chunk in second.1[..3_000].chunks(1_000) {
        feed.send(Bytes::copy_from_slice(chunk)).await.unwrap();
    }
    assert_eq!(create(&house, &field, third.0, 600_000).await.problem(), (507, "uploads_unfinished".into()));
    feed.send(Bytes::copy_from_slice(&second.1[3_000..])).await.unwrap();
    drop(feed);
    assert_eq!(coming.await.unwrap(), 204);
    assert_eq!(create(&house, &field, third.0, 600_000).await.status, 201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_nobody_goes_on_with_ends_and_its_announcement_stays() {
    let house = House::open(sqlite().await).await;
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 100_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let (id, bytes) = (id_of(&photo.original), &photo.original);
    assert_eq!(field.patch(&house, id, 0, &bytes[..40_000]).await.status, 204);
    let part = field.part(&house, id);
    let beside = |name: &str| part.with_file_name(name);
    // What a killed server left behind, long ago and just now.
    std::fs::write(beside("left.1"), b"half of it").unwrap();
    std::fs::write(beside("coming.1"), b"half of it").unwrap();
    let old = SystemTime::now() - Duration::from_secs(2 * 86_400);
    std::fs::File::options().write(true).open(beside("left.1")).unwrap().set_modified(old).unwrap();
    house.clock.advance_ms(29 * 86_400_000);
    assert_eq!(sweep(&house.app.uploads, 30).await, Ok(1));
    assert!(part.exists() && beside("coming.1").exists() && !beside("left.1").exists());
    assert_eq!(house.number(sql!("SELECT received FROM upload")).await, 40_000);
    house.clock.advance_ms(2 * 86_400_000);
    assert_eq!(sweep(&house.app.uploads, 30).await, Ok(1));
    assert!(!part.exists());
    assert_eq!(house.number(sql!("SELECT count(*) FROM upload")).await, 0);
    assert_eq!(house.number(sql!("SELECT count(*) FROM blob WHERE state = 'announced'")).await, 3);
    let mut field = field;
    assert_eq!(field.phone.refresh(&house).await.status, 200, "the token was old");
    assert_eq!(field.stands(&house, id).await, ("0".into(), "announced".into()));
    assert_eq!(field.put(&house, id, bytes).await.status, 204, "it is still announced");
    // What is verified is never swept.
    house.clock.advance_ms(400 * 86_400_000);
    sweep(&house.app.uploads, 1).await.unwrap();
    assert!(house.app.blobs.read(firebee_server::blobs::BlobKey { org: house.firm.org, id }).await.is_some());
}
