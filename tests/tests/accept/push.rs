//! The watermark, the chain, the receipt.

use crate::{both, fixture::*};
use firebee_domain::{code::Code, id::StoreId, task::TaskState, time::Timestamp};
use firebee_protocol::{encode::to_base64, receipt::verify_receipt};
use firebee_server::{
    accept::{self, PushError, PushRequest},
    clock::Clock,
    sql,
};
use firebee_tests::{
    device::{Device, Sign},
    firm::Firm,
    kept::lines,
};

both!(
    a_task_recorded_without_network_stands_on_the_server_after_one_push,
    /// every fact carries its own id; sending it twice has one effect.
    a_repeated_push_has_the_stored_answer_and_no_second_effect,
    a_push_that_skips_facts_is_refused_and_told_what_comes_next,
    other_bytes_under_a_taken_seq_are_kept_and_never_acknowledged,
    a_signature_that_does_not_hold_takes_nothing,
    other_bytes_that_the_device_did_not_sign_are_not_kept,
    lines_without_a_signature_take_no_place_that_the_phone_signs_later,
    a_store_that_lost_the_account_is_fenced_and_another_stores_frame_refused,
    the_time_of_receipt_never_falls_within_a_store,
    a_push_may_begin_below_the_watermark_and_end_above_it,
);

async fn a_task_recorded_without_network_stands_on_the_server_after_one_push(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..3], firm.assignments[0]);
    let reply = device.push_from(&firm, 1).await;
    assert_eq!((reply.results.as_slice(), reply.acked_through), (&[][..], device.head()));
    assert_eq!(reply.durable_through, reply.acked_through);
    let pinned = to_base64(firm.keys.signing.verifying_key().as_bytes());
    assert!(verify_receipt(&pinned, &reply.receipt).is_ok());
    assert_eq!((reply.receipt.seq, reply.receipt.chain), (device.head(), device.chain(device.head())));
    assert_eq!((reply.receipt.store_id, reply.receipt.incarnation), (device.store_id, firm.keys.incarnation));
    let held = task(&firm, work.task).await;
    assert_eq!((held.state, held.round, held.results.len()), (TaskState::PendingReview, 1, 3));
    let page = device.pull(&firm.store, None, None).await.unwrap();
    assert!(page.done);
    assert_eq!((page.applied[0].store_id, page.applied[0].seq), (device.store_id, device.head()));
    let found = page.changes.iter().find(|change| change.kind == "task").unwrap();
    assert_eq!(found.id, work.task.to_string());
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM fact")).await, 8);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM blob")).await, 3);
    assert_eq!(reply.feed_head, page.head);
}

async fn a_repeated_push_has_the_stored_answer_and_no_second_effect(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.log.push(b"poison".to_vec());
    let first = device.push_from(&firm, 1).await;
    let document_before = document(&firm, work.task).await;
    device.now = device.now.plus_ms(3_600_000);
    let again = device.push_from(&firm, 1).await;
    assert_eq!((&again.receipt, &again.results), (&first.receipt, &first.results));
    assert_eq!(again.results[0].code, Code::Malformed);
    assert_eq!(again.feed_head, first.feed_head, "nothing was published again");
    assert_eq!(document(&firm, work.task).await, document_before);
    let part = device.push(&firm, 2, 3, Sign::Right).await.unwrap();
    assert_eq!(part.acked_through, device.head(), "a part below the watermark is compared and answered as well");
}

async fn a_push_that_skips_facts_is_refused_and_told_what_comes_next(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    assert_eq!(device.push(&firm, 2, 3, Sign::Right).await, Err(PushError::Gap { expected: 1 }));
    device.push(&firm, 1, 2, Sign::Right).await.unwrap();
    assert_eq!(device.push(&firm, 4, 5, Sign::Right).await, Err(PushError::Gap { expected: 3 }));
    assert_eq!(lines(&firm.store).await.len(), 2);
}

async fn other_bytes_under_a_taken_seq_are_kept_and_never_acknowledged(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push(&firm, 1, 3, Sign::Right).await.unwrap();
    device.log.swap(1, 4);
    let receipts = count(&firm, sql!("SELECT count(*) FROM receipt")).await;
    assert_eq!(device.push(&firm, 1, 5, Sign::Right).await, Err(PushError::Diverged { seq: 2 }));
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM conflict")).await, 4, "seq 2 and all later lines");
    let aside = sql!("SELECT count(*) FROM parked WHERE code = 'conflict'");
    assert_eq!(count(&firm, aside).await, 2, "of these, what is nowhere else waits for a decision");
    assert_eq!(lines(&firm.store).await.len(), 5, "three in the log, which ends where it did, and two beside it");
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM receipt")).await, receipts);
    device.log.swap(1, 4);
    assert_eq!(device.push_from(&firm, 1).await.acked_through, device.head());
    assert_eq!(count(&firm, aside).await, 0, "it came again, and counts");
}

