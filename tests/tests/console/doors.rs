//! Who gets in, what a form must carry, and what every answer carries.

use crate::fixture::{Morning, morning};
use axum::http::StatusCode;
use firebee_domain::code::Code;
use firebee_server::{office::account::toggle, sql};
use firebee_tests::{
    browse::Browser,
    office::{OTHER_FIRM, Office, PASSWORD, PROXY},
};
use std::net::IpAddr;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_sees_a_page_before_signing_in() {
    let office = Office::sqlite().await;
    let nobody = Browser::new(&office);
    let paths = [
        "/",
        "/projects",
        "/projects/1/facilities/power-genset",
        "/tasks",
        "/faults",
        "/waiting",
        "/reports/faults",
        "/hazards?project=1",
        "/repair-records?project=1",
        "/dispatches",
        "/parked",
        "/undecided",
        "/plans",
        "/ledger",
        "/ledger/next",
        "/projects/1/years/2026",
        "/projects/1/notice",
        "/projects/1/notice/pdf",
        "/tracks/1/2026-11-16",
        "/owners",
        "/owners/new",
        "/contacts",
        "/contracts",
        "/imports",
        "/imports/new?kind=owners",
        "/imports/rows?kind=owners&as=csv",
        "/contracts/1/projects/new",
        "/salvage",
        "/devices",
        "/devices/notes",
        "/log",
        "/looks",
        "/repairs",
        "/repairs/new",
        "/instruments",
        "/programs",
        "/monitoring",
        "/webhooks",
        "/robots",
        "/personnel",
        "/personnel-changes",
        "/personnel-changes/new",
        "/applications",
        "/pauses",
        "/petitions",
        "/checks",
        "/oversight",
        "/oversight/months",
        "/oversight/projects",
        "/samples",
        "/readings",
        "/sessions",
        "/staff/new",
        "/account",
        "/password",
    ];
    for path in paths {
        let page = nobody.get(path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.location().starts_with("/sign-in"), "{path}: {}", page.location());
    }
    let li = Browser::of(&office, "li").await;
    assert_eq!(li.get("/").await.status, StatusCode::OK);
    let page = li.get("/account").await;
    assert_eq!(li.submit(&page, "/sign-out", &[]).await.location(), "/sign-in");
    assert_eq!(li.get("/").await.status, StatusCode::SEE_OTHER, "the session has ended");
}

/// an operator has the app and nothing else; nothing tells an unknown login from a wrong password.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_031_an_operator_cannot_sign_in_to_the_console() {
    let office = Office::sqlite().await;
    let mut browser = Browser::new(&office);
    let refused = browser.sign_in("ma", PASSWORD).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html().contains("client_not_allowed"), "{}", refused.text());
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
    let wrong = browser.sign_in("li", "wrong").await.text();
    let unknown = browser.sign_in("who", "wrong").await.text();
    assert_eq!(wrong, unknown);
}

