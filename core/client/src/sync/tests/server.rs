//! A small server in the same process. It keeps facts, blobs and a feed in memory, signs real receipts, checks real
//! signatures, and fails where a test says so.

use crate::ports::{Body, Method, Request, Response, TransportError};
use bytes::Bytes;
use ed25519_dalek::SigningKey;
use firebee_domain::{
    code::Code,
    id::{AccountId, ContentId, FactId, Hash, IncarnationId, StoreId},
    time::Timestamp,
};
use firebee_protocol::{
    blob::BlobState,
    chain::{ChainPoint, chain_next, chain_start, content_hash, scope_hash},
    cursor::Cursor,
    digest::FeedDigest,
    encode::{from_base64, to_base64},
    fact::parse,
    limits::{LIMITS, Limits},
    push::{FactOutcome, Frame, PushReply},
    receipt::{Granted, Received, sign_claim, sign_receipt, verify_claim},
    session::{ClaimReply, ClaimRequest, PasswordRequest, RefreshReply, RefreshRequest, ReleaseRequest},
    sign::{self, ClaimText, PublicKey},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};
use uuid::Uuid;

/// What goes wrong with one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It never arrives.
    LoseRequest,
    /// It is acted on, its answer is lost.
    LoseReply,
    /// It arrives twice; the second answer is given.
    Twice,
    /// Nothing in time; not acted on.
    TimeOut,
    /// A captive portal answers.
    Captive,
    /// Refused with this status, code and detail.
    Refuse(u16, Code, Value),
    /// The answer's JSON is changed.
    Forge(fn(&mut Value)),
}

/// One document of the feed.
#[derive(Clone, Debug)]
pub struct Doc {
    pub feed_seq: u64,
    pub rev: u64,
    pub body: Option<Value>,
}

#[derive(Default)]
pub struct StoredBlob {
    pub len: u64,
    pub bytes: Vec<u8>,
    pub begun: bool,
}

