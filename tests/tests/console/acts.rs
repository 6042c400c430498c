//! Acts of the office: exact lines in a chain of their firm, which nobody rewrites unseen.

use super::fixture::morning;
use crate::both;
use ed25519_dalek::SigningKey;
use firebee_domain::{code::Code, id::TaskId, review::Decision};
use firebee_protocol::act::{OfficeAct, office_next, office_start, sign_act};
use firebee_server::{
    config::Config,
    keys::{Keyring, Keys},
    office::{
        account::toggle,
        review::{Decide, decide},
    },
    query::{self, act::links},
    row, sql,
    store::{Store, StoreError, Tx, stored},
    verify::verify,
};
use firebee_tests::{acts::acts, browse::Browser, kept::rewrite, office::Office};
use std::path::Path;

both!(
    each_command_is_an_exact_line_with_its_project_its_actor_and_its_input,
    a_command_that_is_refused_leaves_no_act,
    a_page_says_of_a_decision_what_its_line_says,
);

/// A morning whose submission is rejected.
async fn rejected(office: Office) -> (Office, TaskId) {
    let morning = morning(office).await;
    let (office, task) = (morning.office, morning.submitted);
    decide(&office.app.store, office.act("li").await, decision(&office, task).await).await.unwrap();
    (office, task)
}

async fn decision(office: &Office, task: TaskId) -> Decide {
    let org = office.org;
    let read = async move |tx: &mut Tx| query::task::document(tx, org, task).await;
    let found: Result<_, StoreError> = office.app.store.read("task", read).await;
    let found = found.unwrap().unwrap();
    let waits = found.task.last_submission().unwrap();
    let opinion = "请补拍铭牌\r\n第二行".to_owned();
    let (round, manifest_hash) = (waits.round, waits.manifest_hash);
    Decide { task, round, manifest_hash, decision: Decision::Rejected, opinion, attachments: Vec::new() }
}

