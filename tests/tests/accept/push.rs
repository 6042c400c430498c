//! The watermark, the chain, the receipt.

use crate::{both, fixture::*};
use firebee_domain::task::TaskState;
use firebee_protocol::{encode::to_base64, receipt::verify_receipt};
use firebee_server::sql;
use firebee_tests::{device::Device, firm::Firm};

both!(a_task_recorded_without_network_stands_on_the_server_after_one_push);

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
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM fact")).await, 7);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM blob")).await, 3);
    assert_eq!(reply.feed_head, page.head);
}
