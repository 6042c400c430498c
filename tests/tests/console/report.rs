//! Reports: from the approved plan to the filed one, and what is refused on the way.

use crate::{both, fixture::PICTURE};
use axum::http::StatusCode;
use firebee_domain::{
    catalogue::Nature,
    code::Code,
    evidence::PhotoRole,
    id::{PlanId, ReportId, TaskId},
    report::VerificationCode,
    restore::Isolable,
    result::Verdict,
    suspension::{PauseRequest, PauseState},
};
use firebee_server::{
    config::Config,
    office::plan::{Create, create},
    report::Printer,
    row, sql,
    store::{StoreError, Tx, unpack},
};
use firebee_tests::{
    browse::{Browser, Page},
    firm::{Issued, sqlite},
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
    /// who has the code sees the cover and nothing of the site; a wrong code is told as wrong.
    r_379_anybody_verifies_a_report_by_its_code,
    /// the PDF is made once, of the snapshot, and the selfie is not in it.
    r_376_r_384_the_pdf_is_printed_once,
    /// who may not read a report finds nothing under its addresses.
    r_032_a_report_is_for_who_may_read_its_project,
    /// copies that come back are compared, hand-outs are written down, also after the filing.
    r_378_signed_copies_and_hand_outs_stand_beside_the_report,
    /// what an earlier report left open stands in the next one by itself.
    r_207_what_is_still_open_of_an_earlier_report_is_followed,
    /// the report of a year says how each month went.
    r_206_r_208_a_year_says_how_its_months_went,
);

