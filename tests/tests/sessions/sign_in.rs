//! Login and password.

use crate::both;
use axum::http::Request;
use firebee_protocol::{
    session::{PasswordRequest, SignedBy},
    sign::password_text,
};
use firebee_server::{password::Source, row, sql, store::Tx};
use firebee_tests::house::{Answer, House, PASSWORD, Phone};
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use std::pin::pin;

both!(
    /// a company manager's account is not for the app.
    r_031_an_account_that_is_not_for_the_app_is_refused,
    /// a disabled account is not signed in, and the one that is signed in is stopped.
    r_033_a_disabled_account_is_refused_and_a_signed_in_phone_is_stopped,
    nobody_learns_from_an_answer_whether_a_login_exists,
    wrong_passwords_make_longer_waits_and_never_a_lock_out,
    a_wait_is_of_one_login_from_one_address_and_of_nobody_signed_in,
    a_phone_that_held_the_account_does_not_wait_for_what_others_typed_at_its_address,
    a_storm_of_wrong_passwords_sends_its_oldest_away_and_never_whoever_comes,
    /// nobody tries passwords where they are changed either.
    r_374_a_present_password_waits_as_a_sign_in_does,
    /// wrong passwords that others type keep nobody from changing theirs on a phone that held the account.
    r_374_a_phone_that_held_the_account_changes_its_password_behind_a_flooded_address,
);

async fn set(house: &House, login: &'static str, category: &'static str, enabled: bool) {
    let set = async move |tx: &mut Tx| {
        let set = sql!("UPDATE account SET category = ?2, enabled = ?3 WHERE login = ?1");
        tx.execute(set, &row![login, category, enabled]).await
    };
    assert_eq!(house.execute(set).await, 1);
}

async fn attempt(house: &House, login: &str, password: &str) -> Answer {
    let mut phone = Phone { password: password.into(), ..Phone::new(login) };
    phone.claim(house).await
}

async fn r_031_an_account_that_is_not_for_the_app_is_refused(house: House) {
    set(&house, "li", "company_manager", true).await;
    assert_eq!(attempt(&house, "li", PASSWORD).await.problem(), (403, "client_not_allowed".into()));
    assert_eq!(attempt(&house, "li", "another one").await.problem(), (401, "sign_in_failed".into()));
    assert_eq!(attempt(&house, "lead", PASSWORD).await.status, 200, "a lead uses both");
    assert_eq!(attempt(&house, "ma", PASSWORD).await.status, 200);
}

async fn r_033_a_disabled_account_is_refused_and_a_signed_in_phone_is_stopped(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    set(&house, "ma", "field_operator", false).await;
    let disabled = (403, "account_disabled".into());
    assert_eq!(phone.pull(&house).await.problem(), disabled);
    let told: serde_json::Value = phone.refresh(&house).await.json();
    assert_eq!(told["late"], "account_disabled");
    assert_eq!(phone.pull(&house).await.problem(), disabled, "the late token opens push and blobs");
    assert_eq!(phone.claim(&house).await.problem(), disabled);
    let new = Phone::new("ma").claim_request(Some(&phone));
    assert_eq!(house.send(house.post("/v1/session/claim", &new)).await.problem(), disabled, "no way around it");
    set(&house, "ma", "field_operator", true).await;
    assert_eq!(phone.pull(&house).await.problem(), (401, "token_expired".into()));
    assert_eq!(phone.refresh(&house).await.status, 200);
    assert_eq!(phone.pull(&house).await.status, 200);
}

