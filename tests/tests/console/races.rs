//! Two people, or two windows of one, at the same moment: each pair has one effect, and the other one is told so.

use super::report::{approved, generate, made, proposed};
use crate::both;
use axum::http::StatusCode;
use firebee_domain::{code::Code, id::PlanId};
use firebee_server::sql;
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};
use std::sync::Arc;
use tokio::sync::Barrier;

both!(
    /// of two filings at once one counts.
    r_210_a_report_is_filed_once_by_two_windows_at_once,
    /// of two deletions at once one counts.
    r_209_a_report_is_deleted_once_by_two_windows_at_once,
    /// a report that is filed and deleted at once is filed or gone, and never both.
    r_210_a_report_is_not_filed_and_deleted_at_once,
    /// a plan has one report, also when two are generated at once.
    r_200_a_plan_is_reported_once_by_two_windows_at_once,
    /// an item that comes back while the report is generated stands in the way of it, or comes too late.
    r_200_an_item_does_not_come_back_behind_the_report_that_is_generated,
    /// of two decisions of one change of people at once one counts.
    r_022_a_change_of_people_is_decided_once_by_two_at_once,
    /// of two answers to one application at once one counts.
    r_013_an_application_is_answered_once_by_two_at_once,
);

/// A form that is filled in and about to be sent.
struct Ready {
    by: Browser,
    action: String,
    fields: Vec<(String, String)>,
}

impl Ready {
    /// The form of a page, with what is typed into it.
    async fn new(by: &Browser, page: &str, action: &str, typed: &[(&str, &str)]) -> Self {
        let shown = by.get(page).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}: {}", shown.text());
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let fields = shown.form(action).into_iter().chain(typed).collect();
        Self { by: by.clone(), action: action.to_owned(), fields }
    }

    async fn send(self, together: Arc<Barrier>) -> Page {
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        together.wait().await;
        self.by.send_form(&self.action, &fields, &[]).await
    }
}

/// Sends two forms at the same moment, each from a thread of its own.
async fn at_once(one: Ready, two: Ready) -> [Page; 2] {
    let together = Arc::new(Barrier::new(2));
    let one = tokio::spawn(one.send(together.clone()));
    let two = tokio::spawn(two.send(together));
    [one.await.unwrap(), two.await.unwrap()]
}

/// One was taken, the other one was refused in words or finds nothing any more. Returns the refused one.
#[track_caller]
fn one_of(pages: &[Page; 2]) -> &Page {
    let taken = |page: &&Page| matches!(page.status, StatusCode::SEE_OTHER | StatusCode::OK);
    let refused = |page: &&Page| matches!(page.status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_FOUND);
    let [one, two] = pages;
    let told = format!("{} {}\n{} {}", one.status, one.text(), two.status, two.text());
    assert_eq!(pages.iter().filter(taken).count(), 1, "{told}");
    let refused = pages.iter().find(refused);
    assert!(refused.is_some(), "{told}");
    refused.unwrap()
}

async fn r_210_a_report_is_filed_once_by_two_windows_at_once(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "R-1").await);
    let file = format!("{path}/file");
    let window = async |opinion: &'static str| Ready::new(&zhao, &path, &file, &[("opinion", opinion)]).await;
    let pages = at_once(window("同意").await, window("都同意").await).await;
    assert!(one_of(&pages).html().contains(Code::ReportFiledImmutable.word()), "{}", one_of(&pages).text());
    assert_eq!(office.acts("file_report").await, 1);
}

async fn r_209_a_report_is_deleted_once_by_two_windows_at_once(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "R-1").await);
    let delete = format!("{path}/delete");
    let window = async || Ready::new(&li, &path, &delete, &[]).await;
    let pages = at_once(window().await, window().await).await;
    assert_eq!(one_of(&pages).status, StatusCode::NOT_FOUND);
    assert_eq!(office.acts("delete_report").await, 1);
    made(&generate(&li, plan, "R-2").await);
}

async fn r_210_a_report_is_not_filed_and_deleted_at_once(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "R-1").await);
    let file = Ready::new(&zhao, &path, &format!("{path}/file"), &[("opinion", "同意")]).await;
    let delete = Ready::new(&li, &path, &format!("{path}/delete"), &[]).await;
    one_of(&at_once(file, delete).await);
    let (filed, deleted) = (office.acts("file_report").await, office.acts("delete_report").await);
    let there = li.get(&path).await.status == StatusCode::OK;
    assert_eq!((filed + deleted, there), (1, filed == 1));
}

