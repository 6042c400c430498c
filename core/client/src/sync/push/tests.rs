use super::*;
use ed25519_dalek::SigningKey;
use firebee_domain::{code::Code, time::Timestamp};
use firebee_protocol::{
    encode::to_base64,
    limits::LIMITS,
    problem::CodeWord,
    push::FactOutcome,
    receipt::{Received, sign_receipt},
};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

const STORE: StoreId = StoreId(Uuid::from_u128(1));
const INCARNATION: IncarnationId = IncarnationId(Uuid::from_u128(2));

fn key() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

/// The chain of this world at a seq: any function will do.
fn chain(seq: u64) -> Hash {
    Hash([seq as u8; 32])
}

fn ours(chain_at: Option<Hash>) -> Ours {
    let server_key = to_base64(key().verifying_key().as_bytes());
    Ours { server_key, incarnation: INCARNATION, store: STORE, chain: chain_at }
}

fn reply(through: u64, durable: u64) -> PushReply {
    let received = Received {
        incarnation: INCARNATION,
        store: STORE,
        seq: through,
        chain: chain(through),
        received: Timestamp(5),
    };
    PushReply {
        acked_through: through,
        durable_through: durable,
        results: Vec::new(),
        epoch: 1,
        fenced: false,
        feed_head: 0,
        server_ms: Timestamp(5),
        receipt: sign_receipt(&key(), &received),
    }
}

/// What may come of a push.
#[derive(Clone, Debug)]
enum Came {
    Good { more: u64, durable_less: u64 },
    Forged(u8),
    Failed(Code),
    TimedOut,
    Gap(u64),
}

fn came() -> impl Strategy<Value = Came> {
    prop_oneof![
        4 => (0_u64..3, 0_u64..5).prop_map(|(more, durable_less)| Came::Good { more, durable_less }),
        1 => (0_u8..4).prop_map(Came::Forged),
        2 => prop_oneof![
            Just(Code::NetworkError), Just(Code::TooLarge), Just(Code::SlowDown), Just(Code::CaptivePortal), Just(Code::ApplyFailed)
        ].prop_map(Came::Failed),
        1 => Just(Came::TimedOut),
        1 => (0_u64..40).prop_map(Came::Gap),
    ]
}

fn sent_of(window: &Window, head: u64) -> Sent {
    let by_bytes = (window.bytes_max / 700).max(1);
    let count = u64::from(window.facts_max).min(by_bytes).min(head - window.first_seq + 1);
    Sent { first_seq: window.first_seq, last_seq: window.first_seq + count - 1, bytes: count * 700 }
}

fn forged(reply: &mut PushReply, how: u8) {
    match how {
        0 => reply.receipt.sig = to_base64(&[1; 64]),
        1 => reply.receipt.store_id = StoreId(Uuid::from_u128(9)),
        2 => reply.receipt.received_ms = Timestamp(6),
        _ => reply.receipt.incarnation = IncarnationId(Uuid::from_u128(9)),
    }
}

proptest! {
    /// The watermark only grows, over facts that were sent, by receipts that hold. Every window is within the limits
    /// and begins at or below the first fact without a receipt. When faults stop, the lane finishes.
    #[test]
    fn the_watermark_is_a_contiguous_prefix_whatever_comes(
        head in 1_u64..2_000,
        story in prop::collection::vec(came(), 0..60),
    ) {
        let mut lane = PushLane::new(7, LIMITS);
        let mut view = PushView { head_seq: head, acked_through: 0 };
        let mut now_ms = 0;
        let calm = std::iter::repeat_n(Came::Good { more: 0, durable_less: 0 }, 4_100);
        let mut highest_sent = 0;
        let faults = story.len();
        for (n, came) in story.into_iter().chain(calm).enumerate() {
            if n == faults {
                lane.readiness_mut().resume();
            }
            let window = match lane.next(&view, now_ms) {
                Step::Idle => { prop_assert_eq!(view.acked_through, head); break; }
                Step::Wait { until_ms } => { prop_assert!(until_ms > now_ms); now_ms = until_ms; continue; }
                Step::Stop { code } => { prop_assert_eq!(code, Code::RolledBack); lane.readiness_mut().resume(); continue; }
                Step::Send(PushAsk::ReadAgain) => { prop_assert!(false); unreachable!() }
                Step::Send(PushAsk::Facts(window)) => window,
            };
            prop_assert!(window.facts_max >= 1 && window.facts_max <= LIMITS.facts_max);
            prop_assert!(window.bytes_max <= u64::from(LIMITS.inflated_bytes_max));
            prop_assert!(window.first_seq >= 1 && window.first_seq <= view.acked_through + 1);
            let sent = sent_of(&window, head);
            highest_sent = highest_sent.max(sent.last_seq);
            let before = view.acked_through;
            match came {
                Came::Good { more, durable_less } => {
                    let through = (sent.last_seq + more).min(head).max(before);
                    let reply = reply(through, through.saturating_sub(durable_less));
                    let acked = lane.on_reply(&sent, &reply, &ours(Some(chain(through))), now_ms).unwrap();
                    prop_assert!(acked.marks.durable_through <= acked.marks.acked_through);
                    prop_assert_eq!(acked.marks.acked_through, sent.last_seq);
                    view.acked_through = view.acked_through.max(acked.marks.acked_through);
                }
                Came::Forged(how) => {
                    let mut reply = reply(sent.last_seq, 0);
                    forged(&mut reply, how);
                    let acked = lane.on_reply(&sent, &reply, &ours(Some(chain(sent.last_seq))), now_ms);
                    prop_assert_eq!(acked, None);
                }
                Came::Failed(code) => lane.on_failure(Some(&sent), Failure::of(code), &view, now_ms),
                Came::TimedOut => {
                    let failure = Failure { timed_out: true, ..Failure::of(Code::NetworkError) };
                    lane.on_failure(Some(&sent), failure, &view, now_ms);
                }
                Came::Gap(expected) => {
                    let failure = Failure { detail: json!({ "expected": expected }), ..Failure::of(Code::Gap) };
                    lane.on_failure(Some(&sent), failure, &view, now_ms);
                }
            }
            prop_assert!(view.acked_through >= before);
        }
        prop_assert_eq!(view.acked_through, head, "liveness");
    }
}