/// Everything that the server holds.
pub struct World {
    key: SigningKey,
    pub incarnation: IncarnationId,
    /// Whether the receipt of an earlier claim opens the account, as after a restore.
    pub takes_receipts: bool,
    pub account: AccountId,
    pub holder: Option<StoreId>,
    pub device_key: Option<PublicKey>,
    pub epoch: u64,
    pub password: String,
    /// Whether somebody else set the password.
    pub must_change: bool,
    pub claim: Option<String>,
    pub access: String,
    refresh: String,
    minted: u64,
    nonce: [u8; 32],
    pub lines: Vec<Vec<u8>>,
    chains: Vec<Hash>,
    pub park: BTreeMap<u64, Code>,
    pub blobs: HashMap<ContentId, StoredBlob>,
    pub packs: HashMap<ContentId, Value>,
    pub limits: Limits,
    pub docs: BTreeMap<(String, String), Doc>,
    pub feed_head: u64,
    pub purged: u64,
    pub page_max: usize,
    pub creation_with_upload: bool,
    /// How far the times of receipts are off.
    pub receipt_skew_ms: i64,
    pub wrong_digest: bool,
    pub faults: VecDeque<(&'static str, Fault)>,
    pub log: Vec<String>,
    pub facts_in_push: Vec<usize>,
    pub unsent_told: Vec<(u64, u64)>,
    /// What pulls told of the phone.
    pub phone_told: Vec<String>,
    pub clock_ms: i64,
}

/// The server; cloned into a transport.
#[derive(Clone)]
pub struct FakeServer(Arc<Mutex<World>>);

type Refusal = (u16, Code, Value);
type Handled = Result<(u16, Vec<(&'static str, String)>, Value), Refusal>;

impl FakeServer {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(World {
            key: SigningKey::from_bytes(&[7; 32]),
            incarnation: IncarnationId(Uuid::from_u128(0xA1)),
            takes_receipts: false,
            account: AccountId(Uuid::from_u128(0xACC)),
            holder: None,
            device_key: None,
            epoch: 0,
            password: "correct".into(),
            must_change: false,
            claim: None,
            access: String::new(),
            refresh: String::new(),
            minted: 0,
            nonce: [9; 32],
            lines: Vec::new(),
            chains: Vec::new(),
            park: BTreeMap::new(),
            blobs: HashMap::new(),
            packs: HashMap::new(),
            limits: LIMITS,
            docs: BTreeMap::new(),
            feed_head: 0,
            purged: 0,
            page_max: usize::MAX,
            creation_with_upload: false,
            receipt_skew_ms: 0,
            wrong_digest: false,
            faults: VecDeque::new(),
            log: Vec::new(),
            facts_in_push: Vec::new(),
            unsent_told: Vec::new(),
            phone_told: Vec::new(),
            clock_ms: 1_800_000_000_000,
        })))
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    /// The next request whose method and path hold this meets this fault.
    pub fn fault(&self, request: &'static str, fault: Fault) {
        self.world().faults.push_back((request, fault));
    }

    pub fn answer(&self, request: Request) -> Result<Response, TransportError> {
        let mut world = self.world();
        let name = format!("{} {}", <&str>::from(request.method), request.path);
        world.log.push(name.clone());
        world.unsent_told.push((number(&request, "firebee-unsent-facts"), number(&request, "firebee-unsent-blobs")));
        let told = request.headers.iter().find(|(name, _)| name == "firebee-phone");
        world.phone_told.extend(told.map(|(_, told)| told.clone()));
        if let Body::File { path, .. } = &request.body
            && let Err(error) = std::fs::metadata(path)
        {
            return Err(TransportError::File { reason: error.kind().to_string() });
        }
        let at = world.faults.iter().position(|(of, _)| name.contains(of));
        let fault = at.and_then(|at| world.faults.remove(at)).map(|(_, fault)| fault);
        let network = || Err(TransportError::Network { reason: "a test cut the line".into() });
        let answered = match fault {
            None => Ok(respond(world.handle(&request))),
            Some(Fault::LoseRequest) => network(),
            Some(Fault::LoseReply) => {
                let _ = world.handle(&request);
                network()
            }
            Some(Fault::Twice) => {
                let _ = world.handle(&request);
                Ok(respond(world.handle(&request)))
            }
            Some(Fault::TimeOut) => Err(TransportError::TimedOut),
            Some(Fault::Captive) => Ok(Response {
                status: 200,
                headers: vec![("content-type".into(), "text/html".into())],
                body: Bytes::from_static(b"<html>Sign in to the hotel's network</html>"),
            }),
            Some(Fault::Refuse(status, code, detail)) => Ok(respond(Err((status, code, detail)))),
            Some(Fault::Forge(change)) => {
                let mut handled = world.handle(&request);
                if let Ok((_, _, body)) = &mut handled {
                    change(body);
                }
                Ok(respond(handled))
            }
        };
        let body = |answer: Response| if request.method == Method::Head { Bytes::new() } else { answer.body };
        answered.map(|answer| Response { status: answer.status, headers: answer.headers.clone(), body: body(answer) })
    }
}

fn respond(handled: Handled) -> Response {
    let (status, headers, body) = match handled {
        Ok(good) => good,
        Err((status, code, detail)) => {
            let problem = json!({
                "type": "about:blank", "status": status, "code": code.word(), "title": "", "title_en": "",
                "action": code.action(), "detail": detail,
            });
            (status, vec![("firebee-code", code.word().to_owned())], problem)
        }
    };
    let mut headers: Vec<(String, String)> = headers.into_iter().map(|(name, value)| (name.into(), value)).collect();
    headers.push(("firebee-server".into(), "0.1.0".into()));
    let body = if body.is_null() { Bytes::new() } else { Bytes::from(serde_json::to_vec(&body).unwrap()) };
    Response { status, headers, body }
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.headers.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
}

fn number(request: &Request, name: &str) -> u64 {
    header(request, name).and_then(|value| value.parse().ok()).unwrap_or(0)
}

fn bytes(request: &Request) -> Vec<u8> {
    match &request.body {
        Body::Empty => Vec::new(),
        Body::Bytes(bytes) => bytes.to_vec(),
        Body::File { path, from, len } => {
            let (from, len) = (usize::try_from(*from).unwrap(), usize::try_from(*len).unwrap());
            std::fs::read(path).unwrap()[from..from + len].to_vec()
        }
    }
}

impl World {
    /// A document changes, for this account.
    pub fn publish(&mut self, kind: &str, id: &str, body: Option<Value>) {
        self.feed_head += 1;
        let key = (kind.to_owned(), id.to_owned());
        let rev = self.docs.get(&key).map_or(1, |doc| doc.rev + 1);
        self.docs.insert(key, Doc { feed_seq: self.feed_head, rev, body });
    }

