//! Repair requests of owners: from the contact's form to the dispatch that resolves them.

use super::portal::{contact, ours};
use crate::{
    both,
    fixture::{Morning, PICTURE, morning},
};
use axum::http::StatusCode;
use firebee_domain::{
    code::Code,
    dispatch::{DispatchFinished, DispatchReceived, DispatchStarted, Outcome},
    id::{DispatchId, TaskId},
};
use firebee_protocol::fact::{Body, Seen, Subject};
use firebee_server::sql;
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
    visit::Visit,
};

both!(
    /// what is sent to the firm waits there, is taken up once, has the five ways, and a dispatch
    /// resolves it; the owner sees how it goes.
    r_175_r_278_r_279_a_request_to_the_firm_is_handled_as_any_fault,
    /// what the unit handles itself stays with the unit, which closes it with words or passes it on.
    r_278_r_279_a_request_inside_the_unit_is_closed_or_passed_on,
    /// nobody else asks, closes or takes up.
    r_278_a_request_is_the_owners_and_its_firms,
);

/// The address that follows a prefix on a page.
fn link(page: &Page, prefix: &str) -> String {
    let (html, begins) = (page.html(), format!("\"{prefix}"));
    assert!(html.contains(&begins), "{prefix}: {}", page.text());
    let rest = html.split(&begins).nth(1).unwrap();
    format!("{prefix}{}", rest.split(['"', '#']).next().unwrap())
}

/// The address of the page that a form leads to.
fn path(page: &Page) -> String {
    assert!(page.location().contains("?done="), "{} {}", page.status, page.text());
    page.location().split(['?', '#']).next().unwrap().to_owned()
}

fn refused(page: &Page, code: Code) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text());
    assert!(page.html().contains(code.word()), "{}", page.text());
}

/// Asks for the repair of the generator.
async fn ask(by: &Browser, office: &Office, handler: &str, files: &[&[u8]]) -> Page {
    let facility = format!("{}/power-genset", office.project());
    let fields = [
        ("facility", facility.as_str()),
        ("place", "地下一层发电机房"),
        ("words", "启动不了\r\n有异响"),
        ("handler", handler),
    ];
    by.submit_files(&by.get("/repairs/new").await, "/repairs", &fields, files).await
}

