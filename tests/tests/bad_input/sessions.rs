//! Sign-in with what nobody types.

use firebee_domain::code::Code;
use firebee_server::sql;
use firebee_tests::{house::Phone, http::Raw, served::Served};

const JSON: &str = "application/json";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_that_is_no_claim_has_its_code_and_leaves_no_store() {
    let served = Served::start().await;
    let deep = format!("{{\"login\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000));
    let bad = [
        ("nothing", String::new()),
        ("no JSON", "<xml/>".to_owned()),
        ("an array", "[]".to_owned()),
        ("a member missing", "{}".to_owned()),
        ("deep nesting", deep),
        ("a login twice", "{\"login\":\"a\",\"login\":\"b\"}".to_owned()),
        ("a number for a login", "{\"login\":7}".to_owned()),
    ];
    for (what, body) in bad {
        let raw = Raw::new("POST", "/v1/session/claim").body(JSON, body);
        let answer = raw.send(served.address).await;
        let problem = answer.problem();
        assert_eq!((problem.status, problem.code.as_str()), (400, "bad_request"), "{what}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("xml"), "the answer repeats what was sent");
    }
    let large = Raw::new("POST", "/v1/session/claim").body(JSON, vec![b' '; 200 << 10]);
    assert_eq!(large.send(served.address).await.problem().code, Code::TooLarge);
    let typed = Raw::new("POST", "/v1/session/claim").body("text/plain", "{}");
    assert_eq!(typed.send(served.address).await.problem().code, Code::UnsupportedMediaType);
    assert_eq!(served.count(sql!("SELECT count(*) FROM device_store")).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logins_of_any_shape_are_an_ordinary_failed_sign_in_and_the_server_goes_on() {
    let served = Served::start().await;
    let logins =
        ["名".repeat(10_000), "a\0b".into(), "\u{202e}admin".into(), "' OR 1=1 --".into(), String::new(), "\n".into()];
    for login in logins {
        // Failures slow an address down; that is another test's business.
        served.app.clock.advance_ms(3_600_000);
        let claim = serde_json::to_vec(&Phone::new(&login).claim_request(None)).unwrap();
        let answer = Raw::new("POST", "/v1/session/claim").body(JSON, claim).send(served.address).await;
        let problem = answer.problem();
        assert_eq!((problem.status, problem.code.as_str()), (401, "sign_in_failed"), "{login:?}: {problem:?}");
    }
    assert_eq!(served.count(sql!("SELECT count(*) FROM device_store")).await, 0);
    assert_eq!(Raw::new("GET", "/healthz").send(served.address).await.status, 200);
}