fn window(lane: &mut PushLane, view: &PushView) -> Window {
    match lane.next(view, 0) {
        Step::Send(PushAsk::Facts(window)) => window,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_receipt_counts_only_for_our_chain_and_at_least_for_what_was_sent() {
    let sent = Sent { first_seq: 1, last_seq: 3, bytes: 300 };
    let acked = |seq, chain_at| {
        let mut lane = PushLane::new(1, LIMITS);
        let acked = lane.on_reply(&sent, &reply(seq, seq), &ours(chain_at), 0).map(|acked| acked.marks.acked_through);
        (acked, lane.readiness().failure().map(|failure| failure.code.clone()))
    };
    assert_eq!(acked(3, Some(chain(3))), (Some(3), None));
    assert_eq!(acked(5, Some(chain(5))), (Some(3), None), "it had more, and has not told what became of the rest");
    assert_eq!(acked(2, Some(chain(2))), (None, Some(Code::ReceiptInvalid.into())), "it does not cover what was sent");
    assert_eq!(acked(3, Some(chain(4))), (None, Some(Code::ReceiptInvalid.into())), "another chain");
    assert_eq!(acked(9, None), (None, Some(Code::RolledBack.into())), "it holds, for more than this journal ever had");
}

#[test]
fn parked_facts_keep_their_codes_and_a_phone_that_lost_its_account_goes_on_sending() {
    let sent = Sent { first_seq: 1, last_seq: 3, bytes: 300 };
    let mut lane = PushLane::new(1, LIMITS);
    let mut reply = reply(3, 3);
    reply.fenced = true;
    reply.results = vec![FactOutcome { seq: 2, id: None, code: Code::OutOfScope.into() }];
    let acked = lane.on_reply(&sent, &reply, &ours(Some(chain(3))), 0).unwrap();
    assert_eq!(acked.parked, [(2, CodeWord::from(Code::OutOfScope))]);
    let view = PushView { head_seq: 4, acked_through: 3 };
    assert_eq!(window(&mut lane, &view).first_seq, 4);
}

#[test]
fn a_batch_shrinks_when_it_is_too_large_or_too_slow_and_one_fact_is_the_least() {
    let mut lane = PushLane::new(1, LIMITS);
    let view = PushView { head_seq: 10_000, acked_through: 0 };
    let mut sizes = Vec::new();
    for _ in 0..11 {
        let sent = sent_of(&window(&mut lane, &view), view.head_seq);
        sizes.push(sent.count());
        lane.on_failure(Some(&sent), Failure::of(Code::TooLarge), &view, 0);
        lane.readiness_mut().connectivity_changed();
    }
    assert_eq!(sizes, [500, 250, 125, 62, 31, 15, 7, 3, 1, 1, 1]);
}

#[test]
fn a_small_batch_that_passed_does_not_make_the_window_larger() {
    let mut lane = PushLane::new(1, LIMITS);
    let view = PushView { head_seq: 10_000, acked_through: 0 };
    let sent = sent_of(&window(&mut lane, &view), view.head_seq);
    lane.on_failure(Some(&sent), Failure::of(Code::TooLarge), &view, 0);
    let small = Sent { first_seq: 1, last_seq: 2, bytes: 1_400 };
    lane.on_reply(&small, &reply(2, 2), &ours(Some(chain(2))), 0).unwrap();
    assert_eq!(window(&mut lane, &view).facts_max, 250);
}

/// A report about the chain is always checked, whatever failed before; the same report is checked only once.
#[test]
fn a_chain_that_does_not_fit_is_looked_into_after_any_failure_and_the_same_only_once() {
    let mut lane = PushLane::new(1, LIMITS);
    let view = PushView { head_seq: 9, acked_through: 0 };
    let sent = Sent { first_seq: 1, last_seq: 9, bytes: 900 };
    let mismatch = |n| {
        let detail = json!({ "watermark": n, "chain": chain(n) });
        Failure { detail, ..Failure::of(Code::ChainMismatch) }
    };
    lane.on_failure(Some(&sent), Failure::of(Code::NetworkError), &view, 0);
    lane.on_failure(Some(&sent), mismatch(3), &view, 10_000);
    assert_eq!(lane.next(&view, 10_000), Step::Send(PushAsk::ReadAgain));
    lane.on_read_again(true, Some(chain(3)), 10_000);
    lane.on_failure(Some(&sent), mismatch(3), &view, 100_000);
    assert!(matches!(lane.next(&view, 100_000), Step::Wait { .. }), "it was read already");
    lane.on_failure(Some(&sent), mismatch(4), &view, 200_000);
    assert_eq!(lane.next(&view, 200_000), Step::Send(PushAsk::ReadAgain), "this is another one");
    lane.on_read_again(true, Some(chain(5)), 200_000);
    assert_eq!(lane.next(&view, 200_000), Step::Stop { code: Code::Diverged.into() });
}

#[test]
fn limits_that_are_told_anew_hold_at_once() {
    let mut lane = PushLane::new(1, LIMITS);
    lane.set_limits(Limits { facts_max: 20, ..LIMITS });
    assert_eq!(window(&mut lane, &PushView { head_seq: 100, acked_through: 0 }).facts_max, 20);
}
