//! Two thousand phones at the end of a month, each with a day's work: no client of their own, but a key, a token and the
//! very bytes that their clients would send.

use super::{
    estate::{self, Estate, Size, account, id, project},
    phone::{answer, photo},
    upload::noise,
};
use bytes::Bytes;
use firebee_domain::{
    id::{StoreId, TaskId},
    task::{StartedItem, TaskKind, TaskStarted},
    time::{Anchor, Timestamp},
};
use firebee_protocol::fact::{BlobRef, Body, Seen, Subject};
use firebee_server::{
    device::{Token, TokenKind},
    org::Org,
    row, sql,
    store::{Store, StoreError, Tx, migrate::migrate, schema},
};
use firebee_tests::{
    device::{Device, Sign},
    firm::MORNING,
};
use p256::ecdsa::SigningKey;
use std::{
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::runtime::Runtime;

/// Facts of a day: tasks of fifty, and the photos.
pub const FACTS: usize = 208 + PHOTOS;
/// Photos of a day.
pub const PHOTOS: usize = 3;
/// Items of a member's plan: as many as its day answers.
pub const ITEMS: usize = 250;
const TASK_FACTS: usize = 50;
const PHOTO_BYTES: usize = 200_000;

/// What a phone of the herd sends.
pub struct Member {
    /// Its access token.
    pub token: String,
    /// Its push.
    pub push: Bytes,
    /// Its photos.
    pub photos: Vec<Bytes>,
}

fn store_id(number: usize) -> StoreId {
    StoreId(id(10, number, 0, 0))
}

fn device(org: Org, number: usize) -> Device {
    let mut secret = [7; 32];
    let (_, tail) = secret.split_at_mut(24);
    tail.copy_from_slice(&(number as u64).to_be_bytes());
    let key = SigningKey::from_slice(&secret).expect("a key");
    Device::of(org, account(number), store_id(number), 1, key)
}

/// As the server's process: lets every operator's phone sign in, and writes their tokens into a file, one a line.
pub async fn sign_in(store: &Store, operators: usize, folder: &Path) {
    let claims = async move |tx: &mut Tx| {
        let org = estate::org(tx).await?;
        let mut tokens = Vec::with_capacity(operators);
        for number in 1..=operators {
            tokens.push(claim(tx, org, number).await?);
        }
        Ok::<_, StoreError>(tokens)
    };
    let tokens = store.write("claim", claims).await.expect("the claims are written");
    std::fs::write(folder.join("tokens"), tokens.join("\n")).expect("the tokens are written");
}

async fn claim(tx: &mut Tx, org: Org, number: usize) -> Result<String, StoreError> {
    let (device, account, store) = (device(org, number), account(number), store_id(number));
    let hold = sql!("UPDATE session SET epoch = 1, store_id = ?3 WHERE org = ?1 AND account = ?2");
    tx.execute(hold, &row![org, &account, &store]).await?;
    let belongs = sql!("INSERT INTO store_org (store_id, org) VALUES (?1, ?2)");
    tx.execute(belongs, &row![&store, org]).await?;
    let insert = sql!(
        "INSERT INTO device_store (org, store_id, account, install_id, public_key, device, state, epoch, claimed_ms,
             last_seen_ms, unsent_facts, unsent_blobs, watermark, chain, succeeds, cursor_seq, sort, find)
         VALUES (?1, ?2, ?3, ?2, ?4, '{}', 'active', 1, 0, 0, 0, 0, 0, ?5, NULL, 0, '', '')"
    );
    tx.execute(insert, &row![org, &store, &account, &device.public_key(), &device.chain(0)]).await?;
    let floor = sql!("INSERT INTO floor (org, store_id, from_seq, at_ms) VALUES (?1, ?2, 1, 0)");
    tx.execute(floor, &row![org, &store]).await?;
    let token = Token::mint(TokenKind::Access).expect("random bytes");
    let insert = sql!(
        "INSERT INTO token (hash, org, kind, account, store_id, epoch, claim_id, expires_ms)
         VALUES (?1, ?2, 'access', ?3, ?4, 1, ?4, 9000000000000)"
    );
    tx.execute(insert, &row![token.hash(), org, &account, &store]).await?;
    Ok(token.text().to_owned())
}

