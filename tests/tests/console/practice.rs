//! Instruments, the witness and the hand-over on the console, on both engines.

use crate::both;
use axum::http::StatusCode;
use firebee_domain::{
    evidence::PhotoRole,
    fact::Body,
    id::ContentId,
    instrument::Instrument,
    restore::{Isolable, RestoreConfirmed, SystemIsolated},
    result::{ResultRecorded, Verdict},
    task::{Controller, TaskDescribed, WitnessSigned},
};
use firebee_protocol::{
    document::{CrewDocument, kind},
    fact::{BlobRef, BlobRole, Mime},
};
use firebee_server::sql;
use firebee_tests::{
    browse::Browser,
    office::Office,
    visit::{Visit, said},
};
use sha2::{Digest as _, Sha256};

both!(
    /// a manager keeps the list, phones are told of it, and who may not change it cannot.
    r_366_a_manager_lists_instruments_and_the_phones_are_told,
    /// what a reviewer reads of the practice on site, and the signature itself.
    r_365_r_366_r_367_the_page_of_a_task_says_what_a_reviewer_should_know,
    /// a task that begins after the project asked for it is not handed in without the signature.
    r_367_a_project_asks_for_the_witness_and_the_phones_are_told,
    /// a task that began before the project asked for it needs no signature.
    r_367_a_task_that_began_before_the_project_asked_needs_no_witness,
    /// what the holder recorded before counts when it arrives; what is recorded later does not.
    r_368_a_lead_hands_a_task_over_while_its_phone_is_away,
    /// who issues sees whose certificate ends.
    r_365_a_certificate_that_ends_soon_is_told_at_issue,
    /// phones are told whose account is closed, and a page warns of a certificate all the same.
    r_168_r_368_a_closed_account_leaves_the_crew_and_its_holder_stays,
);

const PICTURE: &[u8] = include_bytes!("../../fixtures/photos/portrait_6.jpg");

/// What the phone of an account knows of its firm.
async fn crew(visit: &Visit) -> CrewDocument {
    let page = visit.device.pull(&visit.firm.store, None, Some(200)).await.unwrap();
    let change = page.changes.iter().find(|change| change.kind == kind::CREW).unwrap();
    serde_json::from_str(change.body.as_ref().unwrap().get()).unwrap()
}

/// The one instrument of a firm.
fn only(known: CrewDocument) -> Instrument {
    assert_eq!(known.instruments.len(), 1);
    known.instruments[0].clone()
}

/// Begins a task of one item of the first plan by operator `ma`, with the item as another one of the catalogue.
async fn visit(office: &Office) -> (Visit, firebee_tests::firm::Issued) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    office.issue(plan, &items[..1], "ma").await;
    office.issue(plan, &items[5..6], "chen").await;
    (Visit::begin(office.firm(plan).await, office.account("ma"), 1).await, items[0].clone())
}

