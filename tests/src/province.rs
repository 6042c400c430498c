//! Many projects and tasks in one database, as rows: what lists and their counts read. No page of one of them is there.
#![expect(clippy::expect_used, reason = "a test without its data must fail, loudly")]

use crate::{
    office::Office,
    picture::jpeg,
    visit::{Visit, said},
};
use firebee_domain::{evidence::PhotoRole, result::Verdict};
use firebee_server::{
    org::Org,
    random::uuid_v4,
    row, sql,
    store::{Batch, StoreError, Tx, Ty},
};
use uuid::Uuid;

/// How much of it there is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Firms; the first one is the office's own.
    pub firms: usize,
    /// Projects of all firms together.
    pub projects: usize,
    /// Tasks of all firms together, one fault for each sixth.
    pub tasks: usize,
}

/// States of tasks, as rows have them.
const STATES: [&str; 4] = ["executing", "pending_review", "approved", "rejected"];

/// Rows that are written at once.
const CHUNK: usize = 2_000;

static PROJECTS: Batch<12> = Batch::new(
    "INSERT INTO project (org, id, contract, lead, unit, end_date, terminated, name, sort, find, body, particulars) {rows}",
    [
        Ty::Int,
        Ty::Blob,
        Ty::Blob,
        Ty::Blob,
        Ty::Blob,
        Ty::Text,
        Ty::Int,
        Ty::Text,
        Ty::Text,
        Ty::Text,
        Ty::Text,
        Ty::Text,
    ],
);

static TASKS: Batch<18> = Batch::new(
    "INSERT INTO task (org, id, project, kind, executor, state, round, name, sort, find, day, number, started, started_ms,
         submitted, submitted_ms, in_time, judged) {rows}",
    [
        Ty::Int, Ty::Blob, Ty::Blob, Ty::Text, Ty::Blob, Ty::Text, Ty::Int, Ty::Text, Ty::Text, Ty::Text, Ty::Text, Ty::Int,
        Ty::Text, Ty::Int, Ty::Text, Ty::Int, Ty::Text, Ty::Int,
    ],
);

static FAULTS: Batch<10> = Batch::new(
    "INSERT INTO fault (org, id, project, task, name, sort, find, state, found, found_ms) {rows}",
    [Ty::Int, Ty::Blob, Ty::Blob, Ty::Blob, Ty::Text, Ty::Text, Ty::Text, Ty::Text, Ty::Text, Ty::Int],
);

/// A firm with one project of its own, which the others are like.
#[derive(Clone)]
struct Like {
    org: Org,
    contract: Uuid,
    lead: Uuid,
    unit: Option<Uuid>,
    executor: Uuid,
    id: Uuid,
    name: String,
    body: String,
}

/// A task and a fault that a phone brought in: what the others are like.
#[derive(Clone)]
struct Brought {
    kind: String,
    started: String,
    found: String,
    fault: String,
    at_ms: i64,
}

/// Counts the rows of the tables that were filled, for the planner.
const COUNT: &str = "ANALYZE project; ANALYZE task; ANALYZE fault; ANALYZE document;";

/// Fills the office's database.
///
/// # Panics
/// If the database refuses.
pub async fn grow(office: &Office, size: Size) {
    let brought = brought(office).await;
    let mut firms = vec![office.org];
    for nth in 1..size.firms {
        firms.push(Office::found(&office.app, &file(nth), true).await.org);
    }
    for org in &firms {
        let like = like(office, *org).await;
        let projects = projects(office, &like, size.projects / firms.len()).await;
        tasks(office, (&like, &brought), &projects, size.tasks / firms.len()).await;
    }
    // Not the whole database: other tests have their schemas in it.
    let count = async |tx: &mut Tx| tx.script(COUNT, COUNT).await;
    office.app.store.write::<_, StoreError, _>("analyze", count).await.expect("the database counts its rows");
}

/// The file of another firm.
fn file(nth: usize) -> String {
    let person = |login: &str, category: &str, kind: Option<&str>| {
        let held = kind.map(|kind| {
            let days = ["2024-01-01", "2099-12-31"];
            serde_json::json!({ "kind": kind, "level": 1, "number": "1", "valid_from": days[0], "valid_to": days[1] })
        });
        serde_json::json!({
            "name": format!("{login}{nth}"),
            "certificates": held.into_iter().collect::<Vec<_>>(),
            "account": { "phone": "13900000000", "login": format!("{login}{nth}"), "category": category, "enabled": true }
        })
    };
    serde_json::json!({
        "organisation": {
            "name": format!("消防服务公司{nth}"), "uscc": format!("{nth}"), "national_registration_no": format!("{nth}"),
            "service_types": ["maintenance_inspection"]
        },
        "people": [
            person("lead", "project_lead", Some("registered_engineer")),
            person("operator", "field_operator", Some("facility_operator_cert"))
        ],
        "owners": [{
            "name": format!("业主{nth}"), "city": "西宁市", "address": "长江路10号",
            "contracts": [{
                "name": "维保合同", "kind": "maintenance", "sign_date": "2026-01-05", "end_date": "2027-12-31",
                "projects": [{
                    "name": format!("大厦{nth}"), "city": "西宁市", "address": "长江路10号", "lead": format!("lead{nth}"),
                    "facilities": ["power-panel"],
                    "jurisdiction": { "name": "西宁市城中区消防救援大队", "level": "brigade" }
                }]
            }]
        }]
    })
    .to_string()
}

