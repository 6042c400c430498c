//! Many phones on two servers at once: pushes, pictures and reviews lock in one order, so nobody waits in a circle.

use crate::evidence::{Photo, id_of};
use axum::{body::Body, http::Method};
use firebee_domain::{
    account::{Actor, Role},
    evidence::{PhotoExif, PhotoRole, PhotoTaken},
    fault::{FaultHandled, Particulars, Way, fault_id},
    id::{AccountId, PlanId, PlanItemId, RequestId},
    result::{ResultKey, Verdict},
    review::{Decision, ReviewDecided},
    submission::manifest_hash,
    task::TaskHandedOver,
};
use firebee_protocol::fact::{BlobRef, BlobRole, Body as FactBody, Mime, Seen, Subject};
use firebee_server::{
    office::{
        Act,
        plan::recall::{Recall, recall},
    },
    org::Org,
    row, sql,
    store::Tx,
};
use firebee_tests::{
    device::{Device, Sign, Work},
    firm::Firm,
    house::{Phone, Twins},
    postgres::{Cluster, schema_in},
};
use std::sync::Arc;
use tokio::task::JoinSet;

/// What one phone sends: facts one by one, and pictures beside them.
struct Sent {
    phone: Phone,
    pushes: Vec<Vec<u8>>,
    pictures: Vec<Vec<u8>>,
}

/// Records a photo with pictures that there are nowhere else.
fn take(device: &mut Device, firm: &Firm, work: &mut Work, role: PhotoRole, number: u64) -> Vec<Vec<u8>> {
    let photo = Photo::new(number, 20_000);
    let roles = [BlobRole::Original, BlobRole::Preview, BlobRole::Thumb].into_iter().zip(photo.files());
    let blobs: Vec<_> = roles
        .map(|(role, bytes)| BlobRef { id: id_of(bytes), len: bytes.len() as u64, mime: Mime::Jpeg, role })
        .collect();
    let item = (role == PhotoRole::Evidence).then(|| work.subject.plan.map(|_| firm.items_of(0)[0].item)).flatten();
    let taken = PhotoTaken {
        role,
        item,
        ordinal: item.map(|_| 1),
        original: blobs[0].id,
        preview: blobs[1].id,
        thumbnail: blobs[2].id,
        exif: PhotoExif::default(),
    };
    let fact = device.record(firm.project, &work.subject, &blobs, &FactBody::PhotoTaken(Box::new(taken)));
    work.manifest.photos.push(fact);
    photo.files().map(Clone::clone).to_vec()
}

/// An operator with a submitted task that has a fault, and another task under way. The first is on the server.
async fn operator(twins: &Twins, firm: &Firm, at: usize, login: &'static str, number: u64) -> (Sent, Work, Device) {
    twins.house.let_in_as(firm.operators[at], login).await;
    let phone = Phone::signed_in(&twins.house, login).await;
    let mut device = phone.device(firm);
    let items = firm.items_of(at).to_vec();
    let mut pictures = Vec::new();
    let mut work = device.start_task(firm, &items[..1], firm.assignments[at]);
    device.result(firm, &mut work, &items[0], Verdict::Nonconform);
    let evidence = device.photo(firm, &mut work, PhotoRole::Evidence, Some(&items[0]));
    assert!(work.manifest.photos.contains(&evidence));
    for n in 0..3 {
        pictures.extend(take(&mut device, firm, &mut work, PhotoRole::Selfie, number * 100 + n));
    }
    device.describe(firm, &mut work);
    device.submit(firm, &mut work);
    device.push_from(firm, 1).await;
    let from = device.head() + 1;
    let mut second = device.start_task(firm, &items[1..4], firm.assignments[at]);
    for (n, item) in (3..).zip(&items[1..4]) {
        device.result(firm, &mut second, item, Verdict::Conform);
        pictures.extend(take(&mut device, firm, &mut second, PhotoRole::Panel, number * 100 + n));
    }
    pictures.extend(take(&mut device, firm, &mut second, PhotoRole::Selfie, number * 100 + 9));
    device.describe(firm, &mut second);
    device.submit(firm, &mut second);
    let pushes = (from..=device.head()).map(|seq| device.request(seq, seq, Sign::Right).body.to_vec()).collect();
    (Sent { phone, pushes, pictures }, work, device)
}

