//! However a store's facts are cut into pushes, the documents are the same.

use firebee_domain::{evidence::PhotoRole, result::Verdict, task::TaskDiscarded, time::Anchor};
use firebee_protocol::fact::Body;
use firebee_server::{
    sql,
    store::{Packed, Row, Store, StoreError, Tx},
};
use firebee_tests::{
    device::{Device, Sign},
    firm::{Firm, postgres, sqlite},
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tempfile::TempDir;

/// A day's work: two tasks, a correction, a withdrawn anchor, poison, one discarded, one submitted.
fn record(device: &mut Device, firm: &Firm) {
    let items = firm.items_of(0).to_vec();
    device.anchor = None;
    let mut work = device.start_task(firm, &items[..3], firm.assignments[0]);
    device.result(firm, &mut work, &items[0], Verdict::Conform);
    device.log.push(b"{\"project\":null,\"poison\"".to_vec());
    let other = device.start_task(firm, &items[2..5], firm.assignments[0]);
    let mut twin = other.clone();
    device.result(firm, &mut twin, &items[2], Verdict::Conform);
    device.result(firm, &mut twin, &items[3], Verdict::Untestable);
    device.result(firm, &mut work, &items[1], Verdict::Nonconform);
    device.photo(firm, &mut work, PhotoRole::Evidence, Some(&items[1]));
    let boot_ms = device.now.0 - (firebee_tests::firm::MORNING.0 + 3_600_000);
    let anchor = Anchor { server_ms: device.now, boot_ms, boot_id: device.boot, rtt_ms: 100 };
    device.note_anchor(anchor);
    device.record(firm.project, &other.subject, &[], &Body::TaskDiscarded(TaskDiscarded { reason: String::new() }));
    device.photo(firm, &mut work, PhotoRole::Selfie, None);
    device.describe(firm, &mut work);
    device.result(firm, &mut work, &items[2], Verdict::Conform);
    device.submit(firm, &mut work);
    device.describe(firm, &mut work.clone());
    device.log.push(device.log[1].clone());
}

async fn documents(store: &Store) -> BTreeMap<(String, String), Option<String>> {
    let read = async move |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT kind, id, body FROM document"), &[]).await?;
        let body = |row: &Row| Ok::<_, StoreError>(row.get::<Option<Packed>>(2)?.map(|body| body.0));
        rows.iter().map(|row| Ok(((row.get(0)?, row.get(1)?), body(row)?))).collect::<Result<_, StoreError>>()
    };
    store.read("documents", read).await.unwrap()
}

/// Pushes `log` cut after each of `cuts`, every push at the same instant; gives the documents.
async fn pushed(
    store: (Store, Option<TempDir>),
    log: &[Vec<u8>],
    cuts: &[usize],
) -> BTreeMap<(String, String), Option<String>> {
    let firm = Firm::found(store, 1).await;
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.now = device.now.plus_ms(3_600_000);
    device.log = log.to_vec();
    let mut first = 1;
    let mut ends: Vec<u64> = cuts.iter().map(|cut| (cut % log.len()) as u64).collect();
    ends.push(device.head());
    ends.sort_unstable();
    for last in ends.into_iter().filter(|last| *last > 0) {
        if last >= first {
            device.push(&firm, first, last, Sign::Right).await.unwrap();
            first = last + 1;
        }
    }
    let mut all = documents(&firm.store).await;
    all.retain(|_, body| body.is_some());
    all
}

fn log() -> &'static [Vec<u8>] {
    static LOG: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
    LOG.get_or_init(|| {
        let make = async {
            let firm = Firm::found(sqlite().await, 1).await;
            let mut device = Device::claim(&firm, firm.operators[0], 1).await;
            record(&mut device, &firm);
            device.log
        };
        std::thread::spawn(|| tokio::runtime::Runtime::new().unwrap().block_on(make)).join().unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_split_of_the_facts_into_pushes_gives_the_same_documents(
        cuts in prop::collection::vec(0_usize..100, 0..12),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (whole, parts) = runtime.block_on(async {
            (pushed(sqlite().await, log(), &[]).await, pushed(sqlite().await, log(), &cuts).await)
        });
        prop_assert!(whole.keys().any(|(kind, _)| kind == "parked") && whole.keys().any(|(kind, _)| kind == "task"));
        let differ: Vec<_> = whole.iter().filter(|(key, body)| parts.get(key) != Some(body)).map(|(key, body)| (key, body, parts.get(key))).collect();
        prop_assert!(differ.is_empty() && whole.len() == parts.len(), "{differ:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fact_by_fact_gives_the_same_documents_on_both_engines() {
    let every: Vec<usize> = (1..log().len()).collect();
    let on_sqlite = pushed(sqlite().await, log(), &[]).await;
    assert_eq!(pushed(postgres().await, log(), &every).await, on_sqlite);
}