/// a password that somebody else chose is changed before anything else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_374_the_first_sign_in_forces_another_password() {
    let office = Office::sqlite().await;
    Office::found(&office.app, OTHER_FIRM, false).await;
    let mut qian = Browser::new(&office);
    qian.sign_in("qian", PASSWORD).await;
    assert_eq!(qian.get("/projects").await.location(), "/password");
    let page = qian.get("/password").await;
    let try_password = async |new: &str, again: &str| {
        qian.submit(&page, "/password", &[("old", PASSWORD), ("new", new), ("again", again)]).await
    };
    assert!(try_password("short", "short").await.html().contains("password_too_short"));
    assert!(try_password("Password1", "Password1").await.html().contains("password_too_common"));
    assert!(try_password("a long walk", "a long talk").await.html().contains("password_differs"));
    assert!(try_password(PASSWORD, PASSWORD).await.html().contains("password_same"));
    assert_eq!(try_password("three red pumps", "three red pumps").await.status, StatusCode::SEE_OTHER);
    assert_eq!(qian.get("/projects").await.status, StatusCode::OK);
    assert_eq!(Browser::new(&office).sign_in("qian", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// one form changes the password once. A second sending says so; with another password it is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_374_a_form_that_is_sent_twice_changes_the_password_once() {
    let office = Office::sqlite().await;
    let li = Browser::of(&office, "li").await;
    let page = li.get("/password").await;
    let send =
        async |old: &str, new: &str| li.submit(&page, "/password", &[("old", old), ("new", new), ("again", new)]).await;
    assert!(send(PASSWORD, "three red pumps").await.location().starts_with("/?done="));
    assert!(send(PASSWORD, "three red pumps").await.location().starts_with("/?done="), "a double click");
    let other = send("three red pumps", "four red pumps").await;
    assert!(other.html().contains("already_done"), "{}", other.text());
    for (password, status) in [("four red pumps", 422), ("three red pumps", 303)] {
        assert_eq!(Browser::new(&office).sign_in("li", password).await.status.as_u16(), status, "{password}");
    }
    assert_eq!(office.acts("change_password").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_of_another_page_changes_nothing() {
    let office = Office::sqlite().await;
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    let new = format!("/projects/{}/plans/new", office.project());
    let action = format!("/projects/{}/plans", office.project());
    let fields = [("nature", "month"), ("month", "2026-11")];
    let bare = li.send_form(&action, &fields, &[]).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN);
    assert!(bare.html().contains("form_expired"));
    let foreign = wang.get(&new).await;
    assert_eq!(li.submit(&foreign, &action, &fields).await.status, StatusCode::FORBIDDEN, "somebody else's token");
    let own = li.get(&new).await.form(&action);
    let all: Vec<(&str, &str)> =
        own.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(fields).collect();
    for headers in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
        let page = li.send_form(&action, &all, &[headers]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    assert_eq!(office.number(sql!("SELECT count(*) FROM plan")).await, 0);
    let headers = [("origin", "https://firebee.example"), ("sec-fetch-site", "same-origin")];
    let made = li.send_form(&action, &all, &headers).await;
    assert!(made.location().contains("?done="), "{}", made.html());
    let again = li.send_form(&action, &all, &headers).await;
    assert_eq!(again.location(), made.location(), "a repeated form has one effect");
    assert_eq!(office.number(sql!("SELECT count(*) FROM plan")).await, 1);
}

/// what belongs to another organisation or another lead is not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_032_what_is_another_s_is_not_found() {
    let Morning { office, plan, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    Office::found(&office.app, OTHER_FIRM, true).await;
    let document = {
        let li = Browser::of(&office, "li").await;
        li.get(&format!("/tasks/{submitted}")).await.html()
    };
    let photo = document.split("/photos/").nth(1).unwrap().split('"').next().unwrap();
    let paths = [
        format!("/projects/{}", office.project()),
        format!("/projects/{}/plans/new", office.project()),
        format!("/plans/{plan}"),
        format!("/projects/{}/years/2026", office.project()),
        format!("/tasks?plan={plan}"),
        format!("/tracks/{}/2026-11-16", office.account("ma")),
        format!("/tasks/{submitted}"),
        // A task has the id of the fact that began it.
        format!("/facts/{submitted}"),
        format!("/tasks?project={}", office.project()),
        format!("/tasks/{submitted}/photos/{photo}"),
    ];
    for (login, sees) in [("li", true), ("wang", true), ("sun", false), ("qian", false)] {
        let browser = Browser::of(&office, login).await;
        for path in &paths {
            let status = browser.get(path).await.status;
            assert_eq!(status == StatusCode::OK, sees, "{login} {path}: {status}");
            assert!(sees || status == StatusCode::NOT_FOUND, "{login} {path}: {status}");
        }
        let lists = format!("{}{}", browser.get("/projects").await.html(), browser.get("/tasks").await.html());
        assert_eq!(lists.contains(">中仪大厦<"), sees, "{login}");
        let home = browser.get("/").await.html();
        assert_eq!(home.contains(&submitted.to_string()), sees, "{login}");
    }
    let sun = Browser::of(&office, "sun").await;
    assert!(sun.get("/projects").await.html().contains("昆仑中学"));
    for nothing in ["/nothing", "/tasks/1", "/plans/00000000-0000-7000-8000-000000000001", "/assets/old.css"] {
        let page = sun.get(nothing).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nothing}");
        assert!(page.html().contains("not_found"), "{nothing}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_carries_its_security_headers() {
    let Morning { office, submitted, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let li = Browser::of(&office, "li").await;
    let task = li.get(&format!("/tasks/{submitted}")).await;
    let photo = task.html().split("<img src=\"").nth(2).unwrap_or_default().split('"').next().unwrap().to_owned();
    let asset = task.html().split("stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for path in ["/", "/sign-in", "/nothing", &format!("/tasks/{submitted}"), &photo, &asset] {
        let page = li.get(path).await;
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        assert!(!page.header("content-security-policy").contains("unsafe"), "{path}");
    }
    let page = li.get("/").await;
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.header("cache-control"), "no-store");
    let picture = li.get(&photo).await;
    assert_eq!(picture.header("content-type"), "image/jpeg", "{photo}");
    assert!(picture.header("content-security-policy").starts_with("sandbox"));
    assert!(li.get(&asset).await.header("cache-control").contains("immutable"));
    let cookie = Browser::new(&office).sign_in("li", PASSWORD).await;
    let cookie = cookie.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}

/// The prefix and the mark make a browser refuse a cookie that another site set, and keep it off plain connections.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_tls_the_cookie_is_secure_and_only_a_trusted_proxy_is_believed_that_it_is() {
    let office = Office::sqlite().await;
    let signed_in = async |(proxy, protocol)| {
        let mut browser = Browser::new(&office).through(proxy, protocol);
        let page = browser.sign_in("li", PASSWORD).await;
        (page.header("set-cookie").to_owned(), browser)
    };
    let (cookie, browser) = signed_in((PROXY, "https")).await;
    assert!(cookie.starts_with("__Host-firebee=") && cookie.contains("; Secure"), "{cookie}");
    assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    assert_eq!(
        browser.through(PROXY, "http").get("/").await.status,
        StatusCode::SEE_OTHER,
        "it is not taken from a plain connection"
    );
    for through in [(PROXY, "http"), (IpAddr::from([10, 0, 0, 8]), "https"), (PROXY, "https, http")] {
        let (cookie, _) = signed_in(through).await;
        assert!(cookie.starts_with("firebee=") && !cookie.contains("Secure"), "{through:?}: {cookie}");
    }
}

/// the toggle closes the door at once, opens it again, and both are written down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_033_a_session_ends_by_itself_and_with_its_account() {
    let office = Office::sqlite().await;
    let li = Browser::of(&office, "li").await;
    office.clock.advance_ms(11 * 3_600_000);
    assert_eq!(li.get("/").await.status, StatusCode::OK);
    office.clock.advance_ms(11 * 3_600_000);
    assert_eq!(li.get("/").await.status, StatusCode::OK, "it is used, so it holds");
    toggle(&office.app.office, "li", false).await.unwrap();
    assert_eq!(li.get("/").await.status, StatusCode::SEE_OTHER, "a closed account sees nothing");
    let mut again = Browser::new(&office);
    assert_eq!(again.sign_in("li", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    toggle(&office.app.office, "li", true).await.unwrap();
    assert_eq!(again.sign_in("li", PASSWORD).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        toggle(&office.app.office, "nobody", true).await.map_err(|error| error.code()),
        Err(Code::AccountUnknown)
    );
    assert_eq!(office.acts("toggle_account").await, 2);
    let wang = Browser::of(&office, "wang").await;
    office.clock.advance_ms(13 * 3_600_000);
    assert_eq!(wang.get("/").await.status, StatusCode::SEE_OTHER);
}

/// Nothing tells a stranger more than that it is too soon.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_passwords_make_the_next_one_wait() {
    let office = Office::sqlite().await;
    let mut browser = Browser::new(&office);
    for _ in 0..4 {
        assert!(browser.sign_in("li", "wrong").await.html().contains("sign_in_failed"));
    }
    assert!(browser.sign_in("li", PASSWORD).await.html().contains("slow_down"));
    office.clock.advance_ms(301_000);
    assert_eq!(browser.sign_in("li", PASSWORD).await.status, StatusCode::SEE_OTHER);
}

/// A stranger cannot keep somebody out by typing wrong passwords: the browser of an earlier sign-in is known.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_signed_in_before_does_not_wait_for_what_strangers_typed_at_its_address() {
    let office = Office::sqlite().await;
    let mut li = Browser::of(&office, "li").await;
    let page = li.get("/account").await;
    li.submit(&page, "/sign-out", &[]).await;
    let mut stranger = Browser::new(&office);
    for _ in 0..10 {
        stranger.sign_in("li", "wrong").await;
        stranger.sign_in("wang", "wrong").await;
    }
    assert!(stranger.sign_in("li", PASSWORD).await.html().contains("slow_down"));
    assert!(li.clone().sign_in("wang", PASSWORD).await.html().contains("slow_down"), "it is known for its login only");
    office.clock.advance_ms(100_000);
    for _ in 0..4 {
        assert!(li.sign_in("li", "wrong").await.html().contains("sign_in_failed"));
    }
    assert!(li.sign_in("li", PASSWORD).await.html().contains("slow_down"), "it waits for its own");
    office.clock.advance_ms(2_000);
    let page = li.sign_in("li", PASSWORD).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let lasting = page.headers.get_all("set-cookie").iter().nth(1).unwrap().to_str().unwrap();
    for part in ["firebee_known=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
        assert!(lasting.contains(part), "{lasting}");
    }
}

/// whoever finds a browser that is signed in cannot try passwords on it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_374_wrong_present_passwords_make_the_next_one_wait() {
    let office = Office::sqlite().await;
    let li = Browser::of(&office, "li").await;
    let try_old = async |old: &str| {
        let page = li.get("/password").await;
        li.submit(&page, "/password", &[("old", old), ("new", "three red pumps"), ("again", "three red pumps")]).await
    };
    for _ in 0..4 {
        assert!(try_old("wrong").await.html().contains("password_wrong"));
    }
    let runs = office.app.passwords.runs();
    let waits = try_old(PASSWORD).await;
    assert!(waits.html().contains("slow_down") && waits.text().contains("3 秒"), "{}", waits.text());
    assert_eq!(office.app.passwords.runs(), runs, "what has to wait costs no hash");
    office.clock.advance_ms(2_000);
    assert_eq!(try_old(PASSWORD).await.status, StatusCode::SEE_OTHER);
}

/// a manager opens and closes accounts; who is not allowed to finds no such page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_033_a_manager_opens_and_closes_accounts_of_the_firm_and_nobody_else_does() {
    let office = Office::sqlite().await;
    Office::found(&office.app, OTHER_FIRM, true).await;
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    assert!(wang.get("/account").await.html().contains("href=\"/staff\""));
    assert!(!li.get("/account").await.html().contains("href=\"/staff\""));
    assert_eq!(li.get("/staff").await.status, StatusCode::NOT_FOUND);
    let page = wang.get("/staff").await;
    assert!(page.html().contains("马晓燕") && !page.html().contains("qian"), "{}", page.text());
    let own = format!("/staff/{}", office.account("wang"));
    assert!(!page.html().contains(&own), "nobody closes the own account");
    let close = format!("/staff/{}/close", office.account("li"));
    assert!(wang.submit(&page, &close, &[("reason", "离职")]).await.location().starts_with("/staff?done="));
    assert_eq!(li.get("/").await.status, StatusCode::SEE_OTHER, "a closed account sees nothing");
    let page = wang.get("/staff").await;
    let fields = page.form(&format!("/staff/{}/open", office.account("li")));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for path in [format!("{own}/close"), format!("/staff/{}/burn", office.account("li")), "/staff/x/open".into()] {
        assert_eq!(wang.send_form(&path, &fields, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    wang.submit(&page, &format!("/staff/{}/open", office.account("li")), &[]).await;
    let li = Browser::of(&office, "li").await;
    let account = li.get("/account").await.form("/sign-out");
    let hashes = office.app.passwords.runs();
    let fields: Vec<(&str, &str)> = account.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for remedy in ["close", "password", "phone"] {
        let path = format!("/staff/{}/{remedy}", office.account("ma"));
        assert_eq!(li.send_form(&path, &fields, &[]).await.status, StatusCode::NOT_FOUND, "a lead may not");
    }
    assert_eq!(office.app.passwords.runs(), hashes, "whoever may not costs no hash");
    for remedy in ["close", "password", "phone"] {
        let path = format!("/staff/{}/{remedy}", office.account("ma"));
        let mut qian = Browser::new(&office);
        qian.sign_in("qian", PASSWORD).await;
        let foreign = qian.get("/account").await.form("/sign-out");
        let fields: Vec<(&str, &str)> = foreign.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(qian.send_form(&path, &fields, &[]).await.status, StatusCode::NOT_FOUND, "R-032");
    }
}

/// a manager gives somebody a new password, which is shown once and has to be changed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r_374_a_manager_replaces_a_password_which_is_shown_once() {
    let office = Office::sqlite().await;
    let (li, wang) = (Browser::of(&office, "li").await, Browser::of(&office, "wang").await);
    let page = wang.get("/staff").await;
    let reset = format!("/staff/{}/password", office.account("li"));
    let shown = wang.submit(&page, &reset, &[]).await;
    let password = shown.html().split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!((shown.status, password.len(), shown.header("cache-control")), (StatusCode::OK, 19, "no-store"));
    let again = wang.submit(&page, &reset, &[]).await;
    assert!(again.html().contains("already_done") && !again.html().contains("<code>"), "{}", again.text());
    assert_eq!(li.get("/").await.status, StatusCode::SEE_OTHER, "the sessions have ended");
    let mut li = Browser::new(&office);
    assert_eq!(li.sign_in("li", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(li.sign_in("li", &password).await.status, StatusCode::SEE_OTHER);
    assert_eq!(li.get("/projects").await.location(), "/password");
    assert_eq!(office.acts("reset_password").await, 1);
}

/// A manager drops the key of a stolen phone, once what is given up is confirmed; nobody else does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_drops_the_key_of_a_stolen_phone_and_confirms_what_is_given_up() {
    let Morning { office, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let (wang, li) = (Browser::of(&office, "wang").await, Browser::of(&office, "li").await);
    let page = wang.get("/staff").await;
    let path = format!("/staff/{}/drop-key", office.account("ma"));
    assert!(page.text().contains("将永久放弃"), "{}", page.text());
    let revoked = sql!("SELECT count(*) FROM device_store WHERE state = 'revoked'");
    let bare = wang.submit(&page, &path, &[]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.html().contains("give_up_not_confirmed"), "{}", bare.text());
    let form = page.form(&path);
    let store = form.iter().find(|(name, _)| name == "store").unwrap().1.clone();
    let mut fields = li.get("/account").await.form("/sign-out");
    fields.extend([("store".into(), store), ("give_up".into(), "yes".into())]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(li.send_form(&path, &fields, &[]).await.status, StatusCode::NOT_FOUND, "a lead may not");
    assert_eq!(office.number(revoked).await, 0);
    assert!(wang.submit(&page, &path, &[("give_up", "yes")]).await.location().starts_with("/staff?done="));
    assert_eq!(office.number(revoked).await, 1);
    assert_eq!(office.number(sql!("SELECT count(*) FROM session WHERE store_id IS NULL AND epoch = 2")).await, 1);
    assert_eq!(office.acts("drop_device_key").await, 1);
    assert!(!wang.get("/staff").await.html().contains(&path));
}

/// a manager frees the account of a lost phone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_frees_the_account_of_a_lost_phone() {
    let Morning { office, .. } = Box::pin(morning(Office::sqlite().await)).await;
    let wang = Browser::of(&office, "wang").await;
    let page = wang.get("/staff").await;
    let release = format!("/staff/{}/phone", office.account("ma"));
    assert!(wang.submit(&page, &release, &[("reason", "手机丢了")]).await.location().starts_with("/staff?done="));
    let free = sql!("SELECT count(*) FROM session WHERE store_id IS NULL AND epoch = 2");
    assert_eq!(office.number(free).await, 1);
    assert!(!wang.get("/staff").await.html().contains(&release));
}
