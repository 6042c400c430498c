//! An ordinary morning: a plan issued to two, one task submitted with a fault, another under way.

use firebee_domain::{
    evidence::PhotoRole,
    id::{PlanId, TaskId},
    result::Verdict,
};
use firebee_tests::{
    answers::Wanted,
    device::{answer, filled},
    office::Office,
    visit::{Visit, said},
};

/// Runs each behaviour on both engines.
#[macro_export]
macro_rules! both {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        mod $name {
            use firebee_tests::office::Office;
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                Box::pin(super::$name(Office::sqlite().await)).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                Box::pin(super::$name(Office::postgres().await)).await;
            }
        }
    )* };
}

/// What a fixture gives.
pub struct Morning {
    pub office: Office,
    pub plan: PlanId,
    /// Submitted, with one fault.
    pub submitted: TaskId,
    /// Under way.
    pub running: TaskId,
    /// The phone that submitted.
    pub visit: Visit,
}

pub const PICTURE: &[u8] = include_bytes!("../../fixtures/photos/portrait_6.jpg");

/// The morning, with every byte on the server.
pub async fn morning(office: Office) -> Morning {
    let mut morning = unsent(office).await;
    morning.visit.send_blobs(&morning.office, 0).await;
    morning
}

/// The morning, with no byte on the server.
pub async fn unsent(office: Office) -> Morning {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..5], "ma").await;
    office.issue(plan, &items[5..8], "chen").await;
    let firm = office.firm(plan).await;
    let mut visit = Visit::begin(firm, office.account("ma"), 1).await;
    let mut work = visit.start(&items[..5], 0);
    visit.result(&mut work, 3, said(&items[0], Verdict::Conform, "配电室", ""));
    let mut wrong = said(&items[1], Verdict::Conform, "配电室", "");
    let first = visit.result(&mut work, 4, wrong.clone());
    wrong.replaces = Some(first);
    visit.result(&mut work, 2, wrong);
    let overridden = filled(&items[2], Verdict::Conform, Wanted::Bad, Some("配电室"));
    visit.result(&mut work, 4, overridden);
    let fault = "启动后 42 秒才供电，超过 30 秒";
    visit.result(&mut work, 12, said(&items[3], Verdict::Nonconform, "地下一层发电机房", fault));
    visit.photo(&mut work, PhotoRole::Evidence, Some(&items[3]), PICTURE);
    let mut untestable = answer(&items[4], Verdict::Untestable);
    untestable.untestable_reason = Some("油箱间上锁，物业没有钥匙".into());
    visit.result(&mut work, 5, untestable);
    visit.photo(&mut work, PhotoRole::Selfie, None, include_bytes!("../../fixtures/photos/no_exif.jpg"));
    visit.describe(&mut work);
    visit.walk(&mut work, 36_617_000, 101_778_000);
    visit.submit(&mut work);
    visit.push().await;
    let mut other = Visit::begin(office.firm(plan).await, office.account("chen"), 2).await;
    let mut running = other.start(&items[5..8], 1);
    other.result(&mut running, 1, said(&items[5], Verdict::Conform, "消防控制室", ""));
    other.push().await;
    Morning { office, plan, submitted: work.task, running: running.task, visit }
}
