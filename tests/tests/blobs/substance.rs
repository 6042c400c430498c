//! Evidence has substance: a photo is a picture, and a hash is no licence.

use crate::{
    both,
    evidence::{Field, Photo, document, get, id_of, picture},
};
use firebee_domain::{
    evidence::{PhotoExif, PhotoRole, PhotoTaken, TrackSegment},
    id::TaskId,
};
use firebee_protocol::fact::{BlobRef, BlobRole, Body, Mime};
use firebee_tests::{
    device::Device,
    house::{House, Phone},
};

both!(
    a_photo_whose_file_is_no_picture_is_kept_and_does_not_count,
    a_picture_that_another_author_brought_is_not_read_by_naming_its_hash,
    a_picture_is_neither_read_nor_hidden_by_naming_it_under_the_id_of_an_older_fact,
    a_photo_is_judged_as_a_photo_also_where_a_piece_of_track_has_its_bytes,
    a_file_of_another_length_than_a_fact_announced_is_no_evidence_of_that_fact,
    a_fact_that_announces_a_file_its_body_does_not_name_makes_the_server_expect_nothing,
);

async fn a_photo_whose_file_is_no_picture_is_kept_and_does_not_count(house: House) {
    let mut field = Field::start(&house).await;
    for (n, bytes) in
        [(1, &b"it was all fine"[..]), (2, b"<html><script>"), (3, b"PK\x03\x04archive"), (4, b"%PDF-1.7 scan")]
    {
        let photo = Photo { original: bytes.to_vec(), ..Photo::new(n, 1_000) };
        field.take(&house, PhotoRole::Evidence, &photo).await;
        for bytes in photo.files() {
            assert_eq!(field.put(&house, id_of(bytes), bytes).await.status, 204, "the bytes are those that were named");
        }
        let held = document(&house, field.work.task).await.evidence;
        assert!(held.missing.contains(&id_of(&photo.original)), "{bytes:?}");
        assert!(held.not_pictures.contains(&id_of(&photo.original)), "{bytes:?}");
    }
    let held = document(&house, field.work.task).await.evidence;
    assert_eq!((held.verified, held.total, held.missing.len()), (8, 12, 4));
}

/// A photo fact of somebody who has never had the file.
async fn name_it(house: &House, device: &mut Device, photo: &Photo) -> TaskId {
    let work = device.start_task(&house.firm, house.firm.items_of(1), house.firm.assignments[1]);
    let (taken, blobs) = photo_of(photo);
    device.record(house.firm.project, &work.subject, &blobs, &Body::PhotoTaken(Box::new(taken)));
    assert_eq!(device.push_from(&house.firm, 1).await.results, []);
    work.task
}

/// The body of a photo, and what it announces.
fn photo_of(photo: &Photo) -> (PhotoTaken, Vec<BlobRef>) {
    let [original, preview, thumbnail] = photo.files().map(|bytes| id_of(bytes));
    let roles = [BlobRole::Original, BlobRole::Preview, BlobRole::Thumb].into_iter().zip(photo.files());
    let blob =
        |(role, bytes): (_, &Vec<u8>)| BlobRef { id: id_of(bytes), len: bytes.len() as u64, mime: Mime::Jpeg, role };
    let blobs: Vec<_> = roles.map(blob).collect();
    let exif = PhotoExif::default();
    (PhotoTaken { role: PhotoRole::Panel, item: None, ordinal: None, original, preview, thumbnail, exif }, blobs)
}

async fn a_picture_that_another_author_brought_is_not_read_by_naming_its_hash(house: House) {
    let mut field = Field::start(&house).await;
    let selfie = Photo::new(1, 10_000);
    field.take(&house, PhotoRole::Selfie, &selfie).await;
    for bytes in selfie.files() {
        assert_eq!(field.put(&house, id_of(bytes), bytes).await.status, 204);
    }
    let li = Phone::signed_in(&house, "li").await;
    let mut device = li.device(&house.firm);
    device.now = device.now.plus_ms(3_600_000);
    name_it(&house, &mut device, &selfie).await;
    for bytes in selfie.files() {
        assert_eq!(get(&house, &li, id_of(bytes)).await.status, 404, "li has named it and never had it");
        assert_eq!(field.get(&house, id_of(bytes)).await.status, 200);
    }
}

