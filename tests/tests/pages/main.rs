//! Every page of the console in a real Chromium: phone and desk, light and dark, Chinese and English, with usual data,
//! with none and with a refusal. axe-core finds nothing, nothing is wider than the screen, what is tapped is large
//! enough; the pictures are written to `target/pages` to be looked at.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "clippy's allow-in-tests does not reach helpers of an integration test"
)]

#[path = "../console/fixture.rs"]
mod fixture;

use firebee_domain::{
    api_token::Scope,
    monitoring::{Delivery, Event, Signal},
};
use firebee_server::{
    office::monitoring::deliver,
    query::member::member,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::Browser,
    chromium::{Chromium, View},
    office::Office,
};
use fixture::{Morning, morning, unsent};
use serde_json::Value;
use std::{fs, net::SocketAddr, path::PathBuf};
use tokio::{net::TcpListener, task::spawn_blocking};

/// MPL-2.0, see the licence beside it.
const AXE: &str = include_str!("../../fixtures/axe/axe.min.js");

/// Each width and theme in Chinese; English at the two extremes.
const VIEWS: [View; 6] = [
    View { width: 390, dark: false, language: "zh-CN" },
    View { width: 390, dark: true, language: "zh-CN" },
    View { width: 1_280, dark: false, language: "zh-CN" },
    View { width: 1_280, dark: true, language: "zh-CN" },
    View { width: 390, dark: false, language: "en" },
    View { width: 1_280, dark: true, language: "en" },
];

/// What is tapped, and has no larger area around it.
const SMALL: &str = r"
[...document.querySelectorAll('button, .button, select, summary, .rail a, .filters a, .tick, .tongue, input:not([type=hidden], [type=radio], [type=checkbox]), textarea, figcaption a')]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1)
  .filter((e) => e.getBoundingClientRect().height < 47.5 || e.getBoundingClientRect().width < 47.5)
  .map((e) => e.outerHTML.slice(0, 120))";

/// What sticks out at the right.
const WIDE: &str = r"
document.documentElement.scrollWidth <= innerWidth ? [] :
[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML.slice(0, 120)).concat(['page'])";

