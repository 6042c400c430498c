use super::*;
use firebee_domain::code::Code;
use firebee_protocol::fact::{BlobRole, Mime};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn row(n: u8, len: u64, role: BlobRole) -> BlobRow {
    BlobRow {
        id: ContentId([n; 32]),
        len,
        mime: Mime::Jpeg,
        role,
        fact_seq: u64::from(n),
        progress: BlobProgress::Unknown,
        sent_offset: 0,
        collected: false,
    }
}

fn view(pending: &[BlobRow]) -> BlobsView<'_> {
    BlobsView { pending, piece_bytes_max: u64::MAX }
}

fn ask(lane: &mut BlobLane, pending: &[BlobRow], now_ms: i64) -> BlobAsk {
    match lane.next(&view(pending), now_ms) {
        Step::Send(ask) => ask,
        other => panic!("{other:?}"),
    }
}

fn said(state: BlobState, offset: u64) -> BlobReply {
    BlobReply { state: Some(state), offset: Some(offset), took_ms: 100, ..BlobReply::default() }
}

/// A server that keeps bytes by their number only.
#[derive(Default)]
struct Received {
    begun: bool,
    offset: u64,
    carries: bool,
}

fn serve(held: &mut Received, ask: &BlobAsk) -> Result<BlobReply, Failure> {
    match ask.verb {
        BlobVerb::Whole => held.offset = ask.len,
        BlobVerb::Where | BlobVerb::Rehash => {}
        BlobVerb::Offers => {
            return Ok(BlobReply { creation_with_upload: held.carries, ..BlobReply::default() });
        }
        BlobVerb::Create { len } => {
            held.begun = true;
            assert!(held.carries || len == 0, "nothing goes with a creation that does not take it");
            if held.offset == 0 {
                held.offset = len;
            }
        }
        BlobVerb::Piece { from, .. } if !held.begun || from != held.offset => {
            return Err(Failure::of(Code::OffsetMismatch));
        }
        BlobVerb::Piece { len, .. } => held.offset += len,
    }
    let state = match (held.offset == ask.len, held.begun) {
        (true, _) => BlobState::Verified,
        (false, true) => BlobState::Receiving,
        (false, false) => BlobState::Announced,
    };
    Ok(said(state, held.offset))
}