async fn a_signature_that_does_not_hold_takes_nothing(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push(&firm, 1, 2, Sign::Right).await.unwrap();
    let expected = Err(PushError::ChainMismatch { watermark: 2, chain: device.chain(2) });
    assert_eq!(device.push(&firm, 3, 5, Sign::Wrong).await, expected);
    assert_eq!(device.push(&firm, 1, 1, Sign::Wrong).await, expected, "below the watermark too");
    assert_eq!(lines(&firm.store).await.len(), 2);
    // A line whose bytes changed on the phone after it was hashed: its signature is over the chain it believes in.
    let mut request = device.request(3, 5, Sign::Right);
    let body = zstd::decode_all(request.body.as_ref()).unwrap();
    let text = String::from_utf8(body).unwrap().replace("criterion", "criterium");
    request = PushRequest { body: text.into_bytes().into(), encoding: accept::Encoding::Identity, ..request };
    let out = accept::push(&firm.store, &firm.keys, &device.sender(), &request, &Clock::standing_at(device.now)).await;
    assert!(out.is_err() || !request.body.windows(9).any(|word| word == b"criterium"), "{out:?}");
    device.push_from(&firm, 3).await;
}

async fn other_bytes_that_the_device_did_not_sign_are_not_kept(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.push(&firm, 1, 3, Sign::Right).await.unwrap();
    let expected = Err(PushError::ChainMismatch { watermark: 3, chain: device.chain(3) });
    device.log.swap(1, 4);
    for first in [1, 2] {
        assert_eq!(device.push(&firm, first, 5, Sign::Wrong).await, expected);
    }
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM conflict")).await, 0);
    assert_eq!(device.push(&firm, 2, 5, Sign::Right).await, Err(PushError::Diverged { seq: 2 }));
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM conflict")).await, 4);
}

/// Whoever holds the token and not the key can push nothing, so nothing stands where the phone's own lines belong.
async fn lines_without_a_signature_take_no_place_that_the_phone_signs_later(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..2], firm.assignments[0]);
    device.push(&firm, 1, 2, Sign::Right).await.unwrap();
    let mut thief = device.clone();
    thief.log.truncate(2);
    thief.describe(&firm, &mut work.clone());
    for (first, what) in [(3, "behind the watermark"), (1, "from the beginning"), (2, "from the middle")] {
        assert_eq!(thief.push(&firm, first, 3, Sign::Absent).await, Err(PushError::Unsigned), "{what}");
    }
    thief.log[0] = thief.log[2].clone();
    assert_eq!(thief.push(&firm, 1, 2, Sign::Absent).await, Err(PushError::Unsigned), "other bytes");
    for table in [sql!("SELECT count(*) FROM conflict"), sql!("SELECT count(*) FROM parked")] {
        assert_eq!(count(&firm, table).await, 0);
    }
    assert_eq!(lines(&firm.store).await.len(), 2);
    let page = device.pull(&firm.store, None, None).await.unwrap();
    assert_eq!(page.applied[0].seq, 2, "the phone is told of its own facts alone");
    let signed = device.push_from(&firm, 3).await;
    assert_eq!((signed.results.len(), signed.acked_through), (0, device.head()));
    assert_eq!(task(&firm, work.task).await.state, TaskState::PendingReview);
}

async fn a_store_that_lost_the_account_is_fenced_and_another_stores_frame_refused(firm: Firm) {
    let mut first = Device::claim(&firm, firm.operators[0], 1).await;
    let mut second = Device::claim(&firm, firm.operators[0], 2).await;
    first.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    second.whole_task(&firm, &firm.items_of(0)[1..2], firm.assignments[0]);
    assert_eq!(first.push(&firm, 1, 3, Sign::Right).await, Err(PushError::Fenced));
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM fact")).await, 0);
    let request = first.request(1, 3, Sign::Right);
    let mixed =
        accept::push(&firm.store, &firm.keys, &second.sender(), &request, &Clock::standing_at(second.now)).await;
    assert_eq!(mixed.map(|pushed| pushed.reply.acked_through), Err(PushError::StoreMismatch));
    let mut stranger = second.sender();
    stranger.store_id = StoreId(uuid::Uuid::from_u128(99));
    let request = second.request(1, 3, Sign::Right);
    let foreign = accept::push(&firm.store, &firm.keys, &stranger, &request, &Clock::standing_at(second.now)).await;
    assert_eq!(foreign.map(|pushed| pushed.reply.acked_through), Err(PushError::StoreMismatch));
    second.push_from(&firm, 1).await;
}

async fn the_time_of_receipt_never_falls_within_a_store(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let late = device.push(&firm, 1, 2, Sign::Right).await.unwrap();
    let request = device.request(3, 5, Sign::Right);
    let before = Timestamp(device.now.0 - 86_400_000);
    let early = accept::push(&firm.store, &firm.keys, &device.sender(), &request, &Clock::standing_at(before))
        .await
        .unwrap()
        .reply;
    assert_eq!(early.receipt.received_ms, late.receipt.received_ms);
    assert_eq!(early.server_ms, before, "the phone sets its clock by the server's as it stands");
    let again = device.push(&firm, 3, 5, Sign::Right).await.unwrap();
    assert_eq!(again.receipt, early.receipt);
}

async fn a_push_may_begin_below_the_watermark_and_end_above_it(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..3], firm.assignments[0]);
    device.push(&firm, 1, 3, Sign::Right).await.unwrap();
    let reply = device.push(&firm, 2, device.head(), Sign::Right).await.unwrap();
    assert_eq!(reply.acked_through, device.head());
    let held = task(&firm, work.task).await;
    assert_eq!((held.state, held.results.len()), (TaskState::PendingReview, 3));
}
