//! The ledger of all projects by period, the coming plans of all of them at once, and the year's plan of one; on both
//! engines.

use crate::both;
use axum::http::StatusCode;
use firebee_domain::{
    catalogue::Nature,
    id::{AccountId, PlanId},
};
use firebee_server::{
    office::plan::{Create, create},
    query, row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office},
};
use std::collections::BTreeSet;
use uuid::Uuid;

both!(
    /// projects by the months of a year, narrowed by where they stand; each cell opens what it tells of.
    r_391_the_ledger_says_where_each_project_stands_in_each_month,
    /// the preview says what happens to each project, and the form does it once, whoever else does.
    r_371_coming_plans_are_made_and_issued_after_the_last_assignment_once,
    /// pauses, terminations and last days are respected; what is missing is named.
    r_371_the_preview_names_what_keeps_a_project_from_its_plan,
    /// a lead makes plans of own projects alone, and another firm sees nothing.
    r_371_r_115_whoever_may_not_plan_a_project_makes_no_plan_of_it,
    /// the plans of a year are made at once, shown in one table, and issued when their time comes.
    r_394_the_plans_of_a_year_are_made_at_once_and_issued_later,
);

const NEXT: &str = "/ledger/next";

async fn plan_of(office: &Office, month: &str) -> Option<PlanId> {
    let (org, project, month) = (office.org, office.project(), month.parse().unwrap());
    let read = async move |tx: &mut Tx| query::plan::of_slot(tx, org, project, (Nature::Month, month)).await;
    let found: Result<_, StoreError> = office.app.store.read("plan", read).await;
    found.unwrap()
}

/// Who has how many items of a plan.
async fn shares(office: &Office, plan: PlanId) -> Vec<(Option<AccountId>, usize)> {
    let org = office.org;
    let read = async move |tx: &mut Tx| query::plan::plan(tx, org, plan).await;
    let found: Result<_, StoreError> = office.app.store.read("plan", read).await;
    let items = found.unwrap().unwrap().plan.items;
    let who: BTreeSet<Option<AccountId>> = items.iter().map(|item| item.executor).collect();
    who.into_iter().map(|who| (who, items.iter().filter(|item| item.executor == who).count())).collect()
}

/// November, issued: the facilities of the first executor and of the second by their codes.
async fn november(office: &Office) -> PlanId {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let of = |chen: bool| {
        let is = move |item: &&firebee_tests::firm::Issued| item.item_id.starts_with("power") == chen;
        items.iter().filter(is).cloned().collect::<Vec<_>>()
    };
    office.issue(plan, &of(false), "ma").await;
    office.issue(plan, &of(true), "chen").await;
    plan
}

/// The row of a project in a table: everything between its name and the next row.
fn row_of(page: &Page, name: &str) -> String {
    let html = page.html();
    let named = format!(">{name}</a></th>");
    assert!(html.contains(&named), "{name}: {}", page.text());
    html.split(&named).nth(1).unwrap().split("</tr>").next().unwrap().to_owned()
}

async fn r_391_the_ledger_says_where_each_project_stands_in_each_month(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let page = wang.get("/ledger").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let late = "逾期：未制定";
    let row = row_of(&page, "中仪大厦");
    assert_eq!(row.matches(late).count(), 10, "January to October: {row}");
    assert_eq!(row.matches("未制定").count(), 12, "and November and December are not late: {row}");
    let new = format!("/projects/{}/plans/new", office.project());
    assert!(row.contains(&new), "what is due opens the form: {row}");
    let plan = november(&office).await;
    let page = wang.get("/ledger").await;
    let row = row_of(&page, "中仪大厦");
    assert!(row.contains(&format!("href=\"/plans/{plan}\"")) && row.contains("已下发"), "{row}");
    // The counts are those of this month, and each narrows the list.
    let issued = wang.get("/ledger?stage=issued").await;
    assert!(issued.text().contains("中仪大厦") && !issued.text().contains("昆仑中学"), "{}", issued.text());
    let due = wang.get("/ledger?stage=due").await;
    assert!(due.text().contains("昆仑中学") && !row_exists(&due, "中仪大厦"), "{}", due.text());
    let late = wang.get("/ledger?month=2026-10&overdue=yes").await;
    assert!(row_exists(&late, "中仪大厦") && row_exists(&late, "昆仑中学"), "{}", late.text());
    assert!(!row_exists(&wang.get("/ledger?overdue=yes").await, "中仪大厦"), "November is not over");
    let quarters = wang.get("/ledger?nature=quarter").await;
    assert!(quarters.text().contains("四季度") && row_of(&quarters, "中仪大厦").matches(">无<").count() == 4);
    let file = wang.get("/ledger?as=csv").await.html();
    assert!(file.contains("已下发") && file.lines().count() == 3, "{file}");
    let last = wang.get("/ledger?month=2028-01").await;
    assert_eq!(row_of(&last, "中仪大厦").matches(">无<").count(), 12, "after its last day nothing is owed");
    let other = wang.get("/ledger?month=2026-11&q=klzx").await;
    assert!(!row_exists(&other, "中仪大厦") && row_exists(&other, "昆仑中学"), "{}", other.text());
    // A lead sees own projects.
    let sun = Browser::of(&office, "sun").await.get("/ledger").await;
    assert!(row_exists(&sun, "昆仑中学") && !row_exists(&sun, "中仪大厦"), "{}", sun.text());
    Office::found(&office.app, OTHER_FIRM, true).await;
    let qian = Browser::of(&office, "qian").await.get("/ledger").await;
    assert!(!row_exists(&qian, "中仪大厦"), "{}", qian.text());
}