async fn r_175_r_278_r_279_a_request_to_the_firm_is_handled_as_any_fault(office: Office) {
    let Morning { office, plan, .. } = morning(office).await;
    let (li, ma) = (Browser::of(&office, "li").await, ours(&office).await);
    let page = ma.get("/repairs/new").await;
    let empty =
        ma.submit(&page, "/repairs", &[("facility", ""), ("place", " "), ("words", ""), ("handler", "firm")]).await;
    refused(&empty, Code::TextRequired);
    for field in ["facility", "place", "words"] {
        assert!(empty.html().contains(&format!("id=\"{field}-wrong\"")), "{field}: {}", empty.html());
    }
    refused(&ask(&ma, &office, "firm", &[b"%PDF-1.7\n1 0 obj"]).await, Code::AttachmentFormatUnsupported);
    refused(&ask(&ma, &office, "", &[]).await, Code::FieldMalformed);
    assert_eq!(office.acts("ask_repair").await, 0);
    let repair = path(&ask(&ma, &office, "firm", &[PICTURE]).await);
    let shown = ma.get(&repair).await;
    assert!(shown.text().contains("待处理") && shown.text().contains("启动不了"), "{}", shown.text());
    for browser in [&ma, &li] {
        assert_eq!(browser.get(&format!("{repair}/photos/1")).await.status, StatusCode::OK);
        assert_eq!(browser.get(&format!("{repair}/photos/2")).await.status, StatusCode::NOT_FOUND);
    }
    let small = ma.get(&format!("{repair}/photos/1/small")).await;
    assert!(shown.html().contains(&format!("src=\"{repair}/photos/1/small\"")), "{}", shown.html());
    assert_eq!((small.status, small.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert!(small.bytes.len() < PICTURE.len() / 2, "{} of {} bytes", small.bytes.len(), PICTURE.len());
    let known = ma.get_with(&format!("{repair}/photos/1/small"), &[("if-none-match", small.header("etag"))]).await;
    assert!(known.status == StatusCode::NOT_MODIFIED && known.bytes.is_empty(), "{}", known.status);
    assert!(li.get("/").await.text().contains("报修待处理"));
    assert!(li.get("/repairs?state=sent").await.html().contains(&repair));

    let action = format!("{repair}/take-up");
    let waiting = li.get(&repair).await;
    refused(&li.submit(&waiting, &action, &[("item", "hydrant.a")]).await, Code::FieldMalformed);
    let done = li.submit(&waiting, &action, &[("item", "power-genset.a")]).await;
    let fault = path(&done);
    assert_eq!(li.submit(&waiting, &action, &[("item", "power-genset.a")]).await.location(), done.location());
    let page = li.get(&fault).await;
    for way in ["troubleshoot", "owner_agreed", "owner_refused", "out_of_scope", "negotiating"] {
        assert!(page.html().contains(&format!("value=\"{way}\"")), "{way}: {}", page.text());
    }
    assert!(page.text().contains("启动不了") && page.html().contains("/thumb"), "words and picture are the request's");
    assert!(page.html().contains(&format!("href=\"{repair}\"")), "the fault leads to its request");
    let task = link(&page, "/tasks/");
    let action = format!("{task}{fault}");
    let handled = li.submit(&page, &action, &[("way", "negotiating")]).await;
    assert_eq!(path(&handled), fault, "{}", handled.text());
    let chen = office.account("chen").to_string();
    let order = [("way", "owner_agreed"), ("team_lead", chen.as_str()), ("plan", "更换启动电池")];
    path(&li.submit(&li.get(&fault).await, &action, &order).await);
    assert!(ma.get(&repair).await.text().contains("解决中"));
    let dispatch = link(&li.get(&fault).await, "/dispatches/");
    path(&li.submit(&li.get(&dispatch).await, &format!("{dispatch}/issue"), &[]).await);
    let mut visit = Visit::begin(office.firm(plan).await, office.account("chen"), 9).await;
    let id: DispatchId = dispatch.rsplit('/').next().unwrap().parse().unwrap();
    let task: TaskId = task.rsplit('/').next().unwrap().parse().unwrap();
    let (resolved, details) = (Outcome::Resolved, "电池已更换".to_owned());
    let finished = DispatchFinished { dispatch: id, outcome: resolved, details, attachments: Vec::new() };
    let bodies: [Body; 3] =
        [DispatchReceived { dispatch: id }.into(), DispatchStarted { dispatch: id }.into(), finished.into()];
    for body in &bodies {
        let seen = Some(Seen { doc: id.to_string(), rev: 1 });
        visit.wait(1);
        visit.device.record(visit.firm.project, &Subject { plan: None, task: Some(task), seen }, &[], body);
    }
    visit.push().await;
    assert!(ma.get(&repair).await.text().contains("已解决"), "{}", ma.get(&repair).await.text());
    let shown = ma.get(&fault).await.text();
    assert!(shown.contains("更换启动电池") && shown.contains("已解决"), "{shown}");
    let again = li.get(&repair).await;
    assert!(!again.html().contains("/take-up\""), "it is taken up once");
    assert!(!li.get("/").await.text().contains("报修待处理"));
}

async fn r_278_r_279_a_request_inside_the_unit_is_closed_or_passed_on(office: Office) {
    let Morning { office, .. } = morning(office).await;
    let (li, ma) = (Browser::of(&office, "li").await, ours(&office).await);
    let repair = path(&ask(&ma, &office, "unit", &[PICTURE]).await);
    assert!(ma.get("/repairs").await.html().contains(&repair));
    for path in [&repair, &format!("{repair}/photos/1"), &format!("{repair}/photos/1/small")] {
        assert_eq!(li.get(path).await.status, StatusCode::NOT_FOUND, "{path} stays with the unit");
    }
    assert!(!li.get("/repairs").await.html().contains(&repair) && !li.get("/").await.text().contains("报修待处理"));
    let (close, pass_on) = (format!("{repair}/close"), format!("{repair}/pass-on"));
    let page = ma.get(&repair).await;
    refused(&ma.submit(&page, &close, &[("words", " ")]).await, Code::TextRequired);
    let done = ma.submit(&page, &close, &[("words", "换了启动电池")]).await;
    assert_eq!(path(&done), repair);
    let text = ma.get(&repair).await.text();
    assert!(text.contains("已办结") && text.contains("换了启动电池"), "{text}");
    refused(&ma.submit(&page, &pass_on, &[]).await, Code::RepairStateWrong);

    let other = path(&ask(&ma, &office, "unit", &[]).await);
    let page = ma.get(&other).await;
    let done = ma.submit(&page, &format!("{other}/pass-on"), &[]).await;
    assert_eq!(path(&done), other);
    assert_eq!(ma.submit(&page, &format!("{other}/pass-on"), &[]).await.location(), done.location(), "a double click");
    assert!(li.get(&other).await.text().contains("转交服务机构"));
    refused(&ma.submit(&page, &format!("{other}/close"), &[("words", "算了")]).await, Code::RepairStateWrong);
}

async fn r_278_a_request_is_the_owners_and_its_firms(office: Office) {
    let Morning { office, .. } = morning(office).await;
    let (li, sun, ma) = (Browser::of(&office, "li").await, Browser::of(&office, "sun").await, ours(&office).await);
    let wang = Browser::of(&office, "wang").await;
    let page = wang.get("/owners/new").await;
    let fields = [("name", "青海湖宾馆"), ("city", "西宁市"), ("address", "城西区五四西路66号")];
    let owner = path(&wang.submit(&page, "/owners", &fields).await);
    let han = contact(&office, owner.trim_start_matches("/owners/"), ("韩梅", "13900000022")).await;
    let sent = path(&ask(&ma, &office, "firm", &[PICTURE]).await);
    let inside = path(&ask(&ma, &office, "unit", &[]).await);
    for browser in [&sun, &han] {
        for path in [&sent, &inside, &format!("{sent}/photos/1")] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(!browser.get("/repairs").await.html().contains(&sent));
    }
    assert_eq!(li.get("/repairs/new").await.status, StatusCode::NOT_FOUND, "a firm does not ask itself");
    let acts = office.number(sql!("SELECT count(*) FROM act")).await;
    let send = async |by: &Browser, action: &str, fields: &[(&str, &str)]| {
        let own = by.get("/account").await.form("/sign-out");
        let own = own.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        by.send_form(action, &own.chain(fields.iter().copied()).collect::<Vec<_>>(), &[]).await.status
    };
    let facility = format!("{}/power-genset", office.project());
    let asked = [("facility", facility.as_str()), ("place", "x"), ("words", "y"), ("handler", "firm")];
    for (by, action, fields) in [
        (&han, "/repairs".to_owned(), &asked[..]),
        (&li, "/repairs".to_owned(), &asked[..]),
        (&han, format!("{inside}/close"), &[("words", "x")]),
        (&li, format!("{inside}/close"), &[("words", "x")]),
        (&han, format!("{inside}/pass-on"), &[]),
        (&ma, format!("{sent}/take-up"), &[("item", "power-genset.a")]),
        (&sun, format!("{sent}/take-up"), &[("item", "power-genset.a")]),
        (&li, format!("{inside}/take-up"), &[("item", "power-genset.a")]),
    ] {
        assert_eq!(send(by, &action, fields).await, StatusCode::NOT_FOUND, "{action}");
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM act")).await, acts);
}
