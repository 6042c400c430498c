//! Pieces: tus 1.0.0 with creation and checksum.

use crate::{
    both,
    evidence::{Field, Photo, crc32, id_of},
};
use axum::{
    body::Body,
    http::{Method, Request},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use firebee_domain::{evidence::PhotoRole, id::ContentId};
use firebee_server::sql;
use firebee_tests::house::{Answer, House};
use futures_util::{StreamExt, stream};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

both!(
    a_blob_comes_in_pieces_and_is_verified_with_the_last,
    an_upload_goes_on_where_the_link_was_reset,
    an_upload_goes_on_after_the_server_was_restarted,
    with_a_checksum_the_offset_moves_only_after_the_check,
    a_whole_that_is_not_the_blob_begins_again_at_0,
    the_hash_that_is_kept_between_pieces_is_not_trusted_when_the_file_lost_bytes,
    a_newer_request_takes_over_from_an_older,
    an_upload_may_be_longer_than_announced_and_the_hash_decides,
    requests_that_are_not_tus_are_told_what_is_wrong,
);

async fn announced(house: &House, len: usize) -> (Field, Vec<u8>, ContentId) {
    let mut field = Field::start(house).await;
    let photo = Photo::new(1, len);
    field.take(house, PhotoRole::Evidence, &photo).await;
    let id = id_of(&photo.original);
    (field, photo.original, id)
}

fn offset(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.header("upload-offset").to_owned())
}

async fn create(house: &House, field: &Field, id: ContentId, len: usize) -> Answer {
    let request = field.phone.request(house, Method::POST, "/v1/blobs").header("tus-resumable", "1.0.0");
    let metadata = format!("blob {}", STANDARD.encode(id.to_string()));
    let request = request.header("upload-length", len).header("upload-metadata", metadata);
    house.send(request.body(Body::empty()).unwrap()).await
}

async fn a_blob_comes_in_pieces_and_is_verified_with_the_last(house: House) {
    let (field, bytes, id) = announced(&house, 3_000_000).await;
    let created = create(&house, &field, id, bytes.len()).await;
    assert_eq!((created.status.as_u16(), created.header("location")), (201, format!("/v1/blobs/{id}").as_str()));
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes[..1_500_000]).await), (204, "1500000".into()));
    assert_eq!(field.stands(&house, id).await, ("1500000".into(), "receiving".into()));
    let behind = field.patch(&house, id, 1_000_000, &bytes[1_000_000..]).await;
    assert_eq!(behind.problem(), (409, "offset_mismatch".into()));
    assert_eq!(behind.detail(), serde_json::json!({ "offset": 1_500_000 }));
    let last = field.patch(&house, id, 1_500_000, &bytes[1_500_000..]).await;
    assert_eq!((offset(&last), last.header("firebee-blob")), ((204, "3000000".into()), "durable"));
    assert!(field.get(&house, id).await.body == bytes);
    let done = field.patch(&house, id, 0, &bytes).await;
    assert_eq!(
        (done.problem().1, done.detail()),
        ("offset_mismatch".into(), serde_json::json!({ "offset": 3_000_000 }))
    );
    assert_eq!(create(&house, &field, id, bytes.len()).await.status, 201, "tus finds it whole by HEAD");
    assert_eq!(field.stands(&house, id).await, ("3000000".into(), "durable".into()));
}

/// A body that is reset after these bytes.
fn reset_after(bytes: &[u8]) -> Body {
    let sent = stream::iter(bytes.chunks(10_000).map(Bytes::copy_from_slice).map(Ok).collect::<Vec<_>>());
    let reset = stream::iter([Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))]);
    Body::from_stream(sent.chain(reset))
}

async fn an_upload_goes_on_where_the_link_was_reset(house: House) {
    let (field, bytes, id) = announced(&house, 2_400_000).await;
    let mut at = 0;
    for k in [1, 65_536, 1_048_576, 1_200_001, 2_399_999] {
        let request = field.piece(&house, id, at).body(reset_after(&bytes[at..k])).unwrap();
        house.send(request).await;
        assert_eq!(field.stands(&house, id).await, (k.to_string(), "receiving".into()), "every byte that came is kept");
        at = k;
    }
    assert_eq!(offset(&field.patch(&house, id, at, &bytes[at..]).await), (204, "2400000".into()));
    assert!(field.get(&house, id).await.body == bytes);
}

