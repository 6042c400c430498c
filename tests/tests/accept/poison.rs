//! A fact that the database refuses is quarantined by itself, whether it comes with a push or waited for it. It delays
//! neither the other facts of the push nor the store.

use crate::{both, fixture::*};
use firebee_domain::{result::Verdict, task::TaskState, time::Anchor};
use firebee_protocol::push::PushReply;
use firebee_server::{
    accept::relearn,
    row, sql,
    store::{StoreError, Tx, pack},
};
use firebee_tests::{
    device::{Device, Work},
    firm::Firm,
    kept::lines,
};

both!(
    what_the_database_refuses_is_quarantined_alone,
    a_waiting_fact_that_cannot_be_applied_leaves_what_it_waited_for_alone,
    earlier_times_that_cannot_be_taken_anew_delay_no_anchor,
    what_cannot_be_applied_after_an_upgrade_delays_neither_the_start_nor_the_others,
);

fn codes(reply: &PushReply) -> Vec<(u64, &str)> {
    reply.results.iter().map(|outcome| (outcome.seq, outcome.code.as_str())).collect()
}

async fn script(firm: &Firm, sqlite: String, postgres: String) {
    let run = async move |tx: &mut Tx| tx.script(&sqlite, &postgres).await;
    firm.store.write("script", run).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// From now on the database refuses rows of a table, as a bug would make it.
async fn refuse(firm: &Firm, table: &str, when: &str) {
    let mut sqlite = String::new();
    for event in ["INSERT", "UPDATE"] {
        sqlite += &format!(
            "CREATE TRIGGER poison_{event} BEFORE {event} ON {table} WHEN {when}
             BEGIN SELECT RAISE(ABORT, 'poison'); END;"
        );
    }
    let postgres = format!(
        "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           IF {when} THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$;
         CREATE TRIGGER poison BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION poison()"
    );
    script(firm, sqlite, postgres).await;
}

/// From now on no submission can be applied.
async fn refuse_submissions(firm: &Firm) {
    refuse(firm, "task", "NEW.state = 'pending_review'").await;
}

/// A task with two items, answered and submitted: four lines and its photos' lines. The submission is the last.
async fn submitted(firm: &Firm) -> (Device, Work) {
    let mut device = Device::claim(firm, firm.operators[0], 1).await;
    let work = device.whole_task(firm, &firm.items_of(0)[..2], firm.assignments[0]);
    (device, work)
}

async fn what_the_database_refuses_is_quarantined_alone(firm: Firm) {
    let (mut device, mut work) = submitted(&firm).await;
    let poison = device.head();
    let last = device.describe(&firm, &mut work);
    refuse_submissions(&firm).await;
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(poison, "apply_failed")]);
    assert_eq!(reply.acked_through, device.head());
    assert_eq!(reply.receipt.chain, device.chain(device.head()));
    let held = task(&firm, work.task).await;
    assert_eq!((held.state, held.results.len()), (TaskState::Executing, 2));
    assert_eq!(held.description.unwrap().fact, last);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [(poison, "apply_failed")]);
    let kept: Vec<Vec<u8>> = lines(&firm.store).await.into_iter().map(|kept| kept.bytes.to_vec()).collect();
    assert_eq!(kept, device.log, "every line as it came, though the push was taken in portions");
    device.describe(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, device.head()).await), [], "the store goes on");
}

async fn a_waiting_fact_that_cannot_be_applied_leaves_what_it_waited_for_alone(firm: Firm) {
    let (mut device, work) = submitted(&firm).await;
    // The result of the second item comes last, so the submission that lists it waits.
    let moved = device.log.remove(2);
    let reply = device.push_from(&firm, 1).await;
    let poison = device.head();
    assert_eq!(codes(&reply), [(poison, "manifest_mismatch")]);
    refuse_submissions(&firm).await;
    device.log.push(moved);
    let reply = device.push_from(&firm, poison + 1).await;
    assert_eq!((codes(&reply), reply.acked_through), (vec![], device.head()), "the result counts");
    let held = task(&firm, work.task).await;
    assert_eq!((held.state, held.results.len()), (TaskState::Executing, 2));
    assert_eq!(codes(&device.push_from(&firm, 1).await), [(poison, "apply_failed")]);
}

async fn earlier_times_that_cannot_be_taken_anew_delay_no_anchor(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor = None;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.result(&firm, &mut work, &firm.items_of(0)[0].clone(), Verdict::Conform);
    device.push_from(&firm, 1).await;
    let before = document(&firm, work.task).await;
    refuse(&firm, "task", "1 = 1").await;
    let anchor = Anchor { server_ms: device.now, boot_ms: device.now.0, boot_id: device.boot, rtt_ms: 100 };
    device.note_anchor(anchor);
    let reply = device.push_from(&firm, 3).await;
    assert_eq!((codes(&reply), reply.acked_through), (vec![], 3), "the anchor is no poison");
    assert_eq!(document(&firm, work.task).await, before);
    let loose = sql!("SELECT CAST(COALESCE(sum(last_seq - first_seq + 1), 0) AS BIGINT) FROM loose");
    assert_eq!(count(&firm, loose).await, 2, "the next anchor finds them");
}

async fn what_cannot_be_applied_after_an_upgrade_delays_neither_the_start_nor_the_others(firm: Firm) {
    let (mut device, mut work) = submitted(&firm).await;
    let last = device.describe(&firm, &mut work);
    // An older program knew none of their kinds; then the program is brought up to date.
    let now_known = device.log.clone();
    for line in &mut device.log {
        *line = String::from_utf8(line.clone()).unwrap().replace("\"kind\":\"", "\"kind\":\"not.yet.").into_bytes();
    }
    assert_eq!(device.push_from(&firm, 1).await.results.len() as u64, device.head());
    let newer = async move |tx: &mut Tx| {
        let mut text = now_known.join(&b'\n');
        text.push(b'\n');
        tx.execute(sql!("UPDATE push SET bytes = ?1"), &row![&pack(&text)?]).await
    };
    firm.store.write("newer", newer).await.map(drop).unwrap_or_else(|error: StoreError| panic!("{error}"));
    refuse_submissions(&firm).await;
    let good = usize::try_from(device.head()).unwrap() - 1;
    assert_eq!(relearn(&firm.store, device.now.plus_ms(60_000)).await, Ok(good));
    let held = task(&firm, work.task).await;
    assert_eq!((held.state, held.description.unwrap().fact), (TaskState::Executing, last));
    let code = sql!("SELECT count(*) FROM parked WHERE code = 'apply_failed'");
    assert_eq!((count(&firm, code).await, count(&firm, sql!("SELECT count(*) FROM outcome")).await), (1, 1));
    assert_eq!(relearn(&firm.store, device.now).await, Ok(0), "and it is not tried at each start");
}
