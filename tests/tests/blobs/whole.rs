//! `PUT`: whole blobs.

use crate::{
    both,
    evidence::{Field, Photo, crc32, document, id_of, picture, text},
};
use axum::{body::Body, http::Method};
use firebee_domain::evidence::PhotoRole;
use firebee_protocol::document::TaskDocument;
use firebee_server::{blobs::BlobKey, evidence::refresh_task_evidence, sql, store::Tx};
use firebee_tests::{
    firm::Firm,
    house::{House, Phone},
};

both!(
    a_whole_blob_is_verified_and_lies_byte_for_byte_in_the_folder,
    phone_and_lead_see_the_same_count_of_what_has_arrived,
    bytes_that_are_not_the_blob_are_refused_and_not_kept,
    what_no_fact_announced_is_refused,
    another_organisations_blob_is_not_here,
    a_body_that_is_too_large_or_packed_is_refused,
    an_object_that_did_not_come_whole_leaves_no_file_behind,
);

async fn a_whole_blob_is_verified_and_lies_byte_for_byte_in_the_folder(house: House) {
    let mut field = Field::start(&house).await;
    // More than two MiB, so that it is written in three steps.
    let photo = Photo::new(1, 2_500_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let id = id_of(&photo.original);
    assert_eq!(field.stands(&house, id).await, ("0".into(), "announced".into()));
    let answer = field.put(&house, id, &photo.original).await;
    assert_eq!((answer.status.as_u16(), answer.header("firebee-blob")), (204, "durable"));
    assert_eq!(field.stands(&house, id).await, ("2500000".into(), "durable".into()));
    let organisation = house.firm.org.id().0.simple().to_string();
    let hex = id.to_string().replace("sha256-", "");
    let path = house.data.path().join("blobs").join(organisation).join(hex.get(..2).unwrap()).join(&hex);
    assert!(std::fs::read(&path).unwrap() == photo.original);
    let names: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, [hex.as_str()], "nothing else is left behind");
    assert_eq!(house.number(sql!("SELECT crc32 FROM blob WHERE len = 2500000")).await, crc32(&photo.original));
    assert_eq!(field.put(&house, id, b"whatever").await.status, 204, "it is here already");
    assert!(std::fs::read(&path).unwrap() == photo.original);
}

async fn phone_and_lead_see_the_same_count_of_what_has_arrived(house: House) {
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 10_000);
    for issued in house.firm.items_of(0) {
        field.device.result(&house.firm, &mut field.work, issued, firebee_domain::result::Verdict::Conform);
    }
    for role in [PhotoRole::Selfie, PhotoRole::Panel] {
        field.take(&house, role, &photo).await;
    }
    field.device.describe(&house.firm, &mut field.work);
    field.device.submit(&house.firm, &mut field.work);
    field.push(&house).await;
    let lead = Phone::signed_in(&house, "lead").await;
    let task = field.work.task;
    for (arrived, bytes) in [None].into_iter().chain(photo.files().map(Some)).enumerate() {
        if let Some(bytes) = bytes {
            assert_eq!(field.put(&house, id_of(bytes), bytes).await.status, 204);
        }
        for phone in [&field.phone, &lead] {
            let page: firebee_protocol::pull::Page = phone.pull(&house).await.json();
            let found = page.changes.iter().find(|change| change.kind == "task").unwrap();
            let seen: TaskDocument = serde_json::from_str(found.body.as_ref().unwrap().get()).unwrap();
            assert_eq!((seen.evidence.verified as usize, seen.evidence.total), (arrived, 3));
            assert_eq!(seen.evidence.missing.len(), 3 - arrived);
        }
        // Not compared to the letter with what was published: the verdict of the track may come meanwhile.
        let (counted, org) = (document(&house, task).await.evidence, house.firm.org);
        let recount = async move |tx: &mut Tx| refresh_task_evidence(tx, org, task).await.map(u64::from);
        house.execute(recount).await;
        let stored = text(&house, task).await;
        let recounted: TaskDocument = serde_json::from_str(&stored).unwrap();
        assert_eq!(counted, recounted.evidence, "counted from all rows it is the same");
        assert_eq!(serde_json::to_string(&recounted).unwrap(), stored, "and nothing else of the text was touched");
    }
    assert_eq!(document(&house, task).await.evidence.missing, []);
}

async fn bytes_that_are_not_the_blob_are_refused_and_not_kept(house: House) {
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 10_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let id = id_of(&photo.original);
    let mut wrong = photo.original.clone();
    wrong[5_000] ^= 1;
    for (bytes, refusal) in [
        (&wrong, (422, "blob_mismatch")),
        (&photo.original[..9_999].to_vec(), (409, "length_mismatch")),
        (&Vec::new(), (409, "length_mismatch")),
    ] {
        let refused = field.put(&house, id, bytes).await.problem();
        assert_eq!((refused.0, refused.1.as_str()), refusal);
        assert_eq!(field.stands(&house, id).await, ("0".into(), "announced".into()));
        assert_eq!(field.get(&house, id).await.status, 404);
    }
    assert_eq!(field.put(&house, id, &photo.original).await.status, 204);
}

