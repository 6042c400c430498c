//! An operator's visit to a site, as a phone brings it in: answers, pictures with their bytes, and the track.
#![expect(clippy::expect_used, reason = "a test without its phone must fail, loudly")]

use crate::{
    answers::Wanted,
    device::{Device, Work, filled},
    firm::{Firm, Issued},
    office::Office,
};
use axum::{body::Body as HttpBody, http::Request};
use firebee_domain::{
    evidence::{PhotoExif, PhotoRole, PhotoTaken, TrackSegment},
    id::{AccountId, ContentId, FactId},
    instrument::Instrument,
    restore::{Isolable, RestoreConfirmed, SystemIsolated},
    result::{FaultText, ResultRecorded, Verdict},
    task::{Controller, Helper, TaskDescribed},
    time::Timestamp,
    track::{Cause, Fix, Hole, Provider, Segment},
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, Body, Mime},
    phone::PHONE_HEADER,
    push::INCARNATION_HEADER,
    track::encode,
};
use firebee_server::{
    device::{Token, TokenKind},
    row, sql,
    store::{StoreError, Tx},
};
use sha2::{Digest, Sha256};
use tower::ServiceExt as _;

/// A picture that stands for the panel of a controller.
const PANEL: &[u8] = include_bytes!("../fixtures/photos/landscape_3.jpg");

/// A phone on a visit.
pub struct Visit {
    /// What the office issued.
    pub firm: Firm,
    /// The phone.
    pub device: Device,
    /// Its access token.
    token: String,
    /// Bytes that it has not sent.
    blobs: Vec<(ContentId, Vec<u8>)>,
    pushed: u64,
}

