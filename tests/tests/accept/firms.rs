//! Two firms in one database whose ids collide on purpose: accounts, project, plan, items, facts, tasks and blobs of one
//! are those of the other. Neither sees or touches the other.

use crate::{both, serializable};
use firebee_domain::{
    account::{Actor, Role},
    id::{AccountId, RequestId, TaskId},
    review::Decision,
    task::TaskState,
};
use firebee_protocol::{document::TaskDocument, fact::Mime};
use firebee_server::{
    blobs::BlobKey,
    evidence::blob::{Whole, verify},
    keys::Keyring,
    office::{
        Act,
        review::{Decide, decide},
    },
    org::Org,
    query::{self, task::Filter},
    row,
    store::{Row, Sql, StoreError, Tx, schema},
};
use firebee_tests::{device::Device, firm::Firm};
use uuid::Uuid;

both!(neither_of_two_firms_whose_ids_collide_sees_or_touches_the_other);
serializable!(neither_of_two_firms_whose_ids_collide_sees_or_touches_the_other);

/// The tables that have a column `org`, as the migrations leave them.
fn tables() -> Vec<&'static str> {
    let ddl = schema::MIGRATIONS.iter().flat_map(|migration| migration.ddl.split(';'));
    let mut tables = Vec::new();
    for statement in ddl {
        if let Some((_, rest)) = statement.split_once("CREATE TABLE ") {
            let name = rest.split_whitespace().next().unwrap();
            if rest.contains("\n    org BIGINT") {
                tables.push(name);
            }
        } else if let Some((_, name)) = statement.split_once("DROP TABLE ") {
            tables.retain(|table| *table != name.trim());
        }
    }
    assert!(tables.len() > 30, "{tables:?}");
    tables
}

/// Every row of a firm, each as text.
async fn rows(firm: &Firm, org: Org) -> Vec<String> {
    let mut all = Vec::new();
    for table in tables() {
        let text: &'static str = Box::leak(format!("SELECT * FROM {table} WHERE org = ?1").into_boxed_str());
        let pg: &'static str = Box::leak(text.replace("?1", "$1").into_boxed_str());
        let sql = Sql::new(text, pg);
        let read = async move |tx: &mut Tx| tx.query(sql, &row![org]).await;
        let found: Vec<Row> = firm.store.read("rows", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
        all.extend(found.iter().map(|row| format!("{table} {row:?}")));
    }
    all.sort();
    all
}

fn lead(firm: &Firm) -> Actor {
    Actor {
        account: firm.lead,
        organisation: Some(firm.org.id()),
        role: Role::ProjectLead,
        technical_director: false,
        enabled: true,
    }
}

async fn listed(firm: &Firm) -> Vec<(TaskId, TaskState)> {
    let (org, actor) = (firm.org, lead(firm));
    let read = async move |tx: &mut Tx| query::task::tasks(tx, org, &actor, &Filter::default()).await;
    let found = firm.store.read("tasks", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    found.rows.into_iter().map(|row| (row.id, row.state)).collect()
}

async fn document_of(firm: &Firm, task: TaskId) -> TaskDocument {
    let org = firm.org;
    let read = async move |tx: &mut Tx| query::task::document(tx, org, task).await;
    let found = firm.store.read("task", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    found.unwrap()
}

async fn neither_of_two_firms_whose_ids_collide_sees_or_touches_the_other(ours: Firm) {
    let theirs = ours.twin().await;
    assert_eq!((ours.lead, ours.project, ours.plan), (theirs.lead, theirs.project, theirs.plan));
    let executor: AccountId = ours.operators[0];
    let mut a = Device::claim(&ours, executor, 1).await;
    let mut b = Device::claim(&theirs, executor, 2).await;
    let work = a.whole_task(&ours, &ours.items_of(0)[..2], ours.assignments[0]);
    b.log.clone_from(&a.log);

    let before = rows(&ours, theirs.org).await;
    a.push_from(&ours, 1).await;
    assert_eq!(rows(&ours, theirs.org).await, before, "a push of one firm writes nothing of the other");
    assert_eq!(listed(&ours).await, [(work.task, TaskState::PendingReview)]);
    assert_eq!(listed(&theirs).await, [], "the same ids are nobody's there");
    let pulled = b.pull(&theirs.store, None, None).await.unwrap();
    assert!(pulled.changes.iter().all(|change| change.kind != "task"), "{:?}", pulled.changes);

    // The same facts of the same account about the same items are the other firm's own.
    let before = rows(&ours, ours.org).await;
    let reply = b.push_from(&theirs, 1).await;
    assert_eq!((reply.acked_through, reply.results.as_slice()), (b.head(), [].as_slice()));
    assert_eq!(rows(&ours, ours.org).await, before);
    assert_eq!(listed(&theirs).await, [(work.task, TaskState::PendingReview)]);

    let before = rows(&ours, theirs.org).await;
    let document = document_of(&ours, work.task).await;
    for photo in &document.task.photos {
        for id in [photo.taken.original, photo.taken.preview, photo.taken.thumbnail] {
            let key = BlobKey { org: ours.org, id };
            verify(&ours.store, key, Whole { len: 1_000, media: Some(Mime::Jpeg), exif: None, crc32: 0 }, a.now)
                .await
                .unwrap();
        }
    }
    assert_eq!(document_of(&theirs, work.task).await.evidence.verified, 0, "the bytes of one firm are not the other's");
    let waits = document.task.last_submission().unwrap();
    let wanted = Decide {
        task: work.task,
        round: waits.round,
        manifest_hash: waits.manifest_hash,
        decision: Decision::Rejected,
        opinion: "again".into(),
        attachments: Vec::new(),
    };
    let folder = tempfile::tempdir().unwrap();
    ours.lay_key(folder.path());
    theirs.lay_key(folder.path());
    let (org, keys, actor, at) = (ours.org, Keyring::in_folder(folder.path()), lead(&ours), a.now);
    let request = RequestId(Uuid::from_u128(1));
    let act = Act { org, keys, actor, request, at };
    decide(&ours.store, act.clone(), wanted.clone()).await.unwrap();
    assert_eq!(rows(&ours, theirs.org).await, before, "a decision of one firm is not the other's");

    // The same request of the other firm is another one.
    let before = rows(&ours, ours.org).await;
    let act = Act { org: theirs.org, actor: lead(&theirs), ..act };
    decide(&theirs.store, act, wanted).await.unwrap();
    assert_eq!(rows(&ours, ours.org).await, before);
    for firm in [&ours, &theirs] {
        assert_eq!(listed(firm).await, [(work.task, TaskState::Rejected)]);
    }
}
