//! A firm in a database: a lead, operators, a project with a plan, everything issued; for suites that begin where the
//! office has done its work.
#![expect(clippy::expect_used, reason = "a test without its data must fail, loudly")]

use ed25519_dalek::SigningKey;
use firebee_domain::{
    account::Category,
    catalogue::{Nature, PhotoRule},
    contract::ContractKind,
    geofence::{Datum, Location, Position},
    id::{AccountId, ContractId, IncarnationId, OrganisationId, OwnerId, PersonId, PlanId, PlanItemId, ProjectId},
    personnel::{Certificate, CertificateKind, Person, Registration},
    plan::{Assignment, AssignmentItem},
    project::Project,
    time::Timestamp,
};
use firebee_protocol::{
    catalogue::{EMBEDDED_BYTES, Pack},
    document::{AssignmentDocument, ProjectDocument, kind},
};
use firebee_server::{
    feed::{Publication, lock, publish},
    keys::{Keyring, Keys, Seal},
    office::firm::number,
    org::Org,
    query, row, sql,
    store::{Store, StoreError, Tx, migrate::migrate, schema},
};
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

/// 2026-11-16T09:00:00+08:00, when the firm is made.
pub const MORNING: Timestamp = Timestamp(1_794_790_800_000);

/// One item that is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The plan item.
    pub item: PlanItemId,
    /// Its catalogue id.
    pub item_id: String,
}

/// The firm.
pub struct Firm {
    /// Its database.
    pub store: Store,
    /// The folder of a SQLite file lives as long as this.
    pub folder: Option<TempDir>,
    /// What the server signs with for it.
    pub keys: Keys,
    /// The firm's number and the id of its organisation.
    pub org: Org,
    /// The lead of the project, a registered engineer.
    pub lead: AccountId,
    /// Two operators.
    pub operators: [AccountId; 2],
    /// The project, of a maintenance contract.
    pub project: ProjectId,
    /// Its plan.
    pub plan: PlanId,
    /// The plan's items: the first half is issued to the first operator, the rest to the second.
    pub items: Vec<Issued>,
    /// The assignment of each operator and its revision.
    pub assignments: [(Uuid, u64); 2],
}

/// How many items the plan has.
pub const ITEMS: usize = 12;

/// A migrated SQLite file.
///
/// # Panics
/// If it cannot be made.
pub async fn sqlite() -> (Store, Option<TempDir>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::sqlite(&folder.path().join("firebee.db"), 2).expect("SQLite opens");
    migrate(&store, schema::MIGRATIONS).await.expect("the schema is made");
    (store, Some(folder))
}

/// A migrated schema of a real PostgreSQL.
///
/// # Panics
/// If PostgreSQL is not there: no test skips it.
pub async fn postgres() -> (Store, Option<TempDir>) {
    let store = Store::postgres(crate::postgres::schema().await, 8).expect("a pool");
    migrate(&store, schema::MIGRATIONS).await.expect("the schema is made");
    (store, None)
}

/// A migrated schema of a real PostgreSQL, where every transaction is SERIALIZABLE.
///
/// # Panics
/// If PostgreSQL is not there: no test skips it.
pub async fn serializable() -> (Store, Option<TempDir>) {
    let store = Store::postgres(crate::postgres::serializable_schema().await, 8).expect("a pool");
    migrate(&store, schema::MIGRATIONS).await.expect("the schema is made");
    (store, None)
}

