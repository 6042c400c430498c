//! A verdict on a track is about the task as it stands when the verdict is kept.

use crate::{both, coverage::walk, fixture::*};
use firebee_domain::{
    evidence::PhotoRole,
    geofence::{CoverageVerdict, Thresholds},
    id::{BootId, ContentId},
    result::Verdict,
    time::Anchor,
};
use firebee_server::{
    coverage::judge_coverage,
    evidence::refresh_task_evidence,
    sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    device::Device,
    firm::{Firm, MORNING},
};
use uuid::Uuid;

both!(a_verdict_on_times_that_moved_while_it_was_found_is_found_again);

async fn a_verdict_on_times_that_moved_while_it_was_found_is_found_again(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let item = firm.items_of(0)[0].clone();
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    let bytes = walk(&mut device, &firm, &mut work, 300);
    // The phone restarts, and meets the server five days later: until then the result may be that late.
    (device.boot, device.anchor) = (BootId(Uuid::from_u128(77)), None);
    device.result(&firm, &mut work, &item, Verdict::Conform);
    device.photo(&firm, &mut work, PhotoRole::Selfie, None);
    device.site(&firm, &mut work);
    device.describe(&firm, &mut work);
    device.submit(&firm, &mut work);
    device.now = device.now.plus_ms(5 * 24 * 3_600_000);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let (org, task) = (firm.org, work.task);
    let verify = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE blob SET state = 'verified', media = 'track' WHERE mime = 'track'"), &[]).await?;
        refresh_task_evidence(tx, org, task).await
    };
    assert!(firm.store.write("verify", verify).await.unwrap_or_else(|error: StoreError| panic!("{error}")));
    let boot_ms = device.now.0 - (MORNING.0 + 3_600_000);
    let anchor = Anchor { server_ms: device.now, boot_ms, boot_id: device.boot, rtt_ms: 100 };
    device.note_anchor(anchor);
    // The anchor arrives between the reading of the task and the keeping of its verdict.
    let (firm, device, bytes) = (&firm, &device, &bytes);
    let read = |_: ContentId| async move {
        device.push_from(firm, device.head()).await;
        Some(bytes.clone())
    };
    let verdict = judge_coverage(&firm.store, (org, task), &Thresholds::default(), read).await.unwrap().unwrap();
    assert_eq!(verdict.verdict, CoverageVerdict::Covered, "{verdict:?}");
    assert_eq!(document(firm, task).await.coverage, Some(verdict));
}
