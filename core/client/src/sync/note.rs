//! Notes that the phone writes about itself: facts of no project, sent like any other.

use crate::{
    journal::{AppendError, FactLine},
    ports::Clocks,
    session::{Failure, Server},
};
use firebee_domain::{
    code::Code,
    time::{Anchor, Captured, NEVER, TimeEvidence, Timestamp, trusted_time},
};
use firebee_protocol::fact::{DeviceNote, Kind, glance, parse};

impl From<AppendError> for Failure {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Compose(error) => Self::of(error.code()),
            AppendError::Journal(error) => error.into(),
        }
    }
}

/// How far a receipt may lie outside of the phone's own bounds, in milliseconds.
const RECEIPT_DOUBT_MS: i64 = 60_000;

/// Records a note.
pub(super) fn record(server: &Server, note: DeviceNote) -> Result<(), Failure> {
    let account = server.signed_in()?.account.ok_or_else(|| Failure::of(Code::NotSignedIn))?;
    let clocks = server.core.ports.clock.now();
    let entropy = &*server.core.ports.entropy;
    server.core.journal.write("device_note", |tx| {
        tx.note_stamp(&clocks, entropy, account)?;
        tx.note(&clocks, entropy, account, note.clone()).map(drop).map_err(Failure::from)
    })
}

/// Whether a receipt lies outside of what this phone's own clocks allow: before the facts that it covers, or after now.
/// `last` is when the last of these facts was captured, `now` the moment at which the receipt came.
pub(super) fn is_outside(received: Timestamp, last: &Captured, now: &Captured) -> bool {
    let stated = |captured: &Captured| {
        let anchors = captured.anchor.as_slice();
        let (floor, ceiling) = (NEVER, Timestamp(i64::MAX));
        trusted_time(&TimeEvidence { captured, floor, ceiling, anchors, previous: None }).stated
    };
    let early = stated(last).is_some_and(|bound| received.ms_since(bound.earliest) < -RECEIPT_DOUBT_MS);
    early || stated(now).is_some_and(|bound| received.ms_since(bound.latest) > RECEIPT_DOUBT_MS)
}

/// The step that the facts of the present boot need before they are sent (protocol, "Trusted time").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AnchorNeed {
    /// No step: every fact has an anchor of this boot, or a waiting device note carries one.
    None,
    /// An anchor of this boot is known: it is noted.
    Note(Anchor),
    /// The phone asks the server for its time, because this boot has no anchor yet.
    Meet,
}

/// The step that these lines need before they are sent. They are unsent and in order.
pub(super) fn anchor_need(lines: &[FactLine], known: Option<Anchor>, now: &Clocks) -> AnchorNeed {
    let known = known.filter(|anchor| anchor.boot_id == now.boot_id);
    let mut lacking = false;
    for line in lines {
        let Ok(seen) = glance(&line.line) else { continue };
        if seen.captured.boot_id != now.boot_id {
            continue;
        }
        if seen.kind == Kind::DeviceNote.as_str()
            && let Some(anchor) = parse(&line.line).ok().and_then(|fact| fact.body.ok()?.anchor())
            && anchor.boot_id == now.boot_id
        {
            return AnchorNeed::None;
        }
        lacking |= seen.captured.anchor.is_none_or(|anchor| anchor.boot_id != now.boot_id);
    }
    match (lacking, known) {
        (false, _) => AnchorNeed::None,
        (true, Some(anchor)) => AnchorNeed::Note(anchor),
        (true, None) => AnchorNeed::Meet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::id::{AccountId, BootId, FactId};
    use firebee_protocol::fact::{Body, Envelope, Subject, compose};
    use uuid::Uuid;

    fn boot(n: u128) -> BootId {
        BootId(Uuid::from_u128(n))
    }

    fn anchor(n: u128) -> Anchor {
        Anchor { server_ms: Timestamp(9), boot_ms: 1, boot_id: boot(n), rtt_ms: 1 }
    }

    fn line(seq: u64, of: u128, met: Option<u128>, note: DeviceNote) -> FactLine {
        let captured =
            Captured { wall_ms: Timestamp(1), boot_ms: 1, boot_id: boot(of), gnss_ms: None, anchor: met.map(anchor) };
        let envelope = Envelope {
            project: None,
            id: FactId(Uuid::from_u128((7 << 76) | (2 << 62) | u128::from(seq))),
            account: AccountId(Uuid::from_u128(1)),
            captured,
            subject: Subject::default(),
            blobs: Vec::new(),
        };
        FactLine { seq, line: compose(&envelope, &Body::DeviceNote(note)).unwrap() }
    }

    #[test]
    fn an_anchor_is_noted_only_for_facts_of_this_boot_that_lack_one_and_once() {
        let now = Clocks { wall_ms: Timestamp(1), boot_ms: 5, boot_id: boot(2), satellites: None };
        let plain = || DeviceNote::MockLocation;
        let need = |lines: &[FactLine], known: Option<u128>| anchor_need(lines, known.map(anchor), &now);
        assert_eq!(need(&[line(1, 1, None, plain())], Some(2)), AnchorNeed::None, "another boot");
        assert_eq!(need(&[line(1, 2, Some(2), plain())], Some(2)), AnchorNeed::None, "it has one");
        assert_eq!(need(&[line(1, 2, Some(1), plain())], Some(2)), AnchorNeed::Note(anchor(2)));
        assert_eq!(need(&[line(1, 2, None, plain())], Some(1)), AnchorNeed::Meet);
        let noted =
            [line(1, 2, None, plain()), line(2, 2, Some(2), DeviceNote::Anchor { anchor: anchor(2), stamp: None })];
        assert_eq!(need(&noted, Some(2)), AnchorNeed::None);
    }

    #[test]
    fn a_receipt_before_the_facts_that_it_covers_or_after_now_is_outside() {
        const MET: i64 = 1_800_000_000_000;
        let anchor = Anchor { server_ms: Timestamp(MET), boot_ms: 0, boot_id: boot(1), rtt_ms: 100 };
        let at = |boot_ms, met: bool| Captured {
            wall_ms: Timestamp(1),
            boot_ms,
            boot_id: boot(1),
            gnss_ms: None,
            anchor: met.then_some(anchor),
        };
        let (last, now) = (at(3_600_000, true), at(7_200_000, true));
        let outside = |minutes: i64| is_outside(Timestamp(MET + minutes * 60_000), &last, &now);
        assert_eq!([58, 61, 90, 119, 122].map(outside), [true, false, false, false, true]);
        let unmet = (at(3_600_000, false), at(7_200_000, false));
        assert!(!is_outside(Timestamp(5), &unmet.0, &unmet.1), "without an anchor the phone cannot tell");
    }
}
