//! A manager takes the account from a lost phone.

use crate::scene::{Phone, Scene};
use axum::http::StatusCode;
use firebee_domain::{code::Code, geofence::Datum, task::TaskState};
use firebee_server::{
    feed::retire::retire,
    office::project::{Terminate, terminate},
    sql,
};
use firebee_tests::{browse::Browser, firm::MORNING};

/// the lost phone sends what it has, nothing of it has an effect until the lead adopts it, and it is erased
/// only when everything is safe.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_034_a_released_phone_sends_what_it_has_and_nothing_counts_until_a_person_adopts_it() {
    let scene = Scene::open().await;
    let lost = scene.phone("Pixel 6a").await;
    let items = lost.items();
    let begun = lost.start(items[0]);
    lost.answer(begun, items[0]);
    lost.client.sync().now().await.unwrap();
    // In the basement: the rest of one task, and another one from its start.
    lost.photograph(begun, Some(items[0]), 1);
    lost.hand_in(begun, 2);
    let whole = lost.whole(items[1], 10);
    assert!(lost.unsent().facts > 6 && lost.unsent().blobs > 7, "{:?}", lost.unsent());
    let wiped = |phone: &Phone| phone.client.session().wipe().map_err(|error| error.code());
    assert_eq!(wiped(&lost), Err(Code::StillSignedIn));

    let unsaid = scene.release(" ").await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.html().contains("text_required"), "{}", unsaid.text());
    let done = scene.release("手机掉进了消防水池").await;
    assert!(done.location().starts_with("/staff?done="), "{}", done.text());
    let acts = firebee_tests::acts::acts(&scene.office.app.store, "force_release").await;
    assert_eq!((acts.len(), acts[0].account), (1, Some(scene.office.account("wang"))));
    assert_eq!(acts[0].at_ms, MORNING.plus_ms(2 * 3_600_000));
    assert!(acts[0].body.get().contains("\"reason\":\"手机掉进了消防水池\""), "{}", acts[0].body.get());
    let next = scene.phone("Nokia 8.3 5G").await;

    // The link lets records through and no photo: the phone knows, sends, and must not be erased.
    scene.cut(|path| path.starts_with("/v1/blobs"));
    assert!(lost.client.sync().now().await.is_err());
    assert_eq!((lost.unsent().facts, lost.unsent().blobs > 7), (0, true));
    let told = lost.client.screens().sync().unwrap().lost.unwrap();
    assert_eq!(told.told.code, Code::Fenced);
    assert!(told.files.done < told.files.total && !told.wipe.allowed, "{told:?}");
    assert_eq!(wiped(&lost), Err(Code::UnsentData));
    scene.mend();
    lost.sends_all().await;
    let told = lost.client.screens().sync().unwrap().lost.unwrap();
    assert_eq!((told.files.done, told.facts.done), (told.files.total, told.facts.total));
    assert!(told.wipe.allowed && told.wipe.consequence.is_some(), "{told:?}");
    let me = lost.client.screens().me().unwrap();
    assert!(!me.may_record.allowed && me.wipe.allowed, "{me:?}");
    let refused = lost.client.tasks().record_result(&firebee_tests::recorded::untestable(begun, items[0]));
    assert_eq!(refused.unwrap_err().code(), Code::Fenced, "nothing more is recorded on it");

    // Nothing of it has had an effect.
    let held = scene.task(begun).await.unwrap();
    assert_eq!((held.task.state, held.task.results.len(), held.task.photos.len()), (TaskState::Executing, 1, 0));
    assert!(scene.task(whole).await.is_none());
    let waits = scene.parked(Code::Late).await;
    assert_eq!(waits, 10, "4 facts of the one task, 6 of the other");
    assert_eq!(lost.not_counted(), vec!["late"; 10]);
    let wang = Browser::of(&scene.office, "wang").await;
    let owing = wang.get("/devices?owing=yes").await.text();
    assert!(owing.contains("Pixel 6a") && owing.contains("全部到达") && owing.contains("已解除"), "{owing}");
    let own = format!("/devices/notes?store={}", lost.store());
    let phone = wang.get(&own).await.text();
    assert!(phone.contains("手机掉进了消防水池") && phone.contains("10 条记录等待决定"), "{phone}");
    assert!(phone.contains("作废被盗手机的密钥"), "{phone}");
    let of_lead = Browser::of(&scene.office, "li").await.get(&own).await.text();
    let told = ["手机掉进了消防水池", "作废被盗手机的密钥"].map(|words| of_lead.contains(words));
    assert!(of_lead.contains("已解除") && told == [false; 2], "{of_lead}");
    let late = wang.get("/undecided").await.text();
    assert!(late.contains("4 条记录等待决定") && late.contains("6 条记录等待决定"), "{late}");

    // The lead adopts the rest of the first task and the manager all of the second.
    let li = Browser::of(&scene.office, "li").await;
    let path = format!("/undecided/{}/{begun}", lost.store());
    let page = li.get(&path).await;
    let unsaid = li.submit(&page, &format!("{path}/decide"), &[("decision", "adopted"), ("reason", "")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.html().contains("text_required"));
    assert_eq!(scene.parked(Code::Late).await, 10);
    let adopted = scene.decide("li", &lost, begun, "adopted").await;
    assert!(adopted.location().contains("&done="), "{}", adopted.text());
    let held = scene.task(begun).await.unwrap();
    assert_eq!((held.task.state, held.task.photos.len()), (TaskState::PendingReview, 2));
    assert_eq!((held.evidence.verified, held.evidence.total), (4, 4));
    scene.decide("wang", &lost, whole, "adopted").await;
    assert_eq!(scene.task(whole).await.unwrap().task.state, TaskState::PendingReview);
    assert_eq!(scene.number(sql!("SELECT count(*) FROM parked")).await, 0);
    assert_eq!(firebee_tests::acts::acts(&scene.office.app.store, "decide_parked").await.len(), 2);
    assert_eq!(wang.get(&path).await.status, StatusCode::NOT_FOUND, "nothing waits there any more");
    next.client.sync().now().await.unwrap();
    assert_eq!(next.client.tasks().get(whole).unwrap().task.state, TaskState::PendingReview);

    // Now it may go, with the photos of others that were looked at.
    let looked_at = lost.home.path().join("fetched");
    std::fs::create_dir_all(&looked_at).unwrap();
    std::fs::write(looked_at.join("a-photo"), b"x").unwrap();
    lost.client.session().wipe().unwrap();
    assert!(!lost.home.path().join("journal.db").exists() && !lost.home.path().join("blobs").exists());
    assert!(!looked_at.exists());
    let mut lost = lost;
    lost.restart(|_| ());
    assert!(lost.client.session().state().unwrap().is_none(), "it begins anew");
}

