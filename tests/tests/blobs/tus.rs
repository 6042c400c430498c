//! Pieces: tus 1.0.0 with creation, creation with upload and checksum.

use crate::{
    both,
    evidence::{Field, Photo, crc32, id_of},
    fed::fed,
};
use axum::{
    body::Body,
    http::{Method, Request, request::Builder},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use firebee_domain::{evidence::PhotoRole, id::ContentId};
use firebee_server::sql;
use firebee_tests::house::{Answer, House};
use futures_util::{StreamExt, stream};
use sha2::{Digest, Sha256};

both!(
    a_blob_comes_in_pieces_and_is_verified_with_the_last,
    a_photo_comes_in_one_request_that_makes_and_fills_the_upload,
    a_first_piece_that_breaks_off_keeps_its_bytes_and_a_second_creation_says_where_to_go_on,
    an_upload_goes_on_where_the_link_was_reset,
    an_upload_goes_on_after_the_server_was_restarted,
    a_checksum_that_does_not_hold_keeps_nothing_of_its_piece_and_a_break_keeps_what_came,
    a_whole_that_is_not_the_blob_begins_again_at_0,
    the_hash_that_is_kept_between_pieces_is_not_trusted_when_the_file_lost_bytes,
    a_newer_request_takes_over_from_an_older,
    a_length_that_no_fact_announced_is_refused_and_a_running_upload_keeps_its_own,
    a_blob_without_a_byte_is_whole_at_once,
    a_colleague_disturbs_no_upload_that_another_has_begun,
    a_network_that_knows_no_patch_is_got_through_by_post,
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

fn create_request(house: &House, field: &Field, id: ContentId, len: usize) -> Builder {
    let request = field.phone.request(house, Method::POST, "/v1/blobs").header("tus-resumable", "1.0.0");
    let metadata = format!("blob {}", STANDARD.encode(id.to_string()));
    request.header("upload-length", len).header("upload-metadata", metadata)
}

pub async fn create(house: &House, field: &Field, id: ContentId, len: usize) -> Answer {
    house.send(create_request(house, field, id, len).body(Body::empty()).unwrap()).await
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

/// Makes an upload whose first piece is the body.
async fn create_with(house: &House, field: &Field, id: ContentId, len: usize, body: Body, sum: Option<&str>) -> Answer {
    let request = field.phone.request(house, Method::POST, "/v1/blobs").header("tus-resumable", "1.0.0");
    let metadata = format!("blob {}", STANDARD.encode(id.to_string()));
    let request = request.header("upload-length", len).header("upload-metadata", metadata);
    let request = sum.into_iter().fold(request, |request, sum| request.header("upload-checksum", sum));
    house.send(request.header("content-type", "application/offset+octet-stream").body(body).unwrap()).await
}

async fn a_photo_comes_in_one_request_that_makes_and_fills_the_upload(house: House) {
    let (mut field, bytes, id) = announced(&house, 3_000_000).await;
    let wrong = format!("sha256 {}", STANDARD.encode([7; 32]));
    let refused = create_with(&house, &field, id, bytes.len(), Body::from(bytes.clone()), Some(&wrong)).await;
    assert_eq!(refused.problem(), (460, "checksum_mismatch".into()));
    assert_eq!(field.stands(&house, id).await.0, "0", "nothing of it counts");
    let made = create_with(&house, &field, id, bytes.len(), Body::from(bytes.clone()), None).await;
    assert_eq!((offset(&made), made.header("firebee-blob")), ((201, "3000000".into()), "durable"));
    assert_eq!(made.header("location"), format!("/v1/blobs/{id}"));
    assert!(field.get(&house, id).await.body == bytes);
    let again = create_with(&house, &field, id, bytes.len(), Body::from(bytes.clone()), None).await;
    assert_eq!(offset(&again), (201, "3000000".into()), "repeated after a lost answer");
    // Other bytes under the name are refused by the hash of the whole, without a checksum of the piece.
    let photo = Photo::new(2, 100_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let other = Body::from(vec![0x55; 100_000]);
    let refused = create_with(&house, &field, id_of(&photo.original), 100_000, other, None).await;
    assert_eq!(refused.problem(), (460, "blob_mismatch".into()));
}

async fn a_first_piece_that_breaks_off_keeps_its_bytes_and_a_second_creation_says_where_to_go_on(house: House) {
    let (field, bytes, id) = announced(&house, 2_400_000).await;
    create_with(&house, &field, id, bytes.len(), reset_after(&bytes[..1_300_000]), None).await;
    assert_eq!(field.stands(&house, id).await, ("1300000".into(), "receiving".into()));
    let again = create_with(&house, &field, id, bytes.len(), Body::from(bytes.clone()), None).await;
    assert_eq!(offset(&again), (201, "1300000".into()), "the body is not taken");
    let rest = field.patch(&house, id, 1_300_000, &bytes[1_300_000..]).await;
    assert_eq!((offset(&rest), rest.header("firebee-blob")), ((204, "2400000".into()), "durable"));
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
    let part = field.part(&house, id);
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
    std::fs::write(field.part(&house, id), &bytes[..1_000]).unwrap();
    let answer = field.patch(&house, id, 40_000, &bytes[40_000..]).await;
    assert_eq!(answer.detail(), serde_json::json!({ "offset": 0 }));
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes).await), (204, "50000".into()));
}

async fn a_checksum_that_does_not_hold_keeps_nothing_of_its_piece_and_a_break_keeps_what_came(house: House) {
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
    assert_eq!(field.stands(&house, id).await, ("1900000".into(), "receiving".into()), "what came whole stays");
    let rest = &second[700_000..];
    let sha1 = format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(rest)));
    assert_eq!(offset(&send(1_900_000, Body::from(rest.to_vec()), sha1).await), (204, "2000000".into()));
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
    std::fs::write(field.part(&house, id), &bytes[..1_000]).unwrap();
    let answer = field.patch(&house, id, 1_200_000, &bytes[1_200_000..]).await;
    assert_eq!((answer.problem().0, answer.detail()), (409, serde_json::json!({ "offset": 0 })));
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes[..500_000]).await), (204, "500000".into()));
    assert_eq!(offset(&field.patch(&house, id, 500_000, &bytes[500_000..]).await), (204, "1500000".into()));
    assert!(field.get(&house, id).await.body == bytes);
}