/// A visit, so that a real task and a real fault are there.
async fn brought(office: &Office) -> Brought {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let of = |nth: usize| items.get(nth..nth + 1).expect("an item");
    office.issue(plan, of(0), "ma").await;
    office.issue(plan, of(1), "chen").await;
    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut work = visit.start(of(0), 0);
    visit.result(&mut work, 3, said(items.first().expect("an item"), Verdict::Nonconform, "配电室", "不亮"));
    visit.photo(&mut work, PhotoRole::Evidence, of(0).first(), &jpeg(1, 0));
    visit.photo(&mut work, PhotoRole::Selfie, None, &jpeg(2, 0));
    visit.describe(&mut work);
    visit.submit(&mut work);
    visit.push().await;
    let org = office.org;
    let read = async move |tx: &mut Tx| {
        let find = sql!(
            "SELECT t.kind, t.started, t.started_ms, f.found, f.state FROM task t
             JOIN fault f ON f.org = t.org AND f.task = t.id WHERE t.org = ?1"
        );
        let row = tx.query_opt(find, &row![org]).await?.ok_or_else(|| StoreError::Bug("no task".into()))?;
        let (kind, started, found, fault) = (row.get(0)?, row.get(1)?, row.get(3)?, row.get(4)?);
        Ok(Brought { kind, started, at_ms: row.get(2)?, found, fault })
    };
    office.app.store.read::<_, StoreError, _>("brought", read).await.expect("a task is there")
}

async fn like(office: &Office, org: Org) -> Like {
    let read = async move |tx: &mut Tx| {
        let find = sql!(
            "SELECT p.contract, p.lead, p.unit, p.id, p.name, p.body,
                 (SELECT a.id FROM account a WHERE a.org = p.org AND a.category = 'field_operator' ORDER BY a.id LIMIT 1)
             FROM project p WHERE p.org = ?1 ORDER BY p.unit IS NULL, p.id LIMIT 1"
        );
        let row = tx.query_opt(find, &row![org]).await?.ok_or_else(|| StoreError::Bug("no project".into()))?;
        let (contract, lead, unit, id, executor) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(6)?);
        Ok(Like { org, contract, lead, unit, executor, id, name: row.get(4)?, body: row.get(5)? })
    };
    office.app.store.read::<_, StoreError, _>("like", read).await.expect("a project is there")
}

async fn projects(office: &Office, like: &Like, count: usize) -> Vec<Uuid> {
    let ids: Vec<Uuid> = (0..count).map(|_| uuid_v4().expect("random bytes")).collect();
    for (chunk, from) in ids.chunks(CHUNK).zip((0..).step_by(CHUNK)) {
        let (chunk, like) = (chunk.to_vec(), like.clone());
        let job = async move |tx: &mut Tx| {
            let named: Vec<(Uuid, String, String)> = chunk
                .iter()
                .zip(from..)
                .map(|(id, nth)| {
                    let name = format!("{}{nth:05}", like.name);
                    let body = like.body.replace(&like.id.to_string(), &id.to_string());
                    (*id, name.clone(), body.replace(&format!("\"{}\"", like.name), &format!("\"{name}\"")))
                })
                .collect();
            let rows = named.iter().map(|(id, name, body)| {
                row![
                    like.org,
                    id,
                    &like.contract,
                    &like.lead,
                    like.unit.as_ref(),
                    "2027-12-31",
                    0_i64,
                    name,
                    name,
                    name,
                    body,
                    "{}"
                ]
            });
            tx.execute_many(&PROJECTS, rows).await
        };
        office.app.store.write::<_, StoreError, _>("grow_projects", job).await.expect("projects are written");
    }
    ids
}

async fn tasks(office: &Office, (like, brought): (&Like, &Brought), projects: &[Uuid], count: usize) {
    let all: Vec<(usize, Uuid)> = (0..count).map(|nth| (nth, uuid_v4().expect("random bytes"))).collect();
    for chunk in all.chunks(CHUNK) {
        let (chunk, like, brought, projects) = (chunk.to_vec(), like.clone(), brought.clone(), projects.to_vec());
        let job = async move |tx: &mut Tx| {
            let of = |nth: usize| projects.get(nth % projects.len()).expect("a project");
            let named: Vec<(usize, Uuid, String)> =
                chunk.iter().map(|(nth, id)| (*nth, *id, format!("2026年11月维护保养计划 {nth:06}"))).collect();
            let rows = named.iter().map(|(nth, id, name)| {
                let state = STATES.get(nth % STATES.len()).copied().expect("a state");
                let at = brought.at_ms - i64::try_from(*nth).expect("small") * 60_000;
                let done = (state != "executing").then_some(());
                row![
                    like.org,
                    id,
                    of(*nth),
                    &brought.kind,
                    &like.executor,
                    state,
                    1_i64,
                    name,
                    name,
                    name,
                    "2026-11-16",
                    i64::try_from(*nth).expect("small") + 100,
                    &brought.started,
                    at,
                    done.map(|()| brought.started.as_str()),
                    done.map(|()| at + 1_000),
                    done.map(|()| "in_time"),
                    1_i64
                ]
            });
            tx.execute_many(&TASKS, rows).await?;
            let faults: Vec<(Uuid, &(usize, Uuid, String))> = named
                .iter()
                .filter(|(nth, ..)| nth % 6 == 0)
                .map(|task| (uuid_v4().expect("random bytes"), task))
                .collect();
            let rows = faults.iter().map(|(id, (nth, task, name))| {
                row![like.org, id, of(*nth), task, name, name, name, &brought.fault, &brought.found, brought.at_ms]
            });
            tx.execute_many(&FAULTS, rows).await
        };
        office.app.store.write::<_, StoreError, _>("grow_tasks", job).await.expect("tasks are written");
    }
}
