//! A device that pushes: its key, its chain, its clocks, and the facts it recorded, line by line.
#![expect(clippy::expect_used, reason = "a test without its device must fail, loudly")]

use crate::{
    answers::{Wanted, answers},
    firm::{Firm, Issued, MORNING},
};
use bytes::Bytes;
use firebee_domain::{
    catalogue::Told,
    evidence::{PhotoExif, PhotoRole, PhotoTaken},
    fact::{Kind, Unreadable},
    id::{AccountId, BootId, ContentId, FactId, Hash, PlanItemId, ProjectId, StoreId, TaskId},
    ordinals::Ordinals,
    result::{FaultText, Many, ResultRecorded, Verdict, judge},
    submission::{Manifest, TaskSubmitted, manifest_hash},
    task::{Controller, StartedItem, TaskDescribed, TaskKind, TaskStarted},
    time::{Anchor, Captured, Timestamp},
    ways::Demands,
};
use firebee_protocol::{
    catalogue::Pack,
    chain::{ChainPoint, chain_next, chain_start, content_hash, scope_hash},
    encode::to_base64,
    fact::{self, BlobRef, BlobRole, Body, DeviceNote, Envelope, Mime, Seen, Subject},
    pull::Page,
    push::{Frame, PushReply},
    sign::{PublicKey, head_text},
};
use firebee_server::{
    accept::{self, Encoding, PushError, PushRequest},
    clock::Clock,
    device::Sender,
    org::Org,
    query::{self, PullError, PullRequest},
    row, sql,
    store::{Store, StoreError, Tx},
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// A pushing device; `log` is its journal.
#[derive(Clone)]
pub struct Device {
    /// The account that claims with it.
    pub account: AccountId,
    /// Its firm.
    pub org: Org,
    /// Its store.
    pub store_id: StoreId,
    /// The epoch of its claim.
    pub epoch: u64,
    /// What it recorded, in order: the line of seq n at n - 1.
    pub log: Vec<Vec<u8>>,
    /// What its clock shows; each fact moves it on by a second.
    pub now: Timestamp,
    /// The anchor that its facts carry.
    pub anchor: Option<Anchor>,
    /// The boot.
    pub boot: BootId,
    /// What its assignment says that the firm asks.
    pub demands: Demands,
    key: SigningKey,
}

/// Which signature a push carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The device's, over the head.
    Right,
    /// None.
    Absent,
    /// The device's, over something else.
    Wrong,
}

/// A task being recorded: what its manifest will list.
#[derive(Clone, Debug)]
pub struct Work {
    /// The task.
    pub task: TaskId,
    /// The subject of its facts.
    pub subject: Subject,
    /// What counts.
    pub manifest: Manifest,
    /// The next round.
    pub round: u32,
}

