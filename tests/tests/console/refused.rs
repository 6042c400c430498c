//! What the pages refuse: each refusal with its status, its code and its sentence in both languages.

use crate::fixture::{Morning, morning};
use axum::http::StatusCode;
use firebee_domain::{
    code::Code,
    evidence::PhotoRole,
    id::{FaultId, PlanId},
    result::Verdict,
};
use firebee_protocol::text::{Arg, Language, problem_text};
use firebee_server::{
    office::account::toggle,
    row, sql,
    store::{Sql, StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
    visit::{Visit, said},
};
use uuid::Uuid;

/// What a page says of a code: its word and its sentence. `§` stands for a value that only the page knows.
fn tells(page: &Page, code: Code, values: &[(&str, Arg<'_>)], language: Language) {
    let (html, text) = (page.html(), page.text());
    assert!(html.contains(code.word()), "{code}: {text}");
    let sentence = problem_text(code, values, language);
    assert!(sentence.split('§').all(|part| text.contains(part)), "{sentence} is not in {text}");
}

/// Sends a form of a page by a button of it in both languages, and tells that it is refused so.
async fn refuses(
    browser: &Browser,
    (path, form, button): (&str, &str, &str),
    fields: &[(&str, &str)],
    code: Code,
    values: &[(&str, Arg<'_>)],
) {
    for (language, asked) in [(Language::Zh, "zh-CN"), (Language::En, "en")] {
        let browser = browser.asking_for(asked);
        let page = browser.get(path).await;
        let refused = press(&browser, &page, form, button, fields).await;
        assert_eq!(Some(refused.status.as_u16()), code.status(), "{code}: {}", refused.text());
        tells(&refused, code, values, language);
    }
}

async fn press(browser: &Browser, page: &Page, form: &str, button: &str, fields: &[(&str, &str)]) -> Page {
    let hidden = page.form(form);
    let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
    browser.send_form(button, &all, &[]).await
}

/// Changes a row behind the server's back.
async fn change(office: &Office, statement: Sql, from: &'static str, to: &'static str) {
    let project = office.projects[1];
    let write = async move |tx: &mut Tx| tx.execute(statement, &row![&project, from, to]).await.map(drop);
    office.app.store.write::<_, StoreError, _>("change", write).await.unwrap();
}

/// what keeps a plan from being made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_101_r_105_r_106_a_plan_that_cannot_be_is_refused_in_both_languages() {
    let office = Office::sqlite().await;
    let (li, sun) = (Browser::of(&office, "li").await, Browser::of(&office, "sun").await);
    office.plan().await;
    let make = async |browser: &Browser, project: usize, nature: &str, month: &str, code: Code| {
        let action = format!("/projects/{}/plans", office.projects[project]);
        let form = (format!("{action}/new"), [("nature", nature), ("month", month)]);
        refuses(browser, (&form.0, &action, &action), &form.1, code, &[]).await;
    };
    make(&li, 0, "month", "2026-11", Code::PlanExists).await;
    make(&li, 0, "month", "2028-01", Code::PlanOutOfPeriod).await;
    let (org, project) = (office.org, office.project());
    let pause = async move |tx: &mut Tx| {
        let body =
            format!("{{\"project\":\"{project}\",\"month\":\"2026-12\",\"reason\":\"停业\",\"state\":\"approved\"}}");
        let insert = sql!(
            "INSERT INTO suspension(org, id, project, month, state, body) VALUES (?1, ?2, ?2, '2026-12', 'approved', ?3)"
        );
        tx.execute(insert, &row![org, &project, &body]).await.map(drop)
    };
    office.app.store.write::<_, StoreError, _>("pause", pause).await.unwrap();
    make(&li, 0, "month", "2026-12", Code::MonthPaused).await;

    let replace = sql!("UPDATE project SET body = replace(body, ?2, ?3) WHERE id = ?1");
    change(&office, replace, "\"power-panel\"", "\"no-such\"").await;
    make(&sun, 1, "month", "2026-11", Code::FacilityUnknown).await;
    change(&office, replace, "\"no-such\"", "").await;
    make(&sun, 1, "month", "2026-11", Code::PlanWithoutItems).await;
    change(&office, replace, "\"facilities\":[]", "\"facilities\":[\"si-record\"]").await;
    change(&office, replace, "\"kind\":\"maintenance\"", "\"kind\":\"annual_inspection\"").await;
    make(&sun, 1, "month", "2026-11", Code::NatureNotAllowed).await;
    let action = format!("/projects/{}/plans", office.projects[1]);
    let page = sun.get(&format!("{action}/new")).await;
    let made = sun.submit(&page, &action, &[("nature", "year"), ("month", "2026-11")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    make(&sun, 1, "year", "2026-12", Code::OnlyOnePlanAllowed).await;
    let wang = Browser::of(&office, "wang").await;
    let page = wang.get(&format!("/projects/{project}")).await;
    let end = format!("/projects/{project}/terminate");
    let ended = wang.submit(&page, &end, &[("reason", "合同解除")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
    make(&li, 0, "month", "2027-01", Code::ProjectTerminated).await;
}

/// what keeps an item from being issued or left out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_074_r_109_an_item_that_cannot_be_issued_is_refused_in_both_languages() {
    let office = Office::sqlite().await;
    let (li, sun) = (Browser::of(&office, "li").await, Browser::of(&office, "sun").await);
    let plan = office.plan().await;
    let item = office.items(plan).await[0].item.to_string();
    let ma = office.account("ma").to_string();
    let path = format!("/plans/{plan}");
    let (issue, ignore) = (format!("{path}/issue"), format!("{path}/ignore"));
    let refused = async |button: &str, fields: &[(&str, &str)], code: Code| {
        refuses(&li, (&path, &issue, button), fields, code, &[]).await;
    };
    refused(&issue, &[("item", &item)], Code::ExecutorRequired).await;
    refused(&issue, &[("executor", &ma)], Code::ItemsRequired).await;
    let unknown = Uuid::from_u128(9).to_string();
    refused(&issue, &[("item", &unknown), ("executor", &ma)], Code::PlanItemUnknown).await;
    refused(&ignore, &[("reason", "设备已拆除")], Code::NothingChosen).await;
    refused(&issue, &[("item", &item), ("executor", &office.account("wang").to_string())], Code::ExecutorNotAllowed)
        .await;
    toggle(&office.app.office, "ma", false).await.unwrap();
    refused(&issue, &[("item", &item), ("executor", &ma)], Code::ExecutorDisabled).await;

    // The second project lacks nearly everything.
    let action = format!("/projects/{}/plans", office.projects[1]);
    let page = sun.get(&format!("{action}/new")).await;
    let made = sun.submit(&page, &action, &[("nature", "month"), ("month", "2026-11")]).await;
    let path = made.location().split('?').next().unwrap().to_owned();
    let plan: PlanId = path.rsplit('/').next().unwrap().parse().unwrap();
    let item = office.items(plan).await[0].item.to_string();
    let issue = format!("{path}/issue");
    let chen = office.account("chen").to_string();
    let fields = [("item", item.as_str()), ("executor", chen.as_str())];
    refuses(&sun, (&path, &issue, &issue), &fields, Code::ProjectIncomplete, &[("missing", "§".into())]).await;
}

/// a value that no facility asks for; a person with nothing to hand over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_363_r_370_what_is_not_asked_and_what_nobody_has_is_refused_in_both_languages() {
    let office = Office::sqlite().await;
    let wang = Browser::of(&office, "wang").await;
    let path = format!("/projects/{}/facilities/power-panel", office.project());
    let (list, design) = (format!("{path}/positions"), format!("{path}/design"));
    let value = [("field", "power-panel.a|design"), ("value", "1"), ("source", "电施-3"), ("date", "2021-05-06")];
    refuses(&wang, (&path, &list, &design), &value, Code::DesignNotAsked, &[]).await;
    refuses(&wang, (&path, &list, &list), &[("list", "一层\n一层\n")], Code::PositionsInvalid, &[("line", 2.into())])
        .await;

    // A page from before: what it offered went to somebody else meanwhile.
    let plan = office.plan().await;
    office.issue(plan, &office.items(plan).await[..1], "ma").await;
    let leave = format!("/leave/{}", office.account("ma"));
    let hand_over = format!("{leave}/hand-over");
    let to = [("to", office.account("chen").to_string()), ("reason", "离职".to_owned())];
    let to: Vec<(&str, &str)> = to.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let both =
        [(Language::Zh, "zh-CN"), (Language::En, "en")].map(|(language, asked)| (language, wang.asking_for(asked)));
    let before = [both[0].1.get(&leave).await, both[1].1.get(&leave).await];
    let done = wang.submit(&wang.get(&leave).await, &hand_over, &to).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    for ((language, browser), page) in both.iter().zip(&before) {
        let refused = browser.submit(page, &hand_over, &to).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        tells(&refused, Code::NothingToHandOver, &[], *language);
    }
}

/// a way that a fault cannot go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_168_r_176_r_182_a_way_that_a_fault_cannot_go_is_refused_in_both_languages() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/tasks/{submitted}");
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let action = format!("{path}/faults/{fault}");
    let way = |way: &'static str| [("way", way), ("explanation", "业主自修")];
    let unknown = format!("{path}/faults/{}", FaultId(Uuid::from_u128(9)));
    refuses(&li, (&path, &action, &unknown), &way("negotiating"), Code::FaultUnknown, &[]).await;
    li.submit(&page, &action, &way("negotiating")).await;
    let review = [("decision", "approved"), ("opinion", "")];
    let approved = li.submit(&li.get(&path).await, &format!("{path}/review"), &review).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.text());
    let of_fault = format!("/faults/{fault}");
    refuses(&li, (&of_fault, &action, &action), &way("negotiating"), Code::OnlyAtReview, &[]).await;
    li.submit(&li.get(&of_fault).await, &action, &way("owner_refused")).await;
    refuses(&li, (&of_fault, &action, &action), &way("out_of_scope"), Code::OnlyRepairFollows, &[]).await;
    let chen = office.account("chen").to_string();
    let order = [("way", "owner_agreed"), ("team_lead", chen.as_str()), ("plan", "更换启动电池")];
    let readers = [(Language::Zh, "zh-CN"), (Language::En, "en")].map(|(told, asked)| (told, li.asking_for(asked)));
    let before = [readers[0].1.get(&of_fault).await, readers[1].1.get(&of_fault).await];
    let sent = li.submit(&li.get(&of_fault).await, &action, &order).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let html = li.get(&of_fault).await.html();
    let dispatch = format!("/dispatches/{}", html.split("/dispatches/").nth(1).unwrap().split('"').next().unwrap());
    let issued = li.submit(&li.get(&dispatch).await, &format!("{dispatch}/issue"), &[]).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.text());
    for ((language, reader), page) in readers.iter().zip(&before) {
        let refused = press(reader, page, &action, &action, &order).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        tells(&refused, Code::DispatchOpen, &[], *language);
    }
    let team_lead = format!("{dispatch}/team-lead");
    refuses(&li, (&dispatch, &team_lead, &team_lead), &[("team_lead", &chen)], Code::TeamLeadSame, &[]).await;
}

/// who reviews a task that is their own is told so, and may go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_150_who_reviews_an_own_task_is_told_so_in_both_languages() {
    let office = Office::sqlite().await;
    let plan = office.plan().await;
    let items = office.items(plan).await;
    for (item, login) in [(0..1, "ma"), (1..2, "chen"), (2..3, "li")] {
        office.issue(plan, &items[item], login).await;
    }
    let mut firm = office.firm(plan).await;
    firm.assignments[0] = office.assignment(plan, "li").await;
    let mut visit = Visit::begin(firm, office.account("li"), 1).await;
    let mut work = visit.start(&items[2..3], 0);
    visit.result(&mut work, 3, said(&items[2], Verdict::Conform, "配电室", ""));
    visit.photo(&mut work, PhotoRole::Selfie, None, crate::fixture::PICTURE);
    visit.describe(&mut work);
    visit.submit(&mut work);
    visit.push().await;
    let li = Browser::of(&office, "li").await;
    for (language, asked) in [(Language::Zh, "zh-CN"), (Language::En, "en")] {
        let text = li.asking_for(asked).get(&format!("/tasks/{}", work.task)).await.text();
        assert!(text.contains(&problem_text(Code::OwnSubmission, &[], language)), "{text}");
    }
}

/// A server that ends under a page says to try again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_a_server_that_is_busy_says_so_in_both_languages() {
    let office = Office::sqlite().await;
    let li = Browser::of(&office, "li").await;
    office.app.store.close().await;
    for (language, asked) in [(Language::Zh, "zh-CN"), (Language::En, "en")] {
        let page = li.asking_for(asked).get("/projects").await;
        assert_eq!(Some(page.status.as_u16()), Code::ServerBusy.status(), "{}", page.html());
        tells(&page, Code::ServerBusy, &[], language);
    }
}
