//! Uploads that are wrong, and other people's blobs.

use firebee_domain::{code::Code, evidence::PhotoRole, id::ContentId};
use firebee_protocol::fact::{BlobRef, BlobRole, Body, Mime};
use firebee_server::sql;
use firebee_tests::{
    device::{Device, photo},
    firm::Firm,
    http::{Answer, Raw},
    picture,
    served::{Served, taken},
};
use sha2::{Digest, Sha256};

const OCTETS: &str = "application/octet-stream";

fn id(bytes: &[u8]) -> ContentId {
    ContentId(Sha256::digest(bytes).into())
}

fn path(bytes: &[u8]) -> String {
    format!("/v1/blobs/{}", id(bytes))
}

/// Announces a photo whose original is `original`.
async fn announce(served: &Served, firm: &Firm, device: &mut Device, token: &str, original: &[u8]) {
    let work = device.start_task(firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let (mut taken_photo, mut blobs) = photo(device.head(), PhotoRole::Selfie, None);
    taken_photo.original = id(original);
    blobs[0] = BlobRef { id: id(original), len: original.len() as u64, mime: Mime::Jpeg, role: BlobRole::Original };
    device.record(firm.project, &work.subject, &blobs, &Body::PhotoTaken(Box::new(taken_photo)));
    taken(&served.push_of(firm, device, token).await);
}

struct Scene {
    served: Served,
    token: String,
    original: Vec<u8>,
}

impl Scene {
    async fn new() -> Self {
        let served = Served::start().await;
        let (mut device, token) = served.device(&served.firm, served.firm.operators[0], 1).await;
        let original = picture::jpeg(1, 50_000);
        announce(&served, &served.firm, &mut device, &token, &original).await;
        Self { served, token, original }
    }

    fn request(&self, method: &str, path: &str) -> Raw {
        self.served.request(&self.token, method, path)
    }

    async fn put(&self, path: &str, bytes: &[u8]) -> Answer {
        self.request("PUT", path).body(OCTETS, bytes).send(self.served.address).await
    }

    async fn refuses(&self, what: &str, answer: Answer, status: u16, code: &str) {
        let problem = answer.problem();
        assert_eq!((problem.status, problem.code.as_str()), (status, code), "{what}: {problem:?}");
        assert_eq!(self.verified().await, 0, "{what}");
    }

    async fn verified(&self) -> i64 {
        self.served.count(sql!("SELECT count(*) FROM blob WHERE state = 'verified'")).await
    }

    /// The right bytes are taken all the same.
    async fn goes_on(&self) {
        let put = self.put(&path(&self.original), &self.original).await;
        assert_eq!(put.status, 204, "{}", String::from_utf8_lossy(&put.body));
        assert_eq!(self.verified().await, 1);
        let got = self.request("GET", &path(&self.original)).send(self.served.address).await;
        assert!(got.body == self.original, "byte for byte");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_that_are_not_the_blob_are_refused_and_not_kept() {
    let scene = Scene::new().await;
    let mut wrong = scene.original.clone();
    wrong[30_000] ^= 1;
    for (what, bytes, status, code) in [
        ("one bit", wrong, 422, "blob_mismatch"),
        ("cut short", scene.original[..40_000].to_vec(), 409, "length_mismatch"),
        ("nothing", Vec::new(), 409, "length_mismatch"),
        ("longer", [scene.original.as_slice(), b"x"].concat(), 409, "length_mismatch"),
    ] {
        let answer = scene.put(&path(&scene.original), &bytes).await;
        scene.refuses(what, answer, status, code).await;
    }
    let large = vec![7; (30 << 20) + 1];
    let answer = scene.put(&path(&scene.original), &large).await;
    scene.refuses("above 30 MiB", answer, 413, "too_large").await;
    scene.goes_on().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blob_that_no_fact_announced_or_whose_name_is_none_is_refused() {
    let scene = Scene::new().await;
    let other = picture::jpeg(9, 1_000);
    let answer = scene.put(&path(&other), &other).await;
    scene.refuses("not announced", answer, 409, "blob_not_announced").await;
    let upper = path(&scene.original).to_uppercase().replace("/V1/BLOBS/SHA256-", "/v1/blobs/sha256-");
    for name in [
        "/v1/blobs/../../etc/passwd",
        "/v1/blobs/sha256-",
        "/v1/blobs/%2e%2e%2f%2e%2e%2ffirebee.db",
        "/v1/blobs/sha256-zz",
        "/v1/blobs/md5-00",
        upper.as_str(),
    ] {
        let answer = scene.put(name, &scene.original).await;
        assert_eq!(answer.problem().status, 404, "{name}");
        assert_eq!(answer.problem().code, Code::NotFound, "{name}");
    }
    scene.goes_on().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pieces_that_do_not_fit_are_refused_and_the_upload_goes_on() {
    let scene = Scene::new().await;
    let patch = |offset: &str, bytes: &[u8]| {
        let raw = scene.request("PATCH", &path(&scene.original)).with("Tus-Resumable", "1.0.0");
        raw.with("Upload-Offset", offset).body("application/offset+octet-stream", bytes)
    };
    let answer = patch("10", b"x").send(scene.served.address).await;
    assert!([404, 409].contains(&answer.problem().status), "before it was created: {answer:?}");
    for offset in ["-1", "x", "", "99999999999999999999", "1.5"] {
        let problem = patch(offset, b"x").send(scene.served.address).await.problem();
        assert!([400, 404, 409].contains(&problem.status), "{offset}: {problem:?}");
    }
    let typed =
        scene.request("PATCH", &path(&scene.original)).with("Tus-Resumable", "1.0.0").with("Upload-Offset", "0");
    let typed = typed.body("text/plain", "x").send(scene.served.address).await;
    scene.refuses("another content type", typed, 415, "unsupported_media_type").await;
    scene.goes_on().await;
}

/// Blobs of another firm are invisible: they can be neither read nor claimed without sending their bytes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_firms_objects_and_hashes_are_as_if_they_were_not_there() {
    let scene = Scene::new().await;
    let others = scene.served.another_firm().await;
    let (mut stranger, stranger_token) = scene.served.device(&others, others.operators[0], 7).await;
    let secret = picture::jpeg(5, 30_000);
    announce(&scene.served, &others, &mut stranger, &stranger_token, &secret).await;
    let put = Served::request_of(&others, &stranger_token, "PUT", &path(&secret)).body(OCTETS, secret.clone());
    assert_eq!(put.send(scene.served.address).await.status, 204);
    for method in ["GET", "HEAD"] {
        let request = scene.request(method, &path(&secret)).with("Tus-Resumable", "1.0.0");
        let answer = request.send(scene.served.address).await;
        let code = answer.header("firebee-code");
        assert_eq!((answer.status, code), (404, Some("not_found")), "{method}: told without a body too");
        assert!(!answer.body.windows(100).any(|window| window == &secret[..100]));
    }
    let probe = scene.request("PUT", &path(&secret)).body(OCTETS, Vec::new()).send(scene.served.address).await;
    assert_eq!(probe.problem().code, Code::BlobNotAnnounced, "a hash tells nobody that the bytes are here");
    // The stranger's own read still works, and so does ours.
    let got = Served::request_of(&others, &stranger_token, "GET", &path(&secret)).send(scene.served.address).await;
    assert!(got.body == secret);
    assert_eq!(scene.put(&path(&scene.original), &scene.original).await.status, 204);
}
