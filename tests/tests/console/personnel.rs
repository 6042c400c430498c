//! The personnel list and the applications to change it: who sees what, what is refused, and that only an approval changes
//! anything.

use crate::{
    both,
    fixture::{Morning, PICTURE, morning},
};
use axum::http::StatusCode;
use firebee_server::{
    office::account::hand_over::{HandOver, hand_over},
    sql,
};
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office, PASSWORD},
};

/// An ID number whose check character fits.
const IDENTITY: &str = "630102199001010013";
/// The beginning of a zip file. Nobody reads on.
const ARCHIVE: &[u8] = b"PK\x03\x04 not a real archive";
/// The papers of an addition.
const PAPERS: [(&str, &str); 3] = [("papers", "identity"), ("papers", "certificate"), ("papers", "contract")];

both! {
    /// a firm reads its people with their certificates and projects and cannot change them; the fire
    /// service reads those of its firms; nobody else reads the list.
    r_016_the_list_shows_people_to_the_firm_and_to_the_fire_service,
    /// an application is drawn up, printed, sealed, sent and decided; only the approval
    /// changes the list.
    r_022_the_list_changes_when_the_regulator_approves_and_not_before,
    /// whoever still has work is not removed; then the account is closed and history keeps the name.
    r_024_a_person_in_use_is_not_removed_and_a_removed_one_signs_in_no_more,
}

/// Reads a page that must be there.
async fn seen(browser: &Browser, path: &str) -> Page {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
    page
}

/// Draws an application up and returns its address.
async fn drawn(wang: &Browser, kind: &str, fields: &[(&str, &str)]) -> String {
    let action = format!("/personnel-changes/new/{kind}");
    let page = seen(wang, &action).await;
    let done = wang.submit(&page, &action, fields).await;
    let address = done.location().split('?').next().unwrap_or_default().to_owned();
    assert!(address.starts_with("/personnel-changes/"), "{}", done.text());
    address
}

/// The fields of a new operator.
fn operator() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "周强"),
        ("identity", IDENTITY),
        ("phone", "13900000031"),
        ("held", "facility_operator_cert"),
        ("level", "4"),
        ("number", "OP-0031"),
        ("reason", "新入职"),
    ]
}

async fn r_016_the_list_shows_people_to_the_firm_and_to_the_fire_service(office: Office) {
    let Morning { office, .. } = Box::pin(morning(office)).await;
    office.oversee().await;
    Office::found(&office.app, OTHER_FIRM, true).await;
    let (wang, hu) = (Browser::of(&office, "wang").await, Browser::of(&office, "hu").await);
    let all = seen(&wang, "/personnel").await.text();
    for word in ["李建国", "注册消防工程师（一级）", "RE-0001", "消防设施操作员（四级/中级）", "项目负责人", "在职"]
    {
        assert!(all.contains(word), "{word}: {all}");
    }
    let operators = seen(&wang, "/personnel?certificate=facility_operator_cert").await.text();
    assert!(operators.contains("马晓燕") && !operators.contains("李建国"), "{operators}");
    let busy = seen(&wang, "/personnel?projects=yes&category=field_operator").await.text();
    assert!(busy.contains("马晓燕") && busy.contains("陈刚") && !busy.contains("王芳"), "{busy}");
    let idle = seen(&wang, "/personnel?projects=no").await.text();
    assert!(idle.contains("王芳") && idle.contains("赵敏") && !idle.contains("马晓燕"), "{idle}");
    assert!(!seen(&wang, "/personnel?here=no").await.text().contains("王芳"));
    // A name by its pinyin, and the file with the same rows.
    let found = wang.get("/personnel?q=mxy&as=csv").await.html();
    assert!(found.contains("马晓燕") && !found.contains("李建国"), "{found}");
    let overseen = seen(&hu, "/personnel").await.text();
    assert!(overseen.contains("马晓燕") && !overseen.contains("qian"), "a firm that nobody has put under the corps");
    let tang = Browser::of(&office, "tang").await;
    assert!(
        !seen(&tang, "/personnel").await.text().contains("马晓燕"),
        "the firm is the corps's, not the detachment's"
    );
    assert!(!seen(&Browser::of(&office, "far").await, "/personnel").await.text().contains("马晓燕"));
    let qian = Browser::of(&office, "qian").await;
    assert!(!seen(&qian, "/personnel").await.text().contains("马晓燕"), "R-032");
    for login in ["li", "zhao"] {
        let browser = Browser::of(&office, login).await;
        for path in ["/personnel", "/personnel-changes", "/personnel-changes/new"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{login} {path}");
        }
    }
    assert_eq!(
        hu.get("/personnel-changes/new").await.status,
        StatusCode::NOT_FOUND,
        "the fire service applies for none"
    );
}