async fn a_picture_is_neither_read_nor_hidden_by_naming_it_under_the_id_of_an_older_fact(house: House) {
    let li = Phone::signed_in(&house, "li").await;
    let mut device = li.device(&house.firm);
    let old = device.start_task(&house.firm, house.firm.items_of(1), house.firm.assignments[1]);
    assert_eq!(device.push_from(&house.firm, 1).await.results, []);
    let mut field = Field::start(&house).await;
    field.device.now = field.device.now.plus_ms(3_600_000);
    let selfie = Photo::new(1, 10_000);
    field.take(&house, PhotoRole::Selfie, &selfie).await;
    for bytes in selfie.files() {
        assert_eq!(field.put(&house, id_of(bytes), bytes).await.status, 204);
    }
    device.now = device.now.plus_ms(2 * 3_600_000);
    let (taken, blobs) = photo_of(&selfie);
    let (id, line) = device.line(Some(house.firm.project), &old.subject, &blobs, &Body::PhotoTaken(Box::new(taken)));
    let line = String::from_utf8(line).unwrap().replace(&id.to_string(), &old.task.to_string());
    device.log.push(line.into_bytes());
    let reply = device.push_from(&house.firm, 2).await;
    let codes: Vec<&str> = reply.results.iter().map(|outcome| outcome.code.as_str()).collect();
    assert_eq!(codes, ["id_conflict"]);
    for bytes in selfie.files() {
        assert_eq!(get(&house, &li, id_of(bytes)).await.status, 404, "li names it under an id from before");
        assert_eq!(field.get(&house, id_of(bytes)).await.status, 200, "and takes it from nobody");
    }
}

async fn a_photo_is_judged_as_a_photo_also_where_a_piece_of_track_has_its_bytes(house: House) {
    let mut field = Field::start(&house).await;
    let file = b"it was all fine".to_vec();
    let blob = id_of(&file);
    let boot_id = field.device.boot;
    let segment =
        TrackSegment { blob, boot_id, first_boot_ms: 0, last_boot_ms: 1, fixes: 1, holes: 0, replayed: false };
    let named = BlobRef { id: blob, len: file.len() as u64, mime: Mime::Track, role: BlobRole::Track };
    field.device.record(house.firm.project, &field.work.subject, &[named], &segment.into());
    field.push(&house).await;
    let photo = Photo { original: file.clone(), preview: file.clone(), thumb: file.clone() };
    field.take(&house, PhotoRole::Panel, &photo).await;
    assert_eq!(field.put(&house, blob, &file).await.status, 204);
    let held = document(&house, field.work.task).await.evidence;
    assert_eq!((held.verified, held.total, held.missing, held.not_pictures), (0, 1, vec![blob], vec![blob]));
}

async fn a_file_of_another_length_than_a_fact_announced_is_no_evidence_of_that_fact(house: House) {
    let mut field = Field::start(&house).await;
    let true_one = Photo::new(21, 1_000);
    field.take(&house, PhotoRole::Panel, &true_one).await;
    let other = Photo { original: true_one.original.clone(), ..Photo::new(22, 1_000) };
    let (taken, mut blobs) = photo_of(&other);
    blobs[0].len += 1;
    field.device.record(house.firm.project, &field.work.subject, &blobs, &Body::PhotoTaken(Box::new(taken)));
    field.push(&house).await;
    for bytes in true_one.files().into_iter().chain(other.files()) {
        assert_eq!(field.put(&house, id_of(bytes), bytes).await.status, 204);
    }
    let held = document(&house, field.work.task).await.evidence;
    assert_eq!((held.verified, held.total), (4, 5));
    assert_eq!((held.missing, held.not_pictures), (vec![id_of(&true_one.original)], vec![]));
}

async fn a_fact_that_announces_a_file_its_body_does_not_name_makes_the_server_expect_nothing(house: House) {
    let mut field = Field::start(&house).await;
    let file = picture(9, 1_000);
    let blob = BlobRef { id: id_of(&file), len: 1_000, mime: Mime::Jpeg, role: BlobRole::Original };
    let described = firebee_domain::task::TaskDescribed {
        controller: firebee_domain::task::Controller::None,
        helpers: Vec::new(),
        instruments: Vec::new(),
    };
    field.device.record(house.firm.project, &field.work.subject, &[blob], &described.into());
    let reply = field.device.push_from(&house.firm, 1).await;
    let codes: Vec<&str> = reply.results.iter().map(|outcome| outcome.code.as_str()).collect();
    assert_eq!(codes, ["blob_not_named"]);
    assert_eq!(field.put(&house, id_of(&file), &file).await.problem(), (409, "blob_not_announced".into()));
}