    /// A fact is kept and not counted, with what the lead decided about it.
    pub fn publish_parked(&mut self, fact: FactId, code: Code) {
        let body = json!({
            "fact": fact, "kind": null, "project": null, "plan": null, "task": null, "code": code,
            "author": self.account, "since": 5, "decision": null,
        });
        self.publish("parked", &fact.to_string(), Some(body));
    }

    /// The fact counts after all.
    pub fn adopt(&mut self, fact: FactId) {
        self.publish("parked", &fact.to_string(), None);
    }

    pub fn count(&self, request: &str) -> usize {
        self.log.iter().filter(|name| name.starts_with(request)).count()
    }

    fn handle(&mut self, request: &Request) -> Handled {
        let path = request.path.split('?').next().unwrap();
        let stranger = matches!(path, "/v1/capabilities" | "/v1/session/claim" | "/v1/session/password");
        if !stranger && header(request, "firebee-incarnation") != Some(&self.incarnation.to_string()) {
            return Err((409, Code::IncarnationChanged, json!({ "incarnation": self.incarnation })));
        }
        match (request.method, path) {
            (Method::Get, "/v1/capabilities") => Ok((200, Vec::new(), self.capabilities())),
            (Method::Post, "/v1/session/claim") => self.claim(&serde_json::from_slice(&bytes(request)).unwrap()),
            (Method::Post, "/v1/session/password") => self.change(&serde_json::from_slice(&bytes(request)).unwrap()),
            (Method::Post, "/v1/session/nonce") => {
                self.nonce[0] = self.nonce[0].wrapping_add(1);
                Ok((200, Vec::new(), json!({ "nonce": to_base64(&self.nonce) })))
            }
            (Method::Post, "/v1/session/refresh") => self.refresh(&serde_json::from_slice(&bytes(request)).unwrap()),
            (Method::Post, "/v1/session/release") => self.release(&serde_json::from_slice(&bytes(request)).unwrap()),
            _ => {
                if header(request, "authorization") != Some(&format!("Bearer {}", self.access)) {
                    return Err((401, Code::TokenExpired, Value::Null));
                }
                match (request.method, path) {
                    (Method::Post, "/v1/push") => self.push(&bytes(request)),
                    (Method::Get, "/v1/pull") => self.pull(&request.path),
                    (Method::Get, path) => {
                        let pack =
                            path.strip_prefix("/v1/catalogues/").and_then(|id| self.packs.get(&id.parse().ok()?));
                        Ok((200, Vec::new(), pack.cloned().ok_or((404, Code::NotFound, Value::Null))?))
                    }
                    _ => self.blob(request, path),
                }
            }
        }
    }

    fn capabilities(&self) -> Value {
        json!({
            "v": 1, "incarnation": self.incarnation, "server_key": self.server_key(),
            "limits": self.limits, "server_ms": self.clock_ms,
        })
    }

    fn server_key(&self) -> String {
        to_base64(self.key.verifying_key().as_bytes())
    }

    fn mint(&mut self) {
        self.minted += 1;
        self.access = format!("fb_a_{}", self.minted);
    }

    fn chain(&self) -> Hash {
        self.chains.last().copied().unwrap_or_else(|| chain_start(self.holder.unwrap(), &self.device_key.unwrap()))
    }