impl Firm {
    /// A firm with a project and everything issued; `number` makes its ids its own.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn found((store, folder): (Store, Option<TempDir>), number: u128) -> Self {
        let id = |n: u128| Uuid::from_u128((number << 64) | n);
        let organisation = OrganisationId(id(1));
        let signing = SigningKey::from_bytes(&[u8::try_from(number).expect("a small number"); 32]);
        let keys = Keys { incarnation: IncarnationId(id(7)), signing };
        let seal = keys.seal();
        let enter = async move |tx: &mut Tx| enter(tx, organisation, seal).await;
        let org = store.write("enter_firm", enter).await.expect("the firm gets its number");
        let mut firm = Self {
            store,
            folder,
            keys,
            org,
            lead: AccountId(id(10)),
            operators: [AccountId(id(11)), AccountId(id(12))],
            project: ProjectId(id(20)),
            plan: PlanId(id(21)),
            items: plain_items(id(100).as_u128()),
            assignments: [(id(31), 1), (id(32), 1)],
        };
        let made = firm.plot();
        let assignments = firm.store.write("found_firm", async move |tx: &mut Tx| made.write(tx).await).await;
        firm.assignments = assignments.expect("the firm is written");
        firm
    }

    /// Lays the private half of its key into a server's data folder.
    ///
    /// # Panics
    /// If the disk refuses.
    pub fn lay_key(&self, data: &Path) {
        Keyring::in_folder(data).keep(self.org.id(), &self.keys.signing).expect("the key is written");
    }

    /// A keyring that has read this firm's key: what signs an act of its office.
    ///
    /// # Panics
    /// If the disk refuses.
    pub fn keyring(&self) -> Keyring {
        let folder = tempfile::tempdir().expect("a folder");
        self.lay_key(folder.path());
        let keyring = Keyring::in_folder(folder.path());
        let seal = self.keys.seal();
        keyring.of(self.org.id(), seal).expect("the key is read");
        keyring
    }

    /// Another firm in the same database with the same ids: accounts, project, plan, items, assignments. Only the
    /// organisation and the logins are others, which exist once on a server.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn twin(&self) -> Self {
        let organisation = OrganisationId(Uuid::from_u128(!self.org.id().0.as_u128()));
        let incarnation = IncarnationId(Uuid::from_u128(!self.keys.incarnation.0.as_u128()));
        let keys = Keys { incarnation, ..self.keys.clone() };
        let seal = keys.seal();
        let enter = async move |tx: &mut Tx| enter(tx, organisation, seal).await;
        let org = self.store.write("enter_firm", enter).await.expect("the firm gets its number");
        let (store, items) = (self.store.clone(), self.items.clone());
        let mut firm = Self { store, folder: None, keys, org, items, ..*self };
        let made = firm.plot();
        let assignments = firm.store.write("found_firm", async move |tx: &mut Tx| made.write(tx).await).await;
        firm.assignments = assignments.expect("the firm is written");
        firm
    }

    fn plot(&self) -> Plot {
        Plot {
            org: self.org,
            lead: self.lead,
            operators: self.operators,
            project: self.project,
            plan: self.plan,
            items: self.items.clone(),
            assignments: self.assignments.map(|(id, _)| id),
        }
    }

    /// Issues other items to an operator: the next revision of the assignment.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn issue(&mut self, operator: usize, items: &[Issued], at: Timestamp) {
        let (plot, items) = (self.plot(), items.to_vec());
        let issued =
            self.store.write("issue", async move |tx: &mut Tx| plot.issue(tx, operator, &items, at).await).await;
        if let Some(held) = self.assignments.get_mut(operator) {
            *held = issued.expect("the assignment is written");
        }
    }

    /// The items issued to an operator at first.
    pub fn items_of(&self, operator: usize) -> &[Issued] {
        half(&self.items, operator)
    }
}

/// The days on which every lead of these tests is a registered engineer.
pub fn registered() -> Registration {
    let day = |text: &str| text.parse().expect("a day");
    Registration { from: day("2020-01-01"), to: day("2040-01-01") }
}

fn half(items: &[Issued], operator: usize) -> &[Issued] {
    let (first, second) = items.split_at(items.len() / 2);
    if operator == 0 { first } else { second }
}

/// Items of the built-in catalogue that ask for no photo when they conform.
fn plain_items(first: u128) -> Vec<Issued> {
    let pack = &Pack::embedded().catalogue;
    let plain = pack.items().filter(|found| found.item.photo != PhotoRule::Always);
    let ids = (first..).map(|n| PlanItemId(Uuid::from_u128(n)));
    ids.zip(plain).take(ITEMS).map(|(item, found)| Issued { item, item_id: found.item.id.clone() }).collect()
}

/// Enters an organisation among the firms of the server.
async fn enter(tx: &mut Tx, organisation: OrganisationId, seal: Seal) -> Result<Org, StoreError> {
    let number = number::next(tx).await?;
    let insert = sql!(
        "INSERT INTO organisation (org, id, name, body, incarnation, server_key, rev_base, behind)
         VALUES (?1, ?2, 'firm', '{}', ?3, ?4, 0, 0)"
    );
    tx.execute(insert, &row![number, &organisation, &seal.incarnation, &seal.public]).await?;
    let org = query::org::find(tx, organisation).await?;
    Ok(org.expect("it was entered just now"))
}

/// What is written, owned so that it may move into a job.
#[derive(Clone)]
struct Plot {
    org: Org,
    lead: AccountId,
    operators: [AccountId; 2],
    project: ProjectId,
    plan: PlanId,
    items: Vec<Issued>,
    assignments: [Uuid; 2],
}

