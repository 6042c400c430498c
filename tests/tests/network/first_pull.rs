//! The first pull over a real link: the user sees how far it is, and nothing that came is pulled a second time.

use crate::scene::{is_pull, open};
use firebee_client::{Client, sync::PullStep};
use firebee_domain::code::Code;
use firebee_protocol::document::kind;
use firebee_server::{
    feed::{Publication, lock, publish},
    store::{StoreError, Tx},
};
use firebee_tests::{
    clock::SetClock,
    firm::MORNING,
    link::{Harm, Link},
    served::{PASSWORD, Served, open_for_years},
};
use std::{collections::BTreeSet, sync::Arc};
use tempfile::TempDir;

/// Documents beside those of the firm: more than two pages.
const DOCUMENTS: usize = 1_100;

/// A phone whose account has many documents, signed in behind a link; nothing is pulled yet.
struct Fresh {
    served: Served,
    link: Link,
    home: TempDir,
    clock: Arc<SetClock>,
    client: Client,
}

impl Fresh {
    async fn new() -> Self {
        let served = Served::start().await;
        open_for_years(&served.firm).await;
        let (org, operator) = (served.firm.org, served.firm.operators[0]);
        let document = |number: usize| Publication {
            kind: kind::CATALOGUE,
            id: format!("{number:04}"),
            body: Some(format!("{{\"edition\":\"{number}\"}}")),
            to: vec![operator],
        };
        let all: Vec<Publication> = (0..DOCUMENTS).map(document).collect();
        let write = async move |tx: &mut Tx| {
            lock(tx, org, &BTreeSet::from([operator])).await?;
            publish(tx, org, all.clone()).await.map(drop)
        };
        served.firm.store.write::<_, StoreError, _>("publish", write).await.unwrap();
        let (link, home) = (Link::to(served.address).await, TempDir::new().unwrap());
        let clock = Arc::new(SetClock::at(MORNING.plus_ms(2 * 3_600_000).0));
        let client = open(home.path().to_owned(), &link, clock.clone());
        client.session().sign_in(&operator.to_string(), PASSWORD).await.unwrap();
        link.take_log();
        Self { served, link, home, clock, client }
    }

    /// The app ends and starts again.
    fn restart(self) -> Self {
        let Self { served, link, home, clock, client } = self;
        drop(client);
        let client = open(home.path().to_owned(), &link, clock.clone());
        Self { served, link, home, clock, client }
    }

    /// Every step until the phone holds everything.
    async fn steps(&self) -> Vec<PullStep> {
        let (pull, mut steps) = (self.client.sync().first_pull(), Vec::new());
        while let Some(step) = pull.next().await.unwrap() {
            steps.push(step);
        }
        steps
    }

    fn pulls(&self) -> usize {
        self.link.take_log().iter().filter(|(seen, _)| is_pull(seen)).count()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_pull_tells_documents_and_bytes_until_the_phone_holds_everything() {
    let fresh = Fresh::new().await;
    let steps = fresh.steps().await;
    println!("{:#?}", steps.iter().map(|step| &step.text).collect::<Vec<_>>());
    let total = steps[0].total.unwrap();
    assert!(usize::try_from(total).unwrap() > DOCUMENTS);
    let done: Vec<(i32, Option<i32>)> = steps.iter().map(|step| (step.done, step.total)).collect();
    assert_eq!(done, [(500, Some(total)), (1_000, Some(total)), (total, Some(total))]);
    assert!(steps[0].bytes > 0 && steps.windows(2).all(|pair| pair[0].bytes < pair[1].bytes), "{steps:?}");
    assert!(steps[1].text.contains(&format!("1000/{total}")) && !steps[1].text.is_ascii(), "{steps:?}");
    assert_eq!(fresh.pulls(), 3);
    assert!(!fresh.client.projects().issued(None).unwrap().is_empty());
}

/// A restart of the app is no reason to begin anew: each page was kept with its cursor.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_pull_that_broke_goes_on_behind_what_came_also_after_a_restart() {
    let fresh = Fresh::new().await;
    let pull = fresh.client.sync().first_pull();
    assert_eq!(pull.next().await.unwrap().unwrap().done, 500);
    fresh.link.once(is_pull, Harm::ResetAnswer(100));
    assert_eq!(pull.next().await.unwrap_err().code, Code::NetworkError);
    assert_eq!(pull.next().await.unwrap().unwrap().done, 1_000, "the next call tries at once");
    drop(pull);
    let fresh = fresh.restart();
    fresh.pulls();
    let rest = fresh.steps().await;
    assert_eq!((rest.len(), Some(rest[0].done)), (1, rest[0].total));
    assert_eq!(fresh.pulls(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_holds_everything_has_no_first_pull_and_asks_nothing() {
    let fresh = Fresh::new().await;
    fresh.client.sync().now().await.unwrap();
    fresh.pulls();
    assert_eq!((fresh.steps().await, fresh.pulls()), (Vec::new(), 0));
    // Also while the lanes run beside it.
    let other = Fresh::new().await;
    other.client.sync().start();
    let steps = other.steps().await;
    assert!(steps.iter().all(|step| step.done <= step.total.unwrap()), "{steps:?}");
    assert!(!other.client.projects().issued(None).unwrap().is_empty());
    other.client.sync().stop().await;
}
