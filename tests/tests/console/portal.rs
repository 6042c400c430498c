//! The owner's portal: a contact sees its own unit's buildings, reports, faults, and changes nothing of the firm's work.

use super::report::{approved, generate, made};
use crate::both;
use axum::http::StatusCode;
use firebee_domain::id::OwnerId;
use firebee_server::{sql, store::Tx};
use firebee_tests::{
    browse::{Browser, Page},
    office::Office,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

both!(
    /// the home says which building is safe, which report is missing, what is new; each link of the
    /// portal leads to a page, and nothing of the firm's own is on any of them.
    r_275_r_276_r_277_a_contact_sees_its_buildings_and_nothing_of_the_firm,
    /// a contact of another owner finds none of it.
    r_275_a_contact_of_another_owner_finds_nothing,
    /// the first look is noted once and shown to manager and lead.
    r_046_r_280_the_first_look_is_noted_once_and_the_firm_sees_it,
    /// whatever form the firm's pages have, a contact that sends it finds nothing there, and nothing changes.
    r_281_no_form_of_the_firm_is_open_to_a_contact,
);

/// The owner of the firm's projects.
async fn owner(office: &Office) -> OwnerId {
    let read = async move |tx: &mut Tx| {
        let find = sql!("SELECT k.owner FROM contract k JOIN project p ON p.org = k.org AND p.contract = k.id");
        tx.query_opt(find, &[]).await?.unwrap().get(0)
    };
    office.app.store.read("owner", read).await.unwrap()
}

/// A contact of an owner, signed in with a password of its own.
pub(super) async fn contact(office: &Office, owner: &str, (name, phone): (&str, &str)) -> Browser {
    let wang = Browser::of(office, "wang").await;
    let page = wang.get(&format!("/contacts/new?owner={owner}")).await;
    let done = wang.submit(&page, "/contacts", &[("name", name), ("phone", phone), ("login", "")]).await;
    let password = done.html().split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut browser = Browser::new(office);
    browser.sign_in(phone, &password).await;
    let page = browser.get("/password").await;
    let fields = [("old", password.as_str()), ("new", "three red pumps"), ("again", "three red pumps")];
    let changed = browser.submit(&page, "/password", &fields).await;
    assert!(changed.location().starts_with("/?done="), "{}", changed.text());
    browser
}

/// The contact of the firm's owner.
pub(super) async fn ours(office: &Office) -> Browser {
    contact(office, &owner(office).await.to_string(), ("马秀英", "13900000021")).await
}

/// Another owner of the firm, with a contact.
async fn theirs(office: &Office) -> Browser {
    let wang = Browser::of(office, "wang").await;
    let page = wang.get("/owners/new").await;
    let fields = [("name", "青海湖宾馆"), ("city", "西宁市"), ("address", "城西区五四西路66号")];
    let done = wang.submit(&page, "/owners", &fields).await;
    let path = done.location().split('?').next().unwrap().to_owned();
    contact(office, path.trim_start_matches("/owners/"), ("韩梅", "13900000022")).await
}

/// The addresses of this server that a page leads to, without what narrows a list.
fn links(page: &Page) -> BTreeSet<String> {
    let html = page.html().replace("&#38;", "&");
    let all = html.split("href=\"/").skip(1).map(|rest| rest.split(['"', '#']).next().unwrap_or_default());
    // Of these the address says what they are about; other lists are only narrowed by it.
    let is_whole = |path: &str| path.contains("/new?") || path.starts_with("hazards");
    let all = all.map(|path| if is_whole(path) { path } else { path.split('?').next().unwrap_or_default() });
    // Days and years go on for ever in both directions; one of each has every form.
    let endless = |path: &str| {
        let other_year = path.contains("/years/") && !path.ends_with("/2026");
        other_year || path.starts_with("tracks/")
    };
    let leads = |path: &str| {
        path != "v"
            && !endless(path)
            && !["assets/", "language/", "v/", "manifest"].iter().any(|other| path.starts_with(other))
    };
    all.filter(|path| leads(path)).map(|path| format!("/{path}")).collect()
}

/// Every page that somebody reaches by links from the home page. None of an owner's links is dead.
async fn reached(browser: &Browser, is_owner: bool) -> BTreeMap<String, Page> {
    let (mut pages, mut waiting) = (BTreeMap::new(), VecDeque::from(["/".to_owned()]));
    while let Some(path) = waiting.pop_front() {
        if pages.contains_key(&path) {
            continue;
        }
        let page = browser.get(&path).await;
        assert!(page.status == StatusCode::OK || !is_owner, "{path} is a dead link: {}", page.status);
        if page.header("content-type").starts_with("text/html") {
            waiting.extend(links(&page));
        }
        pages.insert(path, page);
        assert!(pages.len() < 500, "the pages have an end");
    }
    pages
}

/// The address of the first link with this beginning.
fn link(page: &Page, prefix: &str) -> String {
    let found = links(page).into_iter().find(|path| path.starts_with(prefix));
    assert!(found.is_some(), "{prefix}: {}", page.html());
    found.unwrap()
}

async fn r_275_r_276_r_277_a_contact_sees_its_buildings_and_nothing_of_the_firm(office: Office) {
    let (plan, task) = approved(&office).await;
    let (li, ma) = (Browser::of(&office, "li").await, ours(&office).await);
    let home = ma.get("/").await;
    let text = home.text();
    for said in ["我的建筑", "中仪大厦", "1 处故障未解决", "最近一次维保", "发现故障", "业主不同意维修", "未出具报告"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    let month = |text: &str| text.lines().find(|line| line.contains("未出具报告：")).map(str::to_owned);
    let missing = month(&text).unwrap();
    let report = made(&generate(&li, plan, "P-1").await);
    let home = ma.get("/").await;
    assert!(home.text().contains("新报告") && home.html().contains(&format!("href=\"{report}\"")), "{}", home.text());
    assert_ne!(month(&home.text()).as_deref(), Some(missing.as_str()), "the month of the report owes none any more");

    let pages = reached(&ma, true).await;
    let fault = link(&home, "/faults/");
    for path in [&report, &fault, &format!("/plans/{plan}"), &format!("/projects/{}", office.project())] {
        assert!(pages.contains_key(path), "{path} is reached: {:?}", pages.keys());
    }
    let shown = pages[&fault].text();
    assert!(shown.contains("启动后 42 秒才供电") && shown.contains("业主计划明年更换机组"), "{shown}");
    assert!(pages[&fault].html().contains("/thumb"), "the photo of approved work is shown");
    assert!(pages[&report].text().contains("右上角"), "{}", pages[&report].text());
    for (path, page) in &pages {
        let html = page.html();
        for hidden in ["/tasks", "/dispatches", "/log", "/looks", "/personnel", "/staff", "hand-out", "/original"] {
            assert!(!html.contains(&format!("\"{hidden}")), "{path} leads to {hidden}");
        }
    }
    let nothing = [
        format!("/tasks/{task}"),
        format!(
            "/tasks/{task}/photos/{}",
            pages[&fault].html().split("/photos/").nth(1).unwrap().split('"').next().unwrap()
        ),
        format!("/facts/{task}"),
        "/log".to_owned(),
        "/looks".to_owned(),
        "/reports/to-file".to_owned(),
        format!("/plans/{plan}/report"),
        format!("/projects/{}/facilities/power-genset", office.project()),
        format!("{fault}/photos/{task}/thumb"),
    ];
    for path in &nothing {
        assert_eq!(ma.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let photo = pages.keys().find(|path| path.ends_with("/preview")).unwrap();
    assert_eq!(ma.get(&photo.replace("/preview", "/original")).await.status, StatusCode::NOT_FOUND);
}

async fn r_275_a_contact_of_another_owner_finds_nothing(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, ma) = (Browser::of(&office, "li").await, ours(&office).await);
    let report = made(&generate(&li, plan, "P-1").await);
    let pages = reached(&ma, true).await;
    let han = theirs(&office).await;
    let home = han.get("/").await.text();
    assert!(home.contains("还没有为本单位建立维保项目") && !home.contains("中仪"), "{home}");
    let own = [
        "/",
        "/account",
        "/password",
        "/region",
        "/sessions",
        "/faults",
        "/reports",
        "/repairs",
        "/repairs/new",
        "/views",
    ];
    assert!(pages.len() > own.len() + 4, "{:?}", pages.keys());
    for path in pages.keys().filter(|path| !own.contains(&path.as_str())).chain([&format!("{report}/pdf")]) {
        let page = han.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}: {}", page.text());
    }
    for list in ["/faults", "/reports", "/projects", "/plans"] {
        let text = han.get(list).await.text();
        assert!(!text.contains("中仪"), "{list}: {text}");
    }
}

async fn r_046_r_280_the_first_look_is_noted_once_and_the_firm_sees_it(office: Office) {
    let (plan, _) = approved(&office).await;
    let (li, wang, ma) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await, ours(&office).await);
    let report = made(&generate(&li, plan, "P-1").await);
    let fault = link(&ma.get("/").await, "/faults/");
    for path in [&report, &fault] {
        assert!(li.get(path).await.text().contains("业主还没有查看"), "{path}");
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM look")).await, 0, "whoever is of the firm leaves none");
    for path in [&report, &report, &fault, &fault, &format!("{report}/receipt")] {
        ma.get(path).await;
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM look")).await, 2);
    let first = office.number(sql!("SELECT max(at_ms) FROM look")).await;
    office.clock.advance_ms(3_600_000);
    ma.get(&report).await;
    assert_eq!(office.number(sql!("SELECT max(at_ms) FROM look")).await, first, "the first look counts");
    let home = ma.get("/").await.text();
    assert!(home.contains("没有未读消息"), "what was looked at is no news: {home}");
    for browser in [&li, &wang] {
        for path in [&report, &fault] {
            let text = browser.get(path).await.text();
            assert!(text.contains("业主查看情况") && text.contains("马秀英"), "{path}: {text}");
        }
        let list = browser.get("/looks").await;
        assert!(
            list.text().contains("马秀英") && list.html().contains(&format!("href=\"{report}\"")),
            "{}",
            list.text()
        );
        let faults = browser.get("/looks?kind=fault").await.html();
        assert!(faults.contains(&fault) && !faults.contains(&report), "{faults}");
    }
    // the lead of another project, and the director, are told nothing.
    let sun = Browser::of(&office, "sun").await.get("/looks").await;
    assert!(sun.status == StatusCode::OK && !sun.text().contains("马秀英"), "{}", sun.text());
    let zhao = Browser::of(&office, "zhao").await;
    assert!(!zhao.get(&report).await.text().contains("业主查看情况"));
}

/// Where the forms of a page are sent to, each with its hidden fields.
fn forms(page: &Page) -> Vec<(String, Vec<(String, String)>)> {
    let html = page.html();
    let posts = html.split("<form ").skip(1).filter(|tag| tag.split('>').next().unwrap().contains("method=\"post\""));
    let actions = posts.map(|tag| tag.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned());
    let buttons = html.split("formaction=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let fields = |action: String| {
        let held = if html.contains(&format!("action=\"{action}\"")) { page.form(&action) } else { Vec::new() };
        (action, held)
    };
    actions.chain(buttons).collect::<BTreeSet<_>>().into_iter().map(fields).collect()
}

async fn r_281_no_form_of_the_firm_is_open_to_a_contact(office: Office) {
    let (plan, _) = approved(&office).await;
    let ma = ours(&office).await;
    let li = Browser::of(&office, "li").await;
    generate(&li, plan, "P-1").await;
    let mut all = BTreeMap::new();
    for login in ["li", "wang", "zhao"] {
        let pages = reached(&Browser::of(&office, login).await, false).await;
        all.extend(pages.values().flat_map(forms));
    }
    // Everybody keeps own views and an own session.
    let own = ["/sign-out", "/password", "/views"];
    // The notice of its building an owner keeps as well.
    let shared = |action: &str| action.starts_with("/sessions") || action.contains("/notice/");
    all.retain(|action, _| !own.contains(&action.as_str()) && !shared(action));
    for needed in ["/file", "/delete", "/faults/", "/recall", "/hand-out"] {
        let found = all.keys().any(|action| action.contains(needed));
        assert!(found, "{needed} is among the forms: {:?}", all.keys());
    }
    let acts = office.number(sql!("SELECT count(*) FROM act")).await;
    let token = ma.get("/account").await.form("/sign-out");
    for (action, held) in &all {
        let mine = |name: &str| token.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let fields: Vec<(String, String)> = held
            .iter()
            .map(|(name, value)| (name.clone(), mine(name).unwrap_or_else(|| value.clone())))
            .chain(token.iter().cloned())
            .collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = ma.send_form(action, &fields, &[]).await;
        // What lacks a field of the form is refused before it is asked who sends it.
        let refused = page.status == StatusCode::NOT_FOUND || page.text().contains("form_expired");
        assert!(refused, "{action}: {} {}", page.status, page.text());
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM act")).await, acts, "nothing was done");
}