impl Plot {
    async fn write(self, tx: &mut Tx) -> Result<[(Uuid, u64); 2], StoreError> {
        self.account(tx, self.lead, Category::ProjectLead, CertificateKind::RegisteredEngineer).await?;
        for operator in self.operators {
            self.account(tx, operator, Category::FieldOperator, CertificateKind::FacilityOperatorCert).await?;
        }
        self.project(tx).await?;
        self.plan(tx).await?;
        let mut revs = [(Uuid::nil(), 0); 2];
        for (operator, held) in revs.iter_mut().enumerate() {
            *held = self.issue(tx, operator, half(&self.items, operator), MORNING).await?;
        }
        Ok(revs)
    }

    async fn account(
        &self,
        tx: &mut Tx,
        account: AccountId,
        category: Category,
        certificate: CertificateKind,
    ) -> Result<(), StoreError> {
        let Registration { from, to } = registered();
        let held = Certificate {
            kind: certificate,
            level: 1,
            number: "1".into(),
            valid_from: Some(from),
            valid_to: Some(to),
            issued: None,
        };
        let id = PersonId(Uuid::from_u128(account.0.as_u128() + 1_000));
        let name = format!("holder of {account}");
        let person = Person::new(id, self.org.id(), name.clone(), vec![held]);
        let insert = sql!("INSERT INTO person (org, id, name, sort, find, body) VALUES (?1, ?2, ?3, ?3, ?3, ?4)");
        tx.execute(insert, &row![self.org, &id.0, &name, &json(&person)]).await?;
        let insert = sql!(
            "INSERT INTO account (org, id, person, login, phone, category, director, enabled, password_hash,
                 must_change, created_ms, find) VALUES (?1, ?2, ?3, ?4, '', ?5, 0, 1, '', 0, 0, ?4)"
        );
        let taken = sql!("SELECT org FROM login_org WHERE login = ?1");
        let mut login = account.to_string();
        if tx.query_opt(taken, &row![&login]).await?.is_some() {
            login.push_str(" of the twin");
        }
        let category = json(&category);
        let args = row![self.org, &account.0, &id.0, &login, category.trim_matches('"')];
        tx.execute(insert, &args).await?;
        let lead = sql!("INSERT INTO login_org (login, org) VALUES (?1, ?2)");
        tx.execute(lead, &row![&login, self.org]).await.map(drop)
    }

    async fn project(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let (owner, contract) =
            (OwnerId(Uuid::from_u128(self.project.0.as_u128() + 1_000)), ContractId(self.project.0));
        let insert = sql!(
            "INSERT INTO owner (org, id, name, sort, find, body, created_ms, changed_ms)
             VALUES (?1, ?2, 'owner', 'owner', 'owner', '{}', 0, 0)"
        );
        tx.execute(insert, &row![self.org, &owner.0]).await?;
        let insert = sql!(
            "INSERT INTO contract (org, id, owner, kind, sign_date, end_date, ended, sort, find, body)
             VALUES (?1, ?2, ?3, 'maintenance', '2026-01-01', '2036-12-31', '', 'contract', 'contract', '{}')"
        );
        tx.execute(insert, &row![self.org, &contract.0, &owner.0]).await?;
        let place = Position::new(31_230_000, 121_470_000).expect("a place");
        let project = Project {
            id: self.project,
            organisation: self.org.id(),
            contract,
            kind: ContractKind::Maintenance,
            special_site: false,
            owner,
            name: "project".into(),
            city: "city".into(),
            address: "road 1".into(),
            lead: Some(self.lead),
            location: Some(Location::new(Datum::Wgs84, place)),
            fence_radius_m: None,
            further_fences: Vec::new(),
            buildings: Vec::new(),
            facilities: Vec::new(),
            jurisdiction: None,
            key_unit: None,
            sign_date: "2026-01-01".parse().expect("a day"),
            end_date: "2027-12-31".parse().expect("a day"),
            first_month: None,
            termination: None,
            design_values: Vec::new(),
            training: false,
            witness_since: None,
        };
        let insert = sql!(
            "INSERT INTO project (org, id, contract, lead, name, sort, find, body, end_date, terminated)
             VALUES (?1, ?2, ?3, ?4, 'project', 'project', 'project', ?5, '2027-12-31', 0)"
        );
        let body = json(&project);
        let args = row![self.org, &self.project.0, &contract.0, &self.lead.0, &body];
        tx.execute(insert, &args).await?;
        let document =
            ProjectDocument { project, owner_name: "owner".into(), lead_name: "lead".into(), orders: Vec::new() };
        let to = self.operators.into_iter().chain([self.lead]).collect();
        let publication =
            Publication { kind: kind::PROJECT, id: self.project.to_string(), body: Some(json(&document)), to };
        lock(tx, self.org, &publication.to.iter().copied().collect()).await?;
        publish(tx, self.org, vec![publication]).await.map(drop)
    }

    async fn plan(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let pack = Pack::embedded();
        let insert = sql!("INSERT INTO catalogue (id, edition, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING");
        tx.execute(insert, &row![&pack.id.0, &pack.catalogue.edition, EMBEDDED_BYTES]).await?;
        let insert = sql!(
            "INSERT INTO plan (org, id, project, nature, period, name, sort, find, catalogue, created_ms, facilities)
             VALUES (?1, ?2, ?3, 'month', '2026-11', 'plan', 'plan', 'plan', ?4, ?5, '[]')"
        );
        let args = row![self.org, &self.plan.0, &self.project.0, &pack.id.0, MORNING.0];
        tx.execute(insert, &args).await?;
        let insert = sql!(
            "INSERT INTO plan_item (org, id, plan, position, item_id, facility, system, state)
             VALUES (?1, ?2, ?3, ?4, ?5, 'f', 's', 'not_issued')"
        );
        for (position, issued) in (0_i64..).zip(&self.items) {
            tx.execute(insert, &row![self.org, &issued.item.0, &self.plan.0, position, &issued.item_id]).await?;
        }
        Ok(())
    }

    /// Grants exactly `items`, with the next revision; gives the assignment and its revision.
    async fn issue(
        &self,
        tx: &mut Tx,
        operator: usize,
        items: &[Issued],
        at: Timestamp,
    ) -> Result<(Uuid, u64), StoreError> {
        let executor = self.operators.get(operator).copied().expect("an operator");
        let id = self.assignments.get(operator).copied().expect("an assignment");
        let found =
            tx.query_opt(sql!("SELECT rev FROM assignment WHERE org = ?1 AND id = ?2"), &row![self.org, &id]).await?;
        let revision = found.map_or(Ok(0), |row| row.get::<i64>(0))?.unsigned_abs() + 1;
        let granted = items.iter().map(|issued| AssignmentItem {
            plan_item: issued.item,
            item_id: issued.item_id.clone(),
            facility: "f".into(),
            system: "s".into(),
            planned_for: None,
            position: None,
        });
        let assignment = Assignment {
            plan: self.plan,
            project: self.project,
            executor,
            revision,
            granted: at,
            deadline: "2026-11-30".parse().expect("a day"),
            items: granted.collect(),
            demands: firebee_domain::ways::Demands::default(),
        };
        let document = AssignmentDocument {
            assignment: assignment.clone(),
            plan_name: "plan".into(),
            nature: Nature::Month,
            period: "2026-11".parse().expect("a month"),
            catalogue: Pack::embedded().id,
        };
        let publication = Publication {
            kind: kind::ASSIGNMENT,
            id: id.to_string(),
            body: Some(json(&document)),
            to: vec![executor, self.lead],
        };
        // Somebody else may have had the assignment before.
        let everybody = tx.query(sql!("SELECT account FROM session WHERE org = ?1"), &row![self.org]).await?;
        let everybody = everybody.iter().map(|row| row.get(0)).collect::<Result<_, StoreError>>()?;
        lock(tx, self.org, &everybody).await?;
        let published = publish(tx, self.org, vec![publication]).await?;
        let done = published.first().expect("one document");
        assert_eq!(done.rev, revision, "an assignment is published once a revision");
        let rev = i64::try_from(revision).expect("small");
        let feed_seq = done.feed.iter().find(|(account, _)| *account == executor).map_or(0, |(_, seq)| *seq);
        let upsert = sql!(
            "INSERT INTO assignment (org, id, plan, project, executor, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (org, id) DO UPDATE SET rev = excluded.rev"
        );
        tx.execute(upsert, &row![self.org, &id, &self.plan.0, &self.project.0, &executor.0, rev]).await?;
        let insert = sql!(
            "INSERT INTO assignment_revision (org, assignment, rev, feed_seq, body, made_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        );
        let feed_seq = i64::try_from(feed_seq).expect("small");
        tx.execute(insert, &row![self.org, &id, rev, feed_seq, &json(&assignment), at.0]).await?;
        let take = sql!(
            "UPDATE plan_item SET state = 'not_issued', executor = NULL
             WHERE org = ?1 AND executor = ?2 AND task IS NULL"
        );
        tx.execute(take, &row![self.org, &executor.0]).await?;
        let give =
            sql!("UPDATE plan_item SET state = 'issued', executor = ?3 WHERE org = ?1 AND id = ?2 AND task IS NULL");
        for issued in items {
            tx.execute(give, &row![self.org, &issued.item.0, &executor.0]).await?;
        }
        Ok((id, revision))
    }
}

fn json(body: &impl serde::Serialize) -> String {
    serde_json::to_string(body).expect("a body is JSON")
}
