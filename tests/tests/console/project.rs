//! The end of a project before its time, on both engines.

use crate::both;
use firebee_domain::{catalogue::Nature, code::Code, project::ProjectStatus};
use firebee_protocol::document::ProjectDocument;
use firebee_server::{
    office::{
        plan::{Create, Issue, create, issue},
        project::{Terminate, terminate},
    },
    query, row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::office::Office;

both!(
    /// a manager ends a project with a reason, for ever; nothing is planned or issued then.
    r_330_a_terminated_project_is_planned_and_issued_no_more,
);

async fn r_330_a_terminated_project_is_planned_and_issued_no_more(office: Office) {
    let (plan, project) = (office.plan().await, office.project());
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    let store = &office.app.store;
    let wanted = |reason: &str| Terminate { project, reason: reason.into() };
    for login in ["li", "zhao", "ma"] {
        let refused = terminate(store, office.act(login).await, wanted("合同解除")).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound, "{login}");
    }
    let refused = terminate(store, office.act("wang").await, wanted(" ")).await.unwrap_err();
    assert_eq!(refused.code(), Code::TextRequired);
    let act = office.act("wang").await;
    terminate(store, act.clone(), wanted("合同解除")).await.unwrap();
    terminate(store, act, wanted("合同解除")).await.unwrap();
    let again = terminate(store, office.act("wang").await, wanted("再次")).await.unwrap_err();
    assert_eq!(again.code(), Code::ProjectTerminated);
    let org = office.org;
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT body FROM document WHERE kind = 'project' AND id = ?1");
        let told = tx.query_opt(find, &row![&project.to_string()]).await?.unwrap().get::<Packed>(0)?.0;
        Ok::<_, StoreError>((told, query::project::project(tx, org, project).await?.unwrap()))
    };
    let (told, held) = store.read("project", read).await.unwrap();
    assert_eq!(held.project.status(office.app.clock.now().china_day()), ProjectStatus::Terminated);
    let told: ProjectDocument = serde_json::from_str(&told).unwrap();
    assert_eq!(told.project, held.project, "the phones are told");
    assert_eq!(
        told.project.termination.map(|end| (end.reason, end.by)),
        Some(("合同解除".into(), office.account("wang")))
    );
    let next = Create { project, nature: Nature::Month, month: "2026-12".parse().unwrap() };
    let refused = create(store, &office.app.clock, office.act("li").await, next).await.unwrap_err();
    assert_eq!(refused.code(), Code::ProjectTerminated);
    let rest = Issue { plan, items: vec![items[3].item], facilities: vec![], executor: office.account("chen") };
    assert_eq!(issue(store, office.act("li").await, rest).await.unwrap_err().code(), Code::ProjectTerminated);
}
