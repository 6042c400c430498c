//! The notice of a building, and the call by its QR code of somebody without an account.

use super::portal::ours;
use crate::{
    both,
    fixture::{Morning, PICTURE, morning},
};
use axum::http::StatusCode;
use firebee_domain::code::Code;
use firebee_server::sql;
use firebee_tests::{
    acts::acts,
    browse::{Browser, Page},
    office::{Office, built},
};

both!(
    /// firm, lead and owner open, renew and close the address; nobody else finds the notice.
    r_381_the_notice_is_kept_by_the_firm_the_lead_and_the_owner,
    /// a call goes to the owner's contact, who alone reads it and its phone number until it is passed on; then the
    /// firm has it on the pages of every other request.
    r_382_a_call_is_the_owners_first_and_then_the_firms,
    /// what is wrong is told at its field, and what was typed stays; the same form sent twice is one request.
    r_382_a_call_says_what_is_wrong_and_counts_once,
    /// where the owner has no contact, the firm has the call at once.
    r_382_a_call_that_no_owner_would_read_reaches_the_firm,
);

/// The path of a project's notice.
fn notice(office: &Office) -> String {
    format!("/projects/{}/notice", office.project())
}

/// Opens the address, or draws another one; gives its path.
async fn open(by: &Browser, office: &Office) -> String {
    let page = by.get(&notice(office)).await;
    let done = by.submit(&page, &format!("{}/open", notice(office)), &[]).await;
    assert!(done.location().contains("?done="), "{} {}", done.status, done.text());
    let shown = by.get(done.location()).await.html();
    format!("/r/{}", shown.split("\"/r/").nth(1).unwrap().split('"').next().unwrap())
}

const CALL: [(&str, &str); 4] =
    [("facility", "power-genset"), ("place", "地下一层发电机房"), ("words", "漏油"), ("phone", "139 0000 0099")];

async fn call(by: &Browser, door: &str, fields: &[(&str, &str)], files: &[&[u8]]) -> Page {
    by.submit_files(&by.get(door).await, door, fields, files).await
}

fn refused(page: &Page, code: Code) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text());
    assert!(page.html().contains(code.word()), "{}", page.text());
}

/// The page that says that a call was received, and the path of its request.
fn received(page: &Page, door: &str) -> String {
    assert!(page.location().starts_with(&format!("{door}/")), "{} {}", page.status, page.text());
    format!("/repairs/{}", page.location().rsplit('/').next().unwrap())
}