/// The form of a plan's report, as it proposes itself.
async fn report(li: &Browser, plan: PlanId, code: &str) -> Ready {
    let action = format!("/plans/{plan}/report");
    let page = li.get(&action).await;
    let mut typed = vec![("code", code.to_owned())];
    typed.extend(["report_date", "from", "to"].map(|name| (name, proposed(&page, name))));
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ready::new(li, &action, &action, &typed).await
}

async fn r_200_a_plan_is_reported_once_by_two_windows_at_once(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let pages = at_once(report(&li, plan, "R-1").await, report(&li, plan, "R-2").await).await;
    assert!(one_of(&pages).html().contains(Code::PlanReported.word()), "{}", one_of(&pages).text());
    assert_eq!(office.number(sql!("SELECT count(*) FROM report")).await, 1);
}

async fn r_200_an_item_does_not_come_back_behind_the_report_that_is_generated(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/plans/{plan}");
    let page = li.get(&path).await;
    let left_out =
        page.html().split("/restore\"").nth(1).unwrap().split("name=\"item\" value=\"").nth(1).unwrap().to_owned();
    let item = left_out.split('"').next().unwrap();
    let restore = Ready::new(&li, &path, &format!("{path}/restore"), &[("item", item)]).await;
    let pages = at_once(report(&li, plan, "R-1").await, restore).await;
    one_of(&pages);
    let reports = office.number(sql!("SELECT count(*) FROM report")).await;
    let open = office.number(sql!("SELECT count(*) FROM plan_item WHERE state = 'not_issued'")).await;
    assert_eq!(reports + open, 1, "the report stands and the item is out, or the other way round");
}

async fn r_022_a_change_of_people_is_decided_once_by_two_at_once(office: Office) {
    office.oversee().await;
    let (wang, hu) = (Browser::of(&office, "wang").await, Browser::of(&office, "hu").await);
    let new = "/personnel-changes/new/add_operator";
    let fields = [
        ("name", "周强"),
        ("identity", "630102199001010013"),
        ("phone", "13900000031"),
        ("held", "facility_operator_cert"),
        ("level", "4"),
        ("number", "OP-0031"),
        ("reason", "新入职"),
    ];
    let drawn = wang.submit(&wang.get(new).await, new, &fields).await;
    let path = drawn.location().split('?').next().unwrap().to_owned();
    let papers = [("papers", "identity"), ("papers", "certificate"), ("papers", "contract")];
    let files: [&[u8]; 2] = [b"%PDF-1.7\nsealed", b"PK\x03\x04 papers"];
    let sent = wang.submit_files(&wang.get(&path).await, &format!("{path}/send"), &papers, &files).await;
    assert!(sent.location().contains("?done="), "{}", sent.text());
    let decide = format!("{path}/decide");
    let approve = Ready::new(&hu, &path, &decide, &[("decision", "approved")]).await;
    let reject = Ready::new(&hu, &path, &decide, &[("decision", "rejected"), ("reason", "材料不全")]).await;
    let pages = at_once(approve, reject).await;
    assert!(one_of(&pages).html().contains(Code::AlreadyDecided.word()), "{}", one_of(&pages).text());
    assert_eq!(office.acts("decide_personnel_change").await, 1);
    let listed = wang.get("/personnel").await.text().contains("周强");
    assert_eq!(listed, pages[0].status == StatusCode::SEE_OTHER, "the list is as the decision that counts says");
}

async fn r_013_an_application_is_answered_once_by_two_at_once(office: Office) {
    office.oversee().await;
    let hu = Browser::of(&office, "hu").await;
    let (path, _) = Box::pin(super::applications::handed_in(&office, &hu)).await;
    let answer = format!("{path}/answer");
    let accept = Ready::new(&hu, &path, &answer, &[("decision", "accepted"), ("login", "changan")]).await;
    let give_back = Ready::new(&hu, &path, &answer, &[("decision", "returned"), ("reason", "公章不清")]).await;
    let pages = at_once(accept, give_back).await;
    one_of(&pages);
    let firms = office.number(sql!("SELECT count(*) FROM organisation WHERE authority IS NULL")).await;
    assert_eq!(firms, if pages[0].status == StatusCode::OK { 2 } else { 1 }, "{} {}", pages[0].text(), pages[1].text());
}