/// A lead who handles the faults of two tasks again and again, and then rejects both.
async fn lead(twins: &Twins, firm: &Firm, login: &'static str, works: &[Work]) -> Sent {
    twins.house.let_in_as(firm.lead, login).await;
    let phone = Phone::signed_in(&twins.house, login).await;
    let mut device = phone.device(firm);
    let subject = |work: &Work| {
        let seen = Some(Seen { doc: work.task.to_string(), rev: 1 });
        Subject { plan: work.subject.plan, task: Some(work.task), seen }
    };
    for _ in 0..6 {
        for (at, work) in works.iter().enumerate() {
            let handled = FaultHandled {
                round: 1,
                fault: fault_id(work.task, ResultKey { item: firm.items_of(at)[0].item, ordinal: 1 }),
                way: Way::Negotiating,
                explanation: String::new(),
                order: None,
                attachments: Vec::new(),
                particulars: Particulars::default(),
            };
            device.record(firm.project, &subject(work), &[], &FactBody::FaultHandled(handled));
        }
    }
    for work in works {
        let decided = ReviewDecided {
            round: 1,
            manifest_hash: manifest_hash(&work.manifest.to_text()),
            decision: Decision::Rejected,
            opinion: "再看一遍".into(),
            attachments: Vec::new(),
        };
        device.record(firm.project, &subject(work), &[], &FactBody::ReviewDecided(decided));
    }
    let pushes = (1..=device.head()).map(|seq| device.request(seq, seq, Sign::Right).body.to_vec()).collect();
    Sent { phone, pushes, pictures: Vec::new() }
}

async fn push_all(twins: Arc<Twins>, phone: Phone, pushes: Vec<Vec<u8>>) -> usize {
    let sent = pushes.len();
    for (n, body) in pushes.into_iter().enumerate() {
        let request = phone.request(&twins.house, Method::POST, "/v1/push").header("content-encoding", "zstd");
        let request = request.header("content-type", "application/x-ndjson").body(Body::from(body)).unwrap();
        let answer = twins.send(n % 2, request).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.json::<serde_json::Value>()["results"], serde_json::json!([]), "everything counts");
    }
    sent
}

/// A task goes round between two operators and their lead. Each time the news goes to everybody who had it before, also to who
/// neither gives nor takes it now; the lead's phone is one of the three.
struct Round {
    phones: [(Phone, Device); 3],
    firm: Firm,
    work: Work,
}

