//! Reports: from the approved plan to the filed one, and what is refused on the way.

use crate::{both, fixture::PICTURE};
use axum::http::StatusCode;
use firebee_domain::{
    code::Code,
    evidence::PhotoRole,
    id::{PlanId, ReportId, TaskId},
    report::VerificationCode,
    restore::Isolable,
    result::Verdict,
};
use firebee_server::{
    config::Config,
    report::Printer,
    row, sql,
    store::{StoreError, Tx, unpack},
};
use firebee_tests::{
    browse::{Browser, Page},
    firm::sqlite,
    office::{Office, built},
    visit::{Visit, said},
};

both!(
    /// the lead ticks, dates and generates; the page says what the site says.
    r_158_r_185_r_201_r_206_the_report_of_an_approved_plan_says_what_was_found,
    /// a plan with an open item has no report, and the page says so before anything is typed.
    r_200_an_open_plan_has_no_report,
    /// a report that is not filed goes, its tasks are free, its code stays used.
    r_209_r_213_r_377_a_deleted_report_frees_its_tasks_and_not_its_code,
    /// the technical director alone files, with an opinion, and then nothing changes.
    r_210_r_240_r_242_the_technical_director_files_and_nothing_changes_after_that,
    /// who has the code sees the cover and nothing of the site; a wrong code is told as wrong.
    r_379_anybody_verifies_a_report_by_its_code,
    /// the PDF is made once, of the snapshot, and the selfie is not in it.
    r_376_r_384_the_pdf_is_printed_once,
    /// who may not read a report finds nothing under its addresses.
    r_032_a_report_is_for_who_may_read_its_project,
);