    fn change(&mut self, wanted: &PasswordRequest) -> Handled {
        if wanted.login != "li" || wanted.old != self.password {
            return Err((401, Code::SignInFailed, Value::Null));
        }
        (self.password, self.must_change) = (wanted.new.clone(), false);
        Ok((204, Vec::new(), Value::Null))
    }

    fn claim(&mut self, claim: &ClaimRequest) -> Handled {
        let receipt = claim.receipt.as_ref().filter(|_| self.takes_receipts);
        let proved = receipt.is_some_and(|receipt| verify_claim(&self.server_key(), receipt).is_ok());
        if claim.login != "li" || (claim.password != self.password && !proved) {
            return Err((401, Code::SignInFailed, Value::Null));
        }
        if self.must_change && !proved {
            return Err((422, Code::PasswordChangeRequired, Value::Null));
        }
        if self.holder.is_some_and(|holder| holder != claim.store_id) {
            let told = json!({ "device": "Nokia", "last_seen": 5, "unsent": { "facts": 7, "blobs": 2 } });
            return Err((409, Code::SignedInElsewhere, told));
        }
        let key = from_base64::<65>(&claim.public_key).unwrap();
        let text = sign::claim_text(&ClaimText {
            claim: claim.claim_id,
            install: claim.install_id,
            store: claim.store_id,
            succeeds: None,
            key: &key,
            login: &claim.login,
            head_seq: claim.head.seq,
            head_chain: claim.head.chain,
        });
        assert_eq!(sign::verify(&key, &text, &from_base64(&claim.sig).unwrap()), Ok(()));
        let known = self.device_key == Some(key);
        self.epoch += u64::from(!known);
        (self.holder, self.device_key) = (Some(claim.store_id), Some(key));
        self.claim = Some(claim.claim_id.to_string());
        self.mint();
        self.refresh = format!("fb_r_{}", self.minted);
        let granted = Granted {
            incarnation: self.incarnation,
            account: self.account,
            store: claim.store_id,
            epoch: self.epoch,
            key,
            issued: Timestamp(self.clock_ms),
        };
        let reply = ClaimReply {
            account: self.account,
            epoch: self.epoch,
            access: self.access.clone(),
            refresh: self.refresh.clone(),
            claim_receipt: sign_claim(&self.key, &granted),
            watermark: self.lines.len() as u64,
            chain: self.chain(),
            incarnation: self.incarnation,
            server_key: self.server_key(),
            server_ms: Timestamp(self.clock_ms),
            recipient: None,
        };
        Ok((200, Vec::new(), serde_json::to_value(reply).unwrap()))
    }

    fn refresh(&mut self, refresh: &RefreshRequest) -> Handled {
        let text = sign::refresh_text(self.incarnation, refresh.store_id, &self.nonce, &refresh.refresh);
        let signed = sign::verify(&self.device_key.unwrap(), &text, &from_base64(&refresh.sig).unwrap()).is_ok();
        if !signed || refresh.refresh != self.refresh {
            return Err((401, Code::SignInAgain, Value::Null));
        }
        self.mint();
        let reply = RefreshReply {
            access: self.access.clone(),
            epoch: self.epoch,
            server_ms: Timestamp(self.clock_ms),
            late: None,
        };
        Ok((200, Vec::new(), serde_json::to_value(reply).unwrap()))
    }

    fn release(&mut self, release: &ReleaseRequest) -> Handled {
        let text = sign::release_text(release.store_id, &self.nonce);
        assert!(sign::verify(&self.device_key.unwrap(), &text, &from_base64(&release.sig).unwrap()).is_ok());
        self.holder = None;
        self.access.clear();
        Ok((204, Vec::new(), Value::Null))
    }