async fn r_366_a_manager_lists_instruments_and_the_phones_are_told(office: Office) {
    let (visit, _) = visit(&office).await;
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let known = crew(&visit).await;
    let documents = async || office.number(sql!("SELECT count(*) FROM document WHERE kind = 'crew'")).await;
    let told =
        async || office.number(sql!("SELECT CAST(sum(rev) AS BIGINT) FROM document WHERE kind = 'session'")).await;
    let before = told().await;
    assert_eq!(documents().await, 1, "one for all");
    assert!(known.instruments.is_empty() && known.crew.iter().any(|held| held.account == Some(visit.device.account)));
    let page = wang.get("/instruments").await;
    let typed = [("number", "SJ-01"), ("kind", "声级计"), ("calibrated", "2026-01-05"), ("valid_to", "2025-01-04")];
    let refused = wang.submit(&page, "/instruments/keep", &typed).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.html().contains("calibration_reversed"));
    assert!(refused.html().contains("SJ-01"), "what was typed is still there");
    let typed = [("number", "SJ-01"), ("kind", "声级计"), ("calibrated", "2025-01-05"), ("valid_to", "2026-01-04")];
    let done = wang.submit(&page, "/instruments/keep", &typed).await;
    let text = wang.get(done.location()).await.text();
    assert!(text.contains("仪器已保存") && text.contains("SJ-01") && text.contains("校准已过期"), "{text}");
    let listed = only(crew(&visit).await);
    assert_eq!((listed.number.as_str(), listed.valid_to.to_string().as_str()), ("SJ-01", "2026-01-04"));

    let renewed = [("number", "SJ-01"), ("kind", "声级计"), ("calibrated", "2026-11-01"), ("valid_to", "2027-10-31")];
    wang.submit(&wang.get("/instruments").await, "/instruments/keep", &renewed).await;
    let listed = only(crew(&visit).await);
    assert_eq!(listed.valid_to.to_string(), "2027-10-31", "a renewal keeps the number");
    assert!(!li.get("/instruments").await.html().contains("action=\"/instruments/keep\""), "a lead only reads");
    wang.submit(&wang.get("/instruments").await, "/instruments/retire", &[("number", "SJ-01")]).await;
    assert!(crew(&visit).await.instruments.is_empty());
    assert_eq!((documents().await, told().await), (1, before), "no phone was told anything else");
    assert_eq!((office.acts("keep_instrument").await, office.acts("retire_instrument").await), (2, 1));
}

async fn r_365_r_366_r_367_the_page_of_a_task_says_what_a_reviewer_should_know(office: Office) {
    let (mut visit, item) = visit(&office).await;
    let mut work = visit.start(std::slice::from_ref(&item), 0);
    let day = |text: &str| text.parse().unwrap();
    let meter = Instrument {
        number: "SJ-01".into(),
        kind: "声级计".into(),
        calibrated: day("2025-01-05"),
        valid_to: day("2026-01-04"),
    };
    let measured = ResultRecorded { instrument: Some(meter.clone()), ..said(&item, Verdict::Conform, "配电室", "") };
    visit.result(&mut work, 3, measured);
    let project = visit.firm.project;
    let described = TaskDescribed { controller: Controller::None, helpers: Vec::new(), instruments: vec![meter] };
    visit.device.record(project, &work.subject, &[], &Body::TaskDescribed(described));
    let isolated = SystemIsolated { system: Isolable::FirePumps, told: "值班员赵".into() };
    visit.device.record(project, &work.subject, &[], &Body::SystemIsolated(isolated));
    let li = Browser::of(&office, "li").await;
    visit.push().await;
    let path = format!("/tasks/{}", work.task);
    let open = li.get(&path).await.text();
    for known in ["测试前已告知值班员赵", "还没有确认恢复自动", "声级计（编号 SJ-01）的校准已于"]
    {
        assert!(open.contains(known), "{known}: {open}");
    }
    let photo = visit.photo(&mut work, PhotoRole::Restored, None, PICTURE);
    let restored = RestoreConfirmed { system: Isolable::FirePumps, by: "值班员钱".into(), photo };
    visit.device.record(project, &work.subject, &[], &Body::RestoreConfirmed(restored));
    let signature = ContentId(Sha256::digest(PICTURE).into());
    let blob = BlobRef { id: signature, len: PICTURE.len() as u64, mime: Mime::Jpeg, role: BlobRole::Signature };
    let signed = WitnessSigned { name: "孙敏".into(), role: "物业主管".into(), signature };
    let fact = visit.device.record(project, &work.subject, &[blob], &Body::WitnessSigned(signed));
    visit.push().await;
    let image = format!("{path}/witness/{fact}");
    assert_eq!(li.get(&image).await.status, StatusCode::NOT_FOUND, "it has not arrived");
    visit.send_blobs(&office, 0).await;
    let page = li.get(&path).await;
    for known in ["已由值班员钱恢复自动", "业主见证：孙敏（物业主管）"] {
        assert!(page.text().contains(known), "{known}: {}", page.text());
    }
    assert!(page.html().contains(&image), "{}", page.html());
    assert_eq!(li.get(&image).await.status, StatusCode::OK);
}