impl Device {
    /// A device whose store has claimed the account, as `POST /v1/session/claim` leaves it.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn claim(firm: &Firm, account: AccountId, number: u8) -> Self {
        let mut secret = [number; 32];
        secret[0] = 1;
        let mut device = Self {
            account,
            org: firm.org,
            store_id: StoreId(Uuid::from_u128((account.0.as_u128() << 8) | u128::from(number))),
            epoch: 0,
            log: Vec::new(),
            now: Timestamp(MORNING.0 + 3_600_000),
            anchor: None,
            boot: BootId(Uuid::from_u128(u128::from(number) + 1)),
            demands: Demands::default(),
            key: SigningKey::from_slice(&secret).expect("a key"),
        };
        // The clock was set by the server's at the claim, at boot_ms 0.
        let (server_ms, boot_id) = (device.now, device.boot);
        device.anchor = Some(Anchor { server_ms, boot_ms: 0, boot_id, rtt_ms: 100 });
        let (org, store_id, chain, key) = (device.org, device.store_id, device.start(), device.public_key());
        let claim = async move |tx: &mut Tx| {
            let session = sql!(
                "INSERT INTO session (org, account, epoch, store_id, feed_head, purged_through, digest)
                 VALUES (?1, ?2, 1, ?3, 0, 0, '00000000000000000000000000000000')
                 ON CONFLICT (org, account) DO UPDATE SET epoch = session.epoch + 1, store_id = excluded.store_id
                 RETURNING epoch"
            );
            let row = tx.query_opt(session, &row![org, &account.0, &store_id.0]).await?.expect("a session");
            let epoch: i64 = row.get(0)?;
            let belongs = sql!("INSERT INTO store_org (store_id, org) VALUES (?1, ?2)");
            tx.execute(belongs, &row![&store_id.0, org]).await?;
            let insert = sql!(
                "INSERT INTO device_store (org, store_id, account, install_id, public_key, device, state, epoch, claimed_ms,
                     last_seen_ms, unsent_facts, unsent_blobs, watermark, chain, succeeds, cursor_seq, sort, find)
                 VALUES (?1, ?2, ?3, ?2, ?4, '{}', 'active', ?5, 0, 0, 0, 0, 0, ?6, NULL, 0, '', '')"
            );
            tx.execute(insert, &row![org, &store_id.0, &account.0, &key, epoch, &chain.0]).await?;
            let floor = sql!("INSERT INTO floor (org, store_id, from_seq, at_ms) VALUES (?1, ?2, 1, ?3)");
            tx.execute(floor, &row![org, &store_id.0, server_ms.0]).await?;
            Ok::<_, StoreError>(epoch.unsigned_abs())
        };
        device.epoch = firm.store.write("claim", claim).await.expect("the claim is written");
        device
    }

    /// A device whose store signed in over the wire: its facts go in by [`Device::push`].
    pub fn signed_in(firm: &Firm, account: AccountId, store_id: StoreId, epoch: u64, key: SigningKey) -> Self {
        Self::of(firm.org, account, store_id, epoch, key)
    }

    /// As [`Device::signed_in`], of a firm that somebody else founded.
    pub fn of(org: Org, account: AccountId, store_id: StoreId, epoch: u64, key: SigningKey) -> Self {
        let (now, boot) = (Timestamp(MORNING.0 + 3_600_000), BootId(store_id.0));
        let anchor = Some(Anchor { server_ms: now, boot_ms: 0, boot_id: boot, rtt_ms: 100 });
        Self { account, org, store_id, epoch, log: Vec::new(), now, anchor, boot, demands: Demands::default(), key }
    }

    /// Its public key.
    ///
    /// # Panics
    /// Never: the key is uncompressed.
    pub fn public_key(&self) -> PublicKey {
        self.key.verifying_key().to_sec1_point(false).as_bytes().try_into().expect("65 bytes")
    }

    fn start(&self) -> Hash {
        chain_start(self.store_id, &self.public_key())
    }

    /// The chain after `seq`.
    pub fn chain(&self, seq: u64) -> Hash {
        (1..=seq).zip(&self.log).fold(self.start(), |chain, (seq, line)| {
            let scope = scope_hash(self.store_id, fact::project_of(line).ok().flatten());
            chain_next(chain, seq, scope, content_hash(line))
        })
    }

    /// What its token stands for.
    pub const fn sender(&self) -> Sender {
        let Self { account, org, store_id, epoch, .. } = *self;
        Sender { account, org, store_id, epoch, late: false }
    }

    /// The last seq.
    pub fn head(&self) -> u64 {
        self.log.len() as u64
    }

    /// Writes the next fact's line without recording it.
    ///
    /// # Panics
    /// If it would be malformed.
    pub fn line(
        &mut self,
        project: Option<ProjectId>,
        subject: &Subject,
        blobs: &[BlobRef],
        body: &Body,
    ) -> (FactId, Vec<u8>) {
        let id = next_id();
        self.now = self.now.plus_ms(1_000);
        let anchor = self.anchor;
        let boot_ms = self.now.0 - (MORNING.0 + 3_600_000);
        let captured = Captured { wall_ms: self.now, boot_ms, boot_id: self.boot, gnss_ms: None, anchor };
        let envelope =
            Envelope { project, id, account: self.account, captured, subject: subject.clone(), blobs: blobs.to_vec() };
        (id, fact::compose(&envelope, body).expect("a fact"))
    }

    /// Notes something about the device itself.
    pub fn note(&mut self, note: DeviceNote) {
        let (_, line) = self.line(None, &Subject::default(), &[], &Body::DeviceNote(note));
        self.log.push(line);
    }

    /// Notes an anchor without a stamp.
    pub fn note_anchor(&mut self, anchor: Anchor) {
        self.note(DeviceNote::Anchor { anchor, stamp: None });
    }

    /// Records a fact of a project.
    pub fn record(&mut self, project: ProjectId, subject: &Subject, blobs: &[BlobRef], body: &Body) -> FactId {
        let (id, line) = self.line(Some(project), subject, blobs, body);
        self.log.push(line);
        id
    }

    /// A push of the lines from `first` to `last`, both included.
    ///
    /// # Panics
    /// If there are no such lines.
    pub fn request(&self, first: u64, last: u64, sign: Sign) -> PushRequest {
        self.request_committing(first, last, ChainPoint { seq: last, chain: self.chain(last) }, sign)
    }

    /// As [`Device::request`], with a head of the whole journal beyond the last line.
    ///
    /// # Panics
    /// If there are no such lines.
    pub fn request_committing(&self, first: u64, last: u64, head: ChainPoint, sign: Sign) -> PushRequest {
        let at = |seq: u64| usize::try_from(seq).expect("small");
        let lines = self.log.get(at(first) - 1..at(last)).expect("recorded lines");
        let signed = match sign {
            Sign::Wrong => Hash([1; 32]),
            _ => self.chain(last),
        };
        let at_last = ChainPoint { seq: last, chain: signed };
        let signature: Signature = self.key.sign(&head_text(self.store_id, &head, &at_last));
        let frame = Frame {
            v: 1,
            store_id: self.store_id,
            epoch: self.epoch,
            first_seq: first,
            count: u32::try_from(lines.len()).expect("small"),
            head,
            sig: (sign != Sign::Absent).then(|| to_base64(&signature.normalize_s().to_bytes())),
        };
        let mut body = serde_json::to_vec(&frame).expect("a frame");
        body.push(b'\n');
        for line in lines {
            body.extend_from_slice(line);
            body.push(b'\n');
        }
        let packed = zstd::encode_all(body.as_slice(), 3).expect("zstd packs");
        PushRequest { body: Bytes::from(packed), encoding: Encoding::Zstd, unsent: None }
    }

    /// Pushes lines, a minute after the device's clock.
    ///
    /// # Errors
    /// The server's.
    pub async fn push(&self, firm: &Firm, first: u64, last: u64, sign: Sign) -> Result<PushReply, PushError> {
        let now = self.now.plus_ms(60_000);
        let pushed = accept::push(
            &firm.store,
            &firm.keys,
            &self.sender(),
            &self.request(first, last, sign),
            &Clock::standing_at(now),
        )
        .await;
        pushed.map(|pushed| pushed.reply)
    }

    /// Pushes everything from `first` on, signed.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn push_from(&self, firm: &Firm, first: u64) -> PushReply {
        self.push(firm, first, self.head(), Sign::Right).await.expect("the push is taken")
    }

    /// Pulls one page.
    ///
    /// # Errors
    /// The server's.
    pub async fn pull(&self, store: &Store, cursor: Option<String>, limit: Option<u32>) -> Result<Page, PullError> {
        self.ask(store, &PullRequest { cursor, limit, ..PullRequest::default() }).await
    }

    /// Pulls one page, as asked for.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn ask(&self, store: &Store, request: &PullRequest) -> Result<Page, PullError> {
        let incarnation = firebee_domain::id::IncarnationId(Uuid::from_u128(7));
        query::pull(store, incarnation, &self.sender(), request, self.now.plus_ms(60_000)).await
    }

    /// Starts a task on items of the firm's plan.
    pub fn start_task(&mut self, firm: &Firm, items: &[Issued], assignment: (Uuid, u64)) -> Work {
        let seen = Some(Seen { doc: assignment.0.to_string(), rev: assignment.1 });
        let subject = Subject { plan: Some(firm.plan), task: None, seen };
        let chosen = items.iter().map(|issued| StartedItem { item: issued.item, item_id: issued.item_id.clone() });
        let started = TaskStarted {
            kind: TaskKind::Planned,
            plan: Some(firm.plan),
            plan_name: "plan".into(),
            items: chosen.collect(),
            catalogue: None,
            demands: self.demands.clone(),
            event: None,
        };
        let id = self.record(firm.project, &subject, &[], &Body::TaskStarted(started));
        let task = TaskId::from(id);
        let subject = Subject { task: Some(task), ..subject };
        Work { task, subject, manifest: Manifest::default(), round: 1 }
    }

    /// Starts a task outside the plan on items of the catalogue, with ids of its own.
    pub fn start_outside(
        &mut self,
        firm: &Firm,
        kind: TaskKind,
        item_ids: &[&str],
        assignment: (Uuid, u64),
    ) -> (Work, Vec<Issued>) {
        let items: Vec<Issued> = item_ids
            .iter()
            .map(|item_id| Issued { item: PlanItemId(next_id().0), item_id: (*item_id).to_owned() })
            .collect();
        let seen = Some(Seen { doc: assignment.0.to_string(), rev: assignment.1 });
        let subject = Subject { plan: None, task: None, seen };
        let chosen = items.iter().map(|issued| StartedItem { item: issued.item, item_id: issued.item_id.clone() });
        let started = TaskStarted {
            kind,
            plan: None,
            plan_name: "outside".into(),
            items: chosen.collect(),
            catalogue: Some(Pack::embedded().id),
            demands: self.demands.clone(),
            event: None,
        };
        let id = self.record(firm.project, &subject, &[], &Body::TaskStarted(started));
        let task = TaskId::from(id);
        let subject = Subject { task: Some(task), ..subject };
        (Work { task, subject, manifest: Manifest::default(), round: 1 }, items)
    }

    /// Records a result; one of the same item before is replaced.
    pub fn result(&mut self, firm: &Firm, work: &mut Work, issued: &Issued, verdict: Verdict) -> FactId {
        let body = Body::ResultRecorded(Box::new(answer(issued, verdict)));
        let id = self.record(firm.project, &work.subject, &[], &body);
        work.manifest.results.push(id);
        id
    }

    /// Takes a photo; its three blobs are made of the fact's place in the log.
    pub fn photo(&mut self, firm: &Firm, work: &mut Work, role: PhotoRole, of: Option<&Issued>) -> FactId {
        let (taken, blobs) = photo(self.head(), role, of);
        let id = self.record(firm.project, &work.subject, &blobs, &Body::PhotoTaken(Box::new(taken)));
        work.manifest.photos.push(id);
        id
    }

    /// Takes a photo of the site: the picture of the photo before it, so that no further blob is announced.
    pub fn site(&mut self, firm: &Firm, work: &mut Work) -> FactId {
        let (taken, blobs) = photo(self.head() - 1, PhotoRole::Panel, None);
        let id = self.record(firm.project, &work.subject, &blobs, &Body::PhotoTaken(Box::new(taken)));
        work.manifest.photos.push(id);
        id
    }

    /// Says that there is no controller.
    pub fn describe(&mut self, firm: &Firm, work: &mut Work) -> FactId {
        let described = TaskDescribed { controller: Controller::None, helpers: Vec::new(), instruments: Vec::new() };
        let id = self.record(firm.project, &work.subject, &[], &Body::TaskDescribed(described));
        work.manifest.described = Some(id);
        id
    }

    /// Submits what the manifest lists.
    pub fn submit(&mut self, firm: &Firm, work: &mut Work) -> FactId {
        let manifest = &mut work.manifest;
        [&mut manifest.results, &mut manifest.photos, &mut manifest.segments].into_iter().for_each(|ids| ids.sort());
        let text = manifest.to_text();
        let submitted = TaskSubmitted { round: work.round, manifest_hash: manifest_hash(&text), manifest: text };
        work.round += 1;
        self.record(firm.project, &work.subject, &[], &Body::TaskSubmitted(submitted))
    }

    /// A whole task: every item conforms, selfie, photo of the site, no controller, submitted.
    pub fn whole_task(&mut self, firm: &Firm, items: &[Issued], assignment: (Uuid, u64)) -> Work {
        let mut work = self.start_task(firm, items, assignment);
        self.finish(firm, &mut work, items);
        work
    }

    /// The rest of a task that was started: every item conforms, selfie, photo of the site, no controller, submitted.
    pub fn finish(&mut self, firm: &Firm, work: &mut Work, items: &[Issued]) {
        for issued in items {
            self.result(firm, work, issued, Verdict::Conform);
        }
        self.photo(firm, work, PhotoRole::Selfie, None);
        self.site(firm, work);
        self.describe(firm, work);
        self.submit(firm, work);
    }
}