async fn r_022_the_list_changes_when_the_regulator_approves_and_not_before(office: Office) {
    office.oversee().await;
    Office::found(&office.app, OTHER_FIRM, true).await;
    let (wang, hu) = (Browser::of(&office, "wang").await, Browser::of(&office, "hu").await);
    let new = "/personnel-changes/new/add_operator";
    let page = seen(&wang, new).await;
    let mut wrong = operator();
    wrong[1].1 = "630102199001010014";
    let refused = wang.submit(&page, new, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("identity_malformed"), "R-025: {}", refused.text());
    assert!(refused.html().contains("630102199001010014") && refused.html().contains("新入职"), "what was typed stays");
    let done = wang.submit(&page, new, &operator()).await;
    let again = wang.submit(&page, new, &operator()).await;
    assert_eq!(done.location(), again.location(), "a double click draws one up: {}", again.text());
    let address = done.location().split('?').next().unwrap().to_owned();
    let sheet = seen(&wang, &format!("{address}/form")).await.text();
    for word in ["人员变更申请表", "青海安泰消防技术服务有限公司", "周强", IDENTITY, "四级/中级", "OP-0031"]
    {
        assert!(sheet.contains(word), "{word}: {sheet}");
    }
    assert_eq!(hu.get(&address).await.status, StatusCode::NOT_FOUND, "a draft is its firm's");

    let send = format!("{address}/send");
    let page = seen(&wang, &address).await;
    let pdf = b"%PDF-1.7\nsealed".as_slice();
    let alone = wang.submit_files(&page, &send, &PAPERS, &[pdf]).await;
    assert!(alone.html().contains("archive_required"), "{}", alone.text());
    let bare = wang.submit_files(&page, &send, &PAPERS, &[ARCHIVE]).await;
    assert!(bare.html().contains("sealed_form_required"), "{}", bare.text());
    let text = wang.submit_files(&page, &send, &PAPERS, &[b"just words"]).await;
    assert!(text.html().contains("attachment_format_unsupported"), "{}", text.text());
    let missing = wang.submit_files(&page, &send, &PAPERS[..2], &[pdf, ARCHIVE]).await;
    assert!(missing.html().contains("papers_missing"), "R-021: {}", missing.text());
    // The files that have come are named by the form.
    let sent = wang.submit(&missing, &send, &PAPERS).await;
    assert!(sent.location().starts_with(&format!("{address}?done=")), "{}", sent.text());
    assert!(seen(&wang, &address).await.text().contains("初审"), "R-022");
    assert!(!seen(&wang, "/personnel").await.text().contains("周强"), "nothing changes before the approval");
    let home = seen(&hu, "/").await;
    assert!(home.text().contains("待审核的人员变更"));
    assert!(
        home.html().contains("href=\"/personnel-changes\"") && !home.html().contains("href=\"/tasks\""),
        "its navigation"
    );

    for login in ["far", "tang", "li", "qian"] {
        let browser = Browser::of(&office, login).await;
        assert_eq!(browser.get(&address).await.status, StatusCode::NOT_FOUND, "{login}");
        assert!(!browser.get("/personnel-changes").await.text().contains("周强"), "{login}");
    }
    let page = seen(&hu, &address).await;
    let file = page.html().split("/files/").last().unwrap().split('"').next().unwrap().to_owned();
    let archive = hu.get(&format!("{address}/files/{file}")).await;
    assert_eq!(archive.bytes, ARCHIVE, "the archive is kept byte for byte");
    assert_eq!(archive.header("content-disposition"), "attachment; filename=\"papers.zip\"");
    let far = Browser::of(&office, "far").await;
    assert_eq!(far.get(&format!("{address}/files/{file}")).await.status, StatusCode::NOT_FOUND);

    let decide = format!("{address}/decide");
    let bare = hu.submit(&page, &decide, &[("decision", "rejected")]).await;
    assert!(bare.html().contains("text_required"), "R-023: {}", bare.text());
    let fields = wang.get("/account").await.form("/sign-out");
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("decision", "approved"));
    assert_eq!(wang.send_form(&decide, &fields, &[]).await.status, StatusCode::NOT_FOUND, "no firm decides its own");
    let approved = hu.submit(&page, &decide, &[("decision", "approved")]).await;
    assert!(approved.location().starts_with(&format!("{address}?done=")), "{}", approved.text());
    assert!(seen(&hu, approved.location()).await.text().contains("已同意"));
    let second = seen(&hu, "/personnel-changes").await;
    assert!(second.text().contains("审核通过"));
    let late = hu.submit(&page, &decide, &[("decision", "rejected"), ("reason", "x")]).await;
    assert!(late.html().contains("already_done"), "the request was used: {}", late.text());
    let list = seen(&wang, "/personnel").await.text();
    assert!(list.contains("周强") && list.contains(IDENTITY) && list.contains("OP-0031"), "{list}");
    assert_eq!(office.acts("decide_personnel_change").await, 1);
    let log = seen(&wang, "/log").await.text();
    assert!(log.contains("同意人员变更") && log.contains("青海省消防救援总队"), "R-038: {log}");
    assert!(!log.contains(IDENTITY));

    // The same ID number once more is refused at the decision, and a rejection changes nothing.
    let twice = drawn(&wang, "add_operator", &operator()).await;
    let page = seen(&wang, &twice).await;
    wang.submit_files(&page, &format!("{twice}/send"), &PAPERS, &[PICTURE, ARCHIVE]).await;
    let page = seen(&hu, &twice).await;
    let listed = hu.submit(&page, &format!("{twice}/decide"), &[("decision", "approved")]).await;
    assert!(listed.html().contains("identity_listed"), "{}", listed.text());
    let rejected =
        hu.submit(&page, &format!("{twice}/decide"), &[("decision", "rejected"), ("reason", "名单中已有此人")]).await;
    assert!(rejected.location().contains("?done="), "{}", rejected.text());
    assert!(seen(&wang, &twice).await.text().contains("名单中已有此人"), "R-023");
    let over = hu.send_form(&format!("{twice}/decide"), &decision(&hu, &twice).await, &[]).await;
    assert!(over.html().contains("already_decided"), "{}", over.text());
}