async fn r_381_the_notice_is_kept_by_the_firm_the_lead_and_the_owner(office: Office) {
    let Morning { office, .. } = morning(office).await;
    let (li, wang, ma) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await, ours(&office).await);
    let nobody = Browser::new(&office);
    for browser in [&li, &wang, &ma] {
        let project = browser.get(&format!("/projects/{}", office.project())).await;
        assert!(project.html().contains(&format!("\"{}\"", notice(&office))), "the project leads to its notice");
        let text = browser.get(&notice(&office)).await.text();
        for said in ["中仪大厦", "李建国", "还没有经过审核的维保记录", "还没有启用扫码报修"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
    for login in ["zhao", "sun"] {
        let other = Browser::of(&office, login).await;
        for path in [notice(&office), format!("{}/pdf", notice(&office))] {
            assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{login}");
        }
    }
    let first = open(&ma, &office).await;
    assert_eq!(nobody.get(&first).await.status, StatusCode::OK);
    let second = open(&li, &office).await;
    assert_eq!(nobody.get(&first).await.status, StatusCode::NOT_FOUND, "the address before leads nowhere");
    let page = nobody.get(&second).await;
    assert!(page.text().contains("中仪大厦") && !page.html().contains("<nav"), "{}", page.text());
    assert!(wang.get("/log").await.text().contains("启用扫码报修"));
    let written: Vec<String> =
        acts(&office.app.store, "open_repair_door").await.iter().map(|act| format!("{act:?}")).collect();
    assert!(!written.iter().any(|act| act.contains(second.trim_start_matches("/r/"))), "no log has the code");
    let page = wang.get(&notice(&office)).await;
    let closed = wang.submit(&page, &format!("{}/close", notice(&office)), &[]).await;
    assert!(closed.location().contains("?done="), "{}", closed.text());
    assert_eq!(nobody.get(&second).await.status, StatusCode::NOT_FOUND);
    let sun = Browser::of(&office, "sun").await;
    let own = sun.get("/account").await.form("/sign-out");
    let own: Vec<(&str, &str)> = own.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let stolen = sun.send_form(&format!("{}/open", notice(&office)), &own, &[]).await;
    assert_eq!(stolen.status, StatusCode::NOT_FOUND);
    assert_eq!(office.number(sql!("SELECT count(*) FROM repair_door")).await, 0);
}

async fn r_382_a_call_is_the_owners_first_and_then_the_firms(office: Office) {
    let Morning { office, .. } = morning(office).await;
    let (li, wang, ma) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await, ours(&office).await);
    let (zhao, nobody) = (Browser::of(&office, "zhao").await, Browser::new(&office));
    let door = open(&ma, &office).await;
    let done = call(&nobody, &door, &CALL, &[PICTURE]).await;
    let repair = received(&done, &door);
    let shown = nobody.get(done.location()).await;
    let number = shown.html().split("<b>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(shown.text().contains("报修已收到") && number.len() == 9, "{}", shown.text());
    assert!(!shown.text().contains("漏油") && !shown.text().contains("0099"), "{}", shown.text());
    for path in [&repair, &format!("{repair}/photos/1")] {
        assert_eq!(nobody.get(path).await.status, StatusCode::SEE_OTHER, "{path} is for those who sign in");
        for browser in [&li, &wang, &zhao] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path} is with the owner");
        }
        assert_eq!(ma.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert!(ma.get("/").await.html().contains("/repairs?state=inside"));
    assert!(ma.get(&format!("/repairs?q={number}")).await.html().contains(&repair), "the number finds it");
    let page = ma.get(&repair).await;
    for said in ["漏油", "扫码报修", "13900000099", number.as_str()] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let written = acts(&office.app.store, "call_repair").await;
    assert_eq!(written.len(), 1);
    assert!(!format!("{written:?}").contains("0099"), "no log has the phone number");
    assert!(wang.get("/log").await.text().contains("扫码报修人"));
    let passed = ma.submit(&page, &format!("{repair}/pass-on"), &[]).await;
    assert!(passed.location().contains("?done="), "{}", passed.text());
    for browser in [&li, &wang] {
        assert!(browser.get(&repair).await.text().contains("13900000099"));
        assert_eq!(browser.get(&format!("{repair}/photos/1")).await.status, StatusCode::OK);
    }
    let read = zhao.get(&repair).await.text();
    assert!(read.contains("漏油") && !read.contains("0099"), "a director handles it and calls nobody: {read}");
    let taken = li.submit(&li.get(&repair).await, &format!("{repair}/take-up"), &[("item", "power-genset.a")]).await;
    assert!(taken.location().starts_with("/faults/"), "{}", taken.text());
}

async fn r_382_a_call_says_what_is_wrong_and_counts_once(office: Office) {
    let Morning { office, .. } = morning(office).await;
    let (ma, nobody) = (ours(&office).await, Browser::new(&office));
    let door = open(&ma, &office).await;
    let wrong = [("facility", "hydrant"), ("place", " "), ("words", "漏油"), ("phone", "没有")];
    let again = call(&nobody, &door, &wrong, &[PICTURE]).await;
    refused(&again, Code::PhoneMalformed);
    for field in ["facility", "place", "phone"] {
        assert!(again.html().contains(&format!("id=\"{field}-wrong\"")), "{field}: {}", again.html());
    }
    assert!(again.text().contains("漏油") && again.html().contains("name=\"attached\""), "what was typed stays");
    for bad in [&b"%PDF-1.7\n1 0 obj"[..], b"<svg xmlns=\"http://www.w3.org/2000/svg\">"] {
        refused(&call(&nobody, &door, &CALL, &[bad]).await, Code::AttachmentFormatUnsupported);
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM repair")).await, 0);
    let form = nobody.get(&door).await;
    let first = nobody.submit_files(&form, &door, &CALL, &[]).await;
    received(&first, &door);
    assert_eq!(
        nobody.submit_files(&form, &door, &CALL, &[]).await.location(),
        first.location(),
        "Back makes no second one"
    );
    let other = [CALL[0], CALL[1], ("words", "又漏油"), CALL[3]];
    let taken = nobody.submit_files(&form, &door, &other, &[]).await;
    assert!(taken.html().contains(Code::AlreadyDone.word()), "{}", taken.text());
    assert_eq!(office.number(sql!("SELECT count(*) FROM repair")).await, 1);
    let fields: Vec<(String, String)> = form.form(&door);
    let sent: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(CALL).collect();
    let foreign = nobody.send_form(&door, &sent, &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "another site's page sends nothing");
    let asked = ma.get("/repairs/new").await;
    let own =
        [("facility", format!("{}/power-genset", office.project())), ("place", "a".into()), ("words", "b".into())];
    let own: Vec<(&str, &str)> =
        own.iter().map(|(name, value)| (*name, value.as_str())).chain([("handler", "unit")]).collect();
    let own = ma.submit(&asked, "/repairs", &own).await;
    let own = own.location().split('?').next().unwrap().replace("/repairs/", &format!("{door}/"));
    assert_eq!(nobody.get(&own).await.status, StatusCode::NOT_FOUND, "a stranger reads nothing of others");
}

async fn r_382_a_call_that_no_owner_would_read_reaches_the_firm(office: Office) {
    let Morning { office, .. } = morning(office).await;
    let (li, nobody) = (Browser::of(&office, "li").await, Browser::new(&office));
    let door = open(&li, &office).await;
    let repair = received(&call(&nobody, &door, &CALL, &[]).await, &door);
    let text = li.get(&repair).await.text();
    assert!(text.contains("待处理") && text.contains("13900000099"), "{text}");
    assert!(li.get("/").await.text().contains("报修待处理"));
}

/// whoever sends again and again waits, at the address and from where it comes; nothing that it sends is read meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_382_whoever_calls_again_and_again_waits() {
    let Morning { office, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let (li, nobody) = (Browser::of(&office, "li").await, Browser::new(&office));
    let door = open(&li, &office).await;
    for at in 0..20 {
        received(&call(&nobody, &door, &CALL, &[]).await, &door);
        assert_eq!(office.number(sql!("SELECT count(*) FROM repair")).await, at + 1);
        office.clock.advance_ms(2_000);
    }
    let waits = call(&nobody, &door, &CALL, &[PICTURE]).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "{}", waits.text());
    assert!(waits.html().contains(Code::TooManyAsks.word()) && !waits.header("retry-after").is_empty());
    assert_eq!(office.number(sql!("SELECT count(*) FROM repair")).await, 20);
    assert_eq!(office.number(sql!("SELECT count(*) FROM attachment")).await, 0, "its picture was not read");
    office.clock.advance_ms(3_600_000);
    received(&call(&nobody, &door, &CALL, &[]).await, &door);
    for _ in 0..40 {
        nobody.get("/r/0000000000000000").await;
    }
    assert_eq!(nobody.get(&door).await.status, StatusCode::TOO_MANY_REQUESTS, "codes are not found by trying");
}

/// the notice is a PDF with the address on it, while the address is open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_381_the_notice_is_printed() {
    assert!(built("firebee-report").exists(), "cargo builds the program with the workspace");
    let Morning { office, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    for _ in 0..2 {
        let printed = li.get(&format!("{}/pdf", notice(&office))).await;
        assert_eq!(printed.header("content-type"), "application/pdf", "{}", printed.text());
        assert!(printed.bytes.starts_with(b"%PDF-"));
        open(&li, &office).await;
    }
}