async fn nobody_learns_from_an_answer_whether_a_login_exists(house: House) {
    set(&house, "li", "field_operator", false).await;
    set(&house, "lead", "company_manager", true).await;
    let mut bodies = Vec::new();
    for (login, password) in [
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("no body", PASSWORD),
        ("ma", "wrong password"),
        ("li", "wrong password"),
        ("lead", "wrong password"),
        ("ma", &"x".repeat(10_000)),
    ] {
        let before = house.app.passwords.runs();
        let answer = attempt(&house, login, password).await;
        assert_eq!(answer.problem(), (401, "sign_in_failed".into()), "{login}");
        assert_eq!(house.app.passwords.runs(), before + 1, "{login}: each costs one hash");
        bodies.push(answer.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "all are the same answer");
}

async fn wrong_passwords_make_longer_waits_and_never_a_lock_out(house: House) {
    for _ in 0..4 {
        assert_eq!(attempt(&house, "ma", "wrong password").await.problem(), (401, "sign_in_failed".into()));
    }
    let before = house.app.passwords.runs();
    let waits = attempt(&house, "ma", PASSWORD).await;
    assert_eq!((waits.problem(), waits.header("retry-after")), ((503, "slow_down".into()), "3"));
    assert_eq!(house.app.passwords.runs(), before, "what has to wait costs no hash");
    house.clock.advance_ms(2_000);
    assert_eq!(attempt(&house, "ma", "wrong password").await.problem(), (401, "sign_in_failed".into()));
    house.clock.advance_ms(2_000);
    assert_eq!(attempt(&house, "ma", PASSWORD).await.header("retry-after"), "3", "now it is four seconds");
    for _ in 0..20 {
        house.clock.advance_ms(300_000);
        assert_eq!(attempt(&house, "ma", "wrong password").await.problem(), (401, "sign_in_failed".into()));
    }
    house.clock.advance_ms(300_000);
    assert_eq!(attempt(&house, "ma", PASSWORD).await.status, 200, "five minutes are the longest wait");
    assert_eq!(house.number(sql!("SELECT count(*) FROM sign_in_failure")).await, 0, "and then all is forgotten");
}

async fn a_wait_is_of_one_login_from_one_address_and_of_nobody_signed_in(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    for _ in 0..4 {
        attempt(&house, "ma", "wrong password").await;
    }
    assert_eq!(attempt(&house, "ma", PASSWORD).await.problem(), (503, "slow_down".into()));
    assert_eq!(phone.pull(&house).await.status, 200);
    assert_eq!(attempt(&house, "li", PASSWORD).await.status, 200);
    let request: Request<_> = house.post("/v1/session/claim", &phone.claim_request(None));
    assert_eq!(house.send_from(request, [10, 1, 1, 2]).await.status, 200);
    // Also of what is no login at all: a mistyped one makes nobody else at this address wait.
    for _ in 0..4 {
        attempt(&house, "no body", "wrong password").await;
    }
    assert_eq!(attempt(&house, "no body", PASSWORD).await.problem(), (503, "slow_down".into()));
    assert_eq!(attempt(&house, "some body", PASSWORD).await.problem(), (401, "sign_in_failed".into()));
    let kept = house.number(sql!("SELECT max(length(login)) FROM sign_in_failure")).await;
    attempt(&house, &"no body".repeat(5_000), PASSWORD).await;
    assert_eq!(house.number(sql!("SELECT max(length(login)) FROM sign_in_failure")).await, kept, "however long it is");
}

async fn a_phone_that_held_the_account_does_not_wait_for_what_others_typed_at_its_address(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    phone.release(&house).await;
    for _ in 0..10 {
        attempt(&house, "ma", "wrong password").await;
    }
    assert_eq!(attempt(&house, "ma", PASSWORD).await.problem(), (503, "slow_down".into()), "a phone that nobody knows");
    let again =
        |password: &str| Phone { claim_id: Phone::new("ma").claim_id, password: password.into(), ..phone.clone() };
    let mut thief = Phone { key: Phone::new("ma").key, ..again(PASSWORD) };
    assert_eq!(thief.claim(&house).await.problem(), (503, "slow_down".into()), "its store with another key");
    let mut other = Phone { login: "li".into(), ..again(PASSWORD) };
    for _ in 0..4 {
        attempt(&house, "li", "wrong password").await;
    }
    assert_eq!(other.claim(&house).await.problem(), (503, "slow_down".into()), "its store for another login");
    for _ in 0..4 {
        assert_eq!(again("wrong password").claim(&house).await.problem(), (401, "sign_in_failed".into()));
    }
    assert_eq!(again(PASSWORD).claim(&house).await.problem(), (503, "slow_down".into()), "it waits for its own");
    house.clock.advance_ms(2_000);
    assert_eq!(again(PASSWORD).claim(&house).await.status, 200);
}

/// Passwords of one address that may wait.
const WAITING_MAX: usize = 32;

async fn a_storm_of_wrong_passwords_sends_its_oldest_away_and_never_whoever_comes(house: House) {
    // Both hashes that are computed at once are held, so whatever comes waits.
    let elsewhere = Source::Address("10.9.9.9".into());
    let turn = async || house.app.passwords.turn(&elsewhere).await.unwrap();
    let held = [turn().await, turn().await];
    let before = house.app.passwords.runs();
    let too_soon = (503, "slow_down".to_owned());
    let logins: Vec<String> = (0..100).map(|nth| format!("nobody{nth}")).collect();
    let mut storm: FuturesUnordered<_> = logins.iter().map(|login| attempt(&house, login, "wrong password")).collect();
    for _ in WAITING_MAX..logins.len() {
        assert_eq!(storm.next().await.unwrap().problem(), too_soon);
    }
    let mut honest = pin!(attempt(&house, "ma", PASSWORD));
    tokio::select! {
        answer = &mut honest => unreachable!("it waits for its turn: {answer:?}"),
        oldest = storm.next() => assert_eq!(oldest.unwrap().problem(), too_soon),
    }
    drop(held);
    let (honest, rest) = tokio::join!(honest, storm.collect::<Vec<_>>());
    assert_eq!(honest.status, 200);
    assert_eq!(rest.len(), WAITING_MAX - 1);
    assert!(rest.iter().all(|answer| answer.problem() == (401, "sign_in_failed".into())));
    assert_eq!(house.app.passwords.runs(), before + WAITING_MAX as u64, "who is sent away costs no hash");
    let counted = house.number(sql!("SELECT count(*) FROM sign_in_failure")).await;
    assert_eq!(counted, WAITING_MAX as i64 - 1, "and has not failed");
}

async fn r_374_a_phone_that_held_the_account_changes_its_password_behind_a_flooded_address(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    let stranger = Phone::new("ma");
    let new = "three red pumps";
    let request = |by: &Phone, old: &str| {
        let sig = by.sign(&password_text(phone.store_id, "ma", old, new));
        let by = Some(SignedBy { store_id: phone.store_id, sig });
        PasswordRequest { login: "ma".into(), old: old.into(), new: new.into(), by }
    };
    let send = async |body: &PasswordRequest| house.send(house.post("/v1/session/password", body)).await.problem();
    for _ in 0..10 {
        attempt(&house, "ma", "wrong password").await;
    }
    let too_soon = (503, "slow_down".to_owned());
    assert_eq!(
        send(&PasswordRequest { by: None, ..request(&phone, PASSWORD) }).await,
        too_soon,
        "a phone that nobody knows"
    );
    assert_eq!(send(&request(&stranger, PASSWORD)).await, too_soon, "its store by another key");
    let guessed = PasswordRequest { old: PASSWORD.into(), ..request(&phone, "wrong password") };
    assert_eq!(send(&guessed).await, too_soon, "what it signed, with another password");
    assert_eq!(send(&request(&phone, "wrong password")).await, (401, "sign_in_failed".into()));
    let done = house.send(house.post("/v1/session/password", &request(&phone, PASSWORD))).await;
    assert_eq!(done.status, 204);
    assert_eq!(phone.pull(&house).await.status, 200, "it stays signed in");
}

async fn r_374_a_present_password_waits_as_a_sign_in_does(house: House) {
    let new = "three red pumps";
    let change = async |old: &str| {
        let body = PasswordRequest { login: "ma".into(), old: old.into(), new: new.into(), by: None };
        house.send(house.post("/v1/session/password", &body)).await
    };
    for _ in 0..2 {
        assert_eq!(attempt(&house, "ma", "wrong password").await.problem(), (401, "sign_in_failed".into()));
        assert_eq!(change("wrong password").await.problem(), (401, "sign_in_failed".into()));
    }
    let runs = house.app.passwords.runs();
    let waits = change(PASSWORD).await;
    assert_eq!((waits.problem(), waits.header("retry-after")), ((503, "slow_down".into()), "3"));
    assert_eq!(attempt(&house, "ma", PASSWORD).await.problem(), (503, "slow_down".into()));
    assert_eq!(house.app.passwords.runs(), runs, "what has to wait costs no hash");
    house.clock.advance_ms(2_000);
    assert_eq!(change(PASSWORD).await.status, 204);
    assert_eq!(attempt(&house, "ma", new).await.status, 200);
}