/// A decision that is sent without its form: the application has none any more.
async fn decision(hu: &Browser, _: &str) -> Vec<(&'static str, &'static str)> {
    let fields = hu.get("/account").await.form("/sign-out");
    let mut all: Vec<(&str, &str)> = Vec::new();
    for (name, value) in fields {
        all.push((name.leak(), value.leak()));
    }
    all.push(("decision", "approved"));
    all
}

async fn r_024_a_person_in_use_is_not_removed_and_a_removed_one_signs_in_no_more(office: Office) {
    office.oversee().await;
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..2], "ma").await;
    let (wang, hu) = (Browser::of(&office, "wang").await, Browser::of(&office, "hu").await);
    let form = seen(&wang, "/personnel-changes/new/remove_operator").await;
    let html = form.html();
    let ma = html.split("<option value=\"").find(|option| option.contains("马晓燕")).unwrap();
    let ma = ma.split('"').next().unwrap();
    assert!(!html.contains("李建国"), "an engineer does not leave as an operator");
    let nobody = [("person", ""), ("identity", IDENTITY), ("phone", "13900000002"), ("reason", "离职")];
    let refused = wang.submit(&form, "/personnel-changes/new/remove_operator", &nobody).await;
    assert!(refused.html().contains("person_required"), "{}", refused.text());
    let fields = [("person", ma), ("identity", IDENTITY), ("phone", "13900000002"), ("reason", "离职")];
    let address = drawn(&wang, "remove_operator", &fields).await;
    let page = seen(&wang, &address).await;
    let papers = [("papers", "identity"), ("papers", "certificate"), ("papers", "termination")];
    let sent = wang.submit_files(&page, &format!("{address}/send"), &papers, &[PICTURE, ARCHIVE]).await;
    assert!(sent.location().contains("?done="), "{}", sent.text());
    let page = seen(&hu, &address).await;
    assert!(page.text().contains("已下发未开始的测试项 2 个"), "{}", page.text());
    let decide = format!("{address}/decide");
    let used = hu.submit(&page, &decide, &[("decision", "approved")]).await;
    assert!(used.html().contains("person_in_use") && used.text().contains("测试项 2 个"), "{}", used.text());
    assert_eq!(office.number(sql!("SELECT count(*) FROM person WHERE gone = 1")).await, 0);

    let (from, to) = (office.account("ma"), office.account("chen"));
    let over = HandOver { from, to, reason: "离职".into() };
    hand_over(&office.app.store, office.act("wang").await, over).await.unwrap();
    let page = seen(&hu, &address).await;
    let approved = hu.submit(&page, &decide, &[("decision", "approved")]).await;
    assert!(approved.location().contains("?done="), "{}", approved.text());
    let left = seen(&wang, "/personnel?here=no").await.text();
    assert!(left.contains("马晓燕") && left.contains("离职"), "{left}");
    let mut gone = Browser::new(&office);
    assert!(gone.sign_in("ma", PASSWORD).await.html().contains("account_disabled"));
    assert!(seen(&wang, "/log").await.text().contains("马晓燕"), "history keeps the name");
    let offered = seen(&wang, "/personnel-changes/new/remove_operator").await;
    assert!(!offered.html().contains("马晓燕") && offered.html().contains("陈刚"));
}