/// The members of a firm whose server wrote their tokens into `folder`. They record in turn, so that the ids of a day lie
/// among each other as they would.
pub fn members(folder: &Path) -> Vec<Member> {
    let tokens = std::fs::read_to_string(folder.join("tokens")).expect("the server wrote tokens");
    let tokens: Vec<&str> = tokens.lines().collect();
    let org = Runtime::new().expect("threads start").block_on(same_firm());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let now = Timestamp(i64::try_from(now).expect("a time"));
    let mut recording: Vec<Recording> = (1..=tokens.len()).map(|number| Recording::of(org, number, now)).collect();
    for nth in 0..FACTS {
        recording.iter_mut().for_each(|member| member.record(nth));
    }
    let done = recording.into_iter().zip(tokens);
    done.map(|(member, token)| member.pack(token.to_owned())).collect()
}

/// The firm, out of a database of this process: the server's own is in use.
async fn same_firm() -> Org {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::sqlite(&folder.path().join("firebee.db"), 1).expect("SQLite opens");
    migrate(&store, schema::MIGRATIONS).await.expect("the schema is made");
    let size = Size { ..Size::default() };
    let seal = estate::seal(folder.path());
    Estate { size, password_hash: String::new(), seal }.found(&store).await;
    let found = store.read("org", async |tx: &mut Tx| estate::org(tx).await).await;
    found.expect("the firm is there")
}

struct Recording {
    number: usize,
    device: Device,
    task: Option<TaskId>,
    photos: Vec<Bytes>,
}

impl Recording {
    fn of(org: Org, number: usize, now: Timestamp) -> Self {
        let mut device = device(org, number);
        // The day ended a quarter of an hour ago; the clock was set by the server's when it began.
        device.now = now.plus_ms(-900_000 - 1_000 * FACTS as i64);
        let boot_ms = device.now.0 - (MORNING.0 + 3_600_000);
        device.anchor = Some(Anchor { server_ms: device.now, boot_ms, boot_id: device.boot, rtt_ms: 100 });
        Self { number, device, task: None, photos: Vec::new() }
    }

    fn record(&mut self, nth: usize) {
        let seen = Some(Seen { doc: estate::assignment(self.number, 0).to_string(), rev: 1 });
        let subject = |task| Subject { plan: Some(estate::plan(self.number, 0)), task, seen: seen.clone() };
        let item = |number: usize| estate::item(self.number, 0, nth / TASK_FACTS * TASK_FACTS + number);
        if nth + PHOTOS >= FACTS {
            let bytes = noise((self.number * FACTS + nth) as u64, PHOTO_BYTES);
            let (body, announced) = photo(&bytes);
            self.photos.push(bytes);
            self.say(subject(self.task), &[announced], &body);
        } else if nth.is_multiple_of(TASK_FACTS) {
            let items = (0..TASK_FACTS).map(item).map(|(item, item_id)| StartedItem { item, item_id }).collect();
            let plan = Some(estate::plan(self.number, 0));
            let started = TaskStarted {
                kind: TaskKind::Planned,
                plan,
                plan_name: "plan".into(),
                items,
                catalogue: None,
                demands: firebee_domain::ways::Demands::default(),
                event: None,
            };
            self.task = Some(self.say(subject(None), &[], &Body::TaskStarted(started)));
        } else {
            let body = Body::ResultRecorded(Box::new(answer(item(nth % TASK_FACTS - 1))));
            self.say(subject(self.task), &[], &body);
        }
    }

    fn say(&mut self, subject: Subject, blobs: &[BlobRef], body: &Body) -> TaskId {
        TaskId::from(self.device.record(project(), &subject, blobs, body))
    }

    fn pack(self, token: String) -> Member {
        let push = self.device.request(1, self.device.head(), Sign::Right).body;
        Member { token, push, photos: self.photos }
    }
}
