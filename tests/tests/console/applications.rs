//! First applications of firms: opened by the corps, filled in through a secret link, returned or accepted; and what the
//! public reads of a firm.

use crate::{both, fixture::PICTURE};
use axum::http::StatusCode;
use firebee_server::sql;
use firebee_tests::{
    browse::{Browser, Page},
    office::{Office, PASSWORD},
};

both! {
    /// nobody registers alone; the four documents are filled in, sealed and submitted;
    /// the corps returns with a reason, and accepts; the firm's first account is shown once and changes its password.
    r_013_the_corps_opens_an_application_and_hands_out_the_first_account,
}

async fn seen(browser: &Browser, path: &str) -> Page {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
    page
}

const ANNEX: [(&str, &str); 14] = [
    ("name", "西宁长安消防技术有限公司"),
    ("service", "maintenance_inspection"),
    ("uscc", "91630100MA7G000018"),
    ("registration", "QH-2026-077"),
    ("legal_representative", "赵长安"),
    ("legal_phone", "13911110001"),
    ("director", "钱技术"),
    ("director_phone", "13911110002"),
    ("service_phone", "0971-8880001"),
    ("email", "office@changan.example"),
    ("fax", "0971-8880002"),
    ("address", "西宁市城西区胜利路1号"),
    ("contact", "孙联系"),
    ("contact_phone", "13911110003"),
];

/// Registered engineer.
const ENGINEER: [(&str, &str); 9] = [
    ("name", "李工程"),
    ("identity", "630102199102020026"),
    ("phone", "13911110004"),
    ("held", "registered_engineer"),
    ("level", "1"),
    ("number", "RE-SECRET-1"),
    ("from", "2026-01-01"),
    ("to", "2028-12-31"),
    ("issued", "2025-12-20"),
];

/// Facility operator.
const OPERATOR: [(&str, &str); 6] = [
    ("name", "马操作"),
    ("identity", "630102198503030036"),
    ("phone", "13911110005"),
    ("held", "facility_operator_cert"),
    ("level", "4"),
    ("number", "OP-PUBLIC-1"),
];

/// Opens an application and returns its address and the path of its link.
async fn opened(hu: &Browser) -> (String, String) {
    let page = seen(hu, "/applications").await;
    let shown = hu.submit(&page, "/applications", &[("name", "长安消防")]).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    let html = shown.html();
    let link = html.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    let path = link.split_once("/apply/").unwrap().1;
    let again = hu.submit(&page, "/applications", &[("name", "长安消防")]).await;
    assert!(again.html().contains("already_done") && !again.html().contains(path), "the link is shown once");
    let row = html.split("href=\"/applications/").nth(1).unwrap().split('"').next().unwrap();
    (format!("/applications/{row}"), format!("/apply/{path}"))
}