/// A plan of the month with every item approved, one of them a fault.
pub(super) async fn approved(office: &Office) -> (PlanId, TaskId) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let (single_item, left_out, mine) = (&items[..1], &items[1], &items[2..]);
    office.issue(plan, mine, "ma").await;
    office.issue(plan, single_item, "chen").await;
    let firm = office.firm(plan).await;
    // What nobody tests this month is left out, with its reason.
    let li = Browser::of(office, "li").await;
    ignore(&li, plan, std::slice::from_ref(left_out), "本月停业装修").await;

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
    let single = visited(office, plan, &single_item[0], ("chen", 2, 1)).await;

    let path = format!("/tasks/{}", work.task);
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("way", "owner_refused"), ("explanation", "业主计划明年更换机组")];
    let done = li.submit(&page, &format!("{path}/faults/{fault}"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    for task in [work.task, single] {
        approve(&li, task).await;
    }
    (plan, work.task)
}

/// One item of a plan, tested and handed in by somebody with a phone.
async fn visited(office: &Office, plan: PlanId, item: &Issued, (login, phone, operator): (&str, u8, usize)) -> TaskId {
    let mut visit = Visit::begin(office.firm(plan).await, office.account(login), phone).await;
    let mut work = visit.start(std::slice::from_ref(item), operator);
    visit.result(&mut work, 3, said(item, Verdict::Conform, "消防控制室", ""));
    visit.photo(&mut work, PhotoRole::Evidence, None, PICTURE);
    visit.photo(&mut work, PhotoRole::Selfie, None, include_bytes!("../../fixtures/photos/no_exif.jpg"));
    visit.describe(&mut work);
    visit.walk(&mut work, 36_617_000, 101_778_000);
    visit.submit(&mut work);
    visit.push().await;
    visit.send_blobs(office, 0).await;
    work.task
}

pub(super) async fn approve(by: &Browser, task: TaskId) {
    let page = by.get(&format!("/tasks/{task}")).await;
    let fields = [("decision", "approved"), ("opinion", "")];
    let done = by.submit(&page, &format!("/tasks/{task}/review"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}

/// The button that takes items in again.
const RESTORE: &str = "恢复选中的测试项";

/// Leaves items of a plan out, with a reason.
async fn ignore(by: &Browser, plan: PlanId, items: &[Issued], reason: &str) {
    let page = by.get(&format!("/plans/{plan}")).await;
    let ids: Vec<String> = items.iter().map(|issued| issued.item.to_string()).collect();
    let hidden = page.form(&format!("/plans/{plan}/issue"));
    let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let chosen = ids.iter().map(|id| ("item", id.as_str()));
    let fields: Vec<(&str, &str)> = hidden.chain(chosen).chain([("reason", reason)]).collect();
    let done = by.send_form(&format!("/plans/{plan}/ignore"), &fields, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}

/// Generates the report of a plan as the form proposes it, with a code.
pub(super) async fn generate(by: &Browser, plan: PlanId, code: &str) -> Page {
    let action = format!("/plans/{plan}/report");
    let page = by.get(&action).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let mut fields = Vec::new();
    for name in ["report_date", "from", "to"] {
        fields.push((name.to_owned(), proposed(&page, name)));
    }
    fields.push(("code".to_owned(), code.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    by.submit(&page, &action, &fields).await
}

/// What the form proposes for a field.
pub(super) fn proposed(page: &Page, name: &str) -> String {
    let html = page.html();
    let value = html.split(&format!("name=\"{name}\"")).nth(1).unwrap().split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

/// The address of the report that was generated.
pub(super) fn made(done: &Page) -> String {
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    done.location().split('?').next().unwrap().to_owned()
}

/// Whether a refusal says this code.
pub(super) fn refused(done: &Page, code: Code) {
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
    let offered =
        async |what: &str| li.get(&format!("/plans/{plan}")).await.html().contains(&format!("/plans/{plan}/{what}\""));
    let shown = li.get(&format!("/plans/{plan}")).await.html();
    assert!(shown.contains(&format!("<a href=\"{path}\">")), "the plan leads to its report: {shown}");
    assert!(!offered("report").await && offered("restore").await, "what was left out is still read");
    assert!(!shown.contains(RESTORE), "and not taken in again behind the report");
    let page = li.get(&path).await;
    let done = li.submit(&page, &format!("{path}/delete"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(li.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(offered("report").await && li.get(&format!("/plans/{plan}")).await.html().contains(RESTORE));
    refused(&generate(&li, plan, "A-1").await, Code::ReportCodeTaken);
    made(&generate(&li, plan, "A-2").await);
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

async fn r_378_signed_copies_and_hand_outs_stand_beside_the_report(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let path = made(&generate(&li, plan, "S-1").await);
    assert_eq!(li.get(&format!("{path}/receipt")).await.status, StatusCode::NOT_FOUND, "it is not filed");
    let ours = li.get(&format!("{path}/pdf")).await.bytes;
    let file = zhao.get(&path).await;
    zhao.submit(&file, &format!("{path}/file"), &[("opinion", "同意备案")]).await;

    let copies = format!("{path}/copies");
    let signed = [ours.as_slice(), b"\n% a signature\n"].concat();
    for (copy, words) in [(signed.as_slice(), "电子签章副本（与原文件一致）"), (PICTURE, "签章扫描件（未比对）")]
    {
        let page = li.get(&path).await;
        let done = li.submit_files(&page, &copies, &[], &[copy]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert!(li.get(&path).await.text().contains(words), "{words}");
    }
    let page = li.get(&path).await;
    refused(&li.submit_files(&page, &copies, &[], &[b"<svg/>"]).await, Code::AttachmentFormatUnsupported);
    refused(&li.submit_files(&page, &copies, &[], &[]).await, Code::FieldMalformed);
    assert_eq!(li.get(&format!("{copies}/1")).await.bytes, signed);
    assert_eq!(li.get(&format!("{copies}/3")).await.status, StatusCode::NOT_FOUND);

    let hand_out = format!("{path}/hand-out");
    let none = li.submit(&page, &hand_out, &[("copies", "0"), ("to", "西宁某商场物业部")]).await;
    refused(&none, Code::CopiesOutOfRange);
    assert!(none.html().contains("西宁某商场物业部"), "what was typed is still there");
    let page = zhao.get(&path).await;
    let done = zhao.submit(&page, &hand_out, &[("copies", "3"), ("to", "西宁某商场物业部")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let text = li.get(&path).await.text();
    assert!(text.contains("3 份 → 西宁某商场物业部") && text.contains("赵敏"), "{text}");
    assert_eq!(li.get(&format!("{path}/pdf")).await.bytes, ours, "R-210: the document stays as it is");
    let sun = Browser::of(&office, "sun").await;
    assert_eq!(sun.get(&format!("{copies}/1")).await.status, StatusCode::NOT_FOUND);
    let fields = [("csrf", ""), ("copies", "1"), ("to", "x")];
    assert_ne!(sun.send_form(&hand_out, &fields, &[]).await.status, StatusCode::SEE_OTHER);
}

async fn r_207_what_is_still_open_of_an_earlier_report_is_followed(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    made(&generate(&li, plan, "O-1").await);
    let wanted = Create { project: office.project(), nature: Nature::Quarter, month: "2026-11".parse().unwrap() };
    let quarter = create(&office.app.store, &office.app.clock, office.act("li").await, wanted).await.unwrap();
    let items = office.items(quarter).await;
    office.issue(quarter, &items[..1], "ma").await;
    office.issue(quarter, &items[1..2], "chen").await;
    let (org, store) = (office.org, &office.app.store);
    let job = async move |tx: &mut Tx| {
        let drop_rest = sql!("DELETE FROM plan_item WHERE org = ?1 AND plan = ?2 AND executor IS NULL");
        tx.execute(drop_rest, &row![org, &quarter]).await.map(drop)
    };
    let done: Result<(), StoreError> = store.write("shorten_a_plan", job).await;
    done.unwrap();
    for (item, who) in items.iter().zip([("ma", 3, 0), ("chen", 4, 1)]) {
        let task = visited(&office, quarter, item, who).await;
        approve(&li, task).await;
    }
    let path = made(&generate(&li, quarter, "O-2").await);
    let text = li.get(&path).await.text();
    let followed = text.split("以往故障处理跟踪").nth(1).unwrap_or_default();
    assert!(followed.contains("启动后 42 秒才供电") && followed.contains("20261116月表"), "{text}");
    assert!(text.contains("季表") && text.contains("各月情况") && !text.contains("设计值与实测值"), "{text}");
}

async fn r_206_r_208_a_year_says_how_its_months_went(office: Office) {
    let (plan, _) = approved(&office).await;
    let li = Browser::of(&office, "li").await;
    let month = made(&generate(&li, plan, "Y-1").await);
    // The year's plan has the same items; its report the month's one among its twelve months.
    let (org, project) = (office.org, office.project());
    let job = async move |tx: &mut Tx| {
        tx.execute(sql!("DELETE FROM report_task WHERE org = ?1"), &row![org]).await?;
        let copy = sql!(
            "INSERT INTO plan(org, id, project, nature, period, name, sort, find, catalogue, facilities, created_ms)
             SELECT org, ?2, project, 'month', '2026-10', name, sort, find, catalogue, facilities, created_ms FROM plan
             WHERE org = ?1 AND id = ?3"
        );
        let other = PlanId(firebee_server::random::uuid_v4().unwrap());
        tx.execute(copy, &row![org, &other, &plan]).await?;
        let shift = sql!("UPDATE report SET plan = ?2 WHERE org = ?1");
        tx.execute(shift, &row![org, &other]).await?;
        let become_year = sql!("UPDATE plan SET nature = 'year', period = '2026-01' WHERE org = ?1 AND id = ?2");
        tx.execute(become_year, &row![org, &plan]).await?;
        let pause = PauseRequest {
            project,
            month: "2026-09".parse().unwrap(),
            reason: "停业装修".into(),
            state: PauseState::Approved,
            files: Vec::new(),
            asked: None,
            ruling: None,
        };
        let insert =
            sql!("INSERT INTO suspension(org, id, project, month, state, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        let id = firebee_server::random::uuid_v4().unwrap();
        let body = serde_json::to_string(&pause).unwrap();
        tx.execute(insert, &row![org, &id, &project, "2026-09", "approved", &body]).await.map(drop)
    };
    let done: Result<(), StoreError> = office.app.store.write("arrange_a_year", job).await;
    done.unwrap();
    let path = made(&generate(&li, plan, "Y-2").await);
    assert_ne!(path, month);
    let text = li.get(&path).await.text();
    let said =
        ["年表", "各月情况", "2026年1月", "2026年12月", "暂停：停业装修", "Y-1", "未消除故障的时长", "30 天以内"];
    for words in said {
        assert!(text.contains(words), "{words}: {text}");
    }
    let refuses = text.split("业主不同意维修的故障").nth(1).unwrap();
    assert!(refuses.contains("启动后 42 秒才供电"), "{refuses}");
    assert!(li.get(&format!("{path}/pdf")).await.bytes.starts_with(b"%PDF-"));
}

/// whoever tries codes waits; a person never does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_379_whoever_tries_codes_waits() {
    let office = Office::sqlite().await;
    let nobody = Browser::new(&office);
    for at in 0..30 {
        assert_eq!(nobody.get("/v/0000-0000-0000-0000").await.status, StatusCode::OK, "{at}");
    }
    let waits = nobody.get("/v/0000-0000-0000-0000").await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(waits.html().contains(Code::TooManyAsks.word()), "{}", waits.text());
    assert_eq!(nobody.get("/v").await.status, StatusCode::OK, "the form alone asks nothing");
    office.clock.advance_ms(60_000);
    assert_eq!(nobody.get("/v/0000-0000-0000-0000").await.status, StatusCode::OK);
}

/// what no font has is named where it is typed; it can be rewritten, or kept as it is, and ends no report.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_386_a_character_without_glyph_is_found_where_it_is_typed() {
    let office = Office::sqlite().await;
    let (plan, _) = Box::pin(approved(&office)).await;
    let (li, zhao) = (Browser::of(&office, "li").await, Browser::of(&office, "zhao").await);
    let action = format!("/plans/{plan}/report");
    let again = generate(&li, plan, "P-1🧯").await;
    refused(&again, Code::TextUnprintable);
    let hidden = again.form(&action);
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let done = li.send_form(&action, &[fields.as_slice(), &[("code", "P-1🧯")]].concat(), &[]).await;
    let path = made(&done);
    let page = li.get(&path).await;
    assert!(page.html().contains(Code::ReportCharactersLost.word()) && page.text().contains("“🧯”"), "{}", page.text());
    let file = format!("{path}/file");
    let page = zhao.get(&path).await;
    let typed = "资料齐全🧯，同意备案。";
    let again = zhao.submit(&page, &file, &[("opinion", typed)]).await;
    refused(&again, Code::TextUnprintable);
    assert!(again.text().contains("“🧯”") && again.html().contains("<textarea name=\"opinion\""), "{}", again.html());
    assert_eq!(office.acts("file_report").await, 0);
    let hidden = again.form(&file);
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let done = zhao.send_form(&file, &[fields.as_slice(), &[("opinion", typed)]].concat(), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "as it is, on purpose: {}", done.text());
    assert!(li.get(&path).await.text().contains(typed));
    // Rare characters of names are printed, and nobody is asked about them.
    let page = li.get(&path).await;
    let done = li.submit(&page, &format!("{path}/hand-out"), &[("copies", "1"), ("to", "王䶮")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
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
