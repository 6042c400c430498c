//! What each screen shows, as the core gives it: complete, in the client's language.

mod act;
mod camera;
mod chip;
mod dispatch;
mod first;
mod item;
mod list;
mod moving;
mod notice;
mod outside_plan;
mod practice;
mod project;
mod review;
mod sync;
mod task;
mod today;
mod track;
mod undecided;
mod words;

use crate::{error::ClientError, noun::Noun};
use firebee_client::screen::{
    Ahead, CameraScreen, DispatchPage, DispatchQuery, DispatchRow, DispatchScreen, Instance, IssuedPage, IssuedQuery,
    ItemScreen, Me, MoveScreen, Permission, PermissionStep, PickOption, ProjectPage, ProjectQuery, ProjectScreen,
    Purpose, Quiet, RecordScreen, Reminders, ReviewScreen, Screens as CoreScreens, SupplementaryScreen, SyncScreen,
    TaskPage, TaskQuery, TaskScreen, Today, TrackScreen, UndecidedScreen,
};
use firebee_domain::{
    geofence::Datum,
    id::{DispatchId, FaultId, PlanItemId, ProjectId, TaskId},
};

/// What coordinates refer to.
#[uniffi::remote(Enum)]
pub enum Datum {
    /// What satellites give.
    Wgs84,
    /// What Chinese maps give (Amap, Tencent).
    Gcj02,
    /// What Baidu's maps give.
    Bd09,
}

/// Reads screens. Each call gives the whole screen; a change is a reason to read it again.
#[derive(uniffi::Object)]
pub struct Screens(pub(crate) Noun<CoreScreens>);

#[uniffi::export(async_runtime = "tokio")]
impl Screens {
    /// Who is signed in; also before anybody is.
    pub async fn me(&self) -> Result<Me, ClientError> {
        self.0.off(CoreScreens::me).await
    }

    /// The one status line, the same on every screen.
    pub async fn quiet(&self) -> Result<Quiet, ClientError> {
        self.0.off(CoreScreens::quiet).await
    }

    /// The permissions of the phone that are still to be asked for, in the order of asking.
    pub fn permissions(&self, granted: Vec<Permission>) -> Vec<PermissionStep> {
        self.0.core.permissions(&granted)
    }

    /// What is to be done today.
    pub async fn today(&self) -> Result<Today, ClientError> {
        self.0.off(CoreScreens::today).await
    }

    /// What the server received and does not count, and what waits for this lead's decision.
    pub async fn undecided(&self) -> Result<UndecidedScreen, ClientError> {
        self.0.off(CoreScreens::undecided).await
    }

    /// A project, with its map in the datum of the map that is shown; nothing when it is not known here.
    pub async fn project(&self, project: ProjectId, datum: Datum) -> Result<Option<ProjectScreen>, ClientError> {
        self.0.off(move |screens| screens.project(project, datum)).await
    }

    /// The issued items of a plan, a project or a facility, page by page.
    pub async fn issued(&self, query: IssuedQuery) -> Result<IssuedPage, ClientError> {
        self.0.off(move |screens| screens.issued(&query)).await
    }

    /// What a supplementary test of a project can be of: the items whose names hold these words; no words find all.
    pub async fn supplementary(&self, project: ProjectId, words: String) -> Result<SupplementaryScreen, ClientError> {
        self.0.off(move |screens| screens.supplementary(project, &words)).await
    }

    /// A task that this account executes or leads.
    pub async fn task(&self, task: TaskId) -> Result<TaskScreen, ClientError> {
        self.0.off(move |screens| screens.task(task)).await
    }

    /// The makers of controllers that hold these words; no words find all.
    pub async fn controllers(&self, task: TaskId, words: String) -> Result<Vec<PickOption>, ClientError> {
        self.0.off(move |screens| screens.controllers(task, &words)).await
    }

    /// One instance of an item, with its form as it stands.
    pub async fn item(&self, task: TaskId, instance: Instance) -> Result<ItemScreen, ClientError> {
        self.0.off(move |screens| screens.item(task, instance)).await
    }