    fn push(&mut self, body: &[u8]) -> Handled {
        let body = zstd::bulk::decompress(body, LIMITS.inflated_bytes_max as usize).unwrap();
        let mut lines = body.strip_suffix(b"\n").unwrap().split(|byte| *byte == b'\n');
        let frame: Frame = serde_json::from_slice(lines.next().unwrap()).unwrap();
        let lines: Vec<Vec<u8>> = lines.map(<[u8]>::to_vec).collect();
        assert_eq!(lines.len(), frame.count as usize);
        assert!(lines.len() <= LIMITS.facts_max as usize && !lines.is_empty());
        self.facts_in_push.push(lines.len());
        if lines.len() > self.limits.facts_max as usize {
            return Err((413, Code::TooLarge, Value::Null));
        }
        assert_eq!((Some(frame.store_id), frame.epoch), (self.holder, self.epoch));
        let watermark = self.lines.len() as u64;
        if frame.first_seq > watermark + 1 {
            return Err((409, Code::Gap, json!({ "expected": watermark + 1 })));
        }
        for (at, line) in lines.iter().enumerate() {
            let seq = frame.first_seq + at as u64;
            match self.lines.get(usize::try_from(seq).unwrap() - 1) {
                Some(held) if held != line => return Err((409, Code::Diverged, json!({ "seq": seq }))),
                Some(_) => {}
                None => self.accept(frame.store_id, seq, line),
            }
        }
        let last = frame.first_seq + lines.len() as u64 - 1;
        let chain = self.chains[usize::try_from(last).unwrap() - 1];
        let text = sign::head_text(frame.store_id, &frame.head, &ChainPoint { seq: last, chain });
        let sig = from_base64::<64>(&frame.sig.unwrap()).unwrap();
        assert_eq!(sign::verify(&self.device_key.unwrap(), &text, &sig), Ok(()));
        let seq = self.lines.len() as u64;
        let outcome = |(seq, code): (&u64, &Code)| FactOutcome { seq: *seq, id: None, code: (*code).into() };
        let received = Received {
            incarnation: self.incarnation,
            store: frame.store_id,
            seq,
            chain: self.chain(),
            received: Timestamp(self.clock_ms + self.receipt_skew_ms),
        };
        let reply = PushReply {
            acked_through: seq,
            durable_through: seq,
            results: self.park.range(frame.first_seq..=last).map(outcome).collect(),
            epoch: self.epoch,
            fenced: false,
            feed_head: self.feed_head,
            server_ms: Timestamp(self.clock_ms),
            receipt: sign_receipt(&self.key, &received),
        };
        Ok((200, Vec::new(), serde_json::to_value(reply).unwrap()))
    }

    fn accept(&mut self, store: StoreId, seq: u64, line: &[u8]) {
        let fact = parse(line).unwrap();
        let chain = chain_next(self.chain(), seq, scope_hash(store, fact.project), content_hash(line));
        self.chains.push(chain);
        self.lines.push(line.to_vec());
        for blob in fact.blobs {
            self.blobs.entry(blob.id).or_insert(StoredBlob { len: blob.len, ..StoredBlob::default() });
        }
        if let Some(code) = self.park.get(&seq).copied() {
            self.publish_parked(fact.id, code);
        }
        self.publish("session", "one", Some(json!({ "facts": seq })));
    }

    /// As if the server had been restored from a backup taken at this watermark.
    pub fn lose_after(&mut self, watermark: usize) {
        self.lines.truncate(watermark);
        self.chains.truncate(watermark);
    }

