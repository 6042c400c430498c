//! A firm whose operator and lead have a phone each, beside its office.

use crate::scene::{open, open_as};
use firebee_client::{
    Client, ClientConfig,
    screen::{PhotoView, ReviewScreen},
    work::{
        evidence::{PhotoSource, TakePhoto},
        task::{DescribeTask, StartTask, SubmitTask},
    },
};
use firebee_domain::{
    evidence::PhotoRole,
    id::{PlanId, PlanItemId, TaskId},
};
use firebee_server::router;
use firebee_tests::{
    browse::Browser,
    clock::SetClock,
    firm::MORNING,
    link::Link,
    office::{Office, PASSWORD},
    picture,
    recorded::untestable,
};
use std::{net::SocketAddr, path::Path, sync::Arc};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

/// A firm's server, the phone of an operator and that of the project's lead.
pub struct Stage {
    pub office: Office,
    pub clock: Arc<SetClock>,
    pub link: Link,
    pub operator: Client,
    pub lead: Client,
    served: JoinHandle<()>,
    pub homes: [TempDir; 2],
    pub plan: PlanId,
    pub items: Vec<PlanItemId>,
    pub pictures: u32,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.served.abort();
    }
}

impl Stage {
    pub async fn new() -> Self {
        Self::on(Office::sqlite().await).await
    }

    /// On an office that has issued nothing yet.
    pub async fn on(office: Office) -> Self {
        let plan = office.plan().await;
        let items = office.items(plan).await;
        office.issue(plan, &items[..2], "ma").await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = router(office.app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let served = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        let link = Link::to(address).await;
        let clock = Arc::new(SetClock::at(MORNING.plus_ms(2 * 3_600_000).0));
        let homes = [TempDir::new().unwrap(), TempDir::new().unwrap()];
        let [operator, lead] = [0, 1].map(|at: usize| open(homes[at].path().to_owned(), &link, clock.clone()));
        for (client, login) in [(&operator, "ma"), (&lead, "li")] {
            client.session().sign_in(login, PASSWORD).await.unwrap();
            client.sync().now().await.unwrap();
        }
        let issued = operator.projects().issued(None).unwrap().remove(0);
        let items = issued.items.iter().map(|item| item.item).collect();
        Self { office, clock, link, operator, lead, served, homes, plan, items, pictures: 0 }
    }

    pub fn pass(&self, ms: i64) {
        self.clock.advance_ms(ms);
        self.office.app.clock.advance_ms(ms);
    }

    pub fn photograph(&mut self, task: TaskId, role: PhotoRole, item: Option<PlanItemId>) {
        self.pass(1_000);
        self.pictures += 1;
        let source = Self::source(self.pictures);
        let photo = TakePhoto { task, role, item, ordinal: item.map(|_| 1), source };
        self.operator.evidence().take_photo(&photo).unwrap();
    }

    /// A picture by its number.
    pub fn source(number: u32) -> PhotoSource {
        PhotoSource::Bytes(picture::large(number, 20_000))
    }

    /// The operator's app ends and starts again, with these settings.
    pub fn reopen_operator(&mut self, set: impl FnOnce(ClientConfig) -> ClientConfig) {
        // The old client goes first: one writer a journal.
        let elsewhere = TempDir::new().unwrap();
        self.operator = open(elsewhere.path().to_owned(), &self.link, self.clock.clone());
        self.operator = open_as(self.homes[0].path().to_owned(), &self.link, self.clock.clone(), set);
    }

    /// A task on one of the issued items.
    pub fn start(&self, item: usize) -> TaskId {
        let start = StartTask { plan: self.plan, items: vec![self.items[item]], location_allowed: true };
        self.operator.tasks().start(&start).unwrap()
    }

    /// A task on one of the issued items with so many photos beside the selfie, handed in and whole on the server.
    pub async fn handed_in(&mut self, item: usize, photos: u32) -> TaskId {
        let task = self.start(item);
        let items = [self.items[item]];
        for _ in 0..photos {
            self.photograph(task, PhotoRole::Evidence, Some(items[0]));
        }
        self.photograph(task, PhotoRole::Selfie, None);
        self.operator.tasks().record_result(&untestable(task, items[0])).unwrap();
        let described = DescribeTask { task, controller_brand: None, helpers: Vec::new(), instruments: Vec::new() };
        self.operator.tasks().describe(&described).unwrap();
        self.submit(task).await;
        task
    }

    pub async fn submit(&self, task: TaskId) {
        self.pass(1_000);
        self.operator.tasks().submit(SubmitTask { task }).unwrap();
        self.operator.sync().now().await.unwrap();
    }

    /// Pulls until a photo of the task is told to stand in another task, too: the server looks at the first task after the
    /// commit that brought the second.
    pub async fn wait_until_shared(&self, task: TaskId) {
        let mut told = false;
        for _ in 0..1_000 {
            self.lead.sync().now().await.unwrap();
            told = self.photos(task).iter().any(|photo| photo.flags.iter().any(|flag| flag.contains("同一张照片")));
            if told {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert!(told, "the lead is not told of the other task");
    }

    pub fn review(&self, task: TaskId) -> ReviewScreen {
        self.lead.screens().review(task).unwrap()
    }

    /// Every photo of a task as its lead sees it.
    pub fn photos(&self, task: TaskId) -> Vec<PhotoView> {
        let screen = self.review(task);
        let of_answers = screen.answers.into_iter().flat_map(|row| row.photos);
        of_answers.chain(screen.task.selfie).collect()
    }

    /// How many thumbnails, and how many previews, of a task are on the lead's phone.
    pub fn here(&self, task: TaskId) -> (usize, usize) {
        let photos = self.photos(task);
        let on_disk = |path: &Option<String>| path.as_ref().is_some_and(|path| Path::new(path).exists());
        let thumbnails = photos.iter().filter(|photo| on_disk(&photo.thumbnail)).count();
        (thumbnails, photos.iter().filter(|photo| on_disk(&photo.preview)).count())
    }

    /// What the technical director decides on the console.
    pub async fn decide_in_the_office(&self, task: TaskId, decision: &str, opinion: &str) {
        let zhao = Browser::of(&self.office, "zhao").await;
        let path = format!("/tasks/{task}");
        let page = zhao.get(&path).await;
        let form = [("decision", decision), ("opinion", opinion)];
        let done = zhao.submit(&page, &format!("{path}/review"), &form).await;
        assert!(done.location().starts_with(&format!("{path}?done=")), "{}", done.text());
    }
}
