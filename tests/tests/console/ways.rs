//! How a firm works, as its manager sets it, on both engines.

use crate::both;
use axum::http::StatusCode;
use firebee_domain::{
    evidence::PhotoRole,
    fact::Body,
    restore::LineConfirmed,
    result::Verdict,
    ways::{Demands, Ways},
};
use firebee_tests::{
    browse::{Browser, Page},
    device::Work,
    firm::Issued,
    office::Office,
    visit::{Visit, said},
    ways::change_ways,
};

both!(
    /// the manager sets it, the people of the firm read it, and what held before stays readable.
    r_393_a_manager_sets_the_ways_and_what_held_before_stays_readable,
    /// no setting asks for less than the rules, and none names whom the rules forbid.
    r_393_a_setting_below_the_rules_is_refused_at_its_field,
    /// the server asks for as many photos as the firm, and for its checklist, whatever a phone says.
    r_393_a_round_without_what_the_firm_asks_does_not_count,
    /// lead and executor of a new project are filled in, and it asks for the witness; one that is there does not.
    r_367_r_393_a_new_project_begins_as_the_firm_works,
    /// where the firm asks for the witness everywhere, no project needs to.
    r_367_r_393_the_firm_asks_for_the_witness_in_every_project,
    /// a phone cannot leave out what the firm asked.
    r_393_a_task_begins_with_what_its_assignment_asks,
);

const PICTURE: &[u8] = include_bytes!("../../fixtures/photos/portrait_6.jpg");
const LINE: &str = "钥匙已归还物业";

async fn r_393_a_manager_sets_the_ways_and_what_held_before_stays_readable(office: Office) {
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    assert!(wang.get("/account").await.html().contains("href=\"/ways\""));
    assert!(wang.get("/ways").await.text().contains("还没有修改"));
    let sun = office.account("sun").to_string();
    let done =
        change_ways(&wang, &[("lead", &sun), ("photos", "3"), ("photo_systems", "power"), ("lines", LINE)]).await;
    let text = wang.get(done.location()).await.text();
    for known in ["标准化流程已修改", "孙丽", "至少 3 张", LINE, "王芳"] {
        assert!(text.contains(known), "{known}: {text}");
    }
    let form = wang.get("/ways/change").await.html();
    assert!(form.contains("value=\"3\"") && form.contains(LINE), "the form holds what is set");
    change_ways(&wang, &[("photos", "2")]).await;
    let text = wang.get("/ways").await.text();
    assert!(text.contains("至少 3 张") && text.contains("至少 2 张"), "what held before: {text}");
    let unchanged = change_ways(&wang, &[("photos", "2")]).await;
    assert!(unchanged.location().starts_with("/ways?done="));
    let page = wang.get("/ways").await.html();
    let kept = page.split("<ol class=\"log\">").nth(1).unwrap_or_default().split("</ol>").next().unwrap_or_default();
    assert_eq!(kept.matches("<li>").count(), 2, "what is as it was is not kept again");
    assert_eq!(office.acts("change_ways").await, 3);
    let read = li.get("/ways").await;
    assert!(read.text().contains("至少 2 张") && !read.html().contains("/ways/change"), "a lead only reads");
    assert_eq!(li.get("/ways/change").await.status, StatusCode::NOT_FOUND);
    let log = wang.get("/log").await.text();
    assert!(log.contains("修改标准化流程"), "{log}");
}

async fn r_393_a_setting_below_the_rules_is_refused_at_its_field(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let ma = office.account("ma").to_string();
    let wrong = [
        ("photos", "0", "ways_below_rules"),
        ("photos", "-4", "ways_below_rules"),
        ("photos", "10", "ways_out_of_range"),
        ("photos", "many", "value_malformed"),
        ("reminder_days", "2", "ways_below_rules"),
        ("reminder_days", "300", "ways_out_of_range"),
        ("reviewers", "company_manager", "ways_below_rules"),
        ("witness", "nobody", "ways_below_rules"),
        ("photo_systems", "none", "ways_out_of_range"),
        ("lead", &ma, "lead_not_allowed"),
    ];
    for (name, typed, code) in wrong {
        let refused = change_ways(&wang, &[(name, typed)]).await;
        let html = refused.html();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {typed}");
        assert!(html.contains(code) && html.contains(&format!("href=\"#{name}\"")), "{name} {typed}: {html}");
    }
    let twice = change_ways(&wang, &[("lines", "a\r\na")]).await;
    assert!(twice.html().contains("ways_out_of_range"));
    assert_eq!(office.acts("change_ways").await, 0, "nothing was set");
}

/// A visit of `ma` under what the firm asks now.
async fn visit(office: &Office, changes: &[(&str, &str)]) -> (Visit, Vec<Issued>) {
    let done = change_ways(&Browser::of(office, "wang").await, changes).await;
    assert!(done.location().starts_with("/ways?done="), "{}", done.text());
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    office.issue(plan, &items[5..6], "chen").await;
    (Visit::begin(office.firm(plan).await, office.account("ma"), 1).await, items)
}

