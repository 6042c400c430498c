//! The text of a contract, on both engines.

use crate::{
    both,
    owners::{contract, owner, project, tick},
};
use axum::http::StatusCode;
use firebee_tests::{browse::Browser, office::Office};
use uuid::Uuid;

both!(
    /// the text names the parties, the projects with buildings and facilities, the term, the price and the duties of its
    /// kind; what nobody has entered is a line to fill in.
    r_389_the_text_of_a_contract_is_filled_from_its_data,
    /// each kind has its title and its duties, and a contract without projects has lines to fill in.
    r_389_each_kind_of_contract_has_its_own_duties,
);

async fn r_389_the_text_of_a_contract_is_filled_from_its_data(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let owner = owner(&wang, "海东医院").await;
    let contract = contract(&wang, &owner, "2026-01-05").await;
    let text = format!("{contract}/text");
    assert!(wang.get(&contract).await.html().contains(&format!("href=\"{text}\"")));
    let clinic = [("price_yuan", "120000"), ("credit_code", "91350100m000100y43"), ("responsible_person", "马秀英")];
    let clinic = project(&wang, &office, &contract, &clinic).await;
    tick(&wang, &clinic, &["power-genset"]).await;
    project(&wang, &office, &contract, &[("name", "培训楼"), ("price_yuan", "36000.5")]).await;
    let page = wang.get(&text).await;
    for word in [
        "建筑消防设施维护保养合同",
        "海东医院门诊楼",
        "培训楼",
        "91350100M000100Y43",
        "马秀英",
        "自备发电机组",
        "120000.00 元",
        "人民币 156000.50 元",
        "第 1 条",
        "2026年1月5日",
        "每月出具维护保养报告",
    ] {
        assert!(page.text().contains(word), "{word}: {}", page.text());
    }
    assert!(page.html().contains(&format!("href=\"{contract}/edit\"")), "the signed scan becomes a file of it");
    let english = wang.asking_for("en").get(&text).await;
    assert!(english.text().contains("Article 1: Service and scope"), "{}", english.text());
    for other in ["sun", "li"] {
        let other = Browser::of(&office, other).await;
        assert_eq!(
            other.get(&text).await.status,
            other.get(&contract).await.status,
            "who reads the one reads the other"
        );
    }
    assert_eq!(wang.get(&format!("/contracts/{}/text", Uuid::nil())).await.status, StatusCode::NOT_FOUND);
    project(&wang, &office, &contract, &[("name", "住院楼")]).await;
    let open = wang.get(&text).await.text();
    assert!(open.contains("人民币 ____________ 元"), "one project has no price: {open}");
}

async fn r_389_each_kind_of_contract_has_its_own_duties(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let owner = owner(&wang, "海东医院").await;
    let new = format!("/contracts/new?owner={}", owner.trim_start_matches("/owners/"));
    let of_kinds = [
        ("maintenance", "建筑消防设施维护保养合同", "每月出具维护保养报告"),
        ("completion_inspection", "建筑消防设施竣工检测合同", "写明检测结论"),
        ("annual_inspection", "建筑消防设施年度检测合同", "写明检测结论"),
        ("special_inspection", "建筑消防设施专项检测合同", "写明检测结论"),
    ];
    for (kind, title, duty) in of_kinds {
        let typed = [("name", "合同"), ("kind", kind), ("sign_date", "2026-03-01"), ("end_date", "2026-12-31")];
        let done = wang.submit(&wang.get(&new).await, "/contracts", &typed).await;
        let contract = done.location().split('?').next().unwrap().to_owned();
        let text = wang.get(&format!("{contract}/text")).await.text();
        for word in [title, duty, "2026年3月1日", "2026年12月31日", "项目：____", "海东医院"] {
            assert!(text.contains(word), "{kind}, {word}: {text}");
        }
        let other = if kind == "maintenance" { "写明检测结论" } else { "每月出具维护保养报告" };
        assert!(!text.contains(other), "{kind}: {text}");
    }
}
