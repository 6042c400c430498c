//! Six hundred instances of one item: a real phone, the real router.

use crate::scene::open;
use firebee_client::{
    screen::Instance,
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::{DescribeTask, Draft, Measured, RecordEach, RecordResultError, RestConform, StartTask, SubmitTask},
    },
};
use firebee_domain::{
    catalogue::{FieldKind, FieldValue},
    code::Code,
    evidence::PhotoRole,
    history::History,
    result::{FaultText, ResultKey, Verdict},
    task::TaskError,
};
use firebee_protocol::{
    catalogue::Pack,
    document::{HistoryDocument, TaskDocument, kind},
};
use firebee_server::{
    feed::{Publication, lock, publish},
    row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::{
    clock::SetClock,
    firm::MORNING,
    link::Link,
    picture,
    served::{PASSWORD, Served, open_for_years},
};
use std::{cell::Cell, sync::Arc, time::Instant};
use tempfile::TempDir;

const DETECTORS: u32 = 600;

/// The project's list, as the office publishes it.
async fn keep_list(served: &Served, facility: &str) {
    let mut history = History::new(served.firm.project, facility);
    let list: String = (1..=DETECTORS).map(|n| format!("三层走廊 {n} 号\tQR-{n}\n")).collect();
    history.positions = history.positions.pasted(&list).unwrap();
    let id = HistoryDocument::id(served.firm.project, facility);
    let body = serde_json::to_string(&HistoryDocument { history }).unwrap();
    println!("the list of {DETECTORS} positions: {} bytes", body.len());
    let new = Publication { kind: kind::HISTORY, id, body: Some(body), to: vec![served.firm.operators[0]] };
    let org = served.firm.org;
    let write = async move |tx: &mut Tx| {
        lock(tx, org, &new.to.iter().copied().collect()).await?;
        publish(tx, org, vec![new.clone()]).await.map(drop)
    };
    served.firm.store.write::<_, StoreError, _>("keep_list", write).await.unwrap();
}

async fn document(served: &Served, id: String) -> String {
    let read = async move |tx: &mut Tx| {
        let select = sql!("SELECT body FROM document WHERE kind = 'task' AND id = ?1");
        let row = tx.query_opt(select, &row![&id]).await?;
        row.map_or(Ok(String::new()), |row| row.get::<Packed>(0).map(|body| body.0))
    };
    served.firm.store.read::<_, StoreError, _>("task", read).await.unwrap()
}

/// whoever walks past six hundred detectors and finds three that do not work makes under twenty calls. On the server
/// each of the six hundred has its own answer; the task stays small, and one more answer takes no longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_361_six_hundred_detectors_are_recorded_in_under_twenty_calls_and_stay_addressable() {
    let served = Served::start().await;
    open_for_years(&served.firm).await;
    let catalogue = &Pack::embedded().catalogue;
    // An item of the firm's plan that is picked and not measured: where all are alike, they are answered at once.
    let alike = served.firm.items_of(0).iter().find(|issued| {
        let record = &catalogue.item(&issued.item_id).unwrap().item.record;
        record.variants.is_empty() && record.fields.iter().all(|field| matches!(field.kind, FieldKind::Choice(_)))
    });
    let item = alike.unwrap().clone();
    let found = catalogue.item(&item.item_id).unwrap();
    keep_list(&served, &found.facility.code).await;
    let picked = |pass: bool| -> Vec<FieldValue> {
        let value = |key: &str, kind: &FieldKind| match kind {
            FieldKind::Choice(choice) => {
                let option = choice.options.iter().find(|option| option.pass == Some(pass)).unwrap();
                FieldValue::new(key, &option.value)
            }
            other => panic!("{other:?}"),
        };
        found.item.record.fields.iter().map(|field| value(&field.key, &field.kind)).collect()
    };
    let link = Link::to(served.address).await;
    let (home, clock) = (TempDir::new().unwrap(), Arc::new(SetClock::at(MORNING.plus_ms(2 * 3_600_000).0)));
    let client = open(home.path().to_owned(), &link, clock.clone());
    client.session().sign_in(&served.firm.operators[0].to_string(), PASSWORD).await.unwrap();
    client.sync().now().await.unwrap();

    let calls = Cell::new(0_u32);
    let call = || {
        calls.set(calls.get() + 1);
        clock.advance_ms(1_000);
    };
    call();
    let start = StartTask { plan: served.firm.plan, items: vec![item.item], location_allowed: true };
    let task = client.tasks().start(&start).unwrap();
    for (n, tag) in (1..).zip(["QR-58", "QR-300", "QR-599"]) {
        call();
        let instance = client.screens().tagged(task, Some(item.item), tag).unwrap().unwrap();
        let fault = FaultText { part: None, defect: None, text: "不报警".into() };
        call();
        let draft = Draft { values: picked(false), fault: Some(fault), ..Draft::default() };
        client.tasks().record(task, instance, &draft).unwrap();
        call();
        let photo = TakePhoto {
            task,
            role: PhotoRole::Evidence,
            item: Some(item.item),
            ordinal: Some(instance.ordinal.unsigned_abs()),
            source: PhotoSource::Bytes(picture::jpeg(n, 20_000)),
        };
        client.evidence().take_photo(&photo).unwrap();
    }
    call();
    let draft = Draft { values: picked(true), ..Draft::default() };
    let rest = RestConform { task, item: item.item, through: None, draft: draft.clone() };
    assert_eq!(client.tasks().rest_conform(&rest).unwrap().count, DETECTORS - 3);
    call();
    let selfie = TakePhoto {
        task,
        role: PhotoRole::Selfie,
        item: None,
        ordinal: None,
        source: PhotoSource::Bytes(picture::jpeg(9, 20_000)),
    };
    client.evidence().take_photo(&selfie).unwrap();
    call();
    let described = DescribeTask { task, controller_brand: None, helpers: vec![], instruments: vec![] };
    client.tasks().describe(&described).unwrap();
    call();
    client.tasks().submit(SubmitTask { task }).unwrap();
    println!("{DETECTORS} detectors, three of them bad: {} calls", calls.get());
    assert!(calls.get() < 20, "{} calls", calls.get());

    client.sync().now().await.unwrap();
    let body = document(&served, task.to_string()).await;
    println!("the document of the task: {} bytes", body.len());
    assert!(body.len() < 20_000, "{} bytes", body.len());
    let held: TaskDocument = serde_json::from_str(&body).unwrap();
    assert_eq!(held.task.submissions.len(), 1, "{:?}", client.progress().parked());
    for ordinal in 1..=DETECTORS {
        let bad = [58, 300, 599].contains(&ordinal);
        let counts = held.task.current_result(ResultKey { item: item.item, ordinal }).unwrap();
        assert_eq!(counts.recorded.verdict == Verdict::Nonconform, bad, "{ordinal}");
    }
    assert_eq!(held.task.answers().count(), DETECTORS as usize);

    let began = Instant::now();
    let shown = client.screens().item(task, Instance { item: item.item, ordinal: 57 }).unwrap();
    println!("one instance of {DETECTORS} is read in {:?}", began.elapsed());
    assert_eq!((shown.position.as_deref(), shown.instances.len()), (Some("三层走廊 57 号"), DETECTORS as usize));
    assert_eq!(shown.form.draft.values, draft.values, "what was said of all is said of it");
}

