//! The office's part: a firm whose plans are issued, so that phones have something to do.

use firebee_domain::{
    account::Category,
    catalogue::{Field, FieldKind, FieldValue, Item, ItemRef, Nature, OutcomeKind, PhotoRule, judge, proposed_verdict},
    contract::ContractKind,
    geofence::{Datum, Location, Position, Thresholds},
    id::{AccountId, ContractId, IncarnationId, OrganisationId, OwnerId, PersonId, PlanId, PlanItemId, ProjectId},
    personnel::{Certificate, CertificateKind, Person},
    plan::{Assignment, AssignmentItem},
    project::Project,
    result::Verdict,
    time::Timestamp,
};
use firebee_protocol::{
    catalogue::{EMBEDDED_BYTES, Pack},
    document::{AssignmentDocument, ProjectDocument, SessionDocument, kind},
};
use firebee_server::{
    feed::{Publication, lock, publish},
    keys::{Keyring, Keys, Seal},
    office::firm::number,
    org::Org,
    query,
    random::uuid_v4,
    row, sql,
    store::{Store, StoreError, Tx},
};
use serde::{Deserialize, Serialize};
use std::{path::Path, sync::LazyLock};
use uuid::Uuid;

/// Items of a plan: ten tasks of fifty.
pub const PLAN_ITEMS: usize = 500;
/// Of everybody.
pub const PASSWORD: &str = "seven-gauges-and-a-valve";

/// The account of operator `number`; the lead is number 0.
pub fn account(number: usize) -> AccountId {
    AccountId(id(1, number, 0, 0))
}

/// What an account signs in with.
pub fn login(number: usize) -> String {
    format!("operator{number}")
}

/// The project that all work is done in.
pub fn project() -> ProjectId {
    ProjectId(id(2, 0, 0, 0))
}

/// An operator's plan.
pub fn plan(operator: usize, number: usize) -> PlanId {
    PlanId(id(3, operator, number, 0))
}

/// An item of a plan: its id, and its id in the catalogue.
pub fn item(operator: usize, plan: usize, number: usize) -> (PlanItemId, String) {
    (PlanItemId(id(4, operator, plan, number)), catalogue_item(number))
}

/// The assignment document of a plan; its revision is 1.
pub fn assignment(operator: usize, plan: usize) -> Uuid {
    id(5, operator, plan, 0)
}

/// An id of version 7, told apart by kind and numbers.
pub fn id(kind: u128, a: usize, b: usize, c: usize) -> Uuid {
    let version_and_variant = (7 << 76) | (2 << 62);
    Uuid::from_u128((kind << 100) | ((a as u128) << 80) | version_and_variant | ((b as u128) << 32) | c as u128)
}

/// Items that ask for no photo when they conform, in the order of the catalogue, over and over.
fn catalogue_item(number: usize) -> String {
    static PLAIN: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let plain = |found: &ItemRef<'_>| {
            let judged = judge(found.item, None, &values(found.item));
            let filled = !matches!(judged.kind, OutcomeKind::Invalid | OutcomeKind::Incomplete);
            filled && found.item.photo != PhotoRule::Always && proposed_verdict(&judged) != Some(Verdict::Nonconform)
        };
        Pack::embedded().catalogue.items().filter(plain).map(|found| found.item.id.as_str()).collect()
    });
    PLAIN[number % PLAIN.len()].to_owned()
}

/// The form of an item without variants, filled in.
pub fn values(item: &Item) -> Vec<FieldValue> {
    let asked = item.record.fields.iter().filter(|field| field.required && field.is_asked(None));
    let answer = |field: &Field| match &field.kind {
        FieldKind::Number(number) => {
            number.limit.min.or(number.limit.max).map_or("1".into(), |limit| limit.to_string())
        }
        FieldKind::Choice(choice) => {
            let passing = choice.options.iter().find(|option| option.pass == Some(true)).or(choice.options.first());
            passing.map(|option| option.value.clone()).unwrap_or_default()
        }
        FieldKind::Bool(answer) => answer.pass.unwrap_or(true).to_string(),
        FieldKind::Text => "as designed".into(),
    };
    asked.map(|field| FieldValue::new(&field.key, answer(field))).collect()
}

/// The firm's id.
pub fn organisation() -> OrganisationId {
    OrganisationId(id(6, 0, 0, 0))
}

/// The firm's number and id.
pub async fn org(tx: &mut Tx) -> Result<Org, StoreError> {
    Ok(query::org::find(tx, organisation()).await?.expect("the firm is entered"))
}

/// How large a firm is.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Size {
    /// How many operators.
    pub operators: usize,
    /// How many of them have plans.
    pub busy: usize,
    /// How many plans each of these has.
    pub plans: usize,
    /// How many items a plan has.
    pub items: usize,
    /// Whether each operator has a phone that signed in; see [`super::herd`].
    pub signed_in: bool,
    /// How many changes stand in the feed of the first operator, of documents that are gone again.
    pub history: usize,
}