async fn a_newer_request_takes_over_from_an_older(house: House) {
    let (field, bytes, id) = announced(&house, 100_000).await;
    let (feed, body) = fed();
    let request = field.piece(&house, id, 0).body(body).unwrap();
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

async fn a_length_that_no_fact_announced_is_refused_and_a_running_upload_keeps_its_own(house: House) {
    let (mut field, bytes, id) = announced(&house, 100_000).await;
    for len in [99_999, 100_001, 0] {
        let refused = create(&house, &field, id, len).await;
        assert_eq!(refused.problem(), (409, "length_mismatch".into()), "{len}");
        assert_eq!(refused.detail(), serde_json::json!({ "len": 100_000 }));
    }
    assert_eq!(create(&house, &field, id, 40_000_000).await.problem(), (413, "too_large".into()));
    assert_eq!(create(&house, &field, id, 100_000).await.status, 201);
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes[..60_000]).await), (204, "60000".into()));
    // Another fact says another length of the same file: the upload that runs keeps its own.
    field.announce(&house, id, 60_000).await;
    assert_eq!(create(&house, &field, id, 60_000).await.problem(), (409, "length_mismatch".into()));
    let longer = field.piece(&house, id, 60_000).header("upload-length", 60_001).body(Body::from("x")).unwrap();
    assert_eq!(house.send(longer).await.problem(), (409, "length_mismatch".into()));
    assert_eq!(create(&house, &field, id, 100_000).await.status, 201, "the same again is no conflict");
    let beyond = [&bytes[60_000..], b"x"].concat();
    assert_eq!(field.patch(&house, id, 60_000, &beyond).await.problem(), (413, "too_large".into()));
    assert_eq!(field.stands(&house, id).await, ("60000".into(), "receiving".into()));
    assert_eq!(offset(&field.patch(&house, id, 60_000, &bytes[60_000..]).await), (204, "100000".into()));
}

async fn a_blob_without_a_byte_is_whole_at_once(house: House) {
    let (field, _, id) = announced(&house, 0).await;
    let created = create(&house, &field, id, 0).await;
    assert_eq!(
        (created.status.as_u16(), offset(&created).1, created.header("firebee-blob")),
        (201, "0".into(), "durable")
    );
    assert_eq!(field.stands(&house, id).await, ("0".into(), "durable".into()));
    assert_eq!(field.get(&house, id).await.body.len(), 0);
    // A name that no empty file can have.
    let mut other = Field::start_as(&house, 1).await;
    let wrong = id_of(b"not empty");
    other.announce(&house, wrong, 0).await;
    assert_eq!(create(&house, &other, wrong, 0).await.problem(), (460, "blob_mismatch".into()));
}