    fn pull(&self, path: &str) -> Handled {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)).map(str::to_owned);
        let limit: usize = value("limit=").unwrap().parse().unwrap();
        let cursor = value("cursor=").map(|cursor| cursor.parse::<Cursor>().unwrap());
        if cursor.is_some_and(|cursor| cursor.feed_seq < self.purged) {
            return Err((410, Code::CursorExpired, Value::Null));
        }
        let from = cursor.map_or(0, |cursor| cursor.feed_seq);
        let mut rows: Vec<_> = self.docs.iter().filter(|(_, doc)| doc.feed_seq > from).collect();
        rows.retain(|(_, doc)| cursor.is_some() || doc.body.is_some());
        rows.sort_by_key(|(_, doc)| doc.feed_seq);
        let taken = limit.min(self.page_max);
        let done = rows.len() <= taken;
        rows.truncate(taken);
        let last = if done { self.feed_head } else { rows.last().unwrap().1.feed_seq };
        let change = |((kind, id), doc): &(&(String, String), &Doc)| {
            json!({
                "feed_seq": doc.feed_seq, "kind": kind, "id": id, "rev": doc.rev,
                "deleted": doc.body.is_none(), "body": doc.body,
            })
        };
        let mut page = json!({
            "changes": rows.iter().map(change).collect::<Vec<_>>(),
            "next_cursor": Cursor { incarnation: self.incarnation, feed_seq: last, began: None }.to_string(),
            "head": self.feed_head, "done": done, "server_ms": self.clock_ms,
        });
        if done {
            page["applied"] = json!([{ "store_id": self.holder, "seq": self.lines.len() }]);
            page["digest"] = json!(self.digest());
        }
        Ok((200, Vec::new(), page))
    }

    fn digest(&self) -> String {
        let mut digest = FeedDigest::default();
        for ((kind, id), doc) in self.docs.iter().filter(|(_, doc)| doc.body.is_some()) {
            digest.add(kind, id, doc.rev);
        }
        if self.wrong_digest {
            digest.add("x", "x", 1);
        }
        digest.to_string()
    }

    fn blob(&mut self, request: &Request, path: &str) -> Handled {
        if (request.method, path) == (Method::Post, "/v1/blobs") {
            let id = header(request, "upload-metadata").unwrap().strip_prefix("blob ").unwrap();
            use base64::Engine;
            let id = base64::engine::general_purpose::STANDARD.decode(id).unwrap();
            let id: ContentId = String::from_utf8(id).unwrap().parse().unwrap();
            let blob = self.blobs.get_mut(&id).ok_or((409, Code::BlobNotAnnounced, Value::Null))?;
            assert_eq!(number(request, "upload-length"), blob.len);
            blob.begun = true;
            if self.creation_with_upload && blob.bytes.is_empty() {
                blob.bytes = bytes(request);
                assert!(!blob.bytes.is_empty(), "its first bytes come along");
            }
            let place = format!("https://elsewhere.example/prefix/v1/blobs/{id}");
            let offset = blob.bytes.len().to_string();
            return Ok((201, vec![("upload-offset", offset), ("location", place)], Value::Null));
        }
        if (request.method, path) == (Method::Options, "/v1/blobs") {
            let words = if self.creation_with_upload { "creation,creation-with-upload" } else { "creation" };
            return Ok((204, vec![("tus-extension", words.to_owned())], Value::Null));
        }
        let id: ContentId = path.strip_prefix("/v1/blobs/").unwrap().parse().unwrap();
        let body = bytes(request);
        let blob = self.blobs.get_mut(&id).ok_or((409, Code::BlobNotAnnounced, Value::Null))?;
        match request.method {
            Method::Head => {}
            Method::Put if Sha256::digest(&body)[..] == id.0 => blob.bytes = body,
            Method::Put => return Err((422, Code::BlobMismatch, Value::Null)),
            Method::Patch => {
                assert!(blob.begun && header(request, "tus-resumable") == Some("1.0.0"));
                if number(request, "upload-offset") != blob.bytes.len() as u64 {
                    return Err((409, Code::OffsetMismatch, Value::Null));
                }
                assert_eq!(header(request, "upload-checksum"), None, "the whole hash decides");
                blob.bytes.extend_from_slice(&body);
                if blob.bytes.len() as u64 == blob.len && Sha256::digest(&blob.bytes)[..] != id.0 {
                    blob.bytes.clear();
                    return Err((460, Code::BlobMismatch, Value::Null));
                }
            }
            _ => panic!("{request:?}"),
        }
        let state = match (blob.bytes.len() as u64 == blob.len, blob.begun) {
            (true, _) => BlobState::Durable,
            (false, true) => BlobState::Receiving,
            (false, false) => BlobState::Announced,
        };
        let word = serde_json::to_value(state).unwrap().as_str().unwrap().to_owned();
        let headers = vec![("upload-offset", blob.bytes.len().to_string()), ("firebee-blob", word)];
        Ok((if request.method == Method::Head { 200 } else { 204 }, headers, Value::Null))
    }
}