/// A plan of the month with every item approved, one of them a fault.
async fn approved(office: &Office) -> (PlanId, TaskId) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let (single_item, left_out, mine) = (&items[..1], &items[1], &items[2..]);
    office.issue(plan, mine, "ma").await;
    office.issue(plan, single_item, "chen").await;
    let firm = office.firm(plan).await;
    // What nobody tests this month is left out, with its reason.
    let li = Browser::of(office, "li").await;
    let page = li.get(&format!("/plans/{plan}")).await;
    let id = left_out.item.to_string();
    let fields = [("item", id.as_str()), ("reason", "本月停业装修")];
    let hidden = page.form(&format!("/plans/{plan}/issue"));
    let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<(&str, &str)> = hidden.chain(fields).collect();
    let done = li.send_form(&format!("/plans/{plan}/ignore"), &fields, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());

    let mut visit = Visit::begin(firm, office.account("ma"), 1).await;
    let mut work = visit.start(mine, 0);
    for item in &mine[1..] {
        visit.result(&mut work, 3, said(item, Verdict::Conform, "配电室", ""));
    }
    visit.result(&mut work, 3, said(&mine[0], Verdict::Nonconform, "地下一层发电机房", "启动后 42 秒才供电"));
    visit.photo(&mut work, PhotoRole::Evidence, Some(&mine[0]), PICTURE);
    visit.serve(&mut work, Isolable::FireAlarm, PICTURE);
    visit.photo(&mut work, PhotoRole::Selfie, None, include_bytes!("../../fixtures/photos/no_exif.jpg"));
    visit.describe(&mut work);
    visit.walk(&mut work, 36_617_000, 101_778_000);
    visit.submit(&mut work);
    visit.push().await;
    visit.send_blobs(office, 0).await;
    let mut other = Visit::begin(office.firm(plan).await, office.account("chen"), 2).await;
    let mut single = other.start(single_item, 1);
    other.result(&mut single, 3, said(&single_item[0], Verdict::Conform, "消防控制室", ""));
    other.photo(&mut single, PhotoRole::Evidence, None, PICTURE);
    other.photo(&mut single, PhotoRole::Selfie, None, include_bytes!("../../fixtures/photos/no_exif.jpg"));
    other.describe(&mut single);
    other.walk(&mut single, 36_617_000, 101_778_000);
    other.submit(&mut single);
    other.push().await;
    other.send_blobs(office, 0).await;

    let path = format!("/tasks/{}", work.task);
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("way", "owner_refused"), ("explanation", "业主计划明年更换机组")];
    let done = li.submit(&page, &format!("{path}/faults/{fault}"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    for task in [work.task, single.task] {
        let page = li.get(&format!("/tasks/{task}")).await;
        let fields = [("decision", "approved"), ("opinion", "")];
        let done = li.submit(&page, &format!("/tasks/{task}/review"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }
    (plan, work.task)
}

/// Generates the report of a plan as the form proposes it, with a code.
async fn generate(by: &Browser, plan: PlanId, code: &str) -> Page {
    let action = format!("/plans/{plan}/report");
    let page = by.get(&action).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let mut fields = Vec::new();
    for name in ["report_date", "from", "to"] {
        let value =
            page.html().split(&format!("name=\"{name}\"")).nth(1).unwrap().split("value=\"").nth(1).unwrap().to_owned();
        fields.push((name.to_owned(), value.split('"').next().unwrap().to_owned()));
    }
    fields.push(("code".to_owned(), code.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    by.submit(&page, &action, &fields).await
}

/// The address of the report that was generated.
fn made(done: &Page) -> String {
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    done.location().split('?').next().unwrap().to_owned()
}

/// Whether a refusal says this code.
fn refused(done: &Page, code: Code) {
    assert_eq!(done.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", done.text());
    assert!(done.html().contains(code.word()), "{code}: {}", done.text());
}

async fn r_158_r_185_r_201_r_206_the_report_of_an_approved_plan_says_what_was_found(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "ZXJ2026  No.0001").await);
    let page = li.get(&path).await;
    let text = page.text();
    let said = [
        "ZXJ2026 No.0001",
        "20261116月表",
        "待备案",
        "业主不同意维修",
        "启动后 42 秒才供电",
        "业主计划明年更换机组",
        "本月停业装修",
        "项目负责人",
        "技术负责人",
        "2026年11月23日",
        "围栏内",
    ];
    for words in said {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(li.get("/reports").await.text().contains("ZXJ2026 No.0001"));
    assert_eq!(li.get(&format!("{path}/photos/1")).await.header("content-type"), "image/jpeg");
}

async fn r_200_an_open_plan_has_no_report(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items, "ma").await;
    let li = Browser::of(&office, "li").await;
    let page = li.get(&format!("/plans/{plan}/report")).await;
    let words = format!("还有 {} 个测试项没有审核通过", items.len());
    assert!(page.text().contains(&words), "{}", page.text());
    let done = generate(&li, plan, "1").await;
    refused(&done, Code::PlanNotFullyApproved);
    assert!(done.text().contains("没有勾选计划内的任务"), "every reason at once: {}", done.text());
    assert_eq!(office.acts("generate_report").await, 0);
}

async fn r_209_r_213_r_377_a_deleted_report_frees_its_tasks_and_not_its_code(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "A-1").await);
    refused(&generate(&li, plan, "A-2").await, Code::PlanReported);
    let page = li.get(&path).await;
    let done = li.submit(&page, &format!("{path}/delete"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(li.get(&path).await.status, StatusCode::NOT_FOUND);
    refused(&generate(&li, plan, "A-1").await, Code::ReportCodeTaken);
    made(&generate(&li, plan, "A-2").await);
}

async fn r_210_r_240_r_242_the_technical_director_files_and_nothing_changes_after_that(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "B-1").await);
    let file = format!("{path}/file");
    assert!(!li.get(&path).await.html().contains(&format!("action=\"{file}\"")), "a lead has no such form");
    let page = zhao.get(&path).await;
    refused(&zhao.submit(&page, &file, &[("opinion", "  ")]).await, Code::OpinionRequired);
    let before = li.get(&path).await;
    let page = zhao.get(&path).await;
    let done = zhao.submit(&page, &file, &[("opinion", "资料齐全，同意备案。")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let text = zhao.get(&path).await.text();
    assert!(text.contains("已备案") && text.contains("资料齐全，同意备案。"), "{text}");
    let late = li.submit(&before, &format!("{path}/delete"), &[]).await;
    refused(&late, Code::ReportFiledImmutable);
    assert!(li.get("/reports?state=filed").await.text().contains("B-1"));
    assert!(!li.get("/reports?state=waiting").await.text().contains("B-1"));
}

async fn r_379_anybody_verifies_a_report_by_its_code(office: Office) {
    let (plan, task) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "C-1").await);
    let org = office.org;
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT snapshot FROM report WHERE org = ?1");
        let row = tx.query_opt(find, &row![org]).await?;
        row.map(|row| row.get::<Vec<u8>>(0)).transpose()
    };
    let kept: Result<_, StoreError> = office.app.store.read("read_snapshot", read).await;
    let kept = unpack(&kept.unwrap().unwrap()).unwrap();
    let code = VerificationCode::of(&kept);
    let nobody = Browser::new(&office);
    let page = nobody.get(&format!("/v/{code}")).await;
    assert!(page.text().contains("C-1") && page.text().contains("未备案"), "{}", page.text());
    assert!(!page.html().contains(&task.to_string()) && !page.text().contains("启动后"), "{}", page.text());
    assert!(nobody.get(&format!("/v?code={}", code.plain().to_lowercase())).await.text().contains("C-1"));
    for wrong in ["0000-0000-0000-0000", "火灾", "%20"] {
        assert!(nobody.get(&format!("/v/{wrong}")).await.text().contains("没有这个验证码的报告"), "{wrong}");
    }
    assert!(li.get(&path).await.text().contains(&code.to_string()));
}

async fn r_376_r_384_the_pdf_is_printed_once(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "D-1").await);
    let first = li.get(&format!("{path}/pdf")).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    assert_eq!(first.header("content-type"), "application/pdf");
    assert!(first.bytes.starts_with(b"%PDF-"));
    let zhao = Browser::of(&office, "zhao").await;
    let page = zhao.get(&path).await;
    zhao.submit(&page, &format!("{path}/file"), &[("opinion", "同意备案")]).await;
    let second = zhao.get(&format!("{path}/pdf")).await;
    assert_eq!(first.bytes, second.bytes, "filing leaves its bytes alone");
    let photos = li.get(&path).await.html().matches("/photos/").count();
    assert_eq!(photos, 5, "every photo that shows something, and neither selfie");
}

