//! Many accounts at once, in groups and on many connections.

use crate::{both, fixture::*, serializable};
use firebee_domain::{
    evidence::PhotoRole,
    fault::{FaultHandled, Particulars, Way, fault_id},
    result::{ResultKey, Verdict},
    task::TaskState,
};
use firebee_protocol::fact::{Body, Mime, Seen, Subject};
use firebee_server::{
    accept::PushRequest,
    blobs::BlobKey,
    clock::Clock,
    evidence::blob::{Whole, verify},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Sign, photo},
    firm::{Firm, postgres},
    house::House,
};

both!(
    pushes_of_many_accounts_at_once_all_count_and_every_feed_is_whole,
    lead_and_operators_who_write_to_the_same_tasks_at_once_lose_nothing,
);

serializable!(
    pushes_of_many_accounts_at_once_all_count_and_every_feed_is_whole,
    lead_and_operators_who_write_to_the_same_tasks_at_once_lose_nothing,
);

/// Each locks the feeds of all who follow its tasks first, in one order, so nobody waits in a circle.
async fn lead_and_operators_who_write_to_the_same_tasks_at_once_lose_nothing(firm: Firm) {
    let mut lead = Device::claim(&firm, firm.lead, 9).await;
    let mut running = Vec::new();
    let mut tasks = Vec::new();
    for operator in 0..2 {
        let mut device = Device::claim(&firm, firm.operators[operator], 1).await;
        let items = firm.items_of(operator).to_vec();
        let mut work = device.start_task(&firm, &items[..1], firm.assignments[operator]);
        device.result(&firm, &mut work, &items[0], Verdict::Nonconform);
        device.photo(&firm, &mut work, PhotoRole::Evidence, Some(&items[0]));
        device.photo(&firm, &mut work, PhotoRole::Selfie, None);
        device.describe(&firm, &mut work);
        device.submit(&firm, &mut work);
        device.push_from(&firm, 1).await;
        let from = device.head() + 1;
        let second = device.whole_task(&firm, &items[1..4], firm.assignments[operator]);
        let seen = Some(Seen { doc: work.task.to_string(), rev: 1 });
        let subject = Subject { plan: Some(firm.plan), task: Some(work.task), seen };
        for _ in 0..6 {
            let fault = fault_id(work.task, ResultKey { item: items[0].item, ordinal: 1 });
            let handled = FaultHandled {
                fault,
                round: 1,
                way: Way::Negotiating,
                explanation: String::new(),
                order: None,
                attachments: Vec::new(),
                particulars: Particulars::default(),
            };
            lead.record(firm.project, &subject, &[], &Body::FaultHandled(handled));
        }
        tasks.push((work.task, second.task));
        let requests: Vec<_> = (from..=device.head()).map(|seq| device.request(seq, seq, Sign::Right)).collect();
        running.push((device.sender(), requests, device.now.plus_ms(60_000)));
    }
    let requests = (1..=lead.head()).map(|seq| lead.request(seq, seq, Sign::Right)).collect();
    running.push((lead.sender(), requests, lead.now.plus_ms(60_000)));
    let send = |(sender, requests, now): (_, Vec<PushRequest>, _)| {
        let (store, keys) = (firm.store.clone(), firm.keys.clone());
        tokio::spawn(async move {
            for request in requests {
                let pushed = firebee_server::accept::push(&store, &keys, &sender, &request, &Clock::standing_at(now))
                    .await
                    .unwrap();
                assert_eq!(pushed.reply.results, []);
            }
        })
    };
    for one in running.into_iter().map(send).collect::<Vec<_>>() {
        one.await.unwrap();
    }
    for (first, second) in tasks {
        assert_eq!(faults(&firm, first).await[0].handlings.len(), 6);
        assert_eq!(task(&firm, second).await.state, TaskState::PendingReview);
    }
}