impl Round {
    /// Three phones that are signed in. The first operator's has pictures to send.
    async fn of(twins: &Twins, firm: Firm, logins: [&'static str; 3], number: u64) -> (Self, Sent) {
        let (sent, _, mut first) = operator(twins, &firm, 0, logins[0], number).await;
        let work = first.start_task(&firm, &firm.items_of(0)[4..5], firm.assignments[0]);
        let mut others = Vec::new();
        for (login, account) in [(logins[1], firm.operators[1]), (logins[2], firm.lead)] {
            twins.house.let_in_as(account, login).await;
            let phone = Phone::signed_in(&twins.house, login).await;
            others.push((phone.clone(), phone.device(&firm)));
        }
        let [second, third] = <[_; 2]>::try_from(others).unwrap_or_else(|_| unreachable!("there are two"));
        let round = Self { phones: [(sent.phone.clone(), first), second, third], firm, work };
        let start = round.phones[0].1.request(round.phones[0].1.head(), round.phones[0].1.head(), Sign::Right);
        let pushes = sent.pushes.iter().cloned().chain([start.body.to_vec()]).collect();
        (round, Sent { pushes, ..sent })
    }

    async fn pass_on(mut self, twins: Arc<Twins>, rounds: usize) -> usize {
        let accounts = [self.firm.operators[0], self.firm.operators[1], self.firm.lead];
        for n in 0..rounds {
            let (from, to) = (n % 3, (n + 1) % 3);
            let handed = TaskHandedOver { from: accounts[from], to: accounts[to], reason: String::new() };
            let seen = Some(Seen { doc: self.work.task.to_string(), rev: 1 });
            let given = Subject { seen, ..self.work.subject.clone() };
            let subject = if n == 0 { self.work.subject.clone() } else { given };
            let (phone, device) = &mut self.phones[from];
            device.record(self.firm.project, &subject, &[], &FactBody::TaskHandedOver(handed));
            let request = device.request(device.head(), device.head(), Sign::Right);
            push_all(twins.clone(), phone.clone(), vec![request.body.to_vec()]).await;
        }
        rounds
    }
}

/// Somebody in the office takes issued items back, all the while.
struct Planner {
    plan: PlanId,
    executor: AccountId,
    items: Vec<PlanItemId>,
    actor: Actor,
    org: Org,
}

impl Planner {
    async fn recall_all(self, twins: Arc<Twins>) -> usize {
        let rounds = 12;
        for n in 0..rounds {
            let store = if n % 2 == 0 { &twins.house.app.store } else { &twins.other.store };
            let request = RequestId(firebee_server::random::uuid_v4().unwrap());
            let (actor, keys) = (self.actor.clone(), twins.house.app.keyring.clone());
            let act = Act { org: self.org, actor, request, at: twins.house.clock.now(), keys };
            recall(store, act, Recall { plan: self.plan, items: self.items.clone() }).await.unwrap();
            let (executor, items) = (self.executor, self.items.clone());
            let again = async move |tx: &mut Tx| {
                let issue = sql!("UPDATE plan_item SET state = 'issued', executor = ?2 WHERE id = ?1");
                for item in &items {
                    tx.execute(issue, &row![item, &executor]).await?;
                }
                Ok(1)
            };
            assert_eq!(twins.house.execute(again).await, 1);
        }
        rounds
    }
}

async fn put_all(twins: Arc<Twins>, phone: Phone, pictures: Vec<Vec<u8>>) -> usize {
    let sent = pictures.len();
    for (n, bytes) in pictures.into_iter().enumerate() {
        loop {
            let path = format!("/v1/blobs/{}", id_of(&bytes));
            let request = phone.request(&twins.house, Method::PUT, &path).body(Body::from(bytes.clone())).unwrap();
            let answer = twins.send(n % 2, request).await;
            if answer.status == 204 {
                break;
            }
            // Its fact is on the way.
            assert_eq!(answer.problem(), (409, "blob_not_announced".into()));
            tokio::task::yield_now().await;
        }
    }
    sent
}

/// Deadlocks that PostgreSQL has resolved, once every connection of the servers has ended and told what it counted.
async fn wait_for_deadlocks(cluster: &Cluster) -> i64 {
    let (client, connection) = cluster.config().connect(tokio_postgres::NoTls).await.unwrap();
    let served = tokio::spawn(connection);
    let others =
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
    while client.query_one(others, &[]).await.unwrap().get::<_, i64>(0) > 0 {
        tokio::task::yield_now().await;
    }
    let found = client.query_one("SELECT sum(deadlocks)::bigint FROM pg_stat_database", &[]).await.unwrap().get(0);
    drop(client);
    served.await.unwrap().unwrap();
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eleven_phones_on_two_servers_never_wait_in_a_circle() {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let twins = Twins::open_at(schema_in(cluster.config()).await).await;
    let store = twins.house.firm.store.clone();
    let (mut all, mut planned) = (Vec::new(), Vec::new());
    let logins = [["ma", "li", "lead"], ["ma2", "li2", "lead2"], ["ma3", "li3", "lead3"]];
    let others = [Firm::found((store.clone(), None), 2).await, Firm::found((store.clone(), None), 3).await];
    others.iter().for_each(|firm| firm.lay_key(twins.house.data.path()));
    for (number, firm) in [&twins.house.firm, &others[0], &others[1]].into_iter().enumerate() {
        let mut works = Vec::new();
        for (at, login) in logins[number][..2].iter().enumerate() {
            let items = firm.items_of(at)[4..].iter().map(|issued| issued.item).collect();
            let actor = Actor {
                account: firm.lead,
                organisation: Some(firm.org.id()),
                role: Role::ProjectLead,
                technical_director: false,
                enabled: true,
            };
            let (plan, executor) = (firm.plan, firm.operators[at]);
            planned.push(Planner { plan, executor, items, actor, org: firm.org });
            let number = u64::try_from(number * 2 + at + 1).unwrap();
            let (sent, work, _) = operator(&twins, firm, at, login, number).await;
            all.push(sent);
            works.push(work);
        }
        // Two leads make eight phones.
        if number < 2 {
            all.push(lead(&twins, firm, logins[number][2], &works).await);
        }
    }
    assert_eq!(all.len(), 8);
    let fourth = Firm::found((store.clone(), None), 4).await;
    fourth.lay_key(twins.house.data.path());
    let (round, first) = Round::of(&twins, fourth, ["ma4", "li4", "lead4"], 7).await;
    let (twins, mut running) = (Arc::new(twins), JoinSet::new());
    // A phone sends its facts in their order, so what the round begins with is there before.
    push_all(twins.clone(), first.phone.clone(), first.pushes.clone()).await;
    running.spawn(round.pass_on(twins.clone(), 24));
    running.spawn(put_all(twins.clone(), first.phone, first.pictures));
    for Sent { phone, pushes, pictures } in all {
        running.spawn(push_all(twins.clone(), phone.clone(), pushes));
        // Two ways for the pictures of a phone, as when it sends them beside each other.
        let (odd, even): (Vec<_>, Vec<_>) = pictures.into_iter().enumerate().partition(|(n, _)| n % 2 == 1);
        for half in [odd, even] {
            running.spawn(put_all(twins.clone(), phone.clone(), half.into_iter().map(|(_, bytes)| bytes).collect()));
        }
    }
    for planner in planned {
        running.spawn(planner.recall_all(twins.clone()));
    }
    let sent: usize = running.join_all().await.into_iter().sum();
    twins.house.app.store.close().await;
    twins.other.store.close().await;
    let deadlocks = wait_for_deadlocks(&cluster).await;
    println!("{sent} requests of 11 phones to 2 servers, deadlocks: {deadlocks}");
    assert_eq!(deadlocks, 0);
}