/// Sends what was not sent; the codes of what the server says to it.
async fn sent(visit: &Visit, from: &mut u64) -> Vec<String> {
    let reply = visit.device.push_from(&visit.firm, *from + 1).await;
    *from = visit.device.head();
    reply.results.iter().map(|outcome| outcome.code.to_string()).collect()
}

/// Hands the round in as it is.
async fn handed_in(visit: &mut Visit, work: &mut Work, from: &mut u64) -> Vec<String> {
    visit.submit(work);
    // A refused round is no round: the next one has its number.
    work.round = 1;
    sent(visit, from).await
}

async fn r_393_a_round_without_what_the_firm_asks_does_not_count(office: Office) {
    let (mut visit, items) = visit(&office, &[("photos", "2"), ("lines", LINE)]).await;
    visit.device.demands = Demands { photos: 2, lines: vec![LINE.into()], ..Demands::default() };
    let mut work = visit.start(&items[..1], 0);
    visit.result(&mut work, 3, said(&items[0], Verdict::Nonconform, "配电室", "不启动"));
    visit.photo(&mut work, PhotoRole::Selfie, None, PICTURE);
    visit.photo(&mut work, PhotoRole::Evidence, Some(&items[0]), PICTURE);
    visit.describe(&mut work);
    let mut from = 0;
    assert_eq!(handed_in(&mut visit, &mut work, &mut from).await, ["photo_and_text_required"]);
    visit.photo(
        &mut work,
        PhotoRole::Evidence,
        Some(&items[0]),
        include_bytes!("../../fixtures/photos/landscape_3.jpg"),
    );
    assert_eq!(handed_in(&mut visit, &mut work, &mut from).await, ["checklist_incomplete"]);
    let project = visit.firm.project;
    let line = Body::ChecklistConfirmed(LineConfirmed { line: "别的".into() });
    visit.device.record(project, &work.subject, &[], &line);
    assert_eq!(sent(&visit, &mut from).await, ["checklist_line_unknown"]);
    let line = Body::ChecklistConfirmed(LineConfirmed { line: LINE.into() });
    work.manifest.service.push(visit.device.record(project, &work.subject, &[], &line));
    assert_eq!(handed_in(&mut visit, &mut work, &mut from).await, Vec::<String>::new());
}

async fn r_393_a_task_begins_with_what_its_assignment_asks(office: Office) {
    let (mut visit, items) = visit(&office, &[("photos", "2")]).await;
    let asked = Ways { photos: 2, ..Ways::default() }.demands(false);
    let mut from = 0;
    for demands in [Demands::default(), Demands { photos: 3, ..asked.clone() }] {
        visit.device.demands = demands;
        visit.start(&items[..1], 0);
        assert_eq!(sent(&visit, &mut from).await, ["demands_differ"]);
    }
    visit.device.demands = asked;
    visit.start(&items[..1], 0);
    assert_eq!(sent(&visit, &mut from).await, Vec::<String>::new());
}

async fn r_367_r_393_a_new_project_begins_as_the_firm_works(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let [sun, chen] = ["sun", "chen"].map(|login| office.account(login).to_string());
    let new = async || {
        let contracts = wang.get("/contracts").await.html();
        let ids = contracts.split("href=\"/contracts/").filter_map(|rest| rest.split('"').next());
        let contract = ids.map(str::to_owned).find(|id| id.len() == 36).unwrap();
        let page = wang.get(&format!("/contracts/{contract}/projects/new")).await;
        (page, format!("/contracts/{contract}/projects"))
    };
    let chosen = |page: &Page, id: &str| page.html().contains(&format!("<option value=\"{id}\" selected"));
    assert!(!chosen(&new().await.0, &sun));
    change_ways(&wang, &[("lead", &sun), ("executor", &chen), ("witness", "new_projects")]).await;
    let (page, action) = new().await;
    assert!(chosen(&page, &sun) && chosen(&page, &chen), "both are filled in");
    let typed = [
        ("name", "新华书店"),
        ("city", "西宁市"),
        ("address", "长江路12号"),
        ("lead", &sun),
        ("datum", "gcj02"),
        ("credit_code", "NULL"),
        ("usual_executor", &chen),
    ];
    let made = wang.submit(&page, &action, &typed).await;
    let path = made.location().split('?').next().unwrap_or_default().to_owned();
    assert!(path.starts_with("/projects/"), "{}", made.text());
    let asks = async |path: &str| wang.get(path).await.text().contains("不再要求业主见证签字");
    assert!(asks(&path).await, "{}", wang.get(&path).await.text());
    assert!(!asks(&format!("/projects/{}", office.project())).await, "what was there stays as it was");
}

async fn r_367_r_393_the_firm_asks_for_the_witness_in_every_project(office: Office) {
    let (mut visit, items) = visit(&office, &[("witness", "all_projects")]).await;
    visit.device.demands = Demands { witness: true, ..Demands::default() };
    let mut work = visit.start(&items[..1], 0);
    visit.result(&mut work, 3, said(&items[0], Verdict::Conform, "配电室", ""));
    visit.photo(&mut work, PhotoRole::Selfie, None, PICTURE);
    visit.describe(&mut work);
    assert_eq!(handed_in(&mut visit, &mut work, &mut 0).await, ["witness_missing"]);
}