fn row_exists(page: &Page, name: &str) -> bool {
    page.html().contains(&format!(">{name}</a></th>"))
}

async fn r_371_coming_plans_are_made_and_issued_after_the_last_assignment_once(office: Office) {
    let plan = november(&office).await;
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let page = wang.get(NEXT).await;
    assert!(page.text().contains("2026年12月：2 个项目的计划要制定或下发"), "{}", page.text());
    let row = row_of(&page, "中仪大厦");
    assert!(row.contains("制定并下发") && row.contains("马晓燕") && row.contains("陈刚"), "{row}");
    let row = row_of(&page, "昆仑中学");
    assert!(row.contains("只制定，不下发") && row.contains("项目还缺"), "{row}");
    // A double click, and two people at once: each plan is made and issued once.
    let theirs = li.get(NEXT).await;
    let (one, two, three) =
        tokio::join!(wang.submit(&page, NEXT, &[]), wang.submit(&page, NEXT, &[]), li.submit(&theirs, NEXT, &[]));
    for done in [&one, &two, &three] {
        assert!(done.location().starts_with("/ledger/next?nature=month&month=2026-12&"), "{}", done.text());
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM plan")).await, 3, "November and twice December");
    assert_eq!(office.acts("plan_next").await, 2, "an act for each project");
    let december = plan_of(&office, "2026-12").await.unwrap();
    assert_eq!(shares(&office, december).await, shares(&office, plan).await, "as the last one");
    assert_eq!(office.number(sql!("SELECT count(*) FROM assignment_revision WHERE rev > 1")).await, 0);
    let after = wang.get(NEXT).await;
    assert!(row_of(&after, "中仪大厦").contains("已下发"), "{}", after.text());
    assert!(row_of(&after, "昆仑中学").contains("已制定，不能下发"), "{}", after.text());
    assert!(!after.html().contains("name=\"projects\""), "nothing is left to do");
    let again = wang.submit(&page, NEXT, &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "the same form again says the same: {}", again.text());
    assert_eq!(office.acts("plan_next").await, 2);
    assert!(wang.get("/log").await.text().contains("按上次分工制定并下发计划"));
}

async fn r_371_the_preview_names_what_keeps_a_project_from_its_plan(office: Office) {
    november(&office).await;
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let row = async |query: &str| row_of(&wang.get(&format!("{NEXT}{query}")).await, "中仪大厦");
    assert!(row("?month=2026-11").await.contains("已下发"), "this month is issued");
    // Somebody of the last assignment executes no more: what was theirs waits.
    let chen = office.account("chen");
    let close =
        async move |tx: &mut Tx| tx.execute(sql!("UPDATE account SET enabled = 0 WHERE id = ?1"), &row![&chen]).await;
    let closed: Result<_, StoreError> = office.app.store.write("close", close).await;
    closed.unwrap();
    let part = row("").await;
    assert!(part.contains("制定，下发一部分") && part.contains("不能再执行"), "{part}");
    assert!(part.contains("马晓燕") && !part.contains("陈刚"), "{part}");
    let done = li.submit(&li.get(NEXT).await, NEXT, &[]).await;
    assert!(done.location().contains("done="), "{}", done.text());
    let december = plan_of(&office, "2026-12").await.unwrap();
    let of = shares(&office, december).await;
    assert!(of.iter().any(|(who, count)| who.is_none() && *count > 0), "{of:?}");
    assert!(of.iter().all(|(who, _)| *who != Some(chen)), "{of:?}");
    assert!(row("").await.contains("已制定，不能下发"));
    // A pause, and the end of the project.
    let project = office.project();
    let pause = async move |tx: &mut Tx| {
        let body =
            format!("{{\"project\":\"{project}\",\"month\":\"2027-01\",\"reason\":\"装修\",\"state\":\"approved\"}}");
        let insert = sql!(
            "INSERT INTO suspension(org, id, project, month, state, body)
             SELECT org, id, id, '2027-01', 'approved', ?2 FROM project WHERE id = ?1"
        );
        tx.execute(insert, &row![&project, &body]).await
    };
    let paused: Result<_, StoreError> = office.app.store.write("pause", pause).await;
    paused.unwrap();
    assert!(row("?month=2027-01").await.contains("本期已暂停"));
    assert!(row("?nature=quarter&month=2027-01").await.contains("只制定，不下发"), "the quarter has other months");
    let path = format!("/projects/{project}");
    let done = wang.submit(&wang.get(&path).await, &format!("{path}/terminate"), &[("reason", "合同解除")]).await;
    assert!(done.location().contains("done="), "{}", done.text());
    assert!(row("?month=2027-02").await.contains("项目已终止"));
    let nothing = wang.get("/ledger/next?month=2027-02&next=terminated").await;
    assert!(
        nothing.text().contains("没有要制定或下发的计划") && !row_exists(&nothing, "昆仑中学"),
        "{}",
        nothing.text()
    );
}

async fn r_371_r_115_whoever_may_not_plan_a_project_makes_no_plan_of_it(office: Office) {
    november(&office).await;
    let (sun, wang) = (Browser::of(&office, "sun").await, Browser::of(&office, "wang").await);
    let own = sun.get(NEXT).await;
    assert!(row_exists(&own, "昆仑中学") && !row_exists(&own, "中仪大厦"), "{}", own.text());
    // The list of the manager in a form of the lead: only the lead's own project is planned.
    let all = wang.get(NEXT).await.form(NEXT).into_iter().find(|(name, _)| name == "projects").unwrap().1;
    let mut fields = own.form(NEXT);
    fields.retain(|(name, _)| name != "projects");
    let mut sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sent.push(("projects", &all));
    let done = sun.send_form(NEXT, &sent, &[]).await;
    assert!(done.location().contains("done="), "{}", done.text());
    assert_eq!(plan_of(&office, "2026-12").await, None);
    assert_eq!(office.acts("plan_next").await, 1);
    Office::found(&office.app, OTHER_FIRM, true).await;
    let qian = Browser::of(&office, "qian").await;
    let other = qian.get(NEXT).await;
    assert!(!row_exists(&other, "中仪大厦"), "{}", other.text());
    let year = format!("/projects/{}/years/2027", office.project());
    for stranger in [&qian, &sun] {
        assert_eq!(stranger.get(&year).await.status, StatusCode::NOT_FOUND);
    }
    // The fire service looks on, and plans nothing.
    office.oversee().await;
    let hu = Browser::of(&office, "hu").await;
    assert_eq!(hu.get(NEXT).await.status, StatusCode::NOT_FOUND);
}

async fn r_394_the_plans_of_a_year_are_made_at_once_and_issued_later(office: Office) {
    november(&office).await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/projects/{}/years/2027", office.project());
    let empty = li.submit(&li.get(&path).await, &path, &[]).await;
    assert!(empty.location().contains("done="), "the months are ticked: {}", empty.text());
    let page = li.get(&path).await;
    assert_eq!(page.html().matches("href=\"/plans/").count(), 12, "{}", page.text());
    let again = li.submit(&page, &path, &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.html().contains("plan_exists"), "{}", again.text());
    let whole = li.submit(&li.get(&path).await, &path, &[("nature", "quarter"), ("nature", "year")]).await;
    assert!(whole.location().contains("done="), "what is there stays, and the rest is made: {}", whole.text());
    let page = li.get(&path).await;
    assert_eq!(page.html().matches("href=\"/plans/").count(), 12 + 4 + 1, "{}", page.text());
    assert!(page.html().contains("rowspan=\"3\"") && page.html().contains("rowspan=\"12\""), "{}", page.html());
    // From the table they are issued as the last one was.
    let next = li.get("/ledger/next?month=2027-01").await;
    assert!(row_of(&next, "中仪大厦").contains("下发余下的测试项"), "{}", next.text());
    let done = li.submit(&next, NEXT, &[]).await;
    assert!(done.location().contains("month=2027-01&done="), "{}", done.text());
    let january = plan_of(&office, "2027-01").await.unwrap();
    assert!(shares(&office, january).await.iter().all(|(who, _)| who.is_some()));
    for month in ["2025-12", "2200-01"] {
        let year = month.split('-').next().unwrap();
        let out = li.get(&format!("/projects/{}/years/{year}", office.project())).await;
        assert!(out.status == StatusCode::NOT_FOUND || !out.html().contains("href=\"/plans/"), "{month}");
    }
    // A month outside the contract gets no plan, whoever asks.
    let path = format!("/projects/{}/years/2028", office.project());
    let outside = li.submit(&li.get(&path).await, &path, &[]).await;
    assert!(outside.html().contains("plan_out_of_period"), "{}", outside.text());
    let wanted = Create { project: office.project(), nature: Nature::Month, month: "2027-03".parse().unwrap() };
    let taken = create(&office.app.store, &office.app.clock, office.act("li").await, wanted).await;
    assert!(taken.is_err(), "the plan of the year is the plan of the month");
}

/// So many more projects like the first one, each with its plan of November, issued as that is.
async fn copies(office: &Office, count: u128) {
    let first = office.project();
    let write = async move |tx: &mut Tx| {
        for n in 1..=count {
            let (id, plan) = (Uuid::from_u128(n), Uuid::from_u128((1 << 64) | n));
            let project = sql!(
                "INSERT INTO project(org, id, contract, lead, unit, end_date, terminated, name, sort, find, body, city)
                 SELECT org, ?2, contract, lead, unit, end_date, terminated, name, ?3, find, REPLACE(body, ?4, ?5), city
                 FROM project WHERE id = ?1"
            );
            let (sort, old, new) = (format!("zhi1 {n:05}"), first.to_string(), id.to_string());
            tx.execute(project, &row![&first, &id, &sort, &old, &new]).await?;
            let plans = sql!(
                "INSERT INTO plan(org, id, project, nature, period, name, sort, find, catalogue, facilities, created_ms)
                 SELECT org, ?2, ?3, nature, period, name, sort, find, catalogue, facilities, created_ms
                 FROM plan WHERE project = ?1"
            );
            tx.execute(plans, &row![&first, &plan, &id]).await?;
            let of = sql!(
                "SELECT i.id FROM plan_item i JOIN plan p ON p.id = i.plan WHERE p.project = ?1 ORDER BY i.position"
            );
            let items: Vec<Uuid> =
                tx.query(of, &row![&first]).await?.iter().map(|row| row.get(0)).collect::<Result<_, StoreError>>()?;
            for (at, item) in (1_u128..).zip(items) {
                let copy = sql!(
                    "INSERT INTO plan_item(org, id, plan, position, item_id, facility, system, state, executor)
                     SELECT org, ?2, ?3, position, item_id, facility, system, state, executor FROM plan_item WHERE id = ?1"
                );
                tx.execute(copy, &row![&item, &Uuid::from_u128((at << 96) | (2 << 64) | n), &plan]).await?;
            }
        }
        Ok::<_, StoreError>(())
    };
    office.app.store.write("copies", write).await.unwrap();
}

/// what is asked of the database does not grow with the projects; each project of the form is one act.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_371_r_391_many_projects_are_shown_by_as_few_statements_as_two() {
    let office = Office::sqlite().await;
    november(&office).await;
    let wang = Browser::of(&office, "wang").await;
    let asked = async |path: &str| {
        let before = office.app.store.statements();
        let page = wang.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        (office.app.store.statements() - before, page)
    };
    let paths = ["/ledger", "/ledger?stage=issued&sort=lead", NEXT];
    let mut few = Vec::new();
    for path in paths {
        few.push(asked(path).await.0);
    }
    let count = 150;
    copies(&office, count).await;
    for (path, few) in paths.into_iter().zip(few) {
        let (many, page) = asked(path).await;
        assert!(many <= few + 1, "{path}: {many} statements, {few} with two projects");
        assert!(page.html().contains("rel=\"next\""), "{path} has a next page: {}", page.text());
        let next = page.html().split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let next = wang.get(&next.replace("&#38;", "&")).await;
        assert!(next.status == StatusCode::OK && row_exists(&next, "中仪大厦"), "{path}: {}", next.text());
    }
    let page = wang.get(NEXT).await;
    let done = wang.submit(&page, NEXT, &[]).await;
    assert!(done.location().contains("done="), "{}", done.text());
    assert_eq!(office.acts("plan_next").await as u128, count + 2);
    let issued = sql!("SELECT count(DISTINCT plan) FROM plan_item WHERE state = 'issued'");
    assert_eq!(u128::try_from(office.number(issued).await).unwrap(), 2 * (count + 1), "November and December of each");
}