async fn each_command_is_an_exact_line_with_its_project_its_actor_and_its_input(office: Office) {
    let (office, task) = rejected(office).await;
    toggle(&office.app.office, "sun", false).await.unwrap();
    let org = office.org;
    let read = async move |tx: &mut Tx| links(tx, org).await;
    let links = office.app.store.read::<_, StoreError, _>("acts", read).await.unwrap();
    let keys = office.app.keys(org).await.unwrap();
    let mut chain = office_start(org.id(), keys.incarnation, keys.signing.verifying_key().as_bytes());
    for (seq, link) in (1..).zip(&links) {
        let act = OfficeAct::read(&link.line).unwrap();
        chain = office_next(chain, seq, org.id(), act.project, &link.line);
        assert_eq!((link.seq, link.chain, act.id), (seq, chain, link.id));
        assert_eq!(link.signed, sign_act(&keys.signing, org.id(), keys.incarnation, seq, chain));
        assert_eq!(act.id.0.get_version_num(), 7);
    }
    let kinds: Vec<_> = links.iter().map(|link| OfficeAct::read(&link.line).unwrap().kind).collect();
    let made = kinds.iter().filter(|kind| *kind == "create_account").count();
    let expected = ["create_plan", "issue_plan", "issue_plan", "decide_review", "toggle_account"];
    assert_eq!(kinds[made..], expected);
    let decided = &acts(&office.app.store, "decide_review").await[0];
    assert_eq!((decided.project, decided.account), (Some(office.project()), Some(office.account("li"))));
    assert_eq!(decided.subject, task.to_string());
    assert!(decided.body.get().contains(r#""opinion":"请补拍铭牌\r\n第二行""#), "{}", decided.body.get());
    let issued = &acts(&office.app.store, "issue_plan").await[0];
    assert_eq!(issued.project, Some(office.project()), "a plan is its project's");
    let toggled = &acts(&office.app.store, "toggle_account").await[0];
    assert_eq!((toggled.project, toggled.account), (None, None), "the administrator at the server has no account");
}

async fn a_command_that_is_refused_leaves_no_act(office: Office) {
    let (office, task) = rejected(office).await;
    let before = office.number(sql!("SELECT seq FROM act_head")).await;
    let again = decide(&office.app.store, office.act("li").await, decision(&office, task).await).await;
    assert_eq!(again.unwrap_err().code(), Code::TaskNotPending);
    assert_eq!(office.number(sql!("SELECT seq FROM act_head")).await, before);
    assert_eq!(office.number(sql!("SELECT count(*) FROM act")).await, before);
}

async fn a_page_says_of_a_decision_what_its_line_says(office: Office) {
    let (office, task) = rejected(office).await;
    let forged = async move |tx: &mut Tx| rewrite(tx, "task", "请补拍铭牌", "全部合格").await;
    office.app.store.write::<_, StoreError, _>("forge", forged).await.unwrap();
    let page = Browser::of(&office, "li").await.get(&format!("/tasks/{task}")).await;
    assert!(page.text().contains("请补拍铭牌"), "{}", page.text());
    assert!(!page.text().contains("全部合格"), "{}", page.text());
}

/// What whoever owns the database may try.
async fn tampered(folder: &Path, how: impl AsyncFnOnce(&Store)) -> Option<u64> {
    let store = Store::sqlite(&folder.join("firebee.db"), 1).unwrap();
    how(&store).await;
    store.close().await;
    verify(&Config::in_folder(folder)).await.unwrap().acts[0].broken_at
}

async fn run(store: &Store, statement: &'static str) {
    let job = async move |tx: &mut Tx| tx.script(statement, "").await;
    store.write::<_, StoreError, _>("tamper", job).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_finds_every_act_that_was_changed_added_or_taken_away_outside_the_server() {
    let (office, _) = rejected(Office::sqlite().await).await;
    let last = office.number(sql!("SELECT seq FROM act_head")).await.unsigned_abs();
    let (folder, keys, org) = (office.folder.path(), office.app.keys(office.org).await.unwrap(), office.org);
    office.app.store.close().await;
    assert_eq!(tampered(folder, async |_| {}).await, None, "what the server wrote holds");

    let forge = "UPDATE act SET line = CAST(REPLACE(CAST(line AS TEXT), 'rejected', 'approved') AS BLOB)";
    let restore = "UPDATE act SET line = CAST(REPLACE(CAST(line AS TEXT), 'approved', 'rejected') AS BLOB)";
    assert_eq!(tampered(folder, async |store| run(store, forge).await).await, Some(last), "a decision is rewritten");
    assert_eq!(tampered(folder, async |store| run(store, restore).await).await, None);

    // The whole chain is computed again and signed, but not with the server's key.
    let forger = Keys { signing: SigningKey::from_bytes(&[99; 32]), ..keys };
    let whole = async |store: &Store| {
        let job = async move |tx: &mut Tx| {
            let mut chain = office_start(org.id(), forger.incarnation, forger.signing.verifying_key().as_bytes());
            for link in links(tx, org).await? {
                let act = OfficeAct::read(&link.line).unwrap();
                chain = office_next(chain, link.seq, org.id(), act.project, &link.line);
                let signed = sign_act(&forger.signing, org.id(), forger.incarnation, link.seq, chain);
                let set = sql!("UPDATE act SET chain = ?3, server_key = ?4, sig = ?5 WHERE org = ?1 AND seq = ?2");
                tx.execute(set, &row![org, stored(link.seq)?, &chain, &signed.server_key, &signed.sig]).await?;
            }
            Ok::<_, StoreError>(())
        };
        store.write("forge", job).await.unwrap();
    };
    std::fs::copy(folder.join("firebee.db"), folder.join("kept.db")).unwrap();
    assert_eq!(tampered(folder, whole).await, Some(1), "another key signs");
    let back = || std::fs::copy(folder.join("kept.db"), folder.join("firebee.db")).unwrap();
    back();
    assert_eq!(tampered(folder, async |store| run(store, "DELETE FROM act WHERE seq = 2").await).await, Some(2));
    back();
    let cut = async |store: &Store| run(store, "DELETE FROM act WHERE seq = (SELECT seq FROM act_head)").await;
    assert_eq!(tampered(folder, cut).await, Some(last), "the last one is taken away");
    back();
    std::fs::remove_dir_all(folder.join("keys")).unwrap();
    let found = verify(&Config::in_folder(folder)).await.unwrap();
    let key = found.acts[0].key.as_ref().unwrap();
    assert_eq!((key.code.as_str(), found.acts[0].broken_at), ("server_key_missing", None), "nothing was rewritten");
    assert!(key.told.contains("firebee admin put-key"), "{}", key.told);
    Keyring::in_folder(folder).keep(org.id(), &SigningKey::from_bytes(&[98; 32])).unwrap();
    let found = verify(&Config::in_folder(folder)).await.unwrap();
    assert_eq!(found.acts[0].key.as_ref().unwrap().code.as_str(), "server_key_differs");
    assert_eq!(
        tampered(folder, async |store| run(store, forge).await).await,
        Some(last),
        "a forgery shows all the same"
    );
}