/// Each phone has its own part file. Whoever knows the name of another's picture can neither reset its upload nor add to
/// it; the right bytes are right from anybody.
async fn a_colleague_disturbs_no_upload_that_another_has_begun(house: House) {
    let (field, bytes, id) = announced(&house, 100_000).await;
    let colleague = Field::start_as(&house, 1).await;
    assert_eq!(offset(&field.patch(&house, id, 0, &bytes[..60_000]).await), (204, "60000".into()));
    assert_eq!(colleague.stands(&house, id).await, ("0".into(), "announced".into()), "it is not his");
    let mut wrong = bytes.clone();
    wrong[99_999] ^= 1;
    let further = colleague.patch(&house, id, 60_000, &wrong[60_000..]).await;
    assert_eq!((further.problem().1, further.detail()), ("offset_mismatch".into(), serde_json::json!({ "offset": 0 })));
    assert_eq!(create(&house, &colleague, id, 100_000).await.status, 201);
    assert_eq!(colleague.patch(&house, id, 0, &wrong).await.problem(), (460, "blob_mismatch".into()));
    assert_eq!(colleague.put(&house, id, &wrong).await.problem(), (422, "blob_mismatch".into()));
    assert_eq!(offset(&colleague.patch(&house, id, 0, &wrong[..70_000]).await), (204, "70000".into()));
    assert_eq!(field.stands(&house, id).await, ("60000".into(), "receiving".into()), "nothing came to it");
    assert_eq!(offset(&field.patch(&house, id, 60_000, &bytes[60_000..]).await), (204, "100000".into()));
    assert!(field.get(&house, id).await.body == bytes);
    assert_eq!(colleague.stands(&house, id).await, ("100000".into(), "durable".into()));
}

async fn a_network_that_knows_no_patch_is_got_through_by_post(house: House) {
    let (field, bytes, id) = announced(&house, 1_000).await;
    let over = async |method: &'static str, at: usize, piece: &[u8]| {
        let mut request = field.piece(&house, id, at).body(Body::from(piece.to_vec())).unwrap();
        *request.method_mut() = Method::POST;
        request.headers_mut().insert("x-http-method-override", method.parse().unwrap());
        house.send(request).await
    };
    assert_eq!(offset(&over("PATCH", 0, &bytes[..400]).await), (204, "400".into()));
    assert_eq!(offset(&over("HEAD", 0, &[]).await), (200, "400".into()));
    assert_eq!(offset(&over("PATCH", 400, &bytes[400..]).await), (204, "1000".into()));
    assert_eq!(over("DELETE", 0, &[]).await.problem(), (405, "method_not_allowed".into()));
    let plain = field.request(&house, Method::POST, id).header("tus-resumable", "1.0.0").body(Body::empty()).unwrap();
    assert_eq!(house.send(plain).await.problem(), (405, "method_not_allowed".into()));
    assert!(field.get(&house, id).await.body == bytes);
}

async fn requests_that_are_not_tus_are_told_what_is_wrong(house: House) {
    let (field, bytes, id) = announced(&house, 1_000).await;
    let options = Request::builder().method(Method::OPTIONS).uri("/v1/blobs").body(Body::empty()).unwrap();
    let told = house.send(options).await;
    let said = ["tus-version", "tus-extension", "tus-max-size", "tus-checksum-algorithm"]
        .map(|name| told.header(name).to_owned());
    assert_eq!(
        (told.status.as_u16(), said),
        (204, ["1.0.0", "creation,creation-with-upload,checksum", "31457280", "sha1,sha256"].map(str::to_owned))
    );
    let with = async |name: &'static str, value: &'static str| {
        let mut request = field.piece(&house, id, 0).body(Body::from(bytes.clone())).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        house.send(request).await.problem()
    };
    assert_eq!(with("tus-resumable", "0.2.2").await, (412, "tus_version_unsupported".into()));
    assert_eq!(with("upload-concat", "partial").await, (400, "bad_request".into()));
    for method in [Method::HEAD, Method::PATCH] {
        let unsaid = field.request(&house, method, id).header("content-type", "application/offset+octet-stream");
        let refused = house.send(unsaid.header("upload-offset", 0).body(Body::empty()).unwrap()).await;
        assert_eq!(refused.status.as_u16(), 412, "the version is required");
        assert_eq!(["tus-resumable", "tus-version"].map(|name| refused.header(name)), ["1.0.0", "1.0.0"]);
    }
    let mut made = create_request(&house, &field, id, 1_000).body(Body::empty()).unwrap();
    made.headers_mut().insert("upload-concat", "final;/v1/blobs/a /v1/blobs/b".parse().unwrap());
    made.headers_mut().insert("host", "firebee.example".parse().unwrap());
    assert_eq!(house.send(made).await.problem(), (400, "bad_request".into()));
    let made = create_request(&house, &field, id, 1_000).header("host", "firebee.example").body(Body::empty()).unwrap();
    let place = house.send(made).await.header("location").to_owned();
    assert_eq!(place, format!("http://firebee.example/v1/blobs/{id}"), "clients of tus want a whole address");
    assert_eq!(with("content-type", "image/jpeg").await, (415, "unsupported_media_type".into()));
    assert_eq!(with("upload-offset", "-1").await, (400, "bad_request".into()));
    assert_eq!(with("upload-offset", "+1").await, (400, "bad_request".into()));
    assert_eq!(with("content-encoding", "zstd").await, (415, "unsupported_media_type".into()));
    assert_eq!(field.stands(&house, id).await.0, "0");
}