async fn an_upload_goes_on_after_the_server_was_restarted(mut house: House) {
    let (field, bytes, id) = announced(&house, 2_400_000).await;
    field.patch(&house, id, 0, &bytes[..1_300_000]).await;
    house.restart().await;
    assert_eq!(field.stands(&house, id).await, ("1300000".into(), "receiving".into()));
    // What the server wrote beyond the offset before it died is cut off.
    let part = house.app.blobs.path(firebee_server::blobs::BlobKey { org: house.firm.org, id });
    let part = part.with_extension("part");
    let mut torn = std::fs::read(&part).unwrap();
    torn.extend([7; 5_000]);
    std::fs::write(&part, torn).unwrap();
    assert_eq!(offset(&field.patch(&house, id, 1_300_000, &bytes[1_300_000..]).await), (204, "2400000".into()));
    assert!(field.get(&house, id).await.body == bytes);
    assert_eq!(house.number(sql!("SELECT crc32 FROM blob WHERE state = 'verified'")).await, crc32(&bytes));
    // A part that lost bytes, which no sync would let happen, begins again instead of hashing wrongly.
    let (field, bytes, id) = {
        let mut field = field;
        let photo = Photo::new(2, 50_000);
        field.take(&house, PhotoRole::Evidence, &photo).await;
        let id = id_of(&photo.original);
        (field, photo.original, id)
    };
    field.patch(&house, id, 0, &bytes[..40_000]).await;
    house.restart().await;
    let part = house.app.blobs.path(firebee_server::blobs::BlobKey { org: house.firm.org, id });
    std::fs::write(part.with_extension("part"), &bytes[..1_000]).unwrap();
    let answer = field.patch(&house, id, 40_000, &bytes[40_000..]).await;
    assert_eq!(answer.detail(), serde_json::json!({ "offset": 0 }));
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes).await), (204, "50000".into()));
}

async fn with_a_checksum_the_offset_moves_only_after_the_check(house: House) {
    let (field, bytes, id) = announced(&house, 2_000_000).await;
    let send = async |at: usize, piece: Body, checksum: String| {
        let request = field.piece(&house, id, at).header("upload-checksum", checksum).body(piece).unwrap();
        house.send(request).await
    };
    let sha256 = |piece: &[u8]| format!("sha256 {}", STANDARD.encode(Sha256::digest(piece)));
    let (first, second) = bytes.split_at(1_200_000);
    let wrong = send(0, Body::from(first.to_vec()), sha256(second)).await;
    assert_eq!(
        wrong.problem(),
        (460, "checksum_mismatch".into()),
        "also where the hash of the whole is that of the piece"
    );
    assert_eq!(field.stands(&house, id).await, ("0".into(), "announced".into()));
    assert_eq!(offset(&send(0, Body::from(first.to_vec()), sha256(first)).await), (204, "1200000".into()));
    let wrong = send(1_200_000, Body::from(second.to_vec()), sha256(first)).await;
    assert_eq!(wrong.problem(), (460, "checksum_mismatch".into()));
    assert_eq!(field.stands(&house, id).await, ("1200000".into(), "receiving".into()));
    send(1_200_000, reset_after(&second[..700_000]), sha256(second)).await;
    assert_eq!(field.stands(&house, id).await, ("1200000".into(), "receiving".into()), "nothing was checked");
    let sha1 = format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(second)));
    assert_eq!(offset(&send(1_200_000, Body::from(second.to_vec()), sha1).await), (204, "2000000".into()));
    assert!(field.get(&house, id).await.body == bytes);
    let md5 = send(0, Body::empty(), "md5 AAAA".into()).await;
    assert_eq!(md5.problem(), (400, "bad_request".into()));
}

async fn a_whole_that_is_not_the_blob_begins_again_at_0(house: House) {
    let (field, bytes, id) = announced(&house, 100_000).await;
    let mut wrong = bytes.clone();
    wrong[10] ^= 1;
    field.patch(&house, id, 0, &wrong[..60_000]).await;
    let refused = field.patch(&house, id, 60_000, &wrong[60_000..]).await;
    assert_eq!(
        (refused.problem(), refused.detail()),
        ((460, "blob_mismatch".into()), serde_json::json!({ "offset": 0 }))
    );
    assert_eq!(field.stands(&house, id).await, ("0".into(), "announced".into()));
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes).await), (204, "100000".into()));
}

