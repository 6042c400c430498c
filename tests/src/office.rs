//! An office: a firm founded from its file on a running server, with what its people do on the console and what an
//! operator's phone brings in.
#![expect(clippy::expect_used, reason = "a test without its data must fail, loudly")]

use crate::{
    acts::acts,
    firm::{Firm, Issued, MORNING},
};
use axum::Router;
use firebee_domain::{
    catalogue::Nature,
    id::{AccountId, PlanId, ProjectId, RequestId},
};
use firebee_server::{
    blobs::DiskFiles,
    clock::Clock,
    config::Config,
    office::{
        Act,
        authority::found,
        firm::{FirmOptions, create, oversee},
        plan::{self, Create, Issue},
    },
    org::Org,
    query,
    random::uuid_v4,
    router, row, sql,
    state::{App, open_on},
    store::{Store, StoreError, Tx},
};
use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use uuid::Uuid;

/// What everybody signs in with.
pub const PASSWORD: &str = "correct horse battery";

/// The proxy that its server trusts.
pub const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 7));

/// The firm's file.
const FIRM: &str = include_str!("../fixtures/office.json");

/// Where a program of this workspace is built: beside the folder of the tests.
///
/// # Panics
/// If the test does not know where it runs.
pub fn built(program: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a test is a file");
    tests.parent().and_then(Path::parent).expect("tests lie in a folder of the build").join(program)
}

/// The office.
pub struct Office {
    /// The server's parts; its clock stands two hours after the morning.
    pub app: App,
    /// What it answers.
    pub router: Router,
    /// Its clock.
    pub clock: Clock,
    /// The firm.
    pub org: Org,
    /// The accounts by login: `wang` manages, `li` leads the first project, `sun` the second, `zhao` leads none and is
    /// the technical director, `ma` and `chen` operate.
    pub people: BTreeMap<String, AccountId>,
    /// The projects, in the order of the file: the first is ready to issue, the second is not.
    pub projects: Vec<ProjectId>,
    /// The server's folder; the SQLite file lies in it too.
    pub folder: TempDir,
}

impl Office {
    /// On SQLite.
    pub async fn sqlite() -> Self {
        Self::on(crate::firm::sqlite().await).await
    }

    /// On a real PostgreSQL: no test skips it.
    pub async fn postgres() -> Self {
        Self::on(crate::firm::postgres().await).await
    }

    /// On a migrated database.
    ///
    /// # Panics
    /// If the server does not open, or the firm is not founded.
    pub async fn on(database: (Store, Option<TempDir>)) -> Self {
        Self::set(database, |_| {}).await
    }

    /// As [`Office::on`], by other settings.
    ///
    /// # Panics
    /// As there.
    pub async fn set((store, file): (Store, Option<TempDir>), set: impl FnOnce(&mut Config)) -> Self {
        let folder = file.unwrap_or_else(|| tempfile::tempdir().expect("a folder"));
        let clock = Clock::standing_at(MORNING.plus_ms(2 * 3_600_000));
        let printer = built("firebee-report");
        let mut config = Config {
            trusted_proxies: vec![PROXY],
            report_program: Some(printer),
            webhook_hosts: vec!["127.0.0.1".to_owned()],
            ..Config::in_folder(folder.path())
        };
        set(&mut config);
        let app = open_on(store, Arc::new(DiskFiles), config, clock.clone()).await;
        let app = app.expect("the server opens");
        let made = Self::found(&app, FIRM, true).await;
        Self {
            router: router(app.clone()),
            app,
            clock,
            org: made.org,
            people: made.accounts.into_iter().map(|account| (account.login, account.id)).collect(),
            projects: made.projects,
            folder,
        }
    }

    /// Founds a firm of a file.
    ///
    /// # Panics
    /// If the file is refused.
    pub async fn found(app: &App, file: &str, keep_passwords: bool) -> firebee_server::office::firm::Created {
        let options = FirmOptions { password: Some(PASSWORD.to_owned()), keep_passwords, each: Vec::new() };
        let file = serde_json::from_str(file).expect("the firm's file is JSON");
        create(&app.office, file, &options).await.expect("the firm is founded")
    }

    /// Founds the fire service, and puts the firm under its corps.
    ///
    /// # Panics
    /// If a file is refused.
    pub async fn oversee(&self) {
        for file in AUTHORITY {
            let file = serde_json::from_str(file).expect("the file is JSON");
            found(&self.app.office, file, (Some(PASSWORD.to_owned()), true)).await.expect("it is founded");
        }
        let firm = "青海安泰消防技术服务有限公司";
        oversee(&self.app.office, firm, "青海省消防救援总队").await.expect("the firm has its unit");
    }

    /// The account of a login.
    ///
    /// # Panics
    /// If nobody has it.
    pub fn account(&self, login: &str) -> AccountId {
        *self.people.get(login).expect("somebody has this login")
    }

    /// The first project.
    ///
    /// # Panics
    /// Never: the file has two.
    pub fn project(&self) -> ProjectId {
        *self.projects.first().expect("a project")
    }

