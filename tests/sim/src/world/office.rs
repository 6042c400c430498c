//! The firm, and what its people do at their desks.

use firebee_domain::{
    catalogue::Nature,
    id::{AccountId, PlanId, PlanItemId, ProjectId, RequestId},
};
use firebee_server::{
    office::{
        Act,
        firm::{FirmOptions, create},
        plan::{self, Create, Issue, Recall},
        session::force_release::force_release,
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

const FIRM: &str = include_str!("firm.json");

/// The firm.
pub struct Office {
    /// Its number.
    pub org: Org,
    people: BTreeMap<String, AccountId>,
    plan: PlanId,
    /// The items of its plan.
    pub items: Vec<PlanItemId>,
}

impl Office {
    /// Founds it, with a plan for the month of which nothing is issued; `None` when the server refuses.
    pub async fn found(app: &App) -> Option<Self> {
        let options = FirmOptions { password: Some(PASSWORD.to_owned()), keep_passwords: true, each: Vec::new() };
        let made = create(&app.office, serde_json::from_str(FIRM).ok()?, &options).await.ok()?;
        let people = made.accounts.into_iter().map(|account| (account.login, account.id)).collect();
        let project: ProjectId = *made.projects.first()?;
        let mut office = Self { org: made.org, people, plan: PlanId(Uuid::nil()), items: Vec::new() };
        let wanted = Create { project, nature: Nature::Month, month: "2026-11".parse().ok()? };
        let act = office.act(app, "li").await?;
        let plan = plan::create(&app.store, &app.clock, act, wanted).await.ok()?;
        let org = office.org;
        let read = async move |tx: &mut Tx| query::plan::plan(tx, org, plan).await;
        let found = app.store.read::<_, StoreError, _>("plan", read).await.ok()??;
        office.plan = plan;
        office.items = found.plan.items.into_iter().map(|item| item.id).collect();
        Some(office)
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
        let (Some(act), Some(executor)) = (self.act(app, "li").await, self.people.get(to)) else { return false };
        let wanted = Issue { plan: self.plan, items, facilities: Vec::new(), executor: *executor };
        plan::issue(&app.store, act, wanted).await.is_ok()
    }

    /// The lead takes items back; whether that was taken.
    pub async fn recall(&self, app: &App, items: Vec<PlanItemId>) -> bool {
        let Some(act) = self.act(app, "li").await else { return false };
        plan::recall(&app.store, act, Recall { plan: self.plan, items }).await.is_ok()
    }

    /// The manager takes an account from its phone; whether a phone held it.
    pub async fn force_release(&self, app: &App, login: &str) -> bool {
        force_release(&app.office, login, "lost on the way").await.is_ok_and(|held| held.is_some())
    }
}
