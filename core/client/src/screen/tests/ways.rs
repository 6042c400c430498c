//! The sync centre's data: where every record is, what waits for what, and sums that hold.

use super::screens;
use crate::{
    core::{LastError, Network},
    fakes::ITEM_IDS,
    journal::{Allowance, JournalError, Marks},
    screen::{Ledger, SyncScreen, WaitReason},
    work::tests::{Phone, good, operator},
};
use firebee_domain::{
    code::{Action, Code},
    device::DeviceNote,
    evidence::PhotoRole,
    time::Timestamp,
};
use firebee_protocol::text::Language;

/// Everything stands in one place: each task's records in its ledger and its waits, and all ledgers together are the journal.
fn adds_up(phone: &Phone) -> SyncScreen {
    let shown = screens(phone, Language::Zh).sync().unwrap();
    let places = |ledger: &Ledger| [ledger.to_send, ledger.sent, ledger.stored, ledger.safe, ledger.not_counted];
    let core = phone.client.core();
    let counts = core.journal.read::<_, JournalError>("sums", |rows| rows.counts(core.journal.identity())).unwrap();
    let journal = [counts.pending, counts.sent, counts.acked, counts.durable, counts.parked].map(|count| count as i32);
    assert_eq!(places(&shown.whole), journal);
    let mut sum = places(&shown.elsewhere);
    for way in &shown.tasks {
        assert_eq!((way.ledger.recorded, places(&way.ledger).iter().sum::<i32>()), (way.recorded, way.recorded));
        sum.iter_mut().zip(places(&way.ledger)).for_each(|(sum, place)| *sum += place);
        let waits = |is_photo: bool| {
            let photo = |reason| {
                use WaitReason as W;
                matches!(reason, W::PhotoRecords | W::PhotoUnmetered | W::PhotoNetwork | W::PhotoTurn)
            };
            way.waits.iter().filter(|wait| photo(wait.reason) == is_photo).map(|wait| wait.count).sum::<i32>()
        };
        assert_eq!(waits(false), way.recorded - way.ledger.safe, "{:?}", way.waits);
        assert_eq!(waits(true), way.photos.total - way.photos.done, "{:?}", way.waits);
        assert_eq!(way.waits.is_empty(), way.state.word == "已安全保存", "{way:?}");
    }
    assert_eq!(sum, journal, "the tasks and what stands elsewhere");
    assert_eq!(shown.whole.recorded, journal.iter().sum::<i32>());
    shown
}

fn texts(shown: &SyncScreen) -> Vec<Vec<(WaitReason, &str)>> {
    shown.tasks.iter().map(|way| way.waits.iter().map(|wait| (wait.reason, wait.text.as_str())).collect()).collect()
}

#[test]
fn the_counts_of_the_sync_centre_add_up_to_the_journal_at_every_step() {
    let (phone, mut office) = operator();
    let core = phone.client.core();
    adds_up(&phone);
    let one = phone.start(&ITEM_IDS[..1]);
    phone.client.tasks().record_result(&good(one, ITEM_IDS[0])).unwrap();
    phone.photo(one, PhotoRole::Selfie, None);
    let two = phone.start(&ITEM_IDS[1..2]);
    core.journal
        .write::<_, crate::journal::AppendError>("note", |tx| {
            let clocks = core.ports.clock.now();
            tx.note(&clocks, &*core.ports.entropy, crate::fakes::OPERATOR, DeviceNote::MockLocation).map(drop)
        })
        .unwrap();
    let shown = adds_up(&phone);
    assert_eq!(shown.tasks.iter().map(|way| way.task).collect::<Vec<_>>(), [two, one], "the latest first");
    assert!(shown.elsewhere.recorded > 0, "the note is of no task");

    // Each record waits for the next thing on its way.
    core.set_network(Network::None);
    let offline = adds_up(&phone);
    assert_eq!(texts(&offline)[0], [(WaitReason::Network, "1 条记录等待网络")]);
    core.set_network(Network::Metered);
    assert_eq!(texts(&adds_up(&phone))[0], [(WaitReason::Turn, "1 条记录等待上传")]);
    core.status().last_error = Some(LastError {
        code: Code::ServerFull.into(),
        action: Action::RetryLater,
        needs_person: true,
        text_zh: "服务器的磁盘满了。".into(),
        text_en: "The server's disk is full.".into(),
        at: Timestamp(1_783_645_000_000),
    });
    core.status().next_try = Some(Timestamp(1_783_645_900_000));
    let failed = adds_up(&phone);
    assert_eq!(texts(&failed)[0], [(WaitReason::NextTry, "1 条记录等待下一次尝试")]);
    assert_eq!(failed.last_error.unwrap().text, "服务器的磁盘满了。");
    assert!(failed.next_try.is_some());

    let head = core.journal.read::<_, JournalError>("head", |rows| rows.head(core.journal.identity())).unwrap().seq;
    let raise = |sent_through, acked_through, durable_through| {
        let marks = Marks { sent_through, acked_through, durable_through };
        core.journal.write::<_, JournalError>("marks", |tx| tx.raise_marks(marks)).unwrap();
    };
    raise(head, 0, 0);
    let signing = adds_up(&phone);
    assert_eq!(texts(&signing)[0], [(WaitReason::SignOff, "1 条记录已发送，等待服务器签收")]);
    assert!(texts(&signing)[1].contains(&(WaitReason::PhotoRecords, "1 张照片等待记录先到服务器")));
    raise(head, head, 0);
    let signed = adds_up(&phone);
    assert_eq!(texts(&signed)[0], [(WaitReason::Safety, "1 条记录服务器已签收，等待安全保存")]);
    core.set(|settings| settings.pictures = Allowance::Unmetered).unwrap();
    assert!(texts(&adds_up(&phone))[1].contains(&(WaitReason::PhotoUnmetered, "1 张照片等待不按流量计费的网络")));
    core.journal.write::<_, JournalError>("park", |tx| tx.park(2, &Code::SubjectMissing.into())).unwrap();
    let parked = adds_up(&phone);
    assert_eq!(parked.whole.not_counted, 1);
    office.accept(&phone.client).unwrap();
    let done = adds_up(&phone);
    assert_eq!(done.tasks.len(), 1, "the photo of one of them is not on the server: {:?}", done.tasks);
    for language in Language::ALL {
        assert!(screens(&phone, language).sync().unwrap().tasks.iter().all(|way| !way.name.is_empty()));
    }
}
