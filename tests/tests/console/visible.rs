//! What each role sees in each list, on both engines.

use crate::fixture::{Morning, morning};
use firebee_domain::{
    account::{Action, Actor, Role},
    code::Code,
    id::{AccountId, FactId, OwnerId, RegulatorUnitId, TaskId},
};
use firebee_protocol::document::ParkedDocument;
use firebee_server::{
    query::{
        self,
        access::{to_project, to_task},
        administrator,
        page::Wanted,
        parked::Of,
        task::Filter,
    },
    random::uuid_v4,
    row, sql,
    store::{StoreError, Tx, pack},
};
use firebee_tests::office::{OTHER_FIRM, Office};

/// each role sees its organisation, the projects that it leads, its own and assigned
/// things, those of its owner, or those in its jurisdiction, and nothing else.
mod r_032_each_role_sees_its_rows_in_every_list {
    use firebee_tests::office::Office;
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_sqlite() {
        Box::pin(super::every_role_sees_its_rows(Office::sqlite().await)).await;
    }
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        Box::pin(super::every_role_sees_its_rows(Office::postgres().await)).await;
    }
}

/// The rows that somebody finds in each list, in all firms together.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    projects: usize,
    tasks: usize,
    to_issue: usize,
    parked: usize,
    silent_phones: usize,
    executors: usize,
    devices: usize,
    phones: usize,
}

async fn seen(office: &Office, actor: &Actor) -> Seen {
    let (asking, later) = (actor.clone(), office.clock.now().plus_ms(1));
    let read = async move |tx: &mut Tx| {
        let mut seen = Seen::default();
        let projects = query::project::Filter { wanted: Wanted::first(100), ..Default::default() };
        let filter = Filter { wanted: Wanted::first(100), ..Filter::default() };
        for org in query::org::all(tx).await? {
            let tasks = query::task::tasks(tx, org, &asking, &filter).await?.rows.len();
            let counted: i64 = query::task::counts(tx, org, &asking, &filter).await?.states.values().sum();
            assert_eq!(usize::try_from(counted), Ok(tasks), "a list and its counts tell the same");
            seen.projects += query::project::projects(tx, org, &asking, &projects).await?.rows.len();
            seen.tasks += tasks;
            seen.to_issue += query::plan::to_issue(tx, org, &asking).await?.len();
            seen.parked +=
                query::parked::parked(tx, org, &asking, Of::default(), &Wanted::first(100)).await?.rows.len();
            seen.silent_phones += query::device::silent(tx, org, &asking, later).await?.len();
            seen.executors += query::member::executors(tx, org, &asking).await?.len();
            seen.devices += query::device::devices(tx, org, &asking).await?.len();
            let of = query::device::Of::default();
            seen.phones += query::device::phones(tx, org, &asking, of, &Wanted::first(100)).await?.rows.len();
        }
        Ok::<_, StoreError>(seen)
    };
    office.app.store.read("seen", read).await.unwrap()
}

/// Somebody outside the organisation.
fn outsider(role: Role) -> Actor {
    let account = AccountId(uuid_v4().unwrap());
    Actor { account, organisation: None, role, technical_director: false, enabled: true }
}

/// Makes their accounts: two regulators, of the project's unit and of the one above it, a third of another unit, and two
/// owner contacts, of which the first speaks for the owner of both projects.
async fn let_in(office: &Office, regulators: &[Actor; 3], contacts: &[Actor; 2]) {
    let (regulators, contacts) = (regulators.clone(), contacts.clone());
    let above = RegulatorUnitId(uuid_v4().unwrap());
    let elsewhere = RegulatorUnitId(uuid_v4().unwrap());
    let job = async move |tx: &mut Tx| {
        let unit: RegulatorUnitId = tx.query_opt(sql!("SELECT id FROM regulator_unit"), &[]).await?.unwrap().get(0)?;
        let owner: OwnerId = tx.query_opt(sql!("SELECT id FROM owner"), &[]).await?.unwrap().get(0)?;
        let name = sql!("INSERT INTO regulator_unit(id, name, parent, body) VALUES (?1, ?2, NULL, '{}')");
        tx.execute(name, &row![&above, "above"]).await?;
        tx.execute(name, &row![&elsewhere, "elsewhere"]).await?;
        tx.execute(sql!("UPDATE regulator_unit SET parent = ?2 WHERE id = ?1"), &row![&unit, &above]).await?;
        let stranger = OwnerId(uuid_v4().unwrap());
        let [at, over, other] = &regulators;
        let [contact, foreign] = &contacts;
        for (actor, unit, owner) in [
            (at, Some(&unit), None),
            (over, Some(&above), None),
            (other, Some(&elsewhere), None),
            (contact, None, Some(&owner)),
            (foreign, None, Some(&stranger)),
        ] {
            let insert = sql!("INSERT INTO outsider(id, owner, unit) VALUES (?1, ?2, ?3)");
            tx.execute(insert, &row![&actor.account, owner, unit]).await?;
        }
        Ok::<_, StoreError>(())
    };
    office.app.store.write("let_in", job).await.unwrap();
}