/// The word of a kind that is not offered yet.
///
/// # Panics
/// When every kind is offered.
pub fn not_offered() -> &'static str {
    let reserved = |kind: &&Kind| Body::read(**kind, serde_json::Value::Null) == Err(Unreadable::KindReserved);
    Kind::ALL.iter().find(reserved).expect("a kind without a body").as_str()
}

/// An answer to an item, with values that give its verdict and the words of the catalogue.
pub fn answer(issued: &Issued, verdict: Verdict) -> ResultRecorded {
    let wanted = if verdict == Verdict::Nonconform { Wanted::Bad } else { Wanted::Good };
    filled(issued, verdict, wanted, None)
}

/// An answer whose verdict is the person's own, whatever the values propose.
pub fn filled(issued: &Issued, verdict: Verdict, wanted: Wanted, position: Option<&str>) -> ResultRecorded {
    let pack = Pack::embedded();
    let found = pack.catalogue.item(&issued.item_id).expect("an item of the catalogue");
    let untestable = verdict == Verdict::Untestable;
    let fit = |wanted| answers(&pack.catalogue, found.item, wanted, "正常");
    let form = fit(wanted).or_else(|| fit(Wanted::Good)).expect("every item can be answered");
    let (variant, values) = if untestable { (None, Vec::new()) } else { (form.variant, form.values) };
    let location = position.unwrap_or_default();
    let reason = untestable.then_some("not designed");
    let told = Told { location, ordinal: 1, variant: variant.as_deref(), values: &values, verdict, reason };
    let judged =
        judge(&pack.catalogue, found, &told, Many { also: &Ordinals::default(), each: &[] }).expect("the values fit");
    let against = !untestable && judged.proposed.is_some_and(|proposed| proposed != verdict);
    ResultRecorded {
        item: issued.item,
        ordinal: 1,
        also: Ordinals::default(),
        each: Vec::new(),
        position: position.map(str::to_owned),
        catalogue: pack.id,
        item_id: issued.item_id.clone(),
        name: judged.name,
        criterion: judged.criterion,
        variant: judged.variant,
        values,
        proposed: judged.proposed,
        verdict,
        override_reason: against.then(|| "仪表昨天校准过，读数在允许误差内".into()),
        untestable_reason: reason.map(Into::into),
        untestable_code: None,
        fault: (verdict == Verdict::Nonconform).then(|| FaultText { part: None, defect: None, text: "broken".into() }),
        measured_record: judged.measured_record,
        photos: Vec::new(),
        replaces: None,
        instrument: None,
        moved_from: None,
    }
}

/// A photo whose three blobs are told apart by `number`.
pub fn photo(number: u64, role: PhotoRole, of: Option<&Issued>) -> (PhotoTaken, Vec<BlobRef>) {
    let blob = |part: u8| {
        let mut id = [part; 32];
        let (_, tail) = id.split_at_mut(24);
        tail.copy_from_slice(&number.to_be_bytes());
        ContentId(id)
    };
    let taken = PhotoTaken {
        role,
        item: of.map(|issued| issued.item),
        ordinal: of.map(|_| 1),
        original: blob(1),
        preview: blob(2),
        thumbnail: blob(3),
        exif: PhotoExif::default(),
    };
    let roles =
        [(BlobRole::Original, taken.original), (BlobRole::Preview, taken.preview), (BlobRole::Thumb, taken.thumbnail)];
    let blobs = roles.map(|(role, id)| BlobRef { id, len: 1_000, mime: Mime::Jpeg, role });
    (taken, blobs.to_vec())
}

/// An id of version 7, later than all before it.
pub fn next_id() -> FactId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let n = u128::from(NEXT.fetch_add(1, Ordering::Relaxed));
    FactId(Uuid::from_u128((0x019a_0000_0000_u128 << 80) | (7 << 76) | (2 << 62) | n))
}
