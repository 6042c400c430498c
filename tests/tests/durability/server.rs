//! The server: a push is answered.

use firebee_domain::code::Code;
use firebee_protocol::push::PushReply;
use firebee_server::{
    accept::PushError,
    row, sql,
    store::{SqliteOptions, Store, StoreError, Tx, migrate::migrate, schema},
};
use firebee_tests::{
    device::{Device, Sign},
    firm::Firm,
    kept::try_lines,
    lossy::{Disk, Image, Lie, Room},
};
use std::{
    collections::BTreeSet,
    pin::{Pin, pin},
    task::Poll,
};
use tempfile::TempDir;

/// A push that was answered, and the syncs that had returned by then.
struct Answered {
    reply: PushReply,
    lines: Vec<Vec<u8>>,
    syncs: u64,
}

struct Run {
    disk: Disk,
    firm: Firm,
    device: Device,
}

impl Run {
    async fn new(lie: Option<Lie>) -> Self {
        let folder = TempDir::new().unwrap();
        let disk = Disk::watching(folder.path()).unwrap();
        let options = SqliteOptions { readers: 1, vfs: Some(disk.vfs().to_owned()) };
        let store = Store::sqlite_on(&disk.root().join("firebee.db"), &options).unwrap();
        migrate(&store, schema::MIGRATIONS).await.unwrap();
        let firm = Firm::found((store, Some(folder)), 1).await;
        let mut device = Device::claim(&firm, firm.operators[0], 1).await;
        device.whole_task(&firm, &firm.items_of(0)[..3], firm.assignments[0]);
        lie.into_iter().for_each(|lie| disk.plant(lie));
        disk.watch(3);
        Self { disk, firm, device }
    }

    /// Pushes the task in three pieces.
    async fn push_all(&self) -> Vec<Answered> {
        let mut answered = Vec::new();
        for (first, last) in [(1, 2), (3, 3), (4, self.device.head())] {
            let reply = self.device.push(&self.firm, first, last, Sign::Right).await.unwrap();
            let from = usize::try_from(first).unwrap() - 1;
            let lines = self.device.log[from..usize::try_from(last).unwrap()].to_vec();
            answered.push(Answered { reply, lines, syncs: self.disk.syncs() });
        }
        answered
    }
}

/// Starts a server from what the power cut left, and lists the answers that it does not stand by.
async fn broken(image: &Image, device: &Device, answered: &[Answered]) -> Vec<String> {
    let home = TempDir::new().unwrap();
    image.restore(home.path()).unwrap();
    let store = match Store::sqlite(&home.path().join("firebee.db"), 1) {
        Ok(store) => store,
        Err(error) => return vec![format!("the database does not open: {error}")],
    };
    let held = facts(&store).await;
    let watermark = watermark(&store, device).await;
    store.close().await;
    let Ok(held) = held else { return vec![format!("the facts cannot be read: {held:?}")] };
    let mut broken = Vec::new();
    for answer in answered {
        if watermark < answer.reply.acked_through {
            broken.push(format!("{} is acknowledged, the watermark is {watermark}", answer.reply.acked_through));
        }
        broken.extend(answer.lines.iter().filter(|line| !held.contains(*line)).map(|_| "a fact is lost".to_owned()));
    }
    broken
}

async fn facts(store: &Store) -> Result<BTreeSet<Vec<u8>>, StoreError> {
    Ok(try_lines(store).await?.into_iter().map(|kept| kept.bytes.to_vec()).collect())
}