    /// The next instance of the item that has no result, in the order of the project's list and around its end; nothing
    /// when every instance has one.
    pub async fn next_item(&self, task: TaskId, instance: Instance) -> Result<Option<ItemScreen>, ClientError> {
        self.0.off(move |screens| screens.next_item(task, instance)).await
    }

    /// The instance whose QR code or NFC tag says this, of one item or of the first that has it. The text selects, and
    /// proves no presence.
    #[uniffi::method(default(item = None))]
    pub async fn tagged(
        &self,
        task: TaskId,
        tag: String,
        item: Option<PlanItemId>,
    ) -> Result<Option<Instance>, ClientError> {
        self.0.off(move |screens| screens.tagged(task, item, &tag)).await
    }

    /// Where the answer of one instance of an item can go, when it was recorded in the wrong place.
    pub async fn moving(&self, task: TaskId, instance: Instance) -> Result<MoveScreen, ClientError> {
        self.0.off(move |screens| screens.moving(task, instance)).await
    }

    /// What the next photo shows, and whether there is room for it.
    pub async fn camera(&self, task: TaskId, purpose: Purpose) -> Result<CameraScreen, ClientError> {
        self.0.off(move |screens| screens.camera(task, purpose)).await
    }

    /// The running track; nothing when none runs.
    pub async fn track(&self) -> Result<Option<TrackScreen>, ClientError> {
        self.0.off(CoreScreens::track).await
    }

    /// A lead's look at a task.
    pub async fn review(&self, task: TaskId) -> Result<ReviewScreen, ClientError> {
        self.0.off(move |screens| screens.review(task)).await
    }

    /// The record of a fault, which whoever may handle it completes.
    pub async fn record(&self, task: TaskId, fault: FaultId) -> Result<RecordScreen, ClientError> {
        self.0.off(move |screens| screens.record(task, fault)).await
    }

    /// What this account is sent for, the open first.
    pub async fn dispatches(&self) -> Result<Vec<DispatchRow>, ClientError> {
        self.0.off(CoreScreens::dispatches).await
    }

    /// One dispatch: the holder's own, or one of a project that the holder leads.
    pub async fn dispatch(&self, dispatch: DispatchId) -> Result<DispatchScreen, ClientError> {
        self.0.off(move |screens| screens.dispatch(dispatch)).await
    }

    /// The dispatches of this account and of the projects that it leads that a query admits, page by page.
    pub async fn find_dispatches(&self, query: DispatchQuery) -> Result<DispatchPage, ClientError> {
        self.0.off(move |screens| screens.find_dispatches(&query)).await
    }

    /// The projects that a query admits, page by page.
    pub async fn projects(&self, query: ProjectQuery) -> Result<ProjectPage, ClientError> {
        self.0.off(move |screens| screens.projects(&query)).await
    }

    /// The tasks that a query admits, page by page: those of this account, or those that wait for its review.
    pub async fn search(&self, query: TaskQuery) -> Result<TaskPage, ClientError> {
        self.0.off(move |screens| screens.search(&query)).await
    }

    /// What the phone's board of notifications is to tell now, and what to take down from it. Each is given once, until
    /// there is more of it. While the app is `seen`, only that the track broke off is told. Needs no network.
    pub async fn reminders(&self, seen: bool) -> Result<Reminders, ClientError> {
        self.0.off(move |screens| screens.reminders(seen)).await
    }

    /// What comes to be told while the app does not run: a phone that grants it no time of its own has its clock tell it
    /// . It takes the place of everything that was given before, and counts as told when its time has come.
    pub async fn ahead(&self) -> Result<Vec<Ahead>, ClientError> {
        self.0.off(CoreScreens::ahead).await
    }

    /// The sync centre.
    pub async fn sync(&self) -> Result<SyncScreen, ClientError> {
        self.0.off(CoreScreens::sync).await
    }
}