async fn pushes_of_many_accounts_at_once_all_count_and_every_feed_is_whole(firm: Firm) {
    let mut firms = vec![firm];
    for number in 2..=4 {
        let store = firms[0].store.clone();
        firms.push(Firm::found((store, None), number).await);
    }
    let mut devices = Vec::new();
    for (at, firm) in firms.iter().enumerate() {
        for operator in 0..2 {
            let mut device = Device::claim(firm, firm.operators[operator], 1).await;
            let items = firm.items_of(operator).to_vec();
            let works: Vec<_> =
                items.chunks(2).map(|pair| device.whole_task(firm, pair, firm.assignments[operator])).collect();
            devices.push((at, device, works));
        }
    }
    // Each device pushes in small steps, all devices at once; each step is sent twice, as when an answer was lost.
    let push = |at: usize, device: &Device| {
        let firm = &firms[at];
        let steps: Vec<(u64, u64)> =
            (1..=device.head()).step_by(4).map(|from| (from, (from + 3).min(device.head()))).collect();
        let requests: Vec<_> = steps.iter().map(|(from, to)| device.request(*from, *to, Sign::Right)).collect();
        let (store, keys, sender, now) =
            (firm.store.clone(), firm.keys.clone(), device.sender(), device.now.plus_ms(60_000));
        tokio::spawn(async move {
            for request in requests {
                for _ in 0..2 {
                    let pushed =
                        firebee_server::accept::push(&store, &keys, &sender, &request, &Clock::standing_at(now))
                            .await
                            .unwrap();
                    assert_eq!(pushed.reply.results, []);
                }
            }
        })
    };
    let running: Vec<_> = devices.iter().map(|(at, device, _)| push(*at, device)).collect();
    for one in running {
        one.await.unwrap();
    }
    for (at, device, works) in &devices {
        for work in works {
            assert_eq!(task(&firms[*at], work.task).await.state, TaskState::PendingReview);
        }
        let page = device.pull(&firms[*at].store, None, None).await.unwrap();
        assert_eq!(page.applied[0].seq, device.head());
    }
    let firm = &firms[0];
    let rows = count(firm, sql!("SELECT count(*) FROM feed")).await;
    assert_eq!(count(firm, sql!("SELECT count(*) FROM (SELECT DISTINCT account, feed_seq FROM feed) f")).await, rows);
    let heads = sql!(
        "SELECT count(*) FROM session s WHERE s.feed_head > 0 AND NOT EXISTS
         (SELECT 1 FROM feed f WHERE f.account = s.account AND f.feed_seq = s.feed_head)"
    );
    assert_eq!(count(firm, heads).await, 0, "the row numbered head exists in every feed");
    let above =
        sql!("SELECT count(*) FROM feed f JOIN session s ON s.account = f.account WHERE f.feed_seq > s.feed_head");
    assert_eq!(count(firm, above).await, 0);
    let numbers = sql!("SELECT count(*) FROM (SELECT DISTINCT project, day, number FROM task) t");
    assert_eq!(count(firm, numbers).await, count(firm, sql!("SELECT count(*) FROM task")).await, "R-133");
}

/// How many connections wait for a connection, or for one that waits for it.
async fn waiting_for(firm: &Firm, holder: i64) -> i64 {
    let find = sql!(
        "WITH first AS (SELECT pid FROM pg_stat_activity WHERE ?1 = ANY(pg_blocking_pids(pid)::bigint[]))
         SELECT count(*) FROM pg_stat_activity a WHERE a.pid IN (SELECT pid FROM first)
             OR EXISTS (SELECT 1 FROM first f WHERE f.pid = ANY(pg_blocking_pids(a.pid)))"
    );
    let read = async move |tx: &mut Tx| tx.query_opt(find, &row![holder]).await?.map_or(Ok(0), |row| row.get(0));
    firm.store.read("waiting", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"))
}

/// A picture that a second fact names while it is being verified: who comes second waits for the first, and each task
/// counts it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_announced_again_while_it_is_verified_is_counted_for_both_tasks() {
    let house = House::open(postgres().await).await;
    let firm = &house.firm;
    let (taken, blobs) = photo(1, PhotoRole::Panel, None);
    let (mut devices, mut tasks) = (Vec::new(), Vec::new());
    for operator in 0..2 {
        let mut device = Device::claim(firm, firm.operators[operator], 1).await;
        let work = device.start_task(firm, &firm.items_of(operator)[..1], firm.assignments[operator]);
        device.record(firm.project, &work.subject, &blobs, &Body::PhotoTaken(Box::new(taken.clone())));
        tasks.push(work.task);
        devices.push(device);
    }
    devices[0].push_from(firm, 1).await;
    // The lead's feed is held: the second push stops when it has counted its evidence.
    let (told, mut tells) = tokio::sync::watch::channel(0);
    let (finish, may_finish) = tokio::sync::watch::channel(false);
    let (lead, told) = (firm.lead, std::sync::Arc::new(told));
    let hold = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE session SET epoch = epoch WHERE account = ?1"), &row![&lead.0]).await?;
        let me = tx.query_opt(sql!("SELECT CAST(pg_backend_pid() AS BIGINT)"), &[]).await?.unwrap();
        told.send_replace(me.get(0)?);
        may_finish.clone().wait_for(|finish| *finish).await.map(drop).unwrap();
        Ok::<_, StoreError>(())
    };
    let store = firm.store.clone();
    let holding = tokio::spawn(async move { store.write("hold", hold).await });
    let holder: i64 = *tells.wait_for(|pid| *pid != 0).await.unwrap();
    let (store, keys, sender) = (firm.store.clone(), firm.keys.clone(), devices[1].sender());
    let (request, clock) = (devices[1].request(1, 2, Sign::Right), Clock::standing_at(devices[1].now.plus_ms(60_000)));
    let pushing =
        tokio::spawn(async move { firebee_server::accept::push(&store, &keys, &sender, &request, &clock).await });
    while waiting_for(firm, holder).await < 1 {
        tokio::task::yield_now().await;
    }
    let (app, key) = (house.app.clone(), BlobKey { org: firm.org, id: taken.original });
    let verifying = tokio::spawn(async move {
        verify(&app.store, key, Whole { len: 1_000, media: Some(Mime::Jpeg), exif: None, crc32: 0 }, app.clock.now())
            .await
    });
    while waiting_for(firm, holder).await < 2 {
        tokio::task::yield_now().await;
    }
    finish.send_replace(true);
    holding.await.unwrap().unwrap();
    assert_eq!(pushing.await.unwrap().unwrap().reply.results, []);
    verifying.await.unwrap().unwrap();
    for named in tasks {
        let evidence = document(firm, named).await.evidence;
        assert_eq!((evidence.verified, evidence.total), (1, 3), "{evidence:?}");
    }
}