async fn watermark(store: &Store, device: &Device) -> u64 {
    let store_id = device.store_id.0;
    let read = async move |tx: &mut Tx| {
        let select = sql!("SELECT watermark FROM device_store WHERE store_id = ?1");
        tx.query_opt(select, &row![&store_id]).await?.map_or(Ok(0_i64), |row| row.get(0))
    };
    store.read::<_, StoreError, _>("watermark", read).await.unwrap_or(0).unsigned_abs()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answered_push_survives_a_power_cut_of_the_server_at_that_instant() {
    let run = Run::new(None).await;
    let answered = run.push_all().await;
    let moments = run.disk.moments();
    assert!(moments.len() > 6, "there are crash points enough: {}", moments.len());
    for moment in &moments {
        let due = answered.partition_point(|answer| answer.syncs <= moment.syncs);
        let broken = broken(&moment.image, &run.device, &answered[..due]).await;
        assert!(broken.is_empty(), "after {} syncs, torn {}: {broken:#?}", moment.syncs, moment.torn);
    }
}

/// The disk takes its time: as long as it has not confirmed, nobody is told anything.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_push_is_answered_while_the_disk_has_not_confirmed_it() {
    let run = Run::new(None).await;
    run.disk.hold();
    let mut push = pin!(run.device.push(&run.firm, 1, 2, Sign::Right));
    assert!(poll(&mut push).await.is_none(), "the job is handed to the writer");
    assert!(run.disk.wait_for_a_held_sync(), "nobody syncs");
    assert!(poll(&mut push).await.is_none(), "the answer came before the commit was on the disk");
    run.disk.let_go();
    assert_eq!(push.await.unwrap().acked_through, 2);
}

/// Looks once whether a future is done.
async fn poll<F: Future>(future: &mut Pin<&mut F>) -> Option<F::Output> {
    std::future::poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

/// What `synchronous=OFF` does to the server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_does_not_sync_is_found_to_lose_what_it_acknowledged() {
    let run = Run::new(Some(Lie::FilesNotSynced)).await;
    let answered = run.push_all().await;
    assert!(!broken(&run.disk.cut(), &run.device, &answered).await.is_empty());
}

/// Shows that the check works: in the same run, each answer is taken one sync earlier, as if the server answered before
/// the commit.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_given_one_sync_before_the_commit_is_found_not_to_hold() {
    let run = Run::new(None).await;
    let answered = run.push_all().await;
    for answer in &answered {
        let early = run.disk.moments().into_iter().filter(|moment| moment.syncs == answer.syncs - 1 && !moment.torn);
        let image = early.last().unwrap().image;
        assert!(!broken(&image, &run.device, std::slice::from_ref(answer)).await.is_empty());
    }
}

/// A full disk is no fault of a fact: nothing is stored or answered, the phone is told to wait and keeps everything.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_disk_is_full_answers_507_server_full_and_takes_the_same_push_later() {
    let run = Run::new(None).await;
    let before = facts(&run.firm.store).await.unwrap().len();
    for room in [0, 5_000, 30_000] {
        run.disk.set_room(Room::Bytes(room));
        let refused = run.device.push(&run.firm, 1, run.device.head(), Sign::Right).await.unwrap_err();
        let PushError::Store(error @ StoreError::Full(_)) = refused else { panic!("{refused:?}") };
        let problem = firebee_server::api::problem::ApiProblem::from(error);
        assert_eq!((problem.status.as_u16(), problem.code), (507, Code::ServerFull));
        let body = problem.body();
        assert!(!body.title.is_empty() && !body.title_en.is_empty() && body.title != body.title_en);
        assert_eq!(facts(&run.firm.store).await.unwrap().len(), before);
    }
    // Reading writes nothing that it needs.
    let page = run.device.pull(&run.firm.store, None, None).await.unwrap();
    let again = run.device.pull(&run.firm.store, Some(page.next_cursor), None).await.unwrap();
    assert!(!page.changes.is_empty() && again.changes.is_empty());
    run.disk.set_room(Room::Endless);
    run.device.pull(&run.firm.store, Some(again.next_cursor.clone()), None).await.unwrap();
    let syncs = run.disk.syncs();
    for _ in 0..3 {
        run.device.pull(&run.firm.store, Some(again.next_cursor.clone()), None).await.unwrap();
    }
    assert_eq!(run.disk.syncs(), syncs, "what is known is not written again");
    let answered = run.push_all().await;
    assert!(broken(&run.disk.cut(), &run.device, &answered).await.is_empty());
    let again = run.device.push(&run.firm, 1, run.device.head(), Sign::Right).await.unwrap();
    assert_eq!(again.acked_through, run.device.head(), "the same push again is the same answer");
}