/// Makes the firm's key in a folder of data; gives its public half with an incarnation.
pub fn seal(folder: &Path) -> Seal {
    let signing = Keyring::in_folder(folder).make(organisation()).expect("the key is written");
    Keys { incarnation: IncarnationId(uuid_v4().expect("random bytes")), signing }.seal()
}

/// A firm that is about to be written.
#[derive(Clone, Debug)]
pub struct Estate {
    /// How large it is.
    pub size: Size,
    /// Argon2id of [`PASSWORD`].
    pub password_hash: String,
    /// Its incarnation and the public half of its key.
    pub seal: Seal,
}

impl Estate {
    /// Writes the firm into an empty database: everybody's account, one project, and each operator's plans, issued.
    pub async fn found(&self, store: &Store) {
        let estate = self.clone();
        let people = async move |tx: &mut Tx| estate.people(tx).await;
        store.write("found", people).await.expect("the people are written");
        let size = self.size;
        for operator in 1..=size.busy {
            for plan in 0..size.plans {
                let issue = async move |tx: &mut Tx| issue(tx, operator, plan, size).await;
                store.write("issue", issue).await.expect("a plan is written");
            }
        }
    }

    async fn people(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let number = number::next(tx).await?;
        let insert = sql!(
            "INSERT INTO organisation (org, id, name, body, incarnation, server_key, rev_base, behind)
             VALUES (?1, ?2, 'firm', '{}', ?3, ?4, 0, 0)"
        );
        tx.execute(insert, &row![number, &organisation().0, &self.seal.incarnation, &self.seal.public]).await?;
        let org = org(tx).await?;
        for number in 0..=self.size.operators {
            self.person(tx, org, number).await?;
        }
        let pack = Pack::embedded();
        let insert = sql!("INSERT INTO catalogue (id, edition, bytes) VALUES (?1, ?2, ?3)");
        tx.execute(insert, &row![&pack.id.0, &pack.catalogue.edition, EMBEDDED_BYTES]).await?;
        self.project(tx, org).await
    }

    async fn person(&self, tx: &mut Tx, org: Org, number: usize) -> Result<(), StoreError> {
        let (category, certificate) = match number {
            0 => (Category::ProjectLead, CertificateKind::RegisteredEngineer),
            _ => (Category::FieldOperator, CertificateKind::FacilityOperatorCert),
        };
        let held = Certificate {
            kind: certificate,
            level: 1,
            number: "1".into(),
            valid_from: "2020-01-01".parse().ok(),
            valid_to: "2040-01-01".parse().ok(),
            issued: None,
        };
        let person = PersonId(id(7, number, 0, 0));
        let name = format!("person {number}");
        let body = Person::new(person, organisation(), name.clone(), vec![held]);
        let insert = sql!("INSERT INTO person (org, id, name, sort, find, body) VALUES (?1, ?2, ?3, ?3, ?3, ?4)");
        tx.execute(insert, &row![org, &person.0, &name, &json(&body)]).await?;
        let insert = sql!(
            "INSERT INTO account (org, id, person, login, phone, category, director, enabled, password_hash,
                 must_change, created_ms, find) VALUES (?1, ?2, ?3, ?4, '', ?5, 0, 1, ?6, 0, 0, ?4)"
        );
        let account = account(number);
        let word = json(&category);
        let hash = self.password_hash.as_str();
        let login = login(number);
        let args = row![org, &account.0, &person.0, &login, word.trim_matches('"'), hash];
        tx.execute(insert, &args).await?;
        let lead = sql!("INSERT INTO login_org (login, org) VALUES (?1, ?2)");
        tx.execute(lead, &row![&login, org]).await?;
        let session = SessionDocument {
            account,
            organisation: organisation(),
            organisation_name: "firm".into(),
            name,
            person,
            category,
            registrations: body.registrations(),
            track: Some(Thresholds::default()),
        };
        put(tx, org, kind::SESSION, account.to_string(), &session, vec![account]).await.map(drop)
    }

    async fn project(&self, tx: &mut Tx, org: Org) -> Result<(), StoreError> {
        let (owner, contract, lead) = (OwnerId(id(8, 0, 0, 0)), ContractId(id(9, 0, 0, 0)), account(0));
        let insert = sql!(
            "INSERT INTO owner (org, id, name, sort, find, body, created_ms, changed_ms)
             VALUES (?1, ?2, 'owner', 'owner', 'owner', '{}', 0, 0)"
        );
        tx.execute(insert, &row![org, &owner.0]).await?;
        let insert = sql!(
            "INSERT INTO contract (org, id, owner, kind, sign_date, end_date, ended, sort, find, body)
             VALUES (?1, ?2, ?3, 'maintenance', '2026-01-01', '2036-12-31', '', 'contract', 'contract', '{}')"
        );
        tx.execute(insert, &row![org, &contract.0, &owner.0]).await?;
        let project = Project {
            id: project(),
            organisation: organisation(),
            contract,
            kind: ContractKind::Maintenance,
            special_site: false,
            owner,
            name: "project".into(),
            city: "city".into(),
            address: "road 1".into(),
            lead: Some(lead),
            location: Position::new(31_230_000, 121_470_000).ok().map(|place| Location::new(Datum::Wgs84, place)),
            fence_radius_m: None,
            further_fences: Vec::new(),
            buildings: Vec::new(),
            facilities: Vec::new(),
            jurisdiction: None,
            key_unit: None,
            sign_date: "2026-01-01".parse().expect("a day"),
            end_date: "2036-12-31".parse().expect("a day"),
            first_month: None,
            termination: None,
            design_values: Vec::new(),
            training: false,
            witness_since: None,
        };
        let insert = sql!(
            "INSERT INTO project (org, id, contract, lead, name, sort, find, body, end_date, terminated)
             VALUES (?1, ?2, ?3, ?4, 'project', 'project', 'project', ?5, '2036-12-31', 0)"
        );
        tx.execute(insert, &row![org, &project.id.0, &contract.0, &lead.0, &json(&project)]).await?;
        let to = (0..=self.size.operators).map(account).collect();
        let document =
            ProjectDocument { project, owner_name: "owner".into(), lead_name: "lead".into(), orders: Vec::new() };
        put(tx, org, kind::PROJECT, document.project.id.to_string(), &document, to).await.map(drop)
    }
}

