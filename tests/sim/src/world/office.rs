//! The firm, and what its people do at their desks.

use firebee_domain::{
    catalogue::Nature,
    id::{AccountId, PlanId, PlanItemId, ProjectId, RequestId, TaskId},
};
use firebee_server::{
    office::{
        Act, Refused,
        firm::{FirmOptions, create},
        plan::{self, Create, Delete, Issue, Recall},
        session::force_release::force_release,
        task::{self, HandOverTask},
    },
    org::Org,
    query,
    random::uuid_v4,
    state::App,
    store::{StoreError, Tx},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What everybody signs in with.
pub const PASSWORD: &str = "three pumps run";

/// Who has phones: three operators, then the lead.
pub const LOGINS: [&str; 4] = ["ma", "chen", "gao", "li"];

/// The lead's place among them.
pub const LEAD: usize = 3;

/// How many items of a second plan are issued.
const SECOND_ITEMS: usize = 2;

const FIRM: &str = include_str!("firm.json");

/// The firm.
pub struct Office {
    /// Its number.
    pub org: Org,
    people: BTreeMap<String, AccountId>,
    project: ProjectId,
    plan: PlanId,
    /// The items of its plan.
    pub items: Vec<PlanItemId>,
    /// A second plan, while there is one, with what is issued of it.
    pub second: Option<(PlanId, Vec<PlanItemId>)>,
}

impl Office {
    /// Founds it, with a plan for the month of which nothing is issued; `None` when the server refuses.
    pub async fn found(app: &App) -> Option<Self> {
        let options = FirmOptions { password: Some(PASSWORD.to_owned()), keep_passwords: true, each: Vec::new() };
        let made = create(&app.office, serde_json::from_str(FIRM).ok()?, &options).await.ok()?;
        let people = made.accounts.into_iter().map(|account| (account.login, account.id)).collect();
        let project: ProjectId = *made.projects.first()?;
        let nobody = PlanId(Uuid::nil());
        let mut office = Self { org: made.org, people, project, plan: nobody, items: Vec::new(), second: None };
        (office.plan, office.items) = office.plan(app, Nature::Month).await?;
        Some(office)
    }

    /// The lead makes a plan of this month; `None` when the server refuses.
    async fn plan(&self, app: &App, nature: Nature) -> Option<(PlanId, Vec<PlanItemId>)> {
        let wanted = Create { project: self.project, nature, month: "2026-11".parse().ok()? };
        let plan = plan::create(&app.store, &app.clock, self.act(app, "li").await?, wanted).await.ok()?;
        let org = self.org;
        let read = async move |tx: &mut Tx| query::plan::plan(tx, org, plan).await;
        let found = app.store.read::<_, StoreError, _>("plan", read).await.ok()??;
        Some((plan, found.plan.items.into_iter().map(|item| item.id).collect()))
    }

    /// The lead makes a second plan, and issues some of it to somebody; whether that was taken.
    pub async fn plan_more(&mut self, app: &App, to: &str) -> bool {
        let Some((plan, mut items)) = self.plan(app, Nature::Quarter).await else { return false };
        items.truncate(SECOND_ITEMS);
        self.second = Some((plan, items.clone()));
        self.issue_of(app, plan, items, to).await
    }

    /// The lead takes back what is issued of the second plan and not begun, and deletes it; whether it is gone.
    pub async fn plan_less(&mut self, app: &App) -> bool {
        let Some((plan, items)) = self.second.clone() else { return false };
        for item in items {
            self.recall_of(app, plan, vec![item]).await;
        }
        let Some(act) = self.act(app, "li").await else { return false };
        let deleted = plan::delete(&app.store, act, Delete { project: self.project, plan }).await;
        // Gone already when a server died before it could say so.
        let gone = matches!(deleted, Ok(()) | Err(Refused::NotFound));
        if gone {
            self.second = None;
        }
        gone
    }

    /// The lead hands a task to somebody else; whether that was taken.
    pub async fn hand_over(&self, app: &App, task: TaskId, from: AccountId, to: &str) -> bool {
        let (Some(act), Some(to)) = (self.act(app, "li").await, self.people.get(to)) else { return false };
        let wanted = HandOverTask { task, from, to: *to, reason: "off sick".into() };
        task::hand_over(&app.store, act, wanted).await.is_ok()
    }

    async fn act(&self, app: &App, login: &str) -> Option<Act> {
        let (org, account) = (self.org, *self.people.get(login)?);
        let read = async move |tx: &mut Tx| query::member::member(tx, org, account).await;
        let member = app.store.read::<_, StoreError, _>("member", read).await.ok()??;
        let request = RequestId(uuid_v4().ok()?);
        Some(Act { org, keys: app.keyring.clone(), actor: member.actor, request, at: app.clock.now() })
    }

    /// The lead issues items to somebody; whether that was taken.
    pub async fn issue(&self, app: &App, items: Vec<PlanItemId>, to: &str) -> bool {
        self.issue_of(app, self.plan, items, to).await
    }

    /// The lead takes items back; whether that was taken.
    pub async fn recall(&self, app: &App, items: Vec<PlanItemId>) -> bool {
        self.recall_of(app, self.plan, items).await
    }

    async fn issue_of(&self, app: &App, plan: PlanId, items: Vec<PlanItemId>, to: &str) -> bool {
        let (Some(act), Some(executor)) = (self.act(app, "li").await, self.people.get(to)) else { return false };
        let wanted = Issue { plan, items, facilities: Vec::new(), executor: *executor };
        plan::issue(&app.store, act, wanted).await.is_ok()
    }

    async fn recall_of(&self, app: &App, plan: PlanId, items: Vec<PlanItemId>) -> bool {
        let Some(act) = self.act(app, "li").await else { return false };
        plan::recall(&app.store, act, Recall { plan, items }).await.is_ok()
    }

    /// The manager takes an account from its phone; whether a phone held it.
    pub async fn force_release(&self, app: &App, login: &str) -> bool {
        force_release(&app.office, login, "lost on the way").await.is_ok_and(|held| held.is_some())
    }
}