/// a phone does not wash what is late by signing in again, and what a person refuses stays out, on the phone too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_034_what_is_late_stays_late_when_the_phone_signs_in_again_and_may_be_refused() {
    let scene = Scene::open().await;
    let lost = scene.phone("Pixel 6a").await;
    let items = lost.items();
    let task = lost.whole(items[0], 1);
    scene.release("以为丢了").await;
    // It was found before anybody else signed in, and signs in before it sends anything.
    lost.sign_in().await.unwrap();
    let after = lost.whole(items[1], 10);
    lost.sends_all().await;
    lost.client.sync().now().await.unwrap();
    assert!(scene.task(task).await.is_none(), "it was recorded before the phone had the account again");
    assert_eq!(scene.task(after).await.unwrap().task.state, TaskState::PendingReview, "what is recorded since counts");
    assert_eq!(lost.not_counted(), vec!["late"; 6]);
    assert!(lost.client.screens().sync().unwrap().lost.is_none());
    let refused = scene.decide("li", &lost, task, "refused").await;
    assert!(refused.location().contains("&done="), "{}", refused.text());
    assert_eq!((scene.parked(Code::Late).await, scene.parked(Code::NotAdopted).await), (0, 6));
    lost.client.sync().now().await.unwrap();
    assert_eq!(lost.not_counted(), vec!["not_adopted"; 6]);
    assert!(scene.task(task).await.is_none());
    let li = Browser::of(&scene.office, "li").await;
    for nothing in [task, after] {
        assert_eq!(li.get(&format!("/undecided/{}/{nothing}", lost.store())).await.status, StatusCode::NOT_FOUND);
    }
}

/// an operator, the lead of another project and another firm decide on nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_032_only_the_projects_lead_and_a_manager_see_and_decide_what_is_late() {
    let scene = Scene::open().await;
    let lost = scene.phone("Pixel 6a").await;
    let task = lost.start(lost.items()[0]);
    scene.release("遗失").await;
    lost.sends_all().await;
    let path = format!("/undecided/{}/{task}", lost.store());
    for login in ["sun", "zhao"] {
        let browser = Browser::of(&scene.office, login).await;
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{login}");
        assert!(!browser.get("/undecided").await.html().contains("Pixel 6a"), "{login}");
        let phone = browser.get(&format!("/devices/notes?store={}", lost.store())).await;
        assert!(!phone.html().contains("drop-key"), "{login}");
    }
    let li = Browser::of(&scene.office, "li").await;
    let page = li.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    // A form of the lead in the hands of somebody else.
    let sun = Browser::of(&scene.office, "sun").await;
    let mut fields = page.form(&format!("{path}/decide"));
    let own = sun.get("/password").await.form("/password");
    let csrf = own.iter().find(|(name, _)| name == "csrf").unwrap().1.clone();
    fields.iter_mut().filter(|(name, _)| name == "csrf").for_each(|(_, value)| value.clone_from(&csrf));
    fields.extend([("decision", "adopted"), ("reason", "x")].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let foreign = sun.send_form(&format!("{path}/decide"), &fields, &[]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{}", foreign.text());
    assert_eq!(scene.parked(Code::Late).await, 1);
}

/// what a person left out stays left out on the phone when its project has ended and left it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_330_what_was_refused_stays_refused_when_its_project_leaves_the_phone() {
    let scene = Scene::open().await;
    let phone = scene.phone("Pixel 6a").await;
    let task = phone.whole(phone.items()[0], 1);
    scene.release("以为丢了").await;
    phone.sign_in().await.unwrap();
    phone.sends_all().await;
    scene.decide("li", &phone, task, "refused").await;
    let (app, project) = (&scene.office.app, scene.office.project());
    let wanted = Terminate { project, reason: "合同解除".into() };
    terminate(&app.store, scene.office.act("wang").await, wanted).await.unwrap();
    scene.pass(&[&phone], 15 * 86_400_000);
    phone.client.sync().now().await.unwrap();
    assert_eq!(phone.not_counted(), vec!["not_adopted"; 6]);
    assert!(retire(&app.store, scene.office.org, app.clock.now()).await.unwrap() > 0);
    phone.client.sync().now().await.unwrap();
    assert!(phone.client.screens().project(project, Datum::Wgs84).unwrap().is_none());
    assert_eq!(phone.not_counted(), vec!["not_adopted"; 6]);
    assert_eq!(retire(&app.store, scene.office.org, app.clock.now()).await.unwrap(), 0, "nothing is left to take");
}
