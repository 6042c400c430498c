//! What the pages of a fault show, and what they leave alone.

use crate::{
    both,
    fixture::{Morning, morning},
};
use axum::http::StatusCode;
use firebee_domain::{code::Code, id::TaskId};
use firebee_tests::{browse::Browser, office::Office};

both!(
    /// a fault shows its description and the photos that the phone took of it.
    r_148_a_fault_shows_its_description_and_its_photos,
    /// approved by mistake stays approved: no page has a button that takes it back.
    r_160_an_approval_has_no_button_that_takes_it_back,
    /// what is out of the contract's scope is read, and nothing more is chosen for it.
    r_183_what_is_out_of_scope_is_for_reading,
    /// talking to the owner is one state under one name, on the list and on the fault.
    r_186_negotiating_is_one_state_under_one_name,
);

/// The one fault of a task.
async fn fault_of(li: &Browser, task: TaskId) -> String {
    let html = li.get(&format!("/tasks/{task}")).await.html();
    html.split("id=\"fault-").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Chooses a way on the fault's own page.
async fn choose(li: &Browser, task: TaskId, fault: &str, way: &str) {
    let fields = [("way", way), ("explanation", "合同只包含地上部分")];
    let page = li.get(&format!("/faults/{fault}")).await;
    let done = li.submit(&page, &format!("/tasks/{task}/faults/{fault}"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
}

async fn r_148_a_fault_shows_its_description_and_its_photos(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    let li = Browser::of(&office, "li").await;
    let page = li.get(&format!("/faults/{}", fault_of(&li, submitted).await)).await;
    assert!(page.text().contains("启动后 42 秒才供电，超过 30 秒"), "{}", page.text());
    let html = page.html();
    let sources = html.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let photos: Vec<&str> = sources.filter(|source| source.contains("/photos/")).collect();
    assert_eq!(photos.len(), 1, "the one photo of this result, and neither selfie nor another's: {photos:?}");
    assert!(photos[0].starts_with(&format!("/tasks/{submitted}/photos/")), "{photos:?}");
    assert_eq!(li.get(photos[0]).await.header("content-type"), "image/jpeg");
}

async fn r_160_an_approval_has_no_button_that_takes_it_back(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    let li = Browser::of(&office, "li").await;
    let (path, review) = (format!("/tasks/{submitted}"), format!("/tasks/{submitted}/review"));
    choose(&li, submitted, &fault_of(&li, submitted).await, "negotiating").await;
    let (before, other) = (li.get(&path).await, li.get(&path).await);
    li.submit(&before, &review, &[("decision", "approved"), ("opinion", "")]).await;
    for login in ["li", "wang", "zhao"] {
        let page = Browser::of(&office, login).await.get(&path).await.html();
        assert!(
            !page.contains(&format!("action=\"{review}\"")) && !page.contains(&format!("{path}/delete")),
            "{login}"
        );
    }
    let late = li.submit(&other, &review, &[("decision", "rejected"), ("opinion", "通过有误")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.html().contains(Code::TaskNotPending.word()), "{}", late.text());
    assert_eq!(office.acts("decide_review").await, 1);
}

async fn r_183_what_is_out_of_scope_is_for_reading(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    let li = Browser::of(&office, "li").await;
    let fault = fault_of(&li, submitted).await;
    choose(&li, submitted, &fault, "out_of_scope").await;
    let list = li.get("/faults?state=out_of_scope").await;
    assert!(list.html().contains(&format!("/faults/{fault}")), "{}", list.text());
    let page = li.get(&format!("/faults/{fault}")).await;
    assert!(page.text().contains("合同只包含地上部分"), "{}", page.text());
    assert!(!page.html().contains("name=\"way\""), "no way is offered any more");
}

async fn r_186_negotiating_is_one_state_under_one_name(office: Office) {
    let Morning { office, submitted, .. } = morning(office).await;
    let li = Browser::of(&office, "li").await;
    let fault = fault_of(&li, submitted).await;
    choose(&li, submitted, &fault, "negotiating").await;
    for path in [format!("/faults/{fault}"), "/faults?state=negotiating".into(), format!("/tasks/{submitted}")] {
        let text = li.get(&path).await.text();
        assert!(text.contains("与业主沟通中"), "{path}: {text}");
        assert!(!text.contains("协商") && !text.replace("与业主沟通中", "").contains("业主沟通中"), "{path}: {text}");
    }
}
