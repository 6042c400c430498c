//! What people have asked of one another before anybody looks: repairs, petitions, checks on site, tables that were brought,
//! and views with a name.

use crate::work::{PDF, sent};
use axum::http::StatusCode;
use firebee_domain::{
    api_token::Scope,
    id::ProjectId,
    monitoring::{Delivery, Event, Signal},
};
use firebee_server::{
    office::monitoring::deliver,
    query::member::member,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, office::Office, picture::jpeg};

/// An owner's contact asks for two repairs with a picture: one of the firm, one inside the unit.
pub(super) async fn repairs(contact: &Browser, project: ProjectId, word: &str) {
    let facility = format!("{project}/power-genset");
    for handler in ["firm", "unit"] {
        let (place, words) = (format!("{word}发电机房"), format!("{word}启动不了{handler}"));
        let fields = [
            ("facility", facility.as_str()),
            ("place", place.as_str()),
            ("words", words.as_str()),
            ("handler", handler),
        ];
        let seed = word.bytes().chain(handler.bytes()).fold(9, |sum: u32, byte| sum.wrapping_mul(31) + u32::from(byte));
        sent(contact, "/repairs/new", "/repairs", &fields, &[&jpeg(seed, 0)]).await;
    }
}

/// An owner's contact opens the address by which anybody calls, and somebody calls. The page that says so is told to nobody.
pub(super) async fn call(contact: &Browser, stranger: &Browser, project: ProjectId, word: &str) {
    let page = format!("/projects/{project}/notice");
    sent(contact, &page, &format!("{page}/open"), &[], &[]).await;
    let html = contact.get(&page).await.html();
    let code = html.split("\"/r/").nth(1).unwrap().split('"').next().unwrap();
    let door = format!("/r/{code}");
    let (place, words) = (format!("{word}走廊"), format!("{word}门坏了"));
    let fields =
        [("facility", "power-genset"), ("place", place.as_str()), ("words", words.as_str()), ("phone", "13900000099")];
    let seed = word.bytes().fold(77, |sum: u32, byte| sum.wrapping_mul(31) + u32::from(byte));
    let form = stranger.get(&door).await;
    let done = stranger.submit_files(&form, &door, &fields, &[&jpeg(seed, 0)]).await;
    assert!(done.location().starts_with(&door), "{} {}", done.status, done.text());
}

/// Two events of a connected fire system; nobody has asked for a repair yet.
pub(super) async fn events(view: &Office, word: &str) {
    let app = &view.app;
    let (org, wang, now) = (view.org, view.account("wang"), app.clock.now());
    let read = async move |tx: &mut Tx| member(tx, org, wang).await;
    let found: Result<_, StoreError> = app.store.read("member", read).await;
    let told = [("1", Signal::Alarm), ("2", Signal::Restoration)].map(|(id, signal)| Event {
        id: id.into(),
        signal,
        at_ms: now,
        place: format!("{word}三层"),
        says: format!("{word}感烟"),
    });
    let delivery = Delivery { project: view.project(), source: format!("{word}主机"), events: told.to_vec() };
    deliver(&app.store, (org, found.unwrap().unwrap().actor, Scope::DeliverMonitoring), delivery, now).await.unwrap();
}

/// The manager asks that a project becomes a special site; nobody has decided yet.
pub(super) async fn petition(wang: &Browser, project: ProjectId, word: &str) {
    let form = format!("/projects/{project}/petitions/new/special_site");
    let reason = format!("{word}涉密场所");
    let paper = [PDF, word.as_bytes(), b"petition"].concat();
    sent(wang, &form, &form, &[("reason", &reason), ("sure", "yes")], &[&paper]).await;
}

/// A unit of the fire service was on site.
pub(super) async fn check(officer: &Browser, project: ProjectId, word: &str) {
    let form = format!("/projects/{project}/checks/new");
    let findings = format!("{word}水泵处于手动");
    let fields = [("day", "2026-11-02"), ("outcome", "differs"), ("findings", findings.as_str())];
    let paper = [PDF, word.as_bytes(), b"check"].concat();
    sent(officer, &form, &form, &fields, &[&paper]).await;
}

/// The manager brings two tables of owners. One was applied, one waits with a row that is wrong.
pub(super) async fn tables(wang: &Browser, side: &str) {
    let titles = "业主名称,所在城市,详细地址\r\n";
    let good = format!("{titles}{side}firm新物业,西宁市,{side}firm路1号\r\n");
    let wrong = format!("{titles}{side}firm又一物业,西宁市,{side}firm路2号\r\n{side}firm没有地址,西宁市,\r\n");
    let form = "/imports/new?kind=owners";
    let done = sent(wang, form, "/imports", &[], &[good.as_bytes()]).await;
    let batch = done.location().split('?').next().unwrap().to_owned();
    sent(wang, &batch, &format!("{batch}/apply"), &[], &[]).await;
    sent(wang, form, "/imports", &[], &[wrong.as_bytes()]).await;
}

/// Somebody keeps a view of the tasks under a name.
pub(super) async fn view(by: &Browser, word: &str) {
    let page = by.get("/tasks?state=approved").await;
    let name = format!("{word}已通过");
    let done = by.submit(&page, "/views", &[("name", &name)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}