proptest! {
    /// Each blob is verified once, whatever is lost on the way. No piece reaches beyond its file or above the allowed
    /// size. When faults stop, the transfer ends.
    #[test]
    fn every_blob_arrives_whatever_is_lost_on_the_way(
        lens in prop::collection::vec(1_u64..6_000_000, 1..6),
        story in prop::collection::vec(0_u8..6, 0..80),
        narrow: bool,
        carries: bool,
    ) {
        let mut pending: Vec<BlobRow> =
            lens.iter().zip(0_u8..).map(|(len, n)| row(n, *len, BlobRole::Original)).collect();
        let mut server: BTreeMap<ContentId, Received> =
            pending.iter().map(|row| (row.id, Received { carries, ..Received::default() })).collect();
        let mut lane = BlobLane::new(3);
        let mut now_ms = 0;
        let piece_bytes_max = if narrow { 256 << 10 } else { u64::MAX };
        for fault in story.into_iter().chain(std::iter::repeat_n(0, 2_000)) {
            let ask = match lane.next(&BlobsView { pending: &pending, piece_bytes_max }, now_ms) {
                Step::Idle => break,
                Step::Wait { until_ms } => { prop_assert!(until_ms > now_ms); now_ms = until_ms; continue; }
                Step::Stop { code } => { prop_assert!(false, "{code}"); unreachable!() }
                Step::Send(ask) => ask,
            };
            if let BlobVerb::Piece { from, len } = ask.verb {
                prop_assert!(len >= 1 && from + len <= ask.len && len <= piece_bytes_max.min(8 << 20));
            }
            prop_assert!(ask.verb != BlobVerb::Whole || ask.len <= WHOLE_BYTES_MAX.min(piece_bytes_max));
            let held = server.get_mut(&ask.id).unwrap();
            let effect = match (fault, ask.verb) {
                (1, _) => lane.on_failure(&ask, Failure::of(Code::NetworkError), now_ms),
                (2, _) => { let _ = serve(held, &ask); lane.on_failure(&ask, Failure::of(Code::NetworkError), now_ms) }
                (3, BlobVerb::Create { len }) if len > 0 => {
                    held.begun = true;
                    held.offset = held.offset.max((len / 2).min(ask.len - 1));
                    lane.on_failure(&ask, Failure::of(Code::NetworkError), now_ms)
                }
                (5, BlobVerb::Piece { .. } | BlobVerb::Whole | BlobVerb::Create { .. }) => {
                    lane.on_failure(&ask, Failure::of(Code::NetworkRefusesSize), now_ms)
                }
                (3, BlobVerb::Piece { len, .. }) => {
                    // The line broke in the middle. The server kept the synced part.
                    held.offset = (held.offset + len / 2).min(ask.len - 1);
                    let failure = Failure { timed_out: true, ..Failure::of(Code::NetworkError) };
                    lane.on_failure(&ask, failure, now_ms)
                }
                (4, BlobVerb::Piece { .. } | BlobVerb::Whole) => {
                    held.offset = 0;
                    lane.on_failure(&ask, Failure::of(Code::BlobMismatch), now_ms)
                }
                (_, BlobVerb::Rehash) => lane.on_rehashed(&ask, true, now_ms),
                _ => match serve(held, &ask) {
                    Ok(reply) => lane.on_reply(&ask, &reply, now_ms),
                    Err(failure) => lane.on_failure(&ask, failure, now_ms),
                },
            };
            match effect {
                BlobEffect::Progress(_) => pending.retain(|row| row.id != ask.id),
                BlobEffect::Offset(offset) => {
                    prop_assert!(offset <= ask.len);
                    pending.iter_mut().filter(|row| row.id == ask.id).for_each(|row| row.sent_offset = offset);
                }
                BlobEffect::LostLocal => prop_assert!(false),
                BlobEffect::Refused(bytes) => prop_assert!(bytes > PIECE_BYTES_LEAST && bytes <= ask.len),
                BlobEffect::None => {}
            }
        }
        prop_assert!(pending.is_empty(), "{} are left", pending.len());
        prop_assert!(server.iter().all(|(id, held)| held.offset == lens[usize::from(id.0[0])]));
    }
}

#[test]
fn a_thumbnail_that_comes_later_goes_before_the_next_piece_of_an_original() {
    let mut lane = BlobLane::new(1);
    let original = row(1, 5_000_000, BlobRole::Original);
    let only = [original.clone()];
    assert_eq!(stretch(&mut lane, &only, false, 0), (0, 1 << 20));
    let piece = ask(&mut lane, &only, 0);
    lane.on_reply(&piece, &said(BlobState::Receiving, 1 << 20), 0);
    let both = [row(2, 9_000, BlobRole::Thumb), original];
    let next = ask(&mut lane, &both, 0);
    assert_eq!((next.id, next.verb), (both[0].id, BlobVerb::Whole));
    lane.on_reply(&next, &said(BlobState::Verified, 9_000), 0);
    let resumed = ask(&mut lane, &both[1..], 0);
    assert!(matches!(resumed.verb, BlobVerb::Piece { from: 1_048_576, .. }), "{resumed:?}");
}

#[test]
fn a_taken_file_counts_only_when_the_server_says_that_it_verified_it() {
    let mut lane = BlobLane::new(1);
    let pending = [row(1, 10, BlobRole::Thumb)];
    let whole = ask(&mut lane, &pending, 0);
    assert_eq!(lane.on_reply(&whole, &BlobReply::default(), 0), BlobEffect::None);
    let asked = ask(&mut lane, &pending, 0);
    assert_eq!(asked.verb, BlobVerb::Where);
    let durable = lane.on_reply(&asked, &said(BlobState::Durable, 10), 0);
    assert_eq!(durable, BlobEffect::Progress(BlobProgress::Durable));
}

#[test]
fn a_blob_in_trouble_waits_longer_each_time_and_the_others_go_on() {
    let mut lane = BlobLane::new(1);
    let pending = [row(1, 10, BlobRole::Thumb), row(2, 10, BlobRole::Original)];
    let poison = ask(&mut lane, &pending, 0);
    assert_eq!(lane.on_failure(&poison, Failure::of(Code::BlobNotAnnounced), 0), BlobEffect::None);
    assert_eq!(ask(&mut lane, &pending, 0).id, pending[1].id);
    let Step::Wait { until_ms } = lane.next(&view(&pending[..1]), 0) else { panic!() };
    assert!((1_000..=2_000).contains(&until_ms));
    assert_eq!(
        (lane.in_trouble(), lane.failure().map(|failure| failure.code.known())),
        (1, Some(Some(Code::BlobNotAnnounced)))
    );
    lane.forget_waits();
    assert_eq!(ask(&mut lane, &pending, 0).id, pending[0].id);
}

