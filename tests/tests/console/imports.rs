//! Tables that the office brings, from the template to the undoing, on both engines.

use crate::both;
use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};
use encoding_rs::GB18030;
use firebee_server::sql;
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office},
};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;

both!(
    /// owners come as a workbook that another program wrote, contacts as CSV of an old spreadsheet; each row becomes
    /// the act of its form, and the same table twice changes nothing.
    r_372_owners_and_contacts_come_as_tables_and_go_through_the_acts_of_the_forms,
    /// a row that breaks a rule is named by row, column, value, reason and what to do; the good rows may go on.
    r_372_what_is_wrong_with_a_table_is_told_at_its_cells,
    /// a batch is taken back as a whole, while nothing refers to what it made and nobody changed it since.
    r_372_a_batch_is_taken_back_while_nothing_refers_to_it,
);

/// A workbook of openpyxl: a merged line above the titles, titles with other names, a further column, a blank row, and
/// spaces around names.
const OWNERS: &[u8] = include_bytes!("../../fixtures/tables/owners.xlsx");

pub(crate) fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(*cells) {
            match text.strip_prefix('#') {
                Some(number) => drop(sheet.write_number(row, column, number.parse::<f64>().unwrap()).unwrap()),
                None => drop(sheet.write_string(row, column, *text).unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Sends a table, and leads to its page.
pub(crate) async fn bring(browser: &Browser, kind: &str, file: &[u8]) -> Page {
    let form = browser.get(&format!("/imports/new?kind={kind}")).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text());
    let done = browser.submit_files(&form, "/imports", &[], &[file]).await;
    if done.status == StatusCode::SEE_OTHER { browser.get(done.location()).await } else { done }
}

/// The address of a batch's page.
pub(crate) fn address(page: &Page) -> String {
    let html = page.html();
    let rest = html.split("action=\"/imports/").nth(1).unwrap();
    format!("/imports/{}", rest.split('/').next().unwrap())
}

/// What stands beside a word of the page.
fn count(page: &Page, word: &str) -> u64 {
    let text = page.text();
    let mut lines = text.lines().skip_while(|line| *line != word).skip(1);
    let found = lines.next().and_then(|line| line.parse().ok());
    assert!(found.is_some(), "{word}: {text}");
    found.unwrap_or_default()
}

/// Would be made, would be changed, is known, is wrong.
pub(crate) fn counts(page: &Page) -> [u64; 4] {
    ["将新增", "将修改", "没有变化", "有错误"].map(|word| count(page, word))
}

pub(crate) async fn apply(browser: &Browser, page: &Page) -> Page {
    browser.submit(page, &format!("{}/apply", address(page)), &[]).await
}

async fn r_372_owners_and_contacts_come_as_tables_and_go_through_the_acts_of_the_forms(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    assert!(wang.get("/owners").await.html().contains("href=\"/imports\""));
    let template = wang.get("/imports/template?kind=owners").await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(template.bytes.clone())).unwrap();
    assert_eq!(book.sheet_names()[1], "说明");
    let first = book.worksheet_range_at(0).unwrap().unwrap();
    let titles: Vec<String> = first.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(titles, ["业主名称", "所在城市", "详细地址"]);
    assert!(
        bring(&wang, "owners", &template.bytes).await.html().contains("sheet_empty"),
        "a template fits its own form"
    );

    let page = bring(&wang, "owners", OWNERS).await;
    assert_eq!(counts(&page), [3, 0, 0, 0], "{}", page.text());
    assert_eq!(office.acts("create_owner").await, 0, "it is looked at, and changes nothing");
    assert!(!wang.get("/owners").await.text().contains("海东市第一医院"));
    let done = apply(&wang, &page).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(office.acts("create_owner").await, 3, "each row is the act of the form");
    let list = wang.get("/owners?as=csv&for=machine").await.html();
    for owner in ["青海湖宾馆,西宁市 城西区五四西路66号", "海东市第一医院,", "格尔木商场,"]
    {
        assert!(list.contains(owner), "{owner}: {list}");
    }
    let again = apply(&wang, &page).await;
    assert!(again.html().contains("batch_not_open"), "{}", again.text());
    let known = bring(&wang, "owners", OWNERS).await;
    assert_eq!(counts(&known), [0, 0, 3, 0], "twice changes nothing");
    let nothing = format!("{}/apply", address(&known));
    let hidden = known.form(&nothing.replace("/apply", "/discard"));
    let hidden: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(wang.send_form(&nothing, &hidden, &[]).await.html().contains("batch_nothing_to_do"));
    let gone = wang.submit(&known, &nothing.replace("/apply", "/discard"), &[]).await;
    assert!(wang.get(gone.location()).await.text().contains("已放弃"));

    // CSV as an old spreadsheet writes it, with digits of full width.
    let csv =
        "联系人,业主,手机号\r\n马秀英,青海湖宾馆,１３９００００００２１\r\n\r\n李春花 ,格尔木商场,0979-8400001\r\n";
    let page = bring(&wang, "contacts", &GB18030.encode(csv).0).await;
    assert_eq!(counts(&page), [2, 0, 0, 0], "{}", page.text());
    let done = apply(&wang, &page).await;
    assert_eq!((done.status, office.acts("create_contact").await), (StatusCode::OK, 2), "{}", done.text());
    let html = done.html();
    let shown = html.split("<strong>13900000021</strong> <code>").nth(1).unwrap();
    let password = shown.split('<').next().unwrap().to_owned();
    let mut ma = Browser::new(&office);
    assert_eq!(ma.sign_in("13900000021", &password).await.status, StatusCode::SEE_OTHER, "the first password works");
    assert!(!wang.get(&address(&page)).await.html().contains(&password), "it is shown once");
    // A number that changes is a change, in the office's words.
    let csv = "owner,contact,phone\n青海湖宾馆,马秀英,13900000022\n格尔木商场,李春花,0979-8400001\n";
    let page = bring(&wang, "contacts", csv.as_bytes()).await;
    assert_eq!(counts(&page), [0, 1, 1, 0], "{}", page.text());
    apply(&wang, &page).await;
    assert!(wang.get("/contacts?q=mxy").await.text().contains("13900000022"));
    let batches = wang.get("/imports").await.text();
    assert!(batches.contains("picked.bin") && batches.contains("已导入") && batches.contains("王芳"), "{batches}");
}

async fn r_372_what_is_wrong_with_a_table_is_told_at_its_cells(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let long = "a,b,c\n".repeat(2 << 20);
    for (file, code) in [
        (&b""[..], "sheet_missing"),
        (b"\xff\xd8\xff\xe0 no table", "sheet_unreadable"),
        (b"PK\x03\x04 no archive", "sheet_unreadable"),
        (long.as_bytes(), "sheet_too_large"),
        ("业主名称,城市,详细地址\n".as_bytes(), "sheet_empty"),
        ("业主名称,城市\n甲,乙\n".as_bytes(), "sheet_heading_missing"),
    ] {
        let page = bring(&wang, "owners", file).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}: {}", page.text());
        assert!(page.html().contains(code), "{code}: {}", page.text());
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM import_batch")).await, 0);
    let rows: &[&[&str]] = &[
        &["客户", "所在城市", "地址"],
        &["海东医院", "海东市", "乐都区文化街12号"],
        &["海东中学", "", "乐都区文化街14号"],
        &["海东医院", "海东市", "乐都区文化街12号"],
        &["海东宾馆", "海东市", "乐都区"],
    ];
    let page = bring(&wang, "owners", &workbook(rows)).await;
    assert_eq!(counts(&page), [2, 0, 0, 2], "{}", page.text());
    let text = page.text();
    for told in
        ["3\n所在城市", "text_required", "4\n业主名称\n海东医院", "与第 2 行重复", "有 1 行的地址没有写到道路和门牌号"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    let book = wang.get(&format!("{}/errors", address(&page))).await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes.clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |row, column| sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!([cell(0, 0), cell(0, 3), cell(2, 0), cell(1, 3)], ["客户", "错误", "海东中学", ""], "its own titles");
    assert!(
        cell(2, 3).starts_with("所在城市: ") && cell(3, 3).contains("row_repeated") | cell(3, 3).contains("第 2 行")
    );
    assert!(matches!(sheet.get_value((4, 0)), Some(Data::String(name)) if name == "海东宾馆"), "its own rows");
    // The whole of it is refused while a row is wrong; the good rows go on.
    let action = format!("{}/apply", address(&page));
    let mut fields = page.form(&action);
    fields.retain(|(name, _)| name != "good_only");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(wang.send_form(&action, &fields, &[]).await.html().contains("batch_rows_wrong"));
    assert_eq!(office.acts("create_owner").await, 0);
    apply(&wang, &page).await;
    assert_eq!(office.acts("create_owner").await, 2);
    let rows: &[&[&str]] = &[
        &["业主", "联系人", "电话", "账号"],
        &["海东医院", "马秀英", "#9728600001", ""],
        &["没有的业主", "马秀兰", "#13900000021", ""],
        &["海东医院", "马秀莲", "13900000023", "li"],
        &["海东医院", "马秀芳", "不知道", ""],
    ];
    let page = bring(&wang, "contacts", &workbook(rows)).await;
    assert_eq!(counts(&page), [0, 0, 0, 4], "{}", page.text());
    for code in ["cell_number_in_id_column", "owner_unknown", "login_taken", "phone_malformed"] {
        assert!(page.html().contains(code), "{code}: {}", page.text());
    }
    let english = wang.asking_for("en").get(&address(&page)).await.text();
    assert!(english.contains("a spreadsheet loses the last digits"), "{english}");
    // Nobody else brings tables, or sees them.
    Office::found(&office.app, OTHER_FIRM, true).await;
    let mut qian = Browser::new(&office);
    qian.sign_in("qian", firebee_tests::office::PASSWORD).await;
    for browser in [Browser::of(&office, "li").await, qian] {
        let paths = [address(&page), format!("{}/errors", address(&page))];
        for path in paths {
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let li = Browser::of(&office, "li").await;
    for path in ["/imports", "/imports/new?kind=owners", "/imports/template?kind=owners", "/imports/new?kind=nothing"] {
        assert_eq!(li.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let foreign = li.send_form(&action, &fields, &[]).await;
    assert_ne!(foreign.status, StatusCode::SEE_OTHER);
}

async fn r_372_a_batch_is_taken_back_while_nothing_refers_to_it(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let owners = |address: &str| format!("业主名称,城市,地址\n海东医院,海东市,{address}\n海东中学,海东市,文化街14号\n");
    let page = bring(&wang, "owners", owners("文化街12号").as_bytes()).await;
    apply(&wang, &page).await;
    let first = address(&page);
    let page = bring(&wang, "owners", owners("文化街13号").as_bytes()).await;
    assert_eq!(counts(&page), [0, 1, 1, 0]);
    apply(&wang, &page).await;
    let second = address(&page);
    let undo = async |batch: &str| wang.submit(&wang.get(batch).await, &format!("{batch}/undo"), &[]).await;
    let held = undo(&first).await;
    assert!(held.html().contains("batch_in_use") && held.text().contains('2'), "changed since: {}", held.text());
    assert_eq!(undo(&second).await.status, StatusCode::SEE_OTHER);
    assert!(wang.get("/owners?q=hdyy").await.text().contains("文化街12号"), "what was changed is as it was");
    assert!(wang.get(&second).await.text().contains("已撤销"));

    let csv = "业主,联系人,电话\n海东医院,马秀英,13900000021\n";
    let page = bring(&wang, "contacts", csv.as_bytes()).await;
    let made = apply(&wang, &page).await;
    let contacts = address(&page);
    assert!(undo(&first).await.html().contains("batch_in_use"), "an owner with a contact stays");
    let html = made.html();
    let password = html.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut ma = Browser::new(&office);
    ma.sign_in("13900000021", &password).await;
    assert!(undo(&contacts).await.html().contains("batch_in_use"), "somebody who signed in stays");
    let contact = wang.get("/contacts?q=mxy").await.html();
    let contact = contact.split("href=\"/contacts/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let contact = format!("/contacts/{contact}");
    let refused = wang.submit(&wang.get(&contact).await, &format!("{contact}/delete"), &[]).await;
    assert!(refused.html().contains("contact_in_use"), "{}", refused.text());

    // A batch of which nothing is used goes as a whole.
    let csv = "业主,联系人,电话\n海东中学,李春花,13900000031\n海东中学,李秋菊,13900000032\n";
    let page = bring(&wang, "contacts", csv.as_bytes()).await;
    apply(&wang, &page).await;
    assert_eq!(undo(&address(&page)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        (office.number(sql!("SELECT count(*) FROM contact")).await, office.acts("delete_contact").await),
        (1, 2)
    );
    let log = wang.get("/log?kind=delete_contact").await.text();
    assert!(log.contains("删除业主联系人"), "{log}");
}