async fn r_032_a_report_is_for_who_may_read_its_project(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "E-1").await);
    // The lead of another project, and nobody.
    let sun = Browser::of(&office, "sun").await;
    for address in [path.clone(), format!("{path}/pdf"), format!("{path}/photos/1"), format!("/plans/{plan}/report")] {
        assert_eq!(sun.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(Browser::new(&office).get(&address).await.status, StatusCode::SEE_OTHER, "{address}");
    }
    assert!(!sun.get("/reports").await.text().contains("E-1"));
    let zhao = Browser::of(&office, "zhao").await;
    assert_eq!(
        zhao.get(&format!("/plans/{plan}/report")).await.status,
        StatusCode::NOT_FOUND,
        "it files, and generates none"
    );
}

/// a printing that was cut off, with its pictures laid out and no PDF, is begun anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_376_a_printing_that_was_cut_off_is_begun_anew() {
    let nowhere = |config: &mut Config| config.report_program = Some("/nowhere/firebee-report".into());
    let office = Office::set(sqlite().await, nowhere).await;
    let (plan, _) = Box::pin(approved(&office)).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "G-1").await);
    let id: ReportId = path.rsplit('/').next().unwrap().parse().unwrap();
    // The first one in the background is over: it, too, found no program.
    assert_eq!(li.get(&format!("{path}/pdf")).await.status, StatusCode::SERVICE_UNAVAILABLE);
    let work = office.folder.path().join("printing");
    std::fs::create_dir_all(work.join(id.to_string()).join("photos")).unwrap();
    std::fs::write(work.join(id.to_string()).join("photos/1"), "half").unwrap();
    let parts = (office.app.store.clone(), office.app.blobs.clone(), office.app.uploads.clone());
    let printer = Printer::new(parts, (built("firebee-report"), None), work.clone());
    let pdf = printer.pdf(office.org, id).await.unwrap();
    assert_eq!(printer.pdf(office.org, id).await.unwrap(), pdf, "it is printed once");
    assert_eq!(std::fs::read_dir(work).unwrap().count(), 0, "nothing is left of it");
}

/// where the program is missing, the page stands, and the refusal names the remedy.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_376_a_report_without_its_program_is_read_as_a_page() {
    let nowhere = |config: &mut Config| config.report_program = Some("/nowhere/firebee-report".into());
    let office = Office::set(sqlite().await, nowhere).await;
    let (plan, _) = Box::pin(approved(&office)).await;
    let li = Browser::of(&office, "li").await;
    let path = made(&generate(&li, plan, "F-1").await);
    let refused = li.get(&format!("{path}/pdf")).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.html().contains(Code::ReportNotPrinted.word()) && refused.text().contains("firebee-report"));
    assert_eq!(li.get(&path).await.status, StatusCode::OK);
}