async fn what_no_fact_announced_is_refused(house: House) {
    let field = Field::start(&house).await;
    let bytes = picture(7, 1_000);
    let id = id_of(&bytes);
    assert_eq!(field.put(&house, id, &bytes).await.problem(), (409, "blob_not_announced".into()));
    assert_eq!(field.patch(&house, id, 0, &bytes).await.problem(), (409, "blob_not_announced".into()));
    assert_eq!(field.head(&house, id).await.status, 404);
    let request = field.phone.request(&house, Method::PUT, "/v1/blobs/..%2f..%2ffirebee.db");
    assert_eq!(house.send(request.body(Body::empty()).unwrap()).await.problem(), (404, "not_found".into()));
    assert_eq!(house.number(sql!("SELECT count(*) FROM blob")).await, 0);
}

async fn another_organisations_blob_is_not_here(house: House) {
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 10_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let id = id_of(&photo.original);
    assert_eq!(field.put(&house, id, &photo.original).await.status, 204);
    let other = Firm::found((house.firm.store.clone(), None), 2).await;
    other.lay_key(house.data.path());
    house.let_in_as(other.operators[0], "other").await;
    let stranger = Phone::signed_in(&house, "other").await;
    let ask = async |method: Method| {
        let request = stranger.request(&house, method, &format!("/v1/blobs/{id}")).header("tus-resumable", "1.0.0");
        house.send(request.body(Body::from(photo.original.clone())).unwrap()).await.status.as_u16()
    };
    assert_eq!((ask(Method::GET).await, ask(Method::HEAD).await, ask(Method::PUT).await), (404, 404, 409));
    // Announced there as well, it is still not here: knowing a hash proves nothing.
    let mut device = stranger.device(&other);
    let mut work = device.start_task(&other, other.items_of(0), other.assignments[0]);
    work.round = 1;
    let (mut taken, mut blobs) = firebee_tests::device::photo(77, PhotoRole::Panel, None);
    taken.original = id;
    blobs[0] = firebee_protocol::fact::BlobRef { id, len: 10_000, ..blobs[0].clone() };
    let body = firebee_protocol::fact::Body::PhotoTaken(Box::new(taken));
    device.record(other.project, &work.subject, &blobs, &body);
    device.push_from(&other, 1).await;
    let request = stranger.request(&house, Method::HEAD, &format!("/v1/blobs/{id}")).header("tus-resumable", "1.0.0");
    let answer = house.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.header("firebee-blob")), (200, "announced"));
    assert_eq!(ask(Method::PUT).await, 204);
}

async fn a_body_that_is_too_large_or_packed_is_refused(house: House) {
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 10_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let id = id_of(&photo.original);
    let put = || field.request(&house, Method::PUT, id);
    let said = put().header("content-length", 31_457_281).body(Body::empty()).unwrap();
    assert_eq!(house.send(said).await.problem(), (413, "too_large".into()));
    // A sender that sends nothing is not waited for.
    for said in [put(), field.piece(&house, id, 0)] {
        let never = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        let said = said.header("content-length", 31_457_281).body(Body::from_stream(never)).unwrap();
        let refused = house.send(said).await;
        assert_eq!((refused.problem(), refused.header("connection")), ((413, "too_large".into()), "close"));
    }
    let chunk = bytes::Bytes::from(vec![0; 1 << 20]);
    let endless = futures_util::stream::iter((0..31).map(move |_| Ok::<_, std::io::Error>(chunk.clone())));
    let unsaid = put().body(Body::from_stream(endless)).unwrap();
    assert_eq!(house.send(unsaid).await.problem(), (413, "too_large".into()));
    let packed = put().header("content-encoding", "gzip").body(Body::empty()).unwrap();
    assert_eq!(house.send(packed).await.problem(), (415, "unsupported_media_type".into()));
    assert_eq!(field.stands(&house, id).await, ("0".into(), "announced".into()));
}

/// The names of the files beside where a blob lies.
fn beside(path: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(path.parent().unwrap()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

async fn an_object_that_did_not_come_whole_leaves_no_file_behind(house: House) {
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 2_500_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    let id = id_of(&photo.original);
    let path = house.app.blobs.path(BlobKey { org: house.firm.org, id });
    let chunk = bytes::Bytes::copy_from_slice(&photo.original[..1_200_000]);
    let broken = [Ok(chunk.clone()), Ok(chunk.clone()), Err(std::io::Error::other("gone"))];
    let long = (0..31).map(|_| Ok(chunk.clone())).collect::<Vec<_>>();
    for (body, code) in [(Vec::from(broken), "offset_mismatch"), (long, "too_large")] {
        let body = Body::from_stream(futures_util::stream::iter(body));
        let answer = house.send(field.request(&house, Method::PUT, id).body(body).unwrap()).await;
        assert_eq!(answer.problem().1, code);
        assert_eq!(beside(&path), [] as [&str; 0], "{code}");
        assert_eq!(beside(&field.part(&house, id)), [] as [&str; 0], "{code}");
    }
    assert_eq!(field.patch(&house, id, 0, &photo.original).await.status, 204);
    assert_eq!(beside(&path), [path.file_name().unwrap().to_str().unwrap()]);
}