async fn r_367_a_project_asks_for_the_witness_and_the_phones_are_told(office: Office) {
    let (mut visit, item) = visit(&office).await;
    let wang = Browser::of(&office, "wang").await;
    let path = format!("/projects/{}", visit.firm.project);
    let done = wang.submit(&wang.get(&path).await, &format!("{path}/witness"), &[]).await;
    let page = wang.get(done.location()).await;
    assert!(page.text().contains("2026-11-16") || page.text().contains("11月16日"), "{}", page.text());
    let told = visit.device.pull(&visit.firm.store, None, Some(200)).await.unwrap();
    let project = told.changes.iter().find(|change| change.kind == kind::PROJECT).unwrap();
    assert!(project.body.as_ref().unwrap().get().contains("witness_since"));
    // It begins an hour after the setting.
    visit.wait(120);
    let mut work = visit.start(std::slice::from_ref(&item), 0);
    visit.result(&mut work, 3, said(&item, Verdict::Conform, "配电室", ""));
    visit.photo(&mut work, PhotoRole::Selfie, None, PICTURE);
    visit.describe(&mut work);
    visit.submit(&mut work);
    let reply = visit.device.push_from(&visit.firm, 1).await;
    assert_eq!(reply.results.iter().map(|outcome| outcome.code.as_str()).collect::<Vec<_>>(), ["witness_missing"]);
}

async fn r_367_a_task_that_began_before_the_project_asked_needs_no_witness(office: Office) {
    let (mut visit, item) = visit(&office).await;
    let mut work = visit.start(std::slice::from_ref(&item), 0);
    visit.push().await;
    let wang = Browser::of(&office, "wang").await;
    let path = format!("/projects/{}", visit.firm.project);
    let done = wang.submit(&wang.get(&path).await, &format!("{path}/witness"), &[]).await;
    assert!(done.location().contains("?done="), "{}", done.text());
    visit.wait(120);
    visit.result(&mut work, 3, said(&item, Verdict::Conform, "配电室", ""));
    visit.photo(&mut work, PhotoRole::Selfie, None, PICTURE);
    visit.describe(&mut work);
    visit.submit(&mut work);
    visit.push().await;
}

async fn r_368_a_lead_hands_a_task_over_while_its_phone_is_away(office: Office) {
    let (mut visit, item) = visit(&office).await;
    let mut work = visit.start(std::slice::from_ref(&item), 0);
    visit.push().await;
    let li = Browser::of(&office, "li").await;
    // Of half past ten, not sent yet; the office acts at eleven.
    visit.result(&mut work, 30, said(&item, Verdict::Conform, "配电室", ""));
    let path = format!("/tasks/{}", work.task);
    let chen = office.account("chen").to_string();
    let form = [("to", chen.as_str()), ("reason", "")];
    let hand_over = format!("{path}/hand-over");
    let empty = li.submit(&li.get(&path).await, &hand_over, &form).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.html().contains("text_required"));
    let page = li.get(&path).await;
    let done = li.submit(&page, &hand_over, &[("to", &chen), ("reason", "马工生病")]).await;
    let text = li.get(done.location()).await.text();
    assert!(text.contains("任务已移交") && text.contains("马工生病"), "{text}");
    let stale = li.submit(&page, &hand_over, &[("to", &chen), ("reason", "马工生病")]).await;
    assert_eq!((stale.location(), office.acts("hand_over_task").await), (done.location(), 1), "the same form again");

    let head = visit.device.head();
    assert_eq!(visit.device.push_from(&visit.firm, head).await.results, [], "recorded before, so it counts");
    visit.result(&mut work, 60, said(&item, Verdict::Conform, "配电室", ""));
    let later = visit.device.push_from(&visit.firm, head + 1).await;
    assert_eq!(later.results.iter().map(|outcome| outcome.code.as_str()).collect::<Vec<_>>(), ["task_handed_over"]);
    let text = li.get(&path).await.text();
    assert!(text.contains("移交给他人"), "the lead reads what was kept: {text}");
}