/// Only uploads that end make room for others.
#[test]
fn while_too_much_is_unfinished_a_new_blob_waits_and_one_that_has_begun_goes_on() {
    let mut lane = BlobLane::new(1);
    let begun = BlobRow { sent_offset: 4, ..row(2, 10, BlobRole::Original) };
    let pending = [row(1, 10, BlobRole::Thumb), begun];
    let fresh = ask(&mut lane, &pending, 0);
    lane.on_failure(&fresh, Failure::of(Code::UploadsUnfinished), 0);
    assert_eq!(ask(&mut lane, &pending, 0).id, pending[1].id);
}

#[test]
fn an_own_file_that_is_wrong_is_given_up_and_one_that_is_right_is_sent_again() {
    let pending = [row(1, 10, BlobRole::Thumb)];
    for code in [Code::BlobMismatch, Code::LengthMismatch] {
        for (holds, effect) in [(true, BlobEffect::Offset(0)), (false, BlobEffect::LostLocal)] {
            let mut lane = BlobLane::new(1);
            let whole = ask(&mut lane, &pending, 0);
            lane.on_failure(&whole, Failure::of(code), 0);
            let rehash = ask(&mut lane, &pending, 0);
            assert_eq!(rehash.verb, BlobVerb::Rehash);
            assert_eq!(lane.on_rehashed(&rehash, holds, 0), effect);
        }
    }
}

/// The lane's next stretch of a blob, once the questions before it are answered.
fn stretch(lane: &mut BlobLane, pending: &[BlobRow], carries: bool, offset: u64) -> (u64, u64) {
    for _ in 0..4 {
        let asked = ask(lane, pending, 0);
        match asked.verb {
            BlobVerb::Offers => {
                let told = BlobReply { creation_with_upload: carries, ..BlobReply::default() };
                lane.on_reply(&asked, &told, 0);
            }
            BlobVerb::Where | BlobVerb::Create { len: 0 } => {
                lane.on_reply(&asked, &said(BlobState::Receiving, offset), 0);
            }
            BlobVerb::Create { len } => return (0, len),
            BlobVerb::Piece { from, len } => return (from, len),
            other => panic!("{other:?}"),
        }
    }
    panic!("no stretch is sent");
}

#[test]
fn pieces_grow_on_a_quick_link_and_shrink_to_a_few_kilobytes_on_one_that_lets_nothing_through() {
    let mut lane = BlobLane::new(1);
    let pending = [row(1, 30 << 20, BlobRole::Original)];
    let mut lens = Vec::new();
    let mut offset = 0;
    for _ in 0..4 {
        let (from, len) = stretch(&mut lane, &pending, false, offset);
        assert_eq!(from, offset);
        lens.push(len >> 20);
        offset += len;
        let piece = ask(&mut lane, &pending, 0);
        lane.on_reply(&piece, &said(BlobState::Receiving, offset), 0);
    }
    assert_eq!(lens, [1, 4, 8, 8]);
    for _ in 0..9 {
        let piece = ask(&mut lane, &pending, 0);
        lane.on_failure(&piece, Failure::of(Code::NetworkError), 0);
        lane.readiness_mut().connectivity_changed();
        lane.forget_waits();
        let asked = ask(&mut lane, &pending, 0);
        assert_eq!(asked.verb, BlobVerb::Where, "how much arrived is the server's to say");
        lane.on_reply(&asked, &said(BlobState::Receiving, offset), 0);
    }
    assert_eq!(stretch(&mut lane, &pending, false, offset), (offset, PIECE_BYTES_LEAST));
}

/// What was whole of a cut piece stays: the phone asks for the server's offset and goes on there.
#[test]
fn a_cut_piece_goes_on_at_the_servers_offset_in_pieces_that_the_link_carried() {
    let mut lane = BlobLane::new(1);
    let pending = [row(1, 5 << 20, BlobRole::Original)];
    assert_eq!(stretch(&mut lane, &pending, false, 0), (0, 1 << 20));
    let piece = ask(&mut lane, &pending, 0);
    lane.on_failure(&piece, Failure::of(Code::NetworkError), 0);
    lane.readiness_mut().connectivity_changed();
    assert_eq!(stretch(&mut lane, &pending, false, 50_000), (50_000, 50_000));
}