/// An application that is filled in and handed in: its address, and the path of its link.
pub(super) async fn handed_in(office: &Office, hu: &Browser) -> (String, String) {
    let (firm, (address, link)) = (Browser::new(office), opened(hu).await);
    let fill = async |path: String, fields: &[(&str, &str)]| {
        let done = firm.submit(&seen(&firm, &path).await, &path, fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{path}: {}", done.text());
    };
    fill(format!("{link}/annex"), &ANNEX).await;
    fill(format!("{link}/people/engineers"), &ENGINEER).await;
    fill(format!("{link}/people/operators"), &OPERATOR).await;
    attach_all(&firm, &link).await;
    let done = firm.submit(&seen(&firm, &link).await, &format!("{link}/submit"), &[]).await;
    assert_eq!(done.location(), link, "{}", done.text());
    (address, link)
}

async fn attach_all(firm: &Browser, link: &str) {
    for (document, extra) in [("firm", 1), ("engineers", 2), ("operators", 3), ("undertaking", 4)] {
        let path = format!("{link}/documents/{document}");
        let page = seen(firm, &path).await;
        let scan = [b"%PDF-1.7\n".as_slice(), &[extra]].concat();
        let done = firm.submit_files(&page, &path, &[], &[&scan]).await;
        assert_eq!(done.location(), link, "{document}: {}", done.text());
    }
}

async fn r_013_the_corps_opens_an_application_and_hands_out_the_first_account(office: Office) {
    office.oversee().await;
    let (hu, firm) = (Browser::of(&office, "hu").await, Browser::new(&office));
    for login in ["wang", "li"] {
        let browser = Browser::of(&office, login).await;
        assert_eq!(browser.get("/applications").await.status, StatusCode::NOT_FOUND, "{login}");
    }
    let (address, link) = opened(&hu).await;
    assert_eq!(
        firm.get("/apply/abcd-efgh-ijkl-mnop").await.status,
        StatusCode::NOT_FOUND,
        "without the secret nothing"
    );
    for login in ["far", "tang"] {
        assert_eq!(Browser::of(&office, login).await.get(&address).await.status, StatusCode::NOT_FOUND, "{login}");
    }

    let annex = format!("{link}/annex");
    let page = seen(&firm, &annex).await;
    let without: Vec<_> = ANNEX.into_iter().filter(|(name, _)| *name != "director_phone").collect();
    let refused = firm.submit(&page, &annex, &without).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "R-004");
    assert!(refused.html().contains("text_required") && refused.html().contains("赵长安"), "{}", refused.text());
    let mut bad = ANNEX;
    bad[2].1 = "9163";
    assert!(firm.submit(&page, &annex, &bad).await.html().contains("credit_code_malformed"), "R-006");
    let nothing: Vec<_> = ANNEX.into_iter().filter(|(name, _)| *name != "service").collect();
    assert!(firm.submit(&page, &annex, &nothing).await.html().contains("nothing_chosen"), "R-005");
    assert_eq!(firm.submit(&page, &annex, &ANNEX).await.location(), link);

    let submit = format!("{link}/submit");
    let early = firm.submit(&seen(&firm, &link).await, &submit, &[]).await;
    assert!(early.html().contains("documents_missing"), "R-002: {}", early.text());
    let engineers = format!("{link}/people/engineers");
    let page = seen(&firm, &engineers).await;
    let undated: Vec<_> = ENGINEER.into_iter().filter(|(name, _)| *name != "to").collect();
    let refused = firm.submit(&page, &engineers, &undated).await;
    assert!(refused.html().contains("certificate_required"), "R-008: {}", refused.text());
    for _ in 0..2 {
        assert_eq!(firm.submit(&page, &engineers, &ENGINEER).await.location(), engineers, "a double click adds one");
    }
    let operators = format!("{link}/people/operators");
    let page = seen(&firm, &operators).await;
    assert_eq!(firm.submit(&page, &operators, &OPERATOR).await.location(), operators);
    attach_all(&firm, &link).await;
    let sheet = seen(&firm, &format!("{link}/print/engineers")).await.text();
    assert!(sheet.contains("李工程") && sheet.contains("RE-SECRET-1"), "{sheet}");
    let done = firm.submit(&seen(&firm, &link).await, &submit, &[]).await;
    assert_eq!(done.location(), link, "{}", done.text());
    let closed = firm.submit(&page, &operators, &OPERATOR).await;
    assert_eq!(closed.location(), operators, "the same request as before");
    let late = firm.submit(&seen(&firm, &annex).await, &annex, &ANNEX).await;
    assert!(late.html().contains("application_not_open"), "{}", late.text());

    let answer = format!("{address}/answer");
    let page = seen(&hu, &address).await;
    assert!(page.text().contains("注册消防工程师不足 2 人"), "the corps is told, and decides: {}", page.text());
    let scan = page.html().split("/files/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(hu.get(&format!("{address}/files/{scan}")).await.bytes.starts_with(b"%PDF"));
    let bare = hu.submit(&page, &answer, &[("decision", "returned")]).await;
    assert!(bare.html().contains("text_required"), "{}", bare.text());
    let returned = hu.submit(&page, &answer, &[("decision", "returned"), ("reason", "附件 1 公章不清")]).await;
    assert!(returned.location().starts_with(&format!("{address}?done=")), "{}", returned.text());
    assert!(seen(&firm, &link).await.text().contains("附件 1 公章不清"));
    // Data that change need another seal.
    assert_eq!(firm.submit(&seen(&firm, &annex).await, &annex, &ANNEX).await.location(), link);
    let unsealed = firm.submit(&seen(&firm, &link).await, &submit, &[]).await;
    assert!(unsealed.html().contains("documents_missing"), "{}", unsealed.text());
    let firm_paper = format!("{link}/documents/firm");
    let page = seen(&firm, &firm_paper).await;
    assert_eq!(firm.submit_files(&page, &firm_paper, &[], &[PICTURE]).await.location(), link);
    assert_eq!(firm.submit(&seen(&firm, &link).await, &submit, &[]).await.location(), link);

    let page = seen(&hu, &address).await;
    let taken = hu.submit(&page, &answer, &[("decision", "accepted"), ("login", "wang")]).await;
    assert!(taken.html().contains("login_taken"), "R-027: {}", taken.text());
    let shown = hu.submit(&seen(&hu, &address).await, &answer, &[("decision", "accepted"), ("login", "changan")]).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    let html = shown.html();
    let password = html.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(!seen(&hu, &address).await.html().contains(&password), "it is shown once");
    assert_eq!(office.number(sql!("SELECT count(*) FROM organisation WHERE authority IS NULL")).await, 2);

    let mut manager = Browser::new(&office);
    assert_eq!(manager.sign_in("changan", &password).await.status, StatusCode::SEE_OTHER);
    assert_eq!(manager.get("/personnel").await.location(), "/password", "R-374: it is changed first");
    let page = seen(&manager, "/password").await;
    let fields = [("old", password.as_str()), ("new", PASSWORD), ("again", PASSWORD)];
    manager.submit(&page, "/password", &fields).await;
    let people = seen(&manager, "/personnel").await.text();
    assert!(people.contains("李工程") && people.contains("马操作") && people.contains("孙联系"), "{people}");
    assert!(!people.contains("马晓燕"), "R-032");
    assert!(seen(&hu, "/personnel").await.text().contains("李工程"), "the firm lies with the corps that opened it");
    public_pages(&office).await;
}

/// without signing in, the public reads what is public and nothing else.
async fn public_pages(office: &Office) {
    let anybody = Browser::new(office);
    let list = seen(&anybody, "/firms?q=changan").await;
    assert!(list.text().contains("西宁长安消防技术有限公司") && !list.text().contains("青海安泰"), "{}", list.text());
    assert!(!seen(&anybody, "/firms").await.text().contains("消防救援总队"), "the fire service is no firm");
    let path = list.html().split("href=\"/firms/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = seen(&anybody, &format!("/firms/{path}")).await;
    for word in ["91630100MA7G000018", "赵长安", "胜利路1号", "孙联系", "13911110003", "李工程", "2028", "OP-PUBLIC-1"]
    {
        assert!(page.html().contains(word), "{word}: {}", page.text());
    }
    let secret = ["13911110001", "钱技术", "13911110002", "0971-888", "office@changan", "QH-2026-077", "RE-SECRET-1"];
    let of_people = ["630102199102020026", "630102198503030036", "13911110004", "13911110005"];
    for word in secret.into_iter().chain(of_people) {
        assert!(!page.html().contains(word), "{word} is not public");
    }
    assert_eq!(anybody.get("/firms/00000000-0000-7000-8000-000000000001").await.status, StatusCode::NOT_FOUND);
}
