//! Bounds at accept, and bounds taken anew.

use crate::{both, fixture::*};
use firebee_domain::{
    result::Verdict,
    time::{Anchor, Bound},
};
use firebee_protocol::fact::{Body, DeviceNote, Subject};
use firebee_server::sql;
use firebee_tests::{device::Device, firm::Firm};

both!(
    /// the wall clock never counts; anchor and elapsed time do.
    r_128_a_submission_is_bounded_by_its_anchor_not_by_the_wall_clock,
    a_bound_is_taken_anew_when_an_anchor_of_its_boot_comes_later,
);

async fn r_128_a_submission_is_bounded_by_its_anchor_not_by_the_wall_clock(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let submitted = device.now;
    // Every wall clock a year wrong: the lines say another time than the anchor.
    for line in &mut device.log {
        let text = String::from_utf8(line.clone()).unwrap();
        let (head, tail) = text.split_once("\"wall_ms\":").unwrap();
        *line = format!("{head}\"wall_ms\":1{tail}").replace("\"wall_ms\":11", "\"wall_ms\":2").into_bytes();
    }
    device.now = device.now.plus_ms(10 * 24 * 3_600_000);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let bound = task(&firm, work.task).await.submissions[0].at.bound.unwrap();
    assert!(bound.earliest <= submitted && submitted <= bound.latest, "{bound:?} {submitted:?}");
    assert!(bound.width_ms() < 1_000, "{bound:?}");
    let kept = count(&firm, sql!("SELECT submitted_ms FROM task")).await;
    assert_eq!(kept, bound.latest.0, "of the bound the latest instant counts");
}

async fn a_bound_is_taken_anew_when_an_anchor_of_its_boot_comes_later(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.anchor = None;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    let recorded = device.now;
    device.push_from(&firm, 1).await;
    let loose = task(&firm, work.task).await;
    let received = recorded.plus_ms(60_000);
    assert_eq!(loose.results[0].at.bound.unwrap().latest, received, "only the receipt is known");
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM log WHERE loose_boot IS NOT NULL")).await, 2);
    let zero = device.now.0 - (firebee_tests::firm::MORNING.0 + 3_600_000);
    let anchor = Anchor { server_ms: device.now, boot_ms: zero, boot_id: device.boot, rtt_ms: 100 };
    let (_, note) = device.line(None, &Subject::default(), &[], &Body::DeviceNote(DeviceNote::Anchor { anchor }));
    device.log.push(note);
    assert_eq!(device.push_from(&firm, 3).await.results, []);
    let tight = task(&firm, work.task).await;
    let Bound { earliest, latest } = tight.results[0].at.bound.unwrap();
    assert!(earliest <= recorded && recorded <= latest && latest.ms_since(earliest) < 1_000);
    assert!(tight.started.bound.unwrap().width_ms() < 1_000);
    assert_eq!(tight.name, loose.name, "the name keeps the day it was given");
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM log WHERE loose_boot IS NOT NULL")).await, 0);
}