#[test]
fn the_first_bytes_go_with_the_creation_only_where_the_server_takes_them_and_it_is_asked_once() {
    for carries in [true, false] {
        let mut lane = BlobLane::new(1);
        let pending = [row(1, 5 << 20, BlobRole::Original), row(2, 5 << 20, BlobRole::Original)];
        assert_eq!(ask(&mut lane, &pending, 0).verb, BlobVerb::Offers);
        stretch(&mut lane, &pending[..1], carries, 0);
        let wanted = if carries { BlobVerb::Create { len: 1 << 20 } } else { BlobVerb::Where };
        assert_eq!(ask(&mut lane, &pending[1..], 0).verb, wanted);
    }
}

#[test]
fn a_size_that_the_network_refuses_is_told_to_be_remembered_and_smaller_pieces_go_at_once() {
    let mut lane = BlobLane::new(1);
    let pending = [row(1, 500_000, BlobRole::Original)];
    let whole = ask(&mut lane, &pending, 0);
    assert_eq!(whole.verb, BlobVerb::Whole);
    let refusal = || Failure::of(Code::NetworkRefusesSize);
    assert_eq!(lane.on_failure(&whole, refusal(), 0), BlobEffect::Refused(500_000));
    assert_eq!(lane.failure(), None, "nobody is told while there is a way");
    let mut max = 250_000;
    loop {
        let next = match lane.next(&BlobsView { pending: &pending, piece_bytes_max: max }, 0) {
            Step::Send(ask) => ask,
            Step::Wait { .. } => break,
            other => panic!("{other:?}"),
        };
        match next.verb {
            BlobVerb::Piece { len, .. } => {
                assert!(len <= max, "{len}");
                max = match lane.on_failure(&next, refusal(), 0) {
                    BlobEffect::Refused(bytes) => (bytes / 2).max(PIECE_BYTES_LEAST),
                    _ => max,
                };
            }
            _ => {
                lane.on_reply(&next, &said(BlobState::Receiving, 0), 0);
            }
        }
    }
    assert_eq!(max, PIECE_BYTES_LEAST);
    assert_eq!(lane.failure().unwrap().code, Code::NetworkRefusesSize, "not even the smallest passes");
}

/// A blob whose body never passes is distinguished from a dead link, and no other blob waits for it.
#[test]
fn a_blob_whose_body_breaks_twice_waits_alone_and_a_line_that_carries_nothing_is_left_alone() {
    let pending = [row(1, 10, BlobRole::Thumb), row(2, 10, BlobRole::Original), row(3, 10, BlobRole::Original)];
    let (mut lane, mut now_ms, mut tries) = (BlobLane::new(1), 0, 0);
    let mut sent = Vec::new();
    while sent.len() < 2 {
        let left: Vec<BlobRow> = pending.iter().filter(|row| !sent.contains(&row.id)).cloned().collect();
        match lane.next(&view(&left), now_ms) {
            Step::Wait { until_ms } => now_ms = until_ms,
            Step::Send(ask) if ask.id != pending[0].id => {
                lane.on_reply(&ask, &said(BlobState::Verified, 10), now_ms);
                sent.push(ask.id);
            }
            Step::Send(ask) if ask.verb == BlobVerb::Where => {
                lane.on_reply(&ask, &said(BlobState::Receiving, 0), now_ms);
            }
            Step::Send(ask) => {
                tries += 1;
                lane.on_failure(&ask, Failure::of(Code::NetworkError), now_ms);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((tries, lane.in_trouble()), (2, 1));
    assert!(now_ms <= 2_000, "the others waited {now_ms} ms");
    let (mut lane, mut now_ms, mut tries) = (BlobLane::new(1), 0, 0);
    while now_ms < 86_400_000 {
        match lane.next(&view(&pending), now_ms) {
            Step::Wait { until_ms } => now_ms = until_ms,
            Step::Send(ask) => {
                tries += 1;
                lane.on_failure(&ask, Failure::of(Code::NetworkError), now_ms);
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(tries < 300, "{tries} tries in a day without a network");
}
