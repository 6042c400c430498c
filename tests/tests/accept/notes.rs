//! What a device notes about itself is kept for people, with the best time that is known.

use crate::both;
use firebee_domain::{device::DeviceNote, task::Stamp};
use firebee_server::{
    sql,
    store::{Row, StoreError, Tx},
};
use firebee_tests::{device::Device, firm::Firm};

both!(a_note_is_kept_once_and_an_anchor_tells_its_time_better);

/// The notes that are kept, each with its time.
async fn kept(firm: &Firm) -> Vec<(DeviceNote, Stamp)> {
    let read = async move |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT note, stamp FROM device_note ORDER BY store_id, seq"), &[]).await?;
        let pair = |row: &Row| {
            let body = |at| row.get::<String>(at);
            Ok((serde_json::from_str(&body(0)?).unwrap(), serde_json::from_str(&body(1)?).unwrap()))
        };
        rows.iter().map(pair).collect()
    };
    firm.store.read::<_, StoreError, _>("notes", read).await.unwrap()
}

/// The phone had not met the server in this boot when it noted something. An anchor is no note.
async fn a_note_is_kept_once_and_an_anchor_tells_its_time_better(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let anchor = device.anchor.take().unwrap();
    device.note(DeviceNote::MockLocation);
    assert_eq!(device.push_from(&firm, 1).await.results, []);
    device.push_from(&firm, 1).await;
    let loose = kept(&firm).await;
    device.note_anchor(anchor);
    assert_eq!(device.push_from(&firm, 2).await.results, []);
    let tight = kept(&firm).await;
    let notes = |kept: &[(DeviceNote, Stamp)]| kept.iter().map(|(note, _)| note.clone()).collect::<Vec<_>>();
    assert_eq!((notes(&loose), notes(&tight)), (vec![DeviceNote::MockLocation], vec![DeviceNote::MockLocation]));
    let width = |kept: &[(DeviceNote, Stamp)]| kept[0].1.best().unwrap().width_ms();
    assert!(width(&loose) > 60_000 && width(&tight) < 10_000, "{loose:?} {tight:?}");
}