/// the limit of the archive is included: one byte more is too many.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_020_an_archive_of_ten_mebibytes_is_taken_and_one_byte_more_is_not() {
    let office = Office::sqlite().await;
    office.oversee().await;
    let wang = Browser::of(&office, "wang").await;
    let address = drawn(&wang, "add_operator", &operator()).await;
    let mut archive = ARCHIVE.to_vec();
    archive.resize((10 << 20) + 1, 7);
    let page = seen(&wang, &address).await;
    let send = format!("{address}/send");
    let large = wang.submit_files(&page, &send, &PAPERS, &[PICTURE, &archive]).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(large.html().contains("attachment_too_large"), "{}", large.text());
    archive.pop();
    let sent = wang.submit_files(&page, &send, &PAPERS, &[PICTURE, &archive]).await;
    assert!(sent.location().contains("?done="), "{}", sent.text());
}

/// A draft is thrown away; what was sent stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_thrown_away_and_what_was_sent_stays() {
    let office = Office::sqlite().await;
    office.oversee().await;
    let wang = Browser::of(&office, "wang").await;
    let address = drawn(&wang, "add_operator", &operator()).await;
    let page = seen(&wang, &address).await;
    let discard = format!("{address}/discard");
    let kept = drawn(&wang, "add_operator", &operator()).await;
    assert!(wang.submit(&page, &discard, &[]).await.location().starts_with("/personnel-changes?done="));
    assert_eq!(wang.get(&address).await.status, StatusCode::NOT_FOUND);
    let page = seen(&wang, &kept).await;
    wang.submit_files(&page, &format!("{kept}/send"), &PAPERS, &[PICTURE, ARCHIVE]).await;
    let late = wang.submit(&page, &format!("{kept}/discard"), &[]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.text());
    assert_eq!(office.number(sql!("SELECT count(*) FROM personnel_change")).await, 1);
}