/// Makes a plan and issues all of it to its operator.
async fn issue(tx: &mut Tx, operator: usize, number: usize, size: Size) -> Result<(), StoreError> {
    let org = org(tx).await?;
    let (executor, plan, pack) = (account(operator), plan(operator, number), Pack::embedded());
    // One project has many operators here; a period of its own keeps its plans apart.
    let nth = (operator - 1) * size.plans + number;
    let period = format!("{:04}-{:02}", 2_026 + nth / 12, nth % 12 + 1);
    let insert = sql!(
        "INSERT INTO plan (org, id, project, nature, period, name, sort, find, catalogue, created_ms, facilities)
         VALUES (?1, ?2, ?3, 'month', ?4, 'plan', 'plan', 'plan', ?5, 0, '[]')"
    );
    tx.execute(insert, &row![org, &plan.0, &project().0, &period, &pack.id.0]).await?;
    let items: Vec<(PlanItemId, String)> = (0..size.items).map(|n| item(operator, number, n)).collect();
    let insert = sql!(
        "INSERT INTO plan_item (org, id, plan, position, item_id, facility, system, state, executor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'issued', ?8)"
    );
    let granted = items.into_iter().map(|(plan_item, item_id)| {
        let found = pack.catalogue.item(&item_id).expect("the catalogue knows its items");
        AssignmentItem {
            plan_item,
            facility: found.facility.code.clone(),
            system: found.system.code.clone(),
            item_id,
            planned_for: None,
            position: None,
        }
    });
    let granted: Vec<AssignmentItem> = granted.collect();
    for (position, item) in (0_i64..).zip(&granted) {
        let args =
            row![org, &item.plan_item.0, &plan.0, position, &item.item_id, &item.facility, &item.system, &executor.0];
        tx.execute(insert, &args).await?;
    }
    let assigned = Assignment {
        plan,
        project: project(),
        executor,
        revision: 1,
        granted: Timestamp(0),
        deadline: "2036-12-31".parse().expect("a day"),
        items: granted,
        demands: firebee_domain::ways::Demands::default(),
    };
    let document = AssignmentDocument {
        assignment: assigned.clone(),
        plan_name: "plan".into(),
        nature: Nature::Month,
        period: period.parse().expect("a month"),
        catalogue: pack.id,
    };
    let id = assignment(operator, number);
    let feed_seq = put(tx, org, kind::ASSIGNMENT, id.to_string(), &document, vec![executor]).await?;
    let insert = sql!("INSERT INTO assignment (org, id, plan, project, executor, rev) VALUES (?1, ?2, ?3, ?4, ?5, 1)");
    tx.execute(insert, &row![org, &id, &plan.0, &project().0, &executor.0]).await?;
    let insert = sql!(
        "INSERT INTO assignment_revision (org, assignment, rev, feed_seq, body, made_ms) VALUES (?1, ?2, 1, ?3, ?4, 0)"
    );
    tx.execute(insert, &row![org, &id, feed_seq, &json(&assigned)]).await.map(drop)
}

/// Publishes a document; gives its number in the first reader's feed.
async fn put(
    tx: &mut Tx,
    org: Org,
    kind: &'static str,
    id: String,
    body: &impl serde::Serialize,
    to: Vec<AccountId>,
) -> Result<i64, StoreError> {
    lock(tx, org, &to.iter().copied().collect()).await?;
    let published = publish(tx, org, vec![Publication { kind, id, body: Some(json(body)), to }]).await?;
    let feed = published.first().and_then(|document| document.feed.first());
    Ok(feed.map_or(0, |(_, seq)| i64::try_from(*seq).unwrap_or(0)))
}

fn json(body: &impl serde::Serialize) -> String {
    serde_json::to_string(body).expect("a body is JSON")
}
