//! The list of projects: narrowed as the manual's list is, and what a row offers; on both engines.

use crate::both;
use axum::http::StatusCode;
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};

both!(
    /// the list is narrowed by place, kind, days, lead, owner and contract, and its file is what is shown.
    r_077_projects_are_narrowed_by_place_kind_days_lead_owner_and_contract,
);

/// a contract has several projects, each with buildings, facilities and plans of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_055_r_056_a_contract_has_several_projects_each_with_its_own_facilities_and_plans() {
    let office = Office::sqlite().await;
    let wang = Browser::of(&office, "wang").await;
    let contracts = wang.get("/contracts").await.html();
    let contract = contracts.split("href=\"/contracts/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = wang.get(&format!("/contracts/{contract}")).await;
    assert!(page.text().contains("中仪大厦") && page.text().contains("昆仑中学"), "{}", page.text());
    assert!(page.text().contains("设施相互独立的建筑物，请分别建立项目"), "{}", page.text());
    let list = wang.get(&format!("/projects?contract={contract}")).await.text();
    assert!(list.contains("中仪大厦") && list.contains("昆仑中学"), "{list}");
    // Each is ticked, planned and so reported alone.
    let [first, second] = [office.projects[0], office.projects[1]].map(|id| format!("/projects/{id}"));
    for path in [&first, &second] {
        let form = wang.get(&format!("{path}/plans/new")).await;
        let fields = [("nature", "month"), ("month", "2026-11")];
        let done = wang.submit(&form, &format!("{path}/plans"), &fields).await;
        assert!(done.location().starts_with("/plans/"), "{}", done.text());
    }
    let (one, other) = (wang.get(&first).await.text(), wang.get(&second).await.text());
    assert!(one.contains("主楼") && !other.contains("主楼"), "a building belongs to one of them");
}

/// the list of projects is narrowed by place, kind, days, lead, owner and contract, and its file is what is shown.
async fn r_077_projects_are_narrowed_by_place_kind_days_lead_owner_and_contract(office: Office) {
    office.oversee().await;
    let wang = Browser::of(&office, "wang").await;
    let second = format!("/projects/{}/edit", office.projects[1]);
    let fields = [
        ("name", "昆仑中学"),
        ("city", "海东市"),
        ("address", "城西区五四大街2号"),
        ("unit_type", "学校"),
        ("datum", "wgs84"),
        ("credit_code", "NULL"),
    ];
    let form = wang.get(&second).await;
    let jurisdiction = option(&form, "西宁市消防救援支队");
    let all = [&fields[..], &[("jurisdiction", jurisdiction.as_str())]].concat();
    let done = wang.submit(&form, &second, &all).await;
    assert!(done.location().contains("done="), "{}", done.text());
    let list = wang.get("/projects").await;
    let corps = option(&list, "青海省消防救援总队");
    // The first project lies in a brigade of that detachment.
    let brigade = option(&list, "西宁市城中区消防救援大队");
    let (li, sun) = (office.account("li").to_string(), office.account("sun").to_string());
    let found = async |query: &str| {
        let text = wang.get(&format!("/projects?{query}")).await.html();
        let has = |name: &str| text.contains(&format!(">{name}</a></th>"));
        (has("中仪大厦"), has("昆仑中学"))
    };
    let (both, first, second, none) = ((true, true), (true, false), (false, true), (false, false));
    for (query, wanted) in [
        ("city=%E6%B5%B7%E4%B8%9C%E5%B8%82".to_owned(), second),
        ("type=%E5%AD%A6%E6%A0%A1".to_owned(), second),
        (format!("unit={jurisdiction}"), both),
        (format!("unit={brigade}"), first),
        (format!("unit={corps}"), both),
        (format!("lead={li}"), first),
        (format!("lead={sun}"), second),
        ("special=no".to_owned(), both),
        ("special=yes".to_owned(), none),
        ("signed_from=2026-01-05&signed_to=2026-01-05".to_owned(), both),
        ("signed_from=2026-01-06".to_owned(), none),
        ("ends_to=2027-12-30".to_owned(), none),
        ("ends_from=2027-12-31".to_owned(), both),
        ("kind=annual_inspection".to_owned(), none),
        ("state=active&city=%E6%B5%B7%E4%B8%9C%E5%B8%82".to_owned(), second),
        ("signed_from=nonsense&special=maybe".to_owned(), both),
    ] {
        assert_eq!(found(&query).await, wanted, "{query}");
    }
    let file = wang.get("/projects?type=%E5%AD%A6%E6%A0%A1&as=csv").await.html();
    assert!(file.contains("\n昆仑中学,") && !file.contains("\n中仪大厦,"), "{file}");
    let owner = wang.get("/owners").await.html();
    let owner = owner.split("href=\"/owners/").filter_map(|rest| rest.split('"').next()).find(|id| id.len() == 36);
    assert_eq!(found(&format!("owner={}", owner.unwrap())).await, both);
    let strange = found("owner=018f0000-0000-7000-8000-000000000000").await;
    assert_eq!(strange, none);
}

/// The value of the answer of a field with these words.
fn option(page: &Page, words: &str) -> String {
    let html = page.html();
    let before = html.split(&format!("{words}</option>")).next().unwrap_or_default();
    before.rsplit("value=\"").next().unwrap_or_default().split('"').next().unwrap_or_default().to_owned()
}

/// a row offers what its reader may do, and nothing else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_078_a_row_offers_change_pause_and_end_to_who_may() {
    let office = Office::sqlite().await;
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let project = format!("/projects/{}", office.project());
    let ways = [format!("{project}/edit"), format!("{project}/pauses"), format!("{project}#terminate")];
    let offered = async |who: &Browser| {
        let html = who.get("/projects").await.html();
        ways.clone().map(|way| html.contains(&format!("href=\"{way}\"")))
    };
    assert_eq!(offered(&wang).await, [true, true, true]);
    for way in &ways {
        assert_eq!(wang.get(way.split('#').next().unwrap()).await.status, StatusCode::OK, "{way}");
    }
    assert_eq!(offered(&li).await, [false, false, false], "a lead does none of it");
    assert_eq!(li.get(&ways[0]).await.status, StatusCode::NOT_FOUND);
    assert!(!li.get(&project).await.html().contains("id=\"terminate\""));
    let ended =
        wang.submit(&wang.get(&project).await, &format!("{project}/terminate"), &[("reason", "合同解除")]).await;
    assert!(ended.location().contains("done="), "{}", ended.text());
    assert_eq!(offered(&wang).await, [true, false, false], "what has ended is neither paused nor ended");
}