impl Visit {
    /// A phone that is signed in.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn begin(firm: Firm, account: AccountId, number: u8) -> Self {
        let device = Device::claim(&firm, account, number).await;
        let token = Token::mint(TokenKind::Access).expect("random bytes");
        let (org, epoch) = (device.org, i64::try_from(device.epoch).expect("small"));
        let (hash, store_id) = (*token.hash(), device.store_id);
        let insert = async move |tx: &mut Tx| {
            let insert = sql!(
                "INSERT INTO token(hash, org, kind, account, store_id, epoch, claim_id, expires_ms)
                 VALUES (?1, ?2, 'access', ?3, ?4, ?5, ?4, 9000000000000)"
            );
            tx.execute(insert, &row![&hash, org, &account.0, &store_id.0, epoch]).await.map(drop)
        };
        let written: Result<(), StoreError> = firm.store.write("token", insert).await;
        written.expect("the token is written");
        Self { firm, device, token: token.text().to_owned(), blobs: Vec::new(), pushed: 0 }
    }

    /// Starts a task on items.
    pub fn start(&mut self, items: &[Issued], operator: usize) -> Work {
        let assignment = *self.firm.assignments.get(operator).expect("an operator");
        self.device.start_task(&self.firm, items, assignment)
    }

    /// Records a result after some minutes.
    pub fn result(&mut self, work: &mut Work, minutes: i64, result: ResultRecorded) -> FactId {
        self.wait(minutes);
        let replaced = result.replaces;
        let body = Body::ResultRecorded(Box::new(result));
        let id = self.device.record(self.firm.project, &work.subject, &[], &body);
        work.manifest.results.retain(|old| Some(*old) != replaced);
        work.manifest.results.push(id);
        id
    }

    /// Lets time pass.
    pub fn wait(&mut self, minutes: i64) {
        self.device.now = self.device.now.plus_ms(minutes * 60_000);
    }

    /// Takes a picture of real bytes.
    pub fn photo(&mut self, work: &mut Work, role: PhotoRole, of: Option<&Issued>, bytes: &[u8]) -> FactId {
        self.photo_of(work, role, of.map(|issued| (issued, 1)), bytes)
    }

    /// As [`Visit::photo`], of an instance of an item.
    pub fn photo_of(&mut self, work: &mut Work, role: PhotoRole, of: Option<(&Issued, u32)>, bytes: &[u8]) -> FactId {
        let small = |side: u32| shrink(bytes, side);
        let (preview, thumb) = (small(1_600), small(320));
        let original = self.keep(bytes.to_vec());
        let (preview, thumbnail) = (self.keep(preview), self.keep(thumb));
        let taken = PhotoTaken {
            role,
            item: of.map(|(issued, _)| issued.item),
            ordinal: of.map(|(_, ordinal)| ordinal),
            original: original.0,
            preview: preview.0,
            thumbnail: thumbnail.0,
            exif: PhotoExif {
                taken: Some("2026-11-16 10:12:00".into()),
                camera: Some("Nokia 8.3 5G".into()),
                ..PhotoExif::default()
            },
        };
        let blob = |(id, len): (ContentId, u64), role| BlobRef { id, len, mime: Mime::Jpeg, role };
        let blobs =
            [blob(original, BlobRole::Original), blob(preview, BlobRole::Preview), blob(thumbnail, BlobRole::Thumb)];
        let id = self.device.record(self.firm.project, &work.subject, &blobs, &Body::PhotoTaken(Box::new(taken)));
        work.manifest.photos.push(id);
        id
    }

    /// Brings a picture that a fact of a dispatch names.
    pub fn attach(&mut self, bytes: &[u8]) -> BlobRef {
        let (id, len) = self.keep(bytes.to_vec());
        BlobRef { id, len, mime: Mime::Jpeg, role: BlobRole::Attachment }
    }

    fn keep(&mut self, bytes: Vec<u8>) -> (ContentId, u64) {
        let id = ContentId(Sha256::digest(&bytes).into());
        let len = bytes.len() as u64;
        self.blobs.push((id, bytes));
        (id, len)
    }

    /// Seals a walk around a place: one fix each five seconds since the first fact, with a silence in the middle.
    pub fn walk(&mut self, work: &mut Work, lat_e6: i32, lon_e6: i32) {
        let boot_ms = self.device.now.0 - (crate::firm::MORNING.0 + 3_600_000);
        let fix = |at: i64| {
            let turn = at as f64 / 90.0;
            let far = 900.0 + 600.0 * (turn / 3.0).sin();
            Fix {
                boot_ms: at * 5_000 + 1_000,
                lat_e6: lat_e6 + (far * turn.sin()) as i32,
                lon_e6: lon_e6 + (far * 1.3 * turn.cos()) as i32,
                accuracy_m: 6,
                provider: Provider::Gnss,
                mock: false,
            }
        };
        let silent = 200..260;
        let fixes: Vec<Fix> = (0..boot_ms / 5_000).filter(|at| !silent.contains(at)).map(fix).collect();
        let hole = Hole { start_boot_ms: 200 * 5_000, length_ms: 60 * 5_000, cause: Cause::NoSignal };
        for piece in fixes.chunks(600) {
            let holes = if piece.iter().any(|fix| fix.boot_ms < 1_000_000) { vec![hole] } else { vec![] };
            let segment = Segment { boot_id: self.device.boot, fixes: piece.to_vec(), holes };
            self.segment(work, &segment);
        }
    }

    fn segment(&mut self, work: &mut Work, segment: &Segment) {
        let bytes = encode(segment).expect("a segment");
        let (blob, len) = self.keep(bytes);
        let times: Vec<i64> = segment.fixes.iter().map(|fix| fix.boot_ms).collect();
        let body = TrackSegment {
            blob,
            boot_id: segment.boot_id,
            first_boot_ms: times.first().copied().unwrap_or_default(),
            last_boot_ms: times.last().copied().unwrap_or_default(),
            fixes: u32::try_from(times.len()).expect("small"),
            holes: u32::try_from(segment.holes.len()).expect("small"),
            replayed: true,
        };
        let blobs = [BlobRef { id: blob, len, mime: Mime::Track, role: BlobRole::Track }];
        let id = self.device.record(self.firm.project, &work.subject, &blobs, &Body::TrackSegment(body));
        work.manifest.segments.push(id);
    }

    /// Says which controller there is, photographs its panel, and says who helped.
    pub fn describe(&mut self, work: &mut Work) {
        self.photo(work, PhotoRole::Panel, None, PANEL);
        let described = TaskDescribed {
            controller: Controller::Brand("\u{6d77}\u{6e7e} JB-QG-GST5000".into()),
            helpers: vec![Helper { person: None, name: "\u{5f20}\u{4f1f}".into() }],
            instruments: vec![Instrument {
                number: "AZ-07".into(),
                kind: "\u{58f0}\u{7ea7}\u{8ba1}".into(),
                calibrated: "2026-03-01".parse().expect("a day"),
                valid_to: "2027-02-28".parse().expect("a day"),
            }],
        };
        let id = self.device.record(self.firm.project, &work.subject, &[], &Body::TaskDescribed(described));
        work.manifest.described = Some(id);
    }

    /// Isolates a system for a test, and puts it back to automatic with a photo of its panel.
    pub fn serve(&mut self, work: &mut Work, system: Isolable, bytes: &[u8]) {
        let isolated = Body::SystemIsolated(SystemIsolated { system, told: "值班员".into() });
        let isolated = self.device.record(self.firm.project, &work.subject, &[], &isolated);
        self.wait(5);
        let photo = self.photo(work, PhotoRole::Restored, None, bytes);
        let restored = Body::RestoreConfirmed(RestoreConfirmed { system, by: "马强".into(), photo });
        let restored = self.device.record(self.firm.project, &work.subject, &[], &restored);
        work.manifest.service.extend([isolated, restored]);
    }

    /// Submits.
    pub fn submit(&mut self, work: &mut Work) {
        self.wait(2);
        self.device.submit(&self.firm, work);
    }

    /// Sends the facts; everything must be taken.
    pub async fn push(&mut self) {
        let reply = self.device.push_from(&self.firm, self.pushed + 1).await;
        assert_eq!(reply.results, [], "every fact counts");
        self.pushed = self.device.head();
    }

    /// Pulls, and tells `phone` of itself.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn pull(&self, office: &Office, phone: &str) {
        let request = Request::builder().uri("/v1/pull").header("authorization", format!("Bearer {}", self.token));
        let request = request.header(INCARNATION_HEADER, self.firm.keys.incarnation.to_string());
        let request = request.header(PHONE_HEADER, phone).body(HttpBody::empty());
        let answer = office.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
        assert_eq!(answer.status(), 200);
    }

    /// Sends the bytes, all but the last `but`.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn send_blobs(&mut self, office: &Office, but: usize) {
        let keep = self.blobs.len().min(but);
        for (id, bytes) in self.blobs.drain(..self.blobs.len() - keep) {
            let request = Request::builder().method("PUT").uri(format!("/v1/blobs/{id}"));
            let request = request.header("authorization", format!("Bearer {}", self.token));
            let request = request.header(INCARNATION_HEADER, self.firm.keys.incarnation.to_string());
            let request = request.header("content-length", bytes.len()).body(HttpBody::from(bytes));
            let answer = office.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
            assert_eq!(answer.status(), 204);
        }
    }
}

/// An answer with its place and, where it does not conform, its fault.
pub fn said(issued: &Issued, verdict: Verdict, place: &str, fault: &str) -> ResultRecorded {
    let wanted = if verdict == Verdict::Nonconform { Wanted::Bad } else { Wanted::Good };
    ResultRecorded {
        fault: (verdict == Verdict::Nonconform).then(|| FaultText { part: None, defect: None, text: fault.to_owned() }),
        ..filled(issued, verdict, wanted, Some(place))
    }
}

/// A JPEG of at most `side` pixels on its long side.
fn shrink(bytes: &[u8], side: u32) -> Vec<u8> {
    let picture = image::load_from_memory(bytes).expect("a picture").thumbnail(side, side);
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Jpeg).expect("a JPEG");
    out.into_inner()
}

/// The server's clock at the end of the visit, an hour after its last fact.
pub fn after(visit: &Visit) -> Timestamp {
    visit.device.now.plus_ms(3_600_000)
}
