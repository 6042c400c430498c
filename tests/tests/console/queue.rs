//! The queue of a reviewer: tasks narrowed as the manual's list is, what is folded, what comes next, and the day of an operator.

use crate::{
    both,
    fixture::{Morning, PICTURE, morning, unsent},
};
use axum::http::StatusCode;
use firebee_domain::{evidence::PhotoRole, restore::Isolable, result::Verdict};
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office},
    visit::{Visit, said},
};

both!(
    /// tasks are narrowed by their plan, what they are for, who executes, who leads and when they were handed in, and a
    /// row offers to look, to read its decisions and, while it is at work, to delete it.
    r_132_tasks_are_narrowed_by_plan_kind_people_and_days,
    /// after a decision the next task that waits for this reviewer is one tap away; for the last there is none.
    r_150_r_151_the_next_review_follows_a_decision,
    /// the tracks of a day stand on one drawing, for who may read them; everybody else finds nothing.
    r_032_r_373_the_tracks_of_a_day_are_drawn_together_for_who_may_read_them,
);

fn rows(page: &Page) -> usize {
    page.html().matches("<th scope=\"row\">").count()
}

async fn r_132_tasks_are_narrowed_by_plan_kind_people_and_days(office: Office) {
    let Morning { office, plan, submitted, running, .. } = unsent(office).await;
    let (li, ma) = (Browser::of(&office, "li").await, office.account("ma"));
    let found = async |query: &str| {
        let page = li.get(&format!("/tasks?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        let has = |task: &dyn std::fmt::Display| page.html().contains(&format!("<a href=\"/tasks/{task}\" lang"));
        (has(&submitted), has(&running))
    };
    assert_eq!(found(&format!("plan={plan}")).await, (true, true));
    assert_eq!(found(&format!("executor={ma}")).await, (true, false));
    assert_eq!(found(&format!("lead={}", office.account("li"))).await, (true, true));
    assert_eq!(found(&format!("lead={}", office.account("sun"))).await, (false, false));
    assert_eq!(found("kind=planned").await, (true, true));
    assert_eq!(found("kind=supplementary").await, (false, false));
    assert_eq!(found("submitted_from=2026-11-16&submitted_to=2026-11-16").await, (true, false));
    assert_eq!(found("submitted_from=2026-11-17").await, (false, false));
    assert_eq!(found("submitted_to=2026-11-15").await, (false, false));
    let page = li.get(&format!("/tasks?plan={plan}&executor={ma}")).await;
    assert!(page.text().contains("2026年11月维护保养计划") && page.html().contains("<details class=\"more\" open>"));
    let strange = li.get("/tasks?plan=018f0000-0000-7000-8000-000000000000").await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND, "a plan that nobody may read");
    // What a row offers.
    let list = li.get("/tasks").await.html();
    let delete = |task: &dyn std::fmt::Display| list.contains(&format!("href=\"/tasks/{task}#delete-title\""));
    assert_eq!((delete(&submitted), delete(&running)), (false, true), "{list}");
    assert!(list.contains(&format!("href=\"/tasks/{submitted}#times\"")) && list.contains("审核日志"));
    let file = li.get("/tasks?as=csv").await.html();
    assert!(!file.contains("#times"), "{file}");
}

/// A second task that waits, with everything on the server.
async fn another(office: &Office, plan: firebee_domain::id::PlanId) -> Visit {
    let items = office.items(plan).await;
    office.issue(plan, &items[8..9], "chen").await;
    let mut visit = Visit::begin(office.firm(plan).await, office.account("chen"), 3).await;
    let mut work = visit.start(&items[8..9], 1);
    visit.result(&mut work, 1, said(&items[8], Verdict::Conform, "消防控制室", ""));
    visit.serve(&mut work, Isolable::FireAlarm, PICTURE);
    visit.photo(&mut work, PhotoRole::Selfie, None, PICTURE);
    visit.describe(&mut work);
    visit.walk(&mut work, 36_617_000, 101_778_000);
    visit.submit(&mut work);
    visit.push().await;
    visit.send_blobs(office, 0).await;
    visit
}

async fn r_150_r_151_the_next_review_follows_a_decision(office: Office) {
    let Morning { office, plan, submitted, .. } = morning(office).await;
    another(&office, plan).await;
    let (li, sun) = (Browser::of(&office, "li").await, Browser::of(&office, "sun").await);
    let path = format!("/tasks/{submitted}");
    let before = li.get(&path).await;
    assert!(!before.html().contains("data-key=\"n\""), "{}", before.text());
    // What conforms and asks for no second look is folded; what does not, and what somebody decided otherwise, is not.
    let html = before.html();
    let folded: String =
        html.split("<details data-fold>").skip(1).filter_map(|rest| rest.split("</details>").next()).collect();
    assert!(!folded.is_empty() && !folded.contains("启动后 42 秒才供电"), "{folded}");
    assert!(!folded.contains("class=\"note\""), "{folded}");
    assert!(html.contains("data-keys hidden"), "{html}");
    let reject = [("decision", "rejected"), ("opinion", "请补拍")];
    let done = li.submit(&before, &format!("{path}/review"), &reject).await;
    let after = li.get(done.location()).await;
    assert!(after.text().contains("下一个待审核（最后一个）"), "{}", after.text());
    let next = after.html();
    let next = next.split("data-key=\"n\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_ne!(next, path);
    // Who reviews nothing here is led nowhere.
    assert_eq!(sun.get(&path).await.status, StatusCode::NOT_FOUND);
    let page = li.get(&next).await;
    assert!(page.html().contains("data-key=\"a\"") && !page.html().contains("data-key=\"n\""), "{}", page.text());
    let approve = [("decision", "approved"), ("opinion", "")];
    let done = li.submit(&page, &format!("{next}/review"), &approve).await;
    let last = li.get(done.location()).await;
    assert!(!last.html().contains("data-key=\"n\""), "{}", last.text());
}

async fn r_032_r_373_the_tracks_of_a_day_are_drawn_together_for_who_may_read_them(office: Office) {
    let Morning { office, plan, submitted, .. } = morning(office).await;
    another(&office, plan).await;
    let (li, ma) = (Browser::of(&office, "li").await, office.account("ma"));
    let task = li.get(&format!("/tasks/{submitted}")).await;
    let day = format!("/tracks/{ma}/2026-11-16");
    assert!(task.html().contains(&format!("href=\"{day}\"")), "{}", task.text());
    let page = li.get(&day).await;
    assert!(page.status == StatusCode::OK && page.text().contains("马晓燕"), "{}", page.text());
    assert!(page.html().contains("class=\"inside\"") && page.html().contains("class=\"fence\""), "{}", page.html());
    assert_eq!(rows(&page), 1, "the task of this operator alone: {}", page.text());
    assert!(page.text().contains("当天 1 段轨迹，已收到 1 段"), "{}", page.text());
    let chen = li.get(&format!("/tracks/{}/2026-11-16", office.account("chen"))).await;
    assert_eq!(rows(&chen), 2, "the running one and the other: {}", chen.text());
    assert_eq!(li.get(&format!("/tracks/{ma}/2026-11-18")).await.status, StatusCode::NOT_FOUND);
    for nonsense in ["/tracks/1/2026-11-16", &format!("/tracks/{ma}/yesterday")] {
        assert_eq!(li.get(nonsense).await.status, StatusCode::NOT_FOUND, "{nonsense}");
    }
    Office::found(&office.app, OTHER_FIRM, true).await;
    for login in ["sun", "qian"] {
        let page = Browser::of(&office, login).await.get(&day).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{login}");
        assert!(!page.html().contains("马晓燕"), "{login}");
    }
}