/// One of the two tasks is discarded, a fact of the operator waits for a decision, and its phone has sent less than all.
async fn complicate(office: &Office, discarded: TaskId) {
    let (author, project) = (office.account("ma"), office.project());
    let document = ParkedDocument {
        recorded: None,
        fact: Some(FactId(uuid_v4().unwrap())),
        kind: None,
        project: Some(project),
        plan: None,
        task: None,
        author,
        code: Code::OutOfScope.into(),
        since: office.clock.now(),
        decision: None,
    };
    let body = serde_json::to_string(&document).unwrap();
    let (org, since) = (office.org, office.clock.now());
    let job = async move |tx: &mut Tx| {
        tx.execute(sql!("UPDATE task SET state = 'discarded' WHERE id = ?1"), &row![&discarded]).await?;
        let unsent = sql!("UPDATE device_store SET unsent_facts = 3, last_seen_ms = 0 WHERE account = ?1");
        tx.execute(unsent, &row![&author]).await?;
        let document = sql!("INSERT INTO document(org, kind, id, rev, body) VALUES (?1, 'parked', 'waits', 1, ?2)");
        tx.execute(document, &row![org, &pack(body.as_bytes())?]).await?;
        let park = sql!(
            "INSERT INTO parked(org, store_id, seq, content_hash, document, account, project, code, since_ms)
             VALUES (?1, ?2, 1, ?2, 'waits', ?3, ?4, 'out_of_scope', ?5)"
        );
        tx.execute(park, &row![org, &author, &author, &project, since]).await.map(drop)
    };
    office.app.store.write("complicate", job).await.unwrap();
}

async fn every_role_sees_its_rows(office: Office) {
    let Morning { office, submitted, running, .. } = Box::pin(morning(office)).await;
    Office::found(&office.app, OTHER_FIRM, true).await;
    let read = async move |tx: &mut Tx| {
        let (org, account) = query::org::of_login(tx, "qian").await?.unwrap();
        Ok::<_, StoreError>(query::member::member(tx, org, account).await?.unwrap().actor)
    };
    let qian: Actor = office.app.store.read("qian", read).await.unwrap();
    let regulators = [Role::Regulator; 3].map(outsider);
    let contacts = [Role::OwnerContact; 2].map(outsider);
    let_in(&office, &regulators, &contacts).await;
    complicate(&office, running).await;
    let staff = async |login: &str| seen(&office, &office.act(login).await.actor).await;

    let manager =
        Seen { projects: 2, tasks: 2, to_issue: 1, parked: 1, silent_phones: 1, executors: 5, devices: 2, phones: 2 };
    assert_eq!(staff("wang").await, manager);
    let director = Seen { projects: 2, tasks: 1, executors: 5, phones: 2, ..Seen::default() };
    assert_eq!(staff("zhao").await, director, "a director reads no discarded task and issues in no project");
    let lead = Seen { projects: 1, tasks: 2, to_issue: 1, parked: 1, executors: 5, phones: 2, ..Seen::default() };
    assert_eq!(staff("li").await, lead);
    assert_eq!(staff("sun").await, Seen { projects: 1, executors: 5, ..Seen::default() }, "of the other project");
    assert_eq!(staff("ma").await, Seen { tasks: 1, parked: 1, phones: 1, ..Seen::default() }, "its own phone");
    assert_eq!(staff("chen").await, Seen { tasks: 1, phones: 1, ..Seen::default() }, "what was discarded is hidden");
    assert_eq!(seen(&office, &qian).await, Seen::default(), "of another firm");

    let [at, over, elsewhere] = &regulators;
    let oversees = Seen { projects: 1, tasks: 1, ..Seen::default() };
    assert_eq!(seen(&office, at).await, oversees);
    assert_eq!(seen(&office, over).await, oversees, "the unit above sees what the unit below it sees");
    assert_eq!(seen(&office, elsewhere).await, Seen::default());
    let [contact, stranger] = &contacts;
    assert_eq!(seen(&office, contact).await, Seen { projects: 2, ..Seen::default() });
    assert_eq!(seen(&office, stranger).await, Seen::default());
    let closed = Actor { enabled: false, ..at.clone() };
    assert_eq!(seen(&office, &closed).await, Seen::default(), "a closed account sees nothing");
    let server = Seen { silent_phones: 1, executors: 5, devices: 2, phones: 2, ..Seen::default() };
    assert_eq!(seen(&office, &administrator()).await, server, "who sets up the server reads no evidence");

    let (org, project) = (office.org, office.project());
    for (actor, action, sees) in [(at, Action::ReadProject, true), (contact, Action::ReadProject, true)]
        .into_iter()
        .chain([(elsewhere, Action::ReadProject, false), (stranger, Action::ReadProject, false)])
    {
        let asking = actor.clone();
        let read = async move |tx: &mut Tx| to_project(tx, org, &asking, &[action], project).await;
        let found: Result<_, StoreError> = office.app.store.read("to_project", read).await;
        assert_eq!(found.unwrap().is_some(), sees, "{actor:?}");
    }
    for (actor, task, sees) in [(over, submitted, true), (over, running, false), (elsewhere, submitted, false)] {
        let asking = actor.clone();
        let read = async move |tx: &mut Tx| to_task(tx, org, &asking, Action::ReadTask, task).await;
        let found: Result<_, StoreError> = office.app.store.read("to_task", read).await;
        assert_eq!(found.unwrap().is_some(), sees, "{actor:?} {task}");
    }
}
