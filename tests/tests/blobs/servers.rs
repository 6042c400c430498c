//! Two servers over one PostgreSQL and one folder: an upload through both, and a server that stops in the middle.

use crate::{
    evidence::{Field, Photo, id_of},
    fed::fed,
    tus::create,
};
use axum::{
    body::Body,
    http::{Method, Request},
};
use bytes::Bytes;
use firebee_domain::{evidence::PhotoRole, id::ContentId};
use firebee_server::{
    blobs::{BlobKey, PartKey},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::house::{Answer, Twins};
use std::time::Duration;

/// Two servers, and a phone with an announced picture.
struct Scene {
    twins: Twins,
    field: Field,
    bytes: Vec<u8>,
    id: ContentId,
}

impl Scene {
    async fn new(len: usize) -> Self {
        let twins = Twins::open().await;
        let mut field = Field::start(&twins.house).await;
        let photo = Photo::new(1, len);
        field.take(&twins.house, PhotoRole::Evidence, &photo).await;
        let id = id_of(&photo.original);
        Self { twins, field, bytes: photo.original, id }
    }

    fn piece(&self, at: usize, body: Body) -> Request<Body> {
        self.field.piece(&self.twins.house, self.id, at).body(body).unwrap()
    }

    async fn patch(&self, server: usize, at: usize, to: usize) -> Answer {
        let body = Body::from(self.bytes[at..to].to_vec());
        self.twins.send(server, self.piece(at, body)).await
    }

    async fn offset(&self, server: usize) -> usize {
        let request = self.field.request(&self.twins.house, Method::HEAD, self.id).header("tus-resumable", "1.0.0");
        let answer = self.twins.send(server, request.body(Body::empty()).unwrap()).await;
        answer.header("upload-offset").parse().unwrap()
    }

    /// Whether the file under the blob's name is the blob.
    fn is_whole(&self) -> bool {
        let path = self.twins.house.app.blobs.path(BlobKey { org: self.twins.house.firm.org, id: self.id });
        std::fs::read(path).is_ok_and(|bytes| bytes == self.bytes)
    }

    /// One number of the upload's row.
    async fn row(&self, find: firebee_server::store::Sql) -> i64 {
        self.twins.house.number(find).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_goes_through_two_servers_piece_by_piece() {
    let scene = Scene::new(5_000_000).await;
    assert_eq!(create(&scene.twins.house, &scene.field, scene.id, 5_000_000).await.status, 201);
    for (piece, at) in (0..5_000_000).step_by(1_250_000).enumerate() {
        let answer = scene.patch(piece % 2, at, at + 1_250_000).await;
        assert_eq!(answer.status, 204, "{answer:?}");
        assert_eq!(scene.offset((piece + 1) % 2).await, at + 1_250_000, "the other one knows");
    }
    assert!(scene.is_whole());
}

/// The phone lost its link and comes through the other server: what holds the file there stops, and keeps what came.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_through_one_server_stops_the_one_through_the_other() {
    let scene = Scene::new(300_000).await;
    let (feed, body) = fed();
    let request = scene.piece(0, body);
    let router = scene.twins.router(0);
    let older =
        tokio::spawn(async move { tower::ServiceExt::oneshot(router, request).await.unwrap().status().as_u16() });
    for chunk in scene.bytes[..3_000].chunks(1_000) {
        feed.send(Bytes::copy_from_slice(chunk)).await.unwrap();
    }
    let newer = scene.patch(1, 0, 300_000).await;
    assert_eq!(newer.problem(), (409, "offset_mismatch".into()));
    assert_eq!(older.await.unwrap(), 409);
    let at = scene.offset(1).await;
    assert!((1_000..=3_000).contains(&at), "what it brought is kept: {at}");
    assert_eq!(scene.patch(1, at, 300_000).await.status, 204);
    assert!(scene.is_whole());
}

/// Both servers get the same pieces at the same time, again and again, as when a phone repeats what it got no answer for.
/// Whatever comes of each request, no byte of one lies in the file of another.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_that_get_the_same_upload_at_once_never_mix_it() {
    for round in 0..2 {
        let scene = Scene::new(3_000_000).await;
        let mut wrong = scene.bytes.clone();
        wrong.iter_mut().skip(1_000_000).for_each(|byte| *byte ^= 0x55);
        while !scene.is_whole() {
            let at = scene.offset(0).await;
            let to = (at + 900_000).min(3_000_000);
            // One of the two brings other bytes: a piece that was damaged on its way.
            let damaged = scene.piece(at, Body::from(wrong[at..to].to_vec()));
            let (first, second) = (scene.patch(0, at, to), scene.twins.send(1, damaged));
            let (first, second) = if round % 2 == 0 {
                tokio::join!(first, second)
            } else {
                let (second, first) = tokio::join!(second, first);
                (first, second)
            };
            for answer in [first, second] {
                let (status, code) = answer.problem();
                assert!(
                    matches!((status, code.as_str()), (204, _) | (409, "offset_mismatch") | (460, "blob_mismatch")),
                    "{answer:?}"
                );
            }
            // The right one alone ends it.
            if scene.offset(0).await == 0 {
                for at in (0..3_000_000).step_by(750_000) {
                    assert_eq!(scene.patch(at / 750_000 % 2, at, at + 750_000).await.status, 204);
                }
            }
        }
    }
}

/// A server stops with the lease in its hand and wakes up later. The other one goes on in a file of its own, so what the
/// first one still writes harms nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stood_still_writes_into_no_file_of_another() {
    let scene = Scene::new(400_000).await;
    assert_eq!(scene.patch(0, 0, 100_000).await.status, 204);
    // The row as a server leaves it that was stopped while it wrote; its file stays open.
    let part = scene.field.part(&scene.twins.house, scene.id);
    let mut asleep = std::fs::OpenOptions::new().append(true).open(&part).unwrap();
    let stop = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE upload SET writer = 77, wanted = 77, beat = beat + 1"), &[]).await
    };
    assert_eq!(scene.twins.house.execute(stop).await, 1);
    let began = std::time::Instant::now();
    assert_eq!(scene.patch(1, 100_000, 200_000).await.status, 204);
    let waited = began.elapsed();
    println!("the lease of a dead server was taken after {waited:?}");
    assert!(waited > Duration::from_secs(8), "a live one is not robbed: {waited:?}");
    assert_eq!(scene.row(sql!("SELECT part FROM upload")).await, 2, "a file of its own");
    std::io::Write::write_all(&mut asleep, &[7; 50_000]).unwrap();
    let lost = async move |tx: &mut Tx| {
        let note = sql!("UPDATE upload SET received = 150000 WHERE writer = ?1");
        tx.execute(note, &row![77]).await
    };
    let noted: Result<u64, StoreError> = scene.twins.house.firm.store.write("lost", lost).await;
    assert_eq!(noted, Ok(0), "and it may note nothing");
    assert_eq!(scene.patch(0, 200_000, 400_000).await.status, 204);
    assert!(scene.is_whole());
    assert!(!part.exists(), "the old file is gone");
    let blob = BlobKey { org: scene.twins.house.firm.org, id: scene.id };
    let own = PartKey { blob, store: scene.field.phone.store_id, number: 2 };
    assert!(!scene.twins.house.app.blobs.part_path(own).exists(), "its own file has the blob's name now");
}