async fn r_365_a_certificate_that_ends_soon_is_told_at_issue(office: Office) {
    use firebee_domain::personnel::{Certificate, CertificateKind};
    use firebee_server::{
        office::personnel::{WantedCertificate, certify},
        query::member::member,
        store::{StoreError, Tx},
    };
    let plan = office.plan().await;
    let li = Browser::of(&office, "li").await;
    let path = format!("/plans/{plan}");
    assert!(!li.get(&path).await.text().contains("还有 34 天"));
    let firm = office.org;
    let account = office.account("ma");
    let read = async move |tx: &mut Tx| member(tx, firm, account).await;
    let found: Result<_, StoreError> = office.app.store.read("member", read).await;
    let found = found.unwrap().unwrap();
    let (organisation, person) = (found.organisation_name, found.person.name);
    let certificate = Certificate {
        kind: CertificateKind::FacilityOperatorCert,
        level: 4,
        number: "OP-0001".into(),
        valid_from: None,
        valid_to: Some("2026-12-20".parse().unwrap()),
        issued: None,
    };
    certify(&office.app.office, &WantedCertificate { organisation, person, certificate }).await.unwrap();
    let text = li.get(&path).await.text();
    assert!(text.contains("消防设施操作员证书将于") && text.contains("还有 34 天"), "{text}");
}

async fn r_168_r_368_a_closed_account_leaves_the_crew_and_its_holder_stays(office: Office) {
    use firebee_domain::personnel::{Certificate, CertificateKind};
    use firebee_server::office::{
        account::toggle,
        personnel::{WantedCertificate, certify},
    };
    let (mut visit, item) = visit(&office).await;
    let (ma, chen) = (office.account("ma"), office.account("chen"));
    let sent =
        async |visit: &Visit| -> Vec<_> { crew(visit).await.crew.iter().filter_map(|held| held.account).collect() };
    let (all, people) = (sent(&visit).await, crew(&visit).await.crew.len());
    assert!(all.contains(&ma) && all.contains(&chen));
    let wang = Browser::of(&office, "wang").await;
    let close = |account| format!("/staff/{account}/close");
    let done = wang.submit(&wang.get("/staff").await, &close(chen), &[("reason", "休假")]).await;
    assert!(done.location().contains("done="), "{}", done.text());
    let left = sent(&visit).await;
    assert_eq!((left.contains(&chen), left.len(), crew(&visit).await.crew.len()), (false, all.len() - 1, people));
    toggle(&office.app.office, "chen", true).await.unwrap();
    assert_eq!(sent(&visit).await, all, "and comes back");

    // The executor's account is closed, and the reviewer still reads whose certificate ends.
    let work = visit.start(std::slice::from_ref(&item), 0);
    visit.push().await;
    let (organisation, person) = {
        let found = crew(&visit).await.crew.into_iter().find(|held| held.account == Some(ma)).unwrap();
        let read = async move |tx: &mut firebee_server::store::Tx| {
            tx.query_opt(sql!("SELECT name FROM organisation"), &[]).await?.map_or(Ok(String::new()), |row| row.get(0))
        };
        let name: Result<String, firebee_server::store::StoreError> = office.app.store.read("name", read).await;
        (name.unwrap(), found.name)
    };
    let certificate = Certificate {
        kind: CertificateKind::FacilityOperatorCert,
        level: 4,
        number: "OP-0001".into(),
        valid_from: None,
        valid_to: Some("2026-12-20".parse().unwrap()),
        issued: None,
    };
    certify(&office.app.office, &WantedCertificate { organisation, person, certificate }).await.unwrap();
    let li = Browser::of(&office, "li").await;
    let path = format!("/tasks/{}", work.task);
    let open = li.get(&path).await.text();
    assert!(open.contains("消防设施操作员证书"), "{open}");
    wang.submit(&wang.get("/staff").await, &close(ma), &[("reason", "休假")]).await;
    assert!(li.get(&path).await.text().contains("消防设施操作员证书"));
}
