//! Many accounts at once, in groups and on many connections.

use crate::{both, fixture::*};
use firebee_domain::task::TaskState;
use firebee_server::sql;
use firebee_tests::{
    device::{Device, Sign},
    firm::Firm,
};

both!(pushes_of_many_accounts_at_once_all_count_and_every_feed_is_whole);

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
        let (store, keys, bearer, now) =
            (firm.store.clone(), firm.keys.clone(), device.bearer(), device.now.plus_ms(60_000));
        tokio::spawn(async move {
            for request in requests {
                for _ in 0..2 {
                    let pushed = firebee_server::accept::push(&store, &keys, &bearer, &request, now).await.unwrap();
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
