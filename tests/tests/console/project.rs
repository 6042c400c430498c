//! The end of a project before its time, on both engines.

use crate::{both, verdict::wait_for_the_verdict};
use axum::http::StatusCode;
use firebee_domain::{
    catalogue::Nature,
    code::Code,
    evidence::PhotoRole,
    project::{FURTHER_FENCES_MAX, ProjectStatus},
    result::Verdict,
};
use firebee_protocol::document::ProjectDocument;
use firebee_server::{
    office::{
        plan::{Create, Issue, create, issue},
        project::{Terminate, terminate},
    },
    query, row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::{
    browse::Browser,
    office::Office,
    visit::{Visit, said},
};

both!(
    /// a manager ends a project with a reason, for ever; nothing is planned or issued then.
    r_330_a_terminated_project_is_planned_and_issued_no_more,
    /// a further building gets a fence on the console; phones are told, and a walk in it counts.
    r_095_r_096_a_further_building_gets_a_fence_on_the_console_and_a_walk_in_it_counts,
);

/// What the phones are told of the project.
async fn told(office: &Office) -> ProjectDocument {
    let project = office.project();
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT body FROM document WHERE kind = 'project' AND id = ?1");
        Ok::<_, StoreError>(tx.query_opt(find, &row![&project.to_string()]).await?.unwrap().get::<Packed>(0)?.0)
    };
    serde_json::from_str(&office.app.store.read("project", read).await.unwrap()).unwrap()
}

async fn r_095_r_096_a_further_building_gets_a_fence_on_the_console_and_a_walk_in_it_counts(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..1], "ma").await;
    office.issue(plan, &items[5..6], "chen").await;
    let (path, action) = (format!("/projects/{}", office.project()), format!("/projects/{}/fences", office.project()));
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let page = wang.get(&path).await;
    // Some 5 km north of the location.
    let typed = |lat: &'static str, radius: &'static str| {
        [("name", "副楼"), ("datum", "wgs84"), ("lat", lat), ("lon", "101.778000"), ("radius", radius)]
    };
    for (lat, radius, code) in [
        ("36.667000", "20", "fence_radius_out_of_range"),
        ("91", "", "location_out_of_range"),
        ("北纬31度", "", "location_out_of_range"),
    ] {
        let refused = wang.submit(&page, &action, &typed(lat, radius)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{lat}");
        assert!(refused.html().contains(code) && refused.html().contains("副楼"), "what was typed is still there");
    }
    assert!(told(&office).await.project.further_fences.is_empty());
    let done = wang.submit(&page, &action, &typed("36.667000", "150")).await;
    let text = wang.get(done.location()).await.text();
    assert!(text.contains("围栏已保存") && text.contains("副楼") && text.contains("半径 150 米"), "{text}");
    assert_eq!(told(&office).await.project.further_fences.len(), 1, "the phones are told");
    assert!(!li.get(&path).await.html().contains("/fences\""), "a lead only reads");

    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut work = visit.start(&items[..1], 0);
    visit.result(&mut work, 30, said(&items[0], Verdict::Conform, "配电室", ""));
    visit.photo(&mut work, PhotoRole::Selfie, None, include_bytes!("../../fixtures/photos/portrait_6.jpg"));
    visit.walk(&mut work, 36_667_000, 101_778_000);
    visit.describe(&mut work);
    visit.submit(&mut work);
    visit.push().await;
    visit.send_blobs(&office, 0).await;
    let coverage = wait_for_the_verdict(&office, work.task).await;
    assert!(coverage.inside_ms > coverage.outside_ms, "{coverage:?}");
    let task = li.get(&format!("/tasks/{}", work.task)).await;
    assert_eq!(task.html().matches("<circle class=\"fence\"").count(), 2, "both fences are drawn");

    let page = wang.get(&path).await;
    wang.submit(&page, &format!("{action}/remove"), &[("name", "副楼")]).await;
    assert!(told(&office).await.project.further_fences.is_empty());
    let gone = wang.submit(&page, &format!("{action}/remove"), &[("name", "副楼")]).await;
    assert_ne!(gone.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!((office.acts("put_fence").await, office.acts("remove_fence").await), (1, 1));
    assert_eq!(wait_for_the_verdict(&office, work.task).await, coverage, "a verdict that was given stays");

    // No site has more than this.
    let mut last = String::new();
    for n in 0..=FURTHER_FENCES_MAX {
        let name = format!("{n} 号楼");
        let fields = [("name", &*name), ("datum", "wgs84"), ("lat", "36.667"), ("lon", "101.778"), ("radius", "")];
        last = wang.submit(&wang.get(&path).await, &action, &fields).await.html();
    }
    assert!(last.contains(Code::TooManyFences.word()), "{last}");
    assert_eq!(told(&office).await.project.further_fences.len(), FURTHER_FENCES_MAX);
}

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
