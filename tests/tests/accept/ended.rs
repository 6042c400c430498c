//! What is left in the feeds of a project that has ended.

use crate::{both, fixture::*};
use firebee_server::{
    feed::retire::retire,
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{device::Device, firm::Firm};

both!(
    /// whoever lost the project before it ended, as with a last item taken back, loses its tasks like everybody.
    r_330_the_tasks_of_an_ended_project_leave_a_phone_that_lost_the_project_before,
);

async fn r_330_the_tasks_of_an_ended_project_leave_a_phone_that_lost_the_project_before(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    device.whole_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    let before = async |tx: &mut Tx| {
        tx.execute(sql!("UPDATE task SET state = 'approved'"), &[]).await?;
        tx.execute(sql!("UPDATE feed SET deleted = 1 WHERE kind = ?1"), &row!["project"]).await.map(drop)
    };
    firm.store.write("lost_before", before).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    let held = sql!("SELECT count(*) FROM feed WHERE kind = 'task' AND deleted = 0");
    assert!(count(&firm, held).await > 0, "the executor has it");
    end(&firm).await;
    assert!(retire(&firm.store, firm.org, device.now).await.unwrap() > 0);
    assert_eq!(count(&firm, held).await, 0);
    assert_eq!(retire(&firm.store, firm.org, device.now).await.unwrap(), 0, "nothing is left to take");
}