    /// An act of somebody, by a fresh request.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn act(&self, login: &str) -> Act {
        let (org, account) = (self.org, self.account(login));
        let read = async move |tx: &mut Tx| query::member::member(tx, org, account).await;
        let member: Result<_, StoreError> = self.app.store.read("member", read).await;
        let actor = member.expect("the database answers").expect("the account is there").actor;
        let request = RequestId(uuid_v4().expect("random bytes"));
        Act { org, keys: self.app.keyring.clone(), actor, request, at: self.app.clock.now() }
    }

    /// The plan of this month, made by the lead.
    ///
    /// # Panics
    /// If the office refuses.
    pub async fn plan(&self) -> PlanId {
        let month = "2026-11".parse().expect("a month");
        let wanted = Create { project: self.project(), nature: Nature::Month, month };
        let act = self.act("li").await;
        plan::create(&self.app.store, &self.app.clock, act, wanted).await.expect("the plan is made")
    }

    /// The items of a plan, in its order.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn items(&self, plan: PlanId) -> Vec<Issued> {
        let org = self.org;
        let read = async move |tx: &mut Tx| query::plan::plan(tx, org, plan).await;
        let found: Result<_, StoreError> = self.app.store.read("plan", read).await;
        let items = found.expect("the database answers").expect("the plan is there").plan.items;
        items.into_iter().map(|item| Issued { item: item.id, item_id: item.item_id }).collect()
    }

    /// Issues items to somebody.
    ///
    /// # Panics
    /// If the office refuses.
    pub async fn issue(&self, plan: PlanId, items: &[Issued], to: &str) {
        let items = items.iter().map(|issued| issued.item).collect();
        let wanted = Issue { plan, items, facilities: Vec::new(), executor: self.account(to) };
        plan::issue(&self.app.store, self.act("li").await, wanted).await.expect("the items are issued");
    }

    /// The assignment of somebody in a plan and its revision.
    ///
    /// # Panics
    /// If there is none.
    pub async fn assignment(&self, plan: PlanId, of: &str) -> (Uuid, u64) {
        let executor = self.account(of);
        let read = async move |tx: &mut Tx| {
            let find = sql!("SELECT id, rev FROM assignment WHERE plan = ?1 AND executor = ?2");
            let row = tx.query_opt(find, &row![&plan.0, &executor.0]).await?;
            row.map(|row| Ok((row.get(0)?, row.get::<i64>(1)?.unsigned_abs()))).transpose()
        };
        let found: Result<_, StoreError> = self.app.store.read("assignment", read).await;
        found.expect("the database answers").expect("an assignment")
    }

    /// The office as phones see it: two operators with what is issued to them in a plan.
    pub async fn firm(&self, plan: PlanId) -> Firm {
        Firm {
            store: self.app.store.clone(),
            folder: None,
            keys: self.app.keys(self.org).await.expect("the firm has its key"),
            org: self.org,
            lead: self.account("li"),
            operators: [self.account("ma"), self.account("chen")],
            project: self.project(),
            plan,
            items: self.items(plan).await,
            assignments: [self.assignment(plan, "ma").await, self.assignment(plan, "chen").await],
        }
    }

    /// How many acts of this kind were written down.
    pub async fn acts(&self, kind: &str) -> usize {
        acts(&self.app.store, kind).await.len()
    }

    /// One number out of the database.
    ///
    /// # Panics
    /// If there is none.
    pub async fn number(&self, sql: firebee_server::store::Sql) -> i64 {
        let read = async move |tx: &mut Tx| tx.query_opt(sql, &[]).await?.map_or(Ok(-1), |row| row.get(0));
        let read: Result<i64, StoreError> = self.app.store.read("number", read).await;
        read.expect("it is read")
    }
}

/// The fire service: `hu` is of the corps, `tang` of a detachment below it, `bao` of the brigade below that in which the first
/// project lies, `far` of a corps elsewhere.
pub const AUTHORITY: [&str; 2] = [
    r#"{
  "units": [
    { "name": "青海省消防救援总队", "level": "corps" },
    { "name": "西宁市消防救援支队", "level": "detachment", "above": "青海省消防救援总队" },
    { "name": "西宁市城中区消防救援大队", "level": "brigade", "above": "西宁市消防救援支队" }
  ],
  "people": [
    { "name": "胡杰", "phone": "13900000021", "login": "hu", "unit": "青海省消防救援总队" },
    { "name": "唐宁", "phone": "13900000022", "login": "tang", "unit": "西宁市消防救援支队" },
    { "name": "包山", "phone": "13900000024", "login": "bao", "unit": "西宁市城中区消防救援大队" }
  ]
}"#,
    r#"{
  "units": [{ "name": "甘肃省消防救援总队", "level": "corps" }],
  "people": [{ "name": "远山", "phone": "13900000023", "login": "far", "unit": "甘肃省消防救援总队" }]
}"#,
];

/// Another firm, whose manager signs in as `qian`.
pub const OTHER_FIRM: &str = r#"{
  "organisation": { "name": "other", "uscc": "1", "national_registration_no": "2", "service_types": ["maintenance_inspection"] },
  "people": [{ "name": "qian", "account": { "phone": "13900000009", "login": "qian", "category": "company_manager", "enabled": true } }]
}"#;