async fn the_hash_that_is_kept_between_pieces_is_not_trusted_when_the_file_lost_bytes(house: House) {
    let (field, bytes, id) = announced(&house, 1_500_000).await;
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes[..1_200_000]).await), (204, "1200000".into()));
    let part = house.app.blobs.path(firebee_server::blobs::BlobKey { org: house.firm.org, id });
    std::fs::write(part.with_extension("part"), &bytes[..1_000]).unwrap();
    let answer = field.patch(&house, id, 1_200_000, &bytes[1_200_000..]).await;
    assert_eq!((answer.problem().0, answer.detail()), (409, serde_json::json!({ "offset": 0 })));
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes[..500_000]).await), (204, "500000".into()));
    assert_eq!(offset(&field.patch(&house, id, 500_000, &bytes[500_000..]).await), (204, "1500000".into()));
    assert!(field.get(&house, id).await.body == bytes);
}

async fn a_newer_request_takes_over_from_an_older(house: House) {
    let (field, bytes, id) = announced(&house, 100_000).await;
    let (feed, body) = mpsc::channel::<Bytes>(1);
    let body =
        stream::unfold(body, async |mut body| body.recv().await.map(|chunk| (Ok::<_, std::io::Error>(chunk), body)));
    let request = field.piece(&house, id, 0).body(Body::from_stream(body)).unwrap();
    let router = house.router.clone();
    let older =
        tokio::spawn(async move { tower::ServiceExt::oneshot(router, request).await.unwrap().status().as_u16() });
    // Room for one: when the third is taken in, the first was read.
    for chunk in bytes[..3_000].chunks(1_000) {
        feed.send(Bytes::copy_from_slice(chunk)).await.unwrap();
    }
    let newer = field.patch(&house, id, 0, &bytes).await;
    assert_eq!(newer.problem(), (409, "offset_mismatch".into()));
    assert_eq!(older.await.unwrap(), 409, "the older one is told, if anybody listens");
    assert!(feed.is_closed() || feed.send(Bytes::new()).await.is_err(), "nobody reads it any more");
    let (at, state) = field.stands(&house, id).await;
    let at: usize = at.parse().unwrap();
    assert!((1_000..=3_000).contains(&at) && state == "receiving", "what it brought is kept: {at}");
    assert_eq!(offset(&field.patch(&house, id, at, &bytes[at..]).await), (204, "100000".into()));
}

async fn an_upload_may_be_longer_than_announced_and_the_hash_decides(house: House) {
    let (field, bytes, id) = announced(&house, 100_000).await;
    let shrink = async move |tx: &mut firebee_server::store::Tx| {
        tx.execute(sql!("UPDATE blob SET len = 99999 WHERE len = 100000"), &[]).await
    };
    assert_eq!(house.execute(shrink).await, 1);
    let refused = field.patch(&house, id, 0, &bytes).await;
    assert_eq!(refused.problem(), (413, "too_large".into()));
    assert_eq!(field.stands(&house, id).await.0, "0");
    assert_eq!(create(&house, &field, id, 100_000).await.status, 201);
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes).await), (204, "100000".into()));
    assert_eq!(house.number(sql!("SELECT count(*) FROM blob WHERE flag = 'len_differs'")).await, 1);
    assert_eq!(create(&house, &field, id, 40_000_000).await.problem(), (413, "too_large".into()));
}

async fn requests_that_are_not_tus_are_told_what_is_wrong(house: House) {
    let (field, bytes, id) = announced(&house, 1_000).await;
    let options = Request::builder().method(Method::OPTIONS).uri("/v1/blobs").body(Body::empty()).unwrap();
    let told = house.send(options).await;
    let said = ["tus-version", "tus-extension", "tus-max-size", "tus-checksum-algorithm"]
        .map(|name| told.header(name).to_owned());
    assert_eq!(
        (told.status.as_u16(), said),
        (204, ["1.0.0", "creation,checksum", "31457280", "sha1,sha256"].map(str::to_owned))
    );
    let with = async |name: &'static str, value: &'static str| {
        let mut request = field.piece(&house, id, 0).body(Body::from(bytes.clone())).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        house.send(request).await.problem()
    };
    assert_eq!(with("tus-resumable", "0.2.2").await, (412, "tus_version_unsupported".into()));
    assert_eq!(with("content-type", "image/jpeg").await, (415, "unsupported_media_type".into()));
    assert_eq!(with("upload-offset", "-1").await, (400, "bad_request".into()));
    assert_eq!(with("upload-offset", "+1").await, (400, "bad_request".into()));
    assert_eq!(with("content-encoding", "zstd").await, (415, "unsupported_media_type".into()));
    assert_eq!(field.stands(&house, id).await.0, "0");
}