const CHECK: &str = r"
axe.run(document, { resultTypes: ['violations'] })
  .then((found) => found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')))";

struct Desk {
    chromium: Chromium,
    server: String,
    found: Vec<String>,
}

impl Desk {
    fn new(address: SocketAddr) -> Self {
        Self { chromium: Chromium::start(), server: format!("http://{address}"), found: Vec::new() }
    }

    /// Opens a page in every view and looks at it.
    fn page(&mut self, name: &str, path: &str) {
        for view in VIEWS {
            self.chromium.look(view);
            self.chromium.open(&format!("{}{path}", self.server));
            self.judge(name, view);
        }
        // What is shown at 640 px and 200 % is a screen of 320.
        let view = View { width: 320, dark: false, language: "en" };
        self.chromium.look(view);
        self.chromium.open(&format!("{}{path}", self.server));
        self.note(name, view, WIDE);
    }

    /// The checks find what is wrong, when something is.
    fn looks(&mut self) {
        let bad = "document.querySelector('main').innerHTML =
            '<img src=x><p class=nowrap>' + 'wide '.repeat(999) + '</p><button>x</button>';
            Object.assign(document.querySelector('main button').style, { minHeight: 0, height: '20px' })";
        self.chromium.run(bad);
        self.chromium.run(AXE);
        for (check, finds) in [(CHECK, "image-alt"), (WIDE, "page"), (SMALL, "button")] {
            let said = self.chromium.run(check).to_string();
            assert!(said.contains(finds), "{finds}: {said}");
        }
    }

    fn judge(&mut self, name: &str, view: View) {
        self.chromium.run(AXE);
        for check in [CHECK, WIDE, SMALL] {
            self.note(name, view, check);
        }
        let theme = if view.dark { "dark" } else { "light" };
        let picture = self.chromium.picture();
        assert!(picture.starts_with(b"\x89PNG"), "{name}");
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../pages");
        fs::create_dir_all(&folder).expect("a folder for the pictures");
        let file = folder.join(format!("{name}-{}-{theme}-{}.png", view.width, view.language));
        fs::write(file, picture).expect("the picture is written");
    }

    fn note(&mut self, name: &str, view: View, check: &str) {
        let said = self.chromium.run(check);
        let lines = said.as_array().into_iter().flatten().filter_map(Value::as_str);
        self.found.extend(lines.map(|line| format!("{name} {} {} {}: {line}", view.width, view.dark, view.language)));
    }
}

/// Serves an office on a free port as long as the runtime lives.
async fn serve(office: &Office) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = office.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

async fn look(office: &Office, login: &str, pages: Vec<(&'static str, String)>) {
    let (address, cookie) = (serve(office).await, Browser::of(office, login).await.cookie);
    let found = spawn_blocking(move || {
        let mut desk = Desk::new(address);
        desk.page("sign-in", "/sign-in");
        desk.looks();
        let server = desk.server.clone();
        desk.chromium.hold_cookie(&server, &cookie);
        for (name, path) in pages {
            desk.page(name, &path);
        }
        desk.found
    });
    let found = found.await.unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_an_ordinary_morning_are_sound_in_a_browser() {
    let Morning { office, plan, submitted, running, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let project = office.project();
    let pages = vec![
        ("home", "/".to_owned()),
        ("projects", "/projects".to_owned()),
        ("project", format!("/projects/{project}")),
        ("facility", format!("/projects/{project}/facilities/power-genset")),
        ("plan-new", format!("/projects/{project}/plans/new")),
        ("plan", format!("/plans/{plan}")),
        ("tasks", "/tasks".to_owned()),
        ("ledger", "/ledger".to_owned()),
        ("ledger-quarters", "/ledger?nature=quarter&stage=not_due".to_owned()),
        ("ledger-next", "/ledger/next".to_owned()),
        ("ledger-year", format!("/projects/{project}/years/2026")),
        ("track-day", format!("/tracks/{}/2026-11-16", office.account("ma"))),
        ("plans", "/plans".to_owned()),
        ("task", format!("/tasks/{submitted}")),
        ("task-running", format!("/tasks/{running}")),
        ("faults", "/faults".to_owned()),
        ("fact", format!("/facts/{submitted}")),
        ("devices", "/devices".to_owned()),
        ("device-notes", "/devices/notes".to_owned()),
        ("account", "/account".to_owned()),
        ("not-found", "/tasks/1".to_owned()),
    ];
    look(&office, "li", pages).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_a_fault_and_of_its_dispatch_are_sound_in_a_browser() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let follow = |html: String, prefix: &str| {
        let rest = html.split(prefix).nth(1).unwrap_or_default().to_owned();
        format!("{prefix}{}", rest.split('"').next().unwrap_or_default())
    };
    let fault = follow(li.get("/faults").await.html(), "/faults/");
    let page = li.get(&fault).await;
    let chen = office.account("chen").to_string();
    let order = [("way", "owner_agreed"), ("team_lead", chen.as_str()), ("plan", "更换启动电池")];
    let done = li.submit(&page, &format!("/tasks/{submitted}{fault}"), &order).await;
    let dispatch = follow(li.get(done.location()).await.html(), "/dispatches/");
    let pages = vec![("fault", fault), ("dispatches", "/dispatches".to_owned()), ("dispatch", dispatch)];
    look(&office, "li", pages).await;
}

/// R-275 to R-277: what the contact of an owner sees, on the phone that it reads it on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_an_owner_are_sound_in_a_browser() {
    let (office, login) = Box::pin(owned(Office::sqlite().await)).await;
    let (address, cookie) = (serve(&office).await, login.cookie.clone());
    let fault = follow(&login.get("/").await.html(), "/faults/");
    let plan = follow(&login.get(&format!("/projects/{}", office.project())).await.html(), "/plans/");
    let facility = format!("{}/power-genset", office.project());
    let fields =
        [("facility", facility.as_str()), ("place", "地下一层发电机房"), ("words", "启动不了"), ("handler", "unit")];
    let asked = login.submit(&login.get("/repairs/new").await, "/repairs", &fields).await;
    let repair = asked.location().split('?').next().unwrap().to_owned();
    let notice = format!("/projects/{}/notice", office.project());
    login.submit(&login.get(&notice).await, &format!("{notice}/open"), &[]).await;
    let door = follow(&login.get(&notice).await.html(), "/r/");
    let nobody = Browser::new(&office);
    let fields =
        [("facility", "power-genset"), ("place", "地下一层发电机房"), ("words", "漏油"), ("phone", "13900000099")];
    let called = nobody.submit(&nobody.get(&door).await, &door, &fields).await.location().to_owned();
    let pages = [
        ("own-home", "/".to_owned()),
        ("own-project", format!("/projects/{}", office.project())),
        ("own-notice", format!("/projects/{}/notice", office.project())),
        ("call", door),
        ("call-received", called),
        ("own-plan", plan),
        ("own-faults", "/faults".to_owned()),
        ("own-fault", fault),
        ("own-reports", "/reports".to_owned()),
        ("own-repairs", "/repairs".to_owned()),
        ("own-repair", repair),
        ("own-repair-new", "/repairs/new".to_owned()),
    ];
    let found = spawn_blocking(move || {
        let mut desk = Desk::new(address);
        let server = desk.server.clone();
        desk.chromium.hold_cookie(&server, &cookie);
        for (name, path) in pages {
            desk.page(name, &path);
        }
        desk.found
    });
    let found = found.await.unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// R-389, R-392: what connected fire systems told, and the text of a contract.
#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_events_and_of_a_contract_are_sound_in_a_browser() {
    let office = Office::sqlite().await;
    let (org, wang, now) = (office.org, office.account("wang"), office.app.clock.now());
    let read = async move |tx: &mut Tx| member(tx, org, wang).await;
    let found: Result<_, StoreError> = office.app.store.read("member", read).await;
    let told = [("1", Signal::Alarm), ("2", Signal::Fault), ("3", Signal::Restoration)];
    let events = told.map(|(id, signal)| Event {
        id: id.into(),
        signal,
        at_ms: now,
        place: "三层走道017号感烟探测器".into(),
        says: "回路2 地址017".into(),
    });
    let delivery = Delivery { project: office.project(), source: "panel-1".into(), events: events.to_vec() };
    deliver(&office.app.store, (org, found.unwrap().unwrap().actor, Scope::DeliverMonitoring), delivery, now)
        .await
        .unwrap();
    let browser = Browser::of(&office, "wang").await;
    let event = follow(&browser.get("/monitoring").await.html(), "/monitoring/");
    let contract = follow(&browser.get("/contracts").await.html(), "/contracts/");
    let pages = vec![
        ("monitoring", "/monitoring".to_owned()),
        ("monitoring-repair", event),
        ("contract", contract.clone()),
        ("contract-text", format!("{contract}/text")),
    ];
    look(&office, "wang", pages).await;
}

/// The address that follows a prefix on a page.
fn follow(html: &str, prefix: &str) -> String {
    let rest = html.split(prefix).nth(1).unwrap_or_default();
    format!("{prefix}{}", rest.split(['"', '#']).next().unwrap_or_default())
}

/// The ordinary morning, approved, and a contact of the owner who is signed in.
async fn owned(office: Office) -> (Office, Browser) {
    let Morning { office, submitted, .. } = Box::pin(morning(office)).await;
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    let path = format!("/tasks/{submitted}");
    let page = li.get(&path).await;
    let fault = page.html().split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let way = [("way", "owner_refused"), ("explanation", "业主计划明年更换机组")];
    li.submit(&page, &format!("{path}/faults/{fault}"), &way).await;
    let page = li.get(&path).await;
    li.submit(&page, &format!("{path}/review"), &[("decision", "approved"), ("opinion", "")]).await;
    let owner = follow(&wang.get("/owners").await.html().replace("/owners/new", ""), "/owners/");
    let page = wang.get(&format!("/contacts/new?owner={}", owner.trim_start_matches("/owners/"))).await;
    let fields = [("name", "马秀英"), ("phone", "13900000021"), ("login", "")];
    let done = wang.submit(&page, "/contacts", &fields).await.html();
    let password = done.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut login = Browser::new(&office);
    login.sign_in("13900000021", &password).await;
    let page = login.get("/password").await;
    let fields = [("old", password.as_str()), ("new", "three red pumps"), ("again", "three red pumps")];
    login.submit(&page, "/password", &fields).await;
    (office, login)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_with_nothing_in_them_are_sound_in_a_browser() {
    let office = Office::sqlite().await;
    let pages = vec![
        ("empty-home", "/".to_owned()),
        ("empty-tasks", "/tasks".to_owned()),
        ("empty-project", format!("/projects/{}", office.projects[1])),
        ("empty-facility", format!("/projects/{}/facilities/power-genset", office.project())),
        ("empty-parked", "/parked".to_owned()),
        ("empty-faults", "/faults".to_owned()),
        ("empty-waiting", "/waiting".to_owned()),
        ("empty-report-faults", "/reports/faults".to_owned()),
        ("empty-hazards", format!("/hazards?project={}", office.project())),
        ("empty-dispatches", "/dispatches".to_owned()),
        ("password", "/password".to_owned()),
        ("staff", "/staff".to_owned()),
        ("empty-ledger", "/ledger?q=%E6%97%A0".to_owned()),
        ("projects-narrowed", "/projects?special=no".to_owned()),
        ("owners", "/owners".to_owned()),
        ("owner-new", "/owners/new".to_owned()),
        ("empty-contacts", "/contacts".to_owned()),
        ("contracts", "/contracts".to_owned()),
        ("imports", "/imports".to_owned()),
        ("import-new", "/imports/new?kind=owners".to_owned()),
        ("import-new-project", "/imports/new?kind=projects".to_owned()),
        ("project-edit", format!("/projects/{}/edit", office.project())),
        ("building-new", format!("/projects/{}/buildings/new", office.project())),
        ("systems", format!("/projects/{}/systems", office.project())),
        ("empty-devices", "/devices".to_owned()),
        ("log", "/log".to_owned()),
        ("instruments", "/instruments".to_owned()),
        ("programs", "/programs".to_owned()),
        ("interface", "/api".to_owned()),
        ("empty-monitoring", "/monitoring".to_owned()),
        ("webhooks", "/webhooks".to_owned()),
        ("robots", "/robots".to_owned()),
        ("personnel", "/personnel".to_owned()),
        ("personnel-changes", "/personnel-changes".to_owned()),
        ("personnel-change-choose", "/personnel-changes/new".to_owned()),
        ("personnel-change-new", "/personnel-changes/new/add_operator".to_owned()),
        ("staff-new", "/staff/new".to_owned()),
        ("sessions", "/sessions".to_owned()),
        ("firms", "/firms".to_owned()),
        ("empty-late", "/undecided".to_owned()),
        ("salvage", "/salvage".to_owned()),
        ("empty-looks", "/looks".to_owned()),
        ("empty-leave", format!("/leave/{}", office.account("ma"))),
    ];
    look(&office, "wang", pages).await;
}

/// R-320, R-340 to R-345, R-352: the pages of the fire service, and what a firm asks it for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_the_fire_service_are_sound_in_a_browser() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    office.oversee().await;
    let project = format!("/projects/{}", office.project());
    let wang = Browser::of(&office, "wang").await;
    let pauses = format!("{project}/pauses");
    let page = wang.get(&pauses).await;
    let done = wang.submit(&page, &pauses, &[("month", "2026-02"), ("reason", "停业装修")]).await;
    let pause = format!("{pauses}/{}", done.location().split("?done=").nth(1).unwrap());
    let form = format!("{project}/petitions/new/special_site");
    let page = wang.get(&form).await;
    let fields = [("reason", "易燃易爆场所，不能使用手机"), ("sure", "yes")];
    let done = wang.submit_files(&page, &form, &fields, &[b"%PDF-1.7\nsealed".as_slice()]).await;
    let petition = done.location().split('?').next().unwrap().to_owned();
    office.clock.advance_ms(7 * 86_400_000);
    let hu = Browser::of(&office, "hu").await;
    let week = hu.get("/samples").await.location().to_owned();
    let page = hu.get(&week).await;
    hu.submit(&page, &week, &[]).await;
    let record = format!("{project}/checks/new");
    let page = hu.get(&record).await;
    let found = [("day", "2026-11-16"), ("outcome", "differs"), ("findings", "消防水泵处于手动位置")];
    let done = hu.submit(&page, &record, &found).await;
    let check = done.location().split('?').next().unwrap().to_owned();
    let pages = vec![
        ("authority-home", "/".to_owned()),
        ("oversight", "/oversight".to_owned()),
        ("oversight-months", "/oversight/months?standing=missing".to_owned()),
        ("oversight-projects", "/oversight/projects".to_owned()),
        ("sample", week),
        ("sample-new", "/samples/2026-11-09".to_owned()),
        ("pauses-all", "/pauses".to_owned()),
        ("pause-decide", pause),
        ("petitions", "/petitions".to_owned()),
        ("petition", petition),
        ("checks", "/checks".to_owned()),
        ("check", check),
        ("check-new", record),
        ("readings", "/readings".to_owned()),
        ("overseen-task", format!("/tasks/{submitted}")),
        ("overseen-project", project.clone()),
    ];
    look(&office, "hu", pages).await;
    let own = vec![
        ("petitions-own", format!("/petitions?project={}", office.project())),
        ("petition-new", form),
        ("readings-own", "/readings".to_owned()),
    ];
    look(&office, "wang", own).await;
}

/// R-152: a refusal stands on the page with its sentence and its code, reached by the form itself; and without
/// JavaScript a facility is issued by its own box.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_sound_in_a_browser_and_forms_work_without_script() {
    let Morning { office, plan, submitted, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let (address, cookie) = (serve(&office).await, Browser::of(&office, "li").await.cookie);
    let ma = office.account("ma");
    let found = spawn_blocking(move || {
        let mut desk = Desk::new(address);
        let server = desk.server.clone();
        desk.chromium.hold_cookie(&server, &cookie);
        for view in VIEWS {
            desk.chromium.look(view);
            desk.chromium.open(&format!("{server}/tasks/{submitted}"));
            desk.chromium.run("document.querySelector('[name=decision][value=approved]').click()");
            desk.chromium.press("#review button.main");
            let code = desk.chromium.run("document.querySelector('[role=alert] .code').textContent");
            assert_eq!(code, "faults_not_handled");
            desk.judge("task-refused", view);
        }
        let script = |off: bool| serde_json::json!({ "value": off });
        desk.chromium.ask("Emulation.setScriptExecutionDisabled", &script(true));
        desk.chromium.open(&format!("{server}/plans/{plan}"));
        let tick = format!(
            "document.querySelector('[data-all]').click(); document.querySelector('#executor').value = '{ma}'; \
             document.querySelector('button.main').click()"
        );
        desk.chromium.run(&tick);
        desk.chromium.ask("Emulation.setScriptExecutionDisabled", &script(false));
        desk.found
    });
    let found = found.await.unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
    while office.acts("issue_plan").await < 3 {
        tokio::task::yield_now().await;
    }
}

/// What is visible in print and stands over nothing: a heading whose section shows nothing else.
const EMPTY_HEADINGS: &str = r"
[...document.querySelectorAll('h2, h3, summary')].filter((h) => h.checkVisibility())
  .filter((h) => {
    const head = h.closest('.spread') ?? h;
    return [...head.parentElement.children].every((e) => e === head || !e.checkVisibility() || e.getBoundingClientRect().height < 1);
  })
  .map((h) => h.outerHTML)";

/// Instants that print what they say on a screen, such as a time ago.
const RELATIVE: &str = r"
[...document.querySelectorAll('time')].filter((t) => t.checkVisibility())
  .filter((t) => getComputedStyle(t).fontSize !== '0px' || getComputedStyle(t, '::after').content !== JSON.stringify(t.title)
      || !/[0-9]{4}/.test(t.title))
  .map((t) => t.outerHTML)";

/// In print stand the exact instants, and no heading over a form that is left out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printed_page_has_exact_dates_and_no_empty_headings() {
    let Morning { office, plan, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let (address, cookie) = (serve(&office).await, Browser::of(&office, "li").await.cookie);
    let project = office.project();
    let found = spawn_blocking(move || {
        let mut desk = Desk::new(address);
        let server = desk.server.clone();
        desk.chromium.hold_cookie(&server, &cookie);
        let paper = View { width: 794, dark: false, language: "zh-CN" };
        desk.chromium.look(paper);
        let pages = [
            "/".to_owned(),
            "/tasks".to_owned(),
            format!("/tasks/{submitted}"),
            format!("/plans/{plan}"),
            format!("/projects/{project}"),
        ];
        for path in pages {
            desk.chromium.open(&format!("{server}{path}"));
            desk.chromium.ask("Emulation.setEmulatedMedia", &serde_json::json!({ "media": "print" }));
            desk.note(&path, paper, EMPTY_HEADINGS);
            desk.note(&path, paper, RELATIVE);
            let times = desk.chromium.run("document.querySelectorAll('time').length").as_u64().unwrap();
            assert!(times > 0 || !path.starts_with("/tasks"), "{path} has instants");
            desk.chromium.ask("Emulation.setEmulatedMedia", &serde_json::json!({ "media": "" }));
            let seen =
                desk.chromium.run("[...document.querySelectorAll('time')].filter((t) => t.checkVisibility()).length");
            let found = desk.chromium.run(RELATIVE).as_array().unwrap().len() as u64;
            assert_eq!(Some(found), seen.as_u64(), "the check finds what a screen shows");
        }
        desk.found
    });
    let found = found.await.unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What was typed is still there after a refusal, and after Back from it; a double click sends once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_is_there_after_a_refusal_and_after_back() {
    let Morning { office, submitted, .. } = Box::pin(unsent(Office::sqlite().await)).await;
    let (address, cookie) = (serve(&office).await, Browser::of(&office, "li").await.cookie);
    spawn_blocking(move || {
        let mut chromium = Chromium::start();
        let server = format!("http://{address}");
        chromium.hold_cookie(&server, &cookie);
        chromium.look(VIEWS[0]);
        let opinion = "document.querySelector('#opinion').value";
        chromium.open(&format!("{server}/tasks/{submitted}"));
        chromium.run("document.querySelector('[name=decision][value=approved]').click()");
        chromium.run(&format!("{opinion} = '一\\n二'; document.querySelector('#opinion').dispatchEvent(new Event('input', {{ bubbles: true }}))"));
        chromium.press("#review button.main");
        assert_eq!(chromium.run("document.querySelector('[role=alert] .code').textContent"), "faults_not_handled");
        assert_eq!(chromium.run(opinion), "一\n二", "the refused page keeps it");
        chromium.leave("history.back()");
        assert_eq!(chromium.run("document.querySelector('[role=alert]')"), Value::Null);
        assert_eq!(chromium.run(opinion), "一\n二", "Back keeps it");
        chromium.run("document.querySelector('[name=decision][value=rejected]').click()");
        chromium.leave("{ const b = document.querySelector('#review button.main'); b.click(); b.click(); }");
        let banner = chromium.run("document.querySelector('.done')?.textContent ?? document.body.textContent");
        assert_eq!(banner, "已退回，执行人员会在手机上看到您的意见。");
    })
    .await
    .unwrap();
    assert_eq!(office.acts("decide_review").await, 1);
}
