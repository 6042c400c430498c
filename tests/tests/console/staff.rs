//! Accounts on the console: made for people on the list, the technical director appointed, sessions ended.

use crate::both;
use axum::http::StatusCode;
use firebee_server::sql;
use firebee_tests::{
    browse::{Browser, Page},
    office::{OTHER_FIRM, Office, PASSWORD},
};

both! {
    /// an account is made for somebody on the list who is qualified; it is disabled, and
    /// its password is shown once.
    r_026_a_manager_makes_an_account_for_somebody_on_the_list,
    /// the firm has one technical director, a registered engineer.
    r_036_a_manager_appoints_the_technical_director,
    /// sessions are listed and ended; one ends one's own, a manager those of the firm.
    r_374_sessions_are_listed_and_ended,
}

/// The value of the option of a select whose words hold `name`.
fn option(page: &Page, name: &str) -> String {
    let html = page.html();
    let option = html.split("<option value=\"").find(|option| option.contains(name)).unwrap();
    option.split('"').next().unwrap().to_owned()
}

async fn r_026_a_manager_makes_an_account_for_somebody_on_the_list(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    let li = Browser::of(&office, "li").await;
    assert_eq!(li.get("/staff/new").await.status, StatusCode::NOT_FOUND);
    let page = wang.get("/staff/new").await;
    let (ma, chen) = (option(&page, "马晓燕"), option(&page, "陈刚"));
    let send = async |person: &str, login: &str, phone: &str, category: &str| {
        let page = wang.get("/staff/new").await;
        let fields = [("person", person), ("phone", phone), ("login", login), ("category", category)];
        wang.submit(&page, "/staff/new", &fields).await
    };
    let refused = send(&ma, "ma2", "13900000051", "project_lead").await;
    assert!(refused.html().contains("qualification_insufficient"), "R-030: {}", refused.text());
    assert!(refused.html().contains("value=\"ma2\""), "what was typed stays");
    assert!(send(&ma, "wang", "13900000051", "field_operator").await.html().contains("login_taken"), "R-027");
    assert!(send(&ma, "", "none", "field_operator").await.html().contains("phone_malformed"));
    let fields = [("person", chen.as_str()), ("phone", "13900000052"), ("login", ""), ("category", "company_manager")];
    let made = wang.submit(&page, "/staff/new", &fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let password = made.html().split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let again = wang.submit(&page, "/staff/new", &fields).await;
    assert!(again.html().contains("already_done") && !again.html().contains(&password), "{}", again.text());
    assert_eq!(office.number(sql!("SELECT count(*) FROM account WHERE login = '13900000052'")).await, 1);
    let mut new = Browser::new(&office);
    assert!(new.sign_in("13900000052", &password).await.html().contains("account_disabled"), "R-033");
    assert_eq!(office.acts("make_account").await, 1);
}

async fn r_036_a_manager_appoints_the_technical_director(office: Office) {
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let page = wang.get("/staff").await;
    let path = |login: &str| format!("/staff/{}/director", office.account(login));
    assert!(!page.html().contains(&path("ma")), "an operator is not offered");
    assert!(!page.html().contains(&path("zhao")), "zhao is it already");
    let done = wang.submit(&page, &path("sun"), &[]).await;
    assert!(done.location().starts_with("/staff?done="), "{}", done.text());
    let directors = sql!("SELECT count(*) FROM account WHERE director = 1 AND login = 'sun'");
    assert_eq!(office.number(directors).await, 1);
    assert_eq!(office.number(sql!("SELECT count(*) FROM account WHERE director = 1")).await, 1, "one and no other");
    let fields = li.get("/account").await.form("/sign-out");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(li.send_form(&path("li"), &fields, &[]).await.status, StatusCode::NOT_FOUND, "nobody appoints oneself");
}

async fn r_374_sessions_are_listed_and_ended(office: Office) {
    Office::found(&office.app, OTHER_FIRM, true).await;
    let wang = Browser::of(&office, "wang").await;
    let first = Browser::of(&office, "li").await;
    office.clock.advance_ms(60_000);
    let second = Browser::of(&office, "li").await;
    office.clock.advance_ms(60_000);
    let qian = Browser::of(&office, "qian").await;
    let own = second.get("/sessions").await;
    assert_eq!(own.html().matches("action=\"/sessions/end\"").count(), 1, "the present one ends by signing out");
    assert!(!own.text().contains("王芳"));
    assert!(second.submit(&own, "/sessions/end", &[]).await.location().starts_with("/sessions?done="));
    assert_eq!(first.get("/").await.status, StatusCode::SEE_OTHER, "it has ended");
    assert_eq!(second.get("/").await.status, StatusCode::OK);
    let all = wang.get("/sessions").await;
    assert!(all.text().contains("李建国") && !all.text().contains("qian"), "{}", all.text());
    let foreign = qian.get("/account").await.form("/sign-out");
    let mut foreign: Vec<(&str, &str)> = foreign.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let form = all.form("/sessions/end");
    foreign.extend(
        form.iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| matches!(*name, "account" | "began")),
    );
    assert_eq!(qian.send_form("/sessions/end", &foreign, &[]).await.status, StatusCode::NOT_FOUND, "R-032");
    assert!(wang.submit(&all, "/sessions/end", &[]).await.location().starts_with("/sessions?done="));
    assert_eq!(second.get("/").await.status, StatusCode::SEE_OTHER, "a manager ends those of the firm");
    let mut back = Browser::new(&office);
    assert_eq!(back.sign_in("li", PASSWORD).await.status, StatusCode::SEE_OTHER);
}
