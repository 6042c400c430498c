//! `GET`: who may see what, and as what it is served.

use crate::{
    both,
    evidence::{Field, Photo, get, id_of, picture},
};
use axum::{body::Body, http::Method};
use firebee_domain::evidence::PhotoRole;
use firebee_tests::{
    firm::Firm,
    house::{House, Phone},
};

both!(
    /// author and lead see everything, an operator of the project previews of evidence only, others nothing.
    r_032_a_picture_is_shown_to_who_may_see_it_and_is_missing_for_everyone_else,
    a_picture_is_served_as_what_its_bytes_are_and_runs_nothing,
    a_stretch_of_a_picture_is_served_for_those_who_go_on_where_the_link_broke,
);

async fn r_032_a_picture_is_shown_to_who_may_see_it_and_is_missing_for_everyone_else(house: House) {
    let mut field = Field::start(&house).await;
    let (evidence, selfie) = (Photo::new(1, 10_000), Photo::new(2, 10_000));
    field.take(&house, PhotoRole::Evidence, &evidence).await;
    field.take(&house, PhotoRole::Selfie, &selfie).await;
    let files: Vec<&Vec<u8>> = evidence.files().into_iter().chain(selfie.files()).collect();
    assert_eq!(field.get(&house, id_of(files[0])).await.problem(), (404, "not_found".into()), "not here yet");
    for bytes in &files {
        assert_eq!(field.put(&house, id_of(bytes), bytes).await.status, 204);
    }
    let other = Firm::found((house.firm.store.clone(), None), 2).await;
    other.lay_key(house.data.path());
    house.let_in_as(other.lead, "other-lead").await;
    let readers = [
        ("ma", None, [200, 200, 200, 200, 200, 200]),
        ("lead", Some("lead"), [200, 200, 200, 200, 200, 200]),
        ("li", Some("li"), [404, 200, 200, 404, 404, 404]),
        ("other-lead", Some("other-lead"), [404, 404, 404, 404, 404, 404]),
    ];
    for (name, login, expected) in readers {
        let phone = match login {
            Some(login) => Phone::signed_in(&house, login).await,
            None => field.phone.clone(),
        };
        let mut got = Vec::new();
        for bytes in &files {
            let answer = get(&house, &phone, id_of(bytes)).await;
            assert!(answer.status != 200 || answer.body == **bytes, "{name}");
            got.push(answer.status.as_u16());
        }
        assert_eq!(got, expected, "{name}: original, preview, thumbnail; selfie's original, preview, thumbnail");
    }
}

async fn a_picture_is_served_as_what_its_bytes_are_and_runs_nothing(house: House) {
    let mut field = Field::start(&house).await;
    let markup = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let photo = Photo { original: picture(5, 200_000), preview: markup, thumb: picture(6, 500) };
    field.take(&house, PhotoRole::Evidence, &photo).await;
    for bytes in photo.files() {
        assert_eq!(field.put(&house, id_of(bytes), bytes).await.status, 204);
    }
    let jpeg = field.get(&house, id_of(&photo.original)).await;
    assert!(jpeg.body == photo.original);
    let heads = |answer: &firebee_tests::house::Answer| {
        ["content-type", "content-disposition", "content-length"].map(|name| answer.header(name).to_owned())
    };
    assert_eq!(heads(&jpeg), ["image/jpeg", "inline; filename=\"evidence.jpg\"", "200000"].map(str::to_owned));
    let svg = field.get(&house, id_of(&photo.preview)).await;
    let expected = ["application/octet-stream", "attachment; filename=\"evidence.bin\"", "71"].map(str::to_owned);
    assert_eq!(heads(&svg), expected, "whatever the fact said it was");
    for answer in [&jpeg, &svg] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("sandbox"));
        assert!(answer.header("cache-control").starts_with("private"));
    }
    let again = field.request(&house, Method::GET, id_of(&photo.original)).header("if-none-match", jpeg.header("etag"));
    let again = house.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    // A person who knows the hash but may not see the blob does not learn that the server has it.
    let li = Phone::signed_in(&house, "li").await;
    let probe = li.request(&house, Method::GET, &format!("/v1/blobs/{}", id_of(&photo.original)));
    let probe = probe.header("if-none-match", jpeg.header("etag")).body(Body::empty()).unwrap();
    assert_eq!(house.send(probe).await.status, 404);
}

async fn a_stretch_of_a_picture_is_served_for_those_who_go_on_where_the_link_broke(house: House) {
    let mut field = Field::start(&house).await;
    let photo = Photo::new(1, 200_000);
    field.take(&house, PhotoRole::Evidence, &photo).await;
    for bytes in photo.files() {
        assert_eq!(field.put(&house, id_of(bytes), bytes).await.status, 204);
    }
    let id = id_of(&photo.original);
    for (range, first, end) in
        [("bytes=0-999", 0, 1_000), ("bytes=70000-140000", 70_000, 140_001), ("bytes=199999-", 199_999, 200_000)]
    {
        let asked = field.request(&house, Method::GET, id).header("range", range).body(Body::empty()).unwrap();
        let answer = house.send(asked).await;
        assert!(answer.status == 206 && answer.body == photo.original[first..end], "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes {first}-{}/200000", end - 1));
        assert_eq!(
            (answer.header("content-length"), answer.header("content-type")),
            ((end - first).to_string().as_str(), "image/jpeg")
        );
    }
    for range in ["bytes=200000-", "bytes=-5", "bytes=0-1,5-6", "lines=1-2"] {
        let asked = field.request(&house, Method::GET, id).header("range", range).body(Body::empty()).unwrap();
        let answer = house.send(asked).await;
        assert!(answer.status == 200 && answer.body == photo.original, "{range}");
        assert_eq!((answer.header("accept-ranges"), answer.header("content-range")), ("bytes", ""));
    }
    let li = Phone::signed_in(&house, "li").await;
    let probe = li.request(&house, Method::GET, &format!("/v1/blobs/{id}")).header("range", "bytes=0-9");
    assert_eq!(house.send(probe.body(Body::empty()).unwrap()).await.status, 404, "no byte without the permission");
}