/// what is measured at each of six hundred places is entered in one call, with a value for each, and every place is
/// judged and shown by its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_361_six_hundred_measured_values_are_recorded_in_under_twenty_calls() {
    let served = Served::start().await;
    open_for_years(&served.firm).await;
    // How the set starts is alike for all; the seconds until it supplies, 30 at the most, are measured at each.
    let item = served.firm.items_of(1).iter().find(|issued| issued.item_id == "power-genset.a").unwrap();
    let alike = FieldValue::new("mode", "auto");
    let link = Link::to(served.address).await;
    let (home, clock) = (TempDir::new().unwrap(), Arc::new(SetClock::at(MORNING.plus_ms(2 * 3_600_000).0)));
    let client = open(home.path().to_owned(), &link, clock.clone());
    client.session().sign_in(&served.firm.operators[1].to_string(), PASSWORD).await.unwrap();
    client.sync().now().await.unwrap();

    let calls = Cell::new(0_u32);
    let call = || {
        calls.set(calls.get() + 1);
        clock.advance_ms(1_000);
    };
    call();
    let start = StartTask { plan: served.firm.plan, items: vec![item.item], location_allowed: true };
    let task = client.tasks().start(&start).unwrap();
    let number = |n: i32| FieldValue::new("elapsed", if n.rem_euclid(2) == 0 { "30" } else { "1.5" });
    let mut walked: Vec<Measured> =
        (1..=DETECTORS as i32).map(|ordinal| Measured { ordinal, values: vec![number(ordinal)] }).collect();
    let tried = |walked: &[Measured]| {
        call();
        let draft = Draft { values: vec![alike.clone()], ..Draft::default() };
        let input = RecordEach { task, item: item.item, measured: walked.to_vec(), draft };
        client.tasks().record_each(&input)
    };
    // One place is too slow: the whole is refused, and the place is named.
    walked[57].values = vec![FieldValue::new("elapsed", "99")];
    let Err(RecordResultError::Task(TaskError::Result(bad))) = tried(&walked) else { panic!() };
    assert_eq!(bad.code(), Code::OwnAnswerRequired);
    assert_eq!(bad.findings().iter().map(|found| found.ordinal).collect::<Vec<_>>(), [Some(58)]);
    walked.remove(57);
    assert_eq!(tried(&walked).unwrap().count, DETECTORS - 1);
    call();
    let fault = FaultText { part: None, defect: None, text: "太慢".into() };
    let values = vec![alike.clone(), FieldValue::new("elapsed", "99")];
    let slow = Draft { values, fault: Some(fault), ..Draft::default() };
    client.tasks().record(task, Instance { item: item.item, ordinal: 58 }, &slow).unwrap();
    println!("{DETECTORS} measured values: {} calls", calls.get());
    assert!(calls.get() < 20, "{} calls", calls.get());

    client.sync().now().await.unwrap();
    let body = document(&served, task.to_string()).await;
    println!("the document of the task: {} bytes", body.len());
    assert!(body.len() < 20_000, "{} bytes", body.len());
    let held: TaskDocument = serde_json::from_str(&body).unwrap();
    for ordinal in 1..=DETECTORS {
        let counts = held.task.current_result(ResultKey { item: item.item, ordinal }).unwrap();
        assert_eq!(counts.recorded.verdict == Verdict::Nonconform, ordinal == 58, "{ordinal}");
        if ordinal != 58 {
            let values = counts.recorded.values_at(ordinal);
            assert!(values.contains(&number(ordinal as i32)) && values.contains(&alike), "{ordinal}: {values:?}");
        }
    }
    let shown = client.screens().item(task, Instance { item: item.item, ordinal: 57 }).unwrap();
    let values = &shown.form.draft.values;
    assert!(values.contains(&number(57)) && values.contains(&alike), "what was measured at one place: {values:?}");
}
