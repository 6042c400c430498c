//! What lies outside the plan, as the pages tell it.

use crate::{both, fixture::PICTURE};
use axum::http::StatusCode;
use firebee_domain::{
    catalogue::{FieldValue, MISMATCH},
    evidence::PhotoRole,
    result::{FaultText, ResultRecorded, Verdict},
    task::TaskKind,
};
use firebee_tests::{browse::Browser, device::answer, office::Office, visit::Visit};

both!(
    /// the list, the task and the plan say what lies outside the plan; a mismatch shows its facility.
    r_124_r_132_what_lies_outside_the_plan_says_so_on_every_page,
);

async fn r_124_r_132_what_lies_outside_the_plan_says_so_on_every_page(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    office.issue(plan, &items[2..3], "chen").await;
    let firm = office.firm(plan).await;
    let assignment = firm.assignments[0];
    let mut visit = Visit::begin(firm, office.account("ma"), 1).await;
    let Visit { firm, device, .. } = &mut visit;
    let (mut work, chosen) = device.start_outside(firm, TaskKind::Mismatch, &[MISMATCH], assignment);
    let typed = ["name", "data"].map(|key| FieldValue::new(key, format!("细水雾{key}")));
    let mut planned = device.start_task(firm, &items[..1], assignment);
    let broken = ResultRecorded {
        item: chosen[0].item,
        item_id: MISMATCH.into(),
        variant: None,
        values: typed.to_vec(),
        proposed: None,
        override_reason: None,
        verdict: Verdict::Nonconform,
        fault: Some(FaultText { part: None, defect: None, text: "不能启动".into() }),
        ..answer(&items[0], Verdict::Conform)
    };
    visit.result(&mut work, 3, broken);
    visit.photo(&mut work, PhotoRole::Evidence, Some(&chosen[0]), PICTURE);
    visit.photo(&mut work, PhotoRole::Selfie, None, PICTURE);
    visit.describe(&mut work);
    visit.submit(&mut work);
    visit.result(&mut planned, 3, answer(&items[0], Verdict::Conform));
    visit.push().await;
    visit.send_blobs(&office, 0).await;
    let lead = Browser::of(&office, "li").await;
    let list = lead.get("/tasks").await;
    assert_eq!(list.status, StatusCode::OK);
    for words in ["计划外 · 消防设施与当前测试规范不匹配", "计划测试"] {
        assert!(list.html().contains(words), "{words}");
    }
    let page = lead.get(&format!("/tasks/{}", work.task)).await;
    for words in ["计划外任务，只作为计划测试的补充，不能单独出具报告", "细水雾name：细水雾data", "不能启动"]
    {
        assert!(page.html().contains(words), "{words}");
    }
    let running = lead.get(&format!("/tasks/{}", planned.task)).await;
    assert!(!running.html().contains("计划外"));
    let of_plan = lead.get(&format!("/plans/{plan}")).await;
    assert!(of_plan.html().contains("本期有 1 个计划外任务：不计入计划进度，不能单独出具报告"));
}
