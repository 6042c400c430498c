//! Robots of chat groups against a real receiver, on both engines (R-388).

use crate::{
    both,
    fixture::{Morning, morning},
    receiver::{Receiver, taken_out},
};
use axum::http::StatusCode;
use firebee_server::{
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{browse::Browser, office::Office};
use serde_json::Value;

both!(
    /// R-388: a group is told counts and a link and no names, at most once a quarter of an hour, and only what is news; what
    /// does not come through is tried in the next one.
    r_388_a_group_is_told_counts_at_most_once_a_quarter_of_an_hour,
    /// R-388: address and secret of a robot are sealed: no table, no line of the log and no page shows them.
    r_388_the_secrets_of_a_robot_are_shown_nowhere,
);

async fn add(wang: &Browser, platform: &str, address: &str) -> StatusCode {
    let fields = [("name", "值班群"), ("platform", platform), ("address", address), ("secret", "SEC-example")];
    wang.submit(&wang.get("/robots").await, "/robots", &fields).await.status
}

async fn r_388_a_group_is_told_counts_at_most_once_a_quarter_of_an_hour(office: Office) {
    let receiver = Receiver::start().await;
    let wang = Browser::of(&office, "wang").await;
    for platform in ["wecom", "dingtalk", "feishu"] {
        let address = format!("http://127.0.0.1:{}/{platform}?key=geheim", receiver.port);
        assert_eq!(add(&wang, platform, &address).await, StatusCode::SEE_OTHER);
    }
    assert_eq!((taken_out(&office).await, receiver.take().len()), (0, 0), "that nothing waits is not said");
    let Morning { office, .. } = Box::pin(morning(office)).await;
    assert_eq!((taken_out(&office).await, receiver.take().len()), (0, 0), "the quarter of an hour is not over");
    office.clock.advance_ms(15 * 60_000);
    receiver.says("200 OK", r#"{"errcode":310000,"code":19021,"errmsg":"sign not match"}"#);
    assert_eq!((taken_out(&office).await, receiver.take().len()), (0, 3), "an error comes in the body of a success");
    assert!(wang.get("/robots").await.html().contains("310000"));
    office.clock.advance_ms(15 * 60_000);
    receiver.says("200 OK", r#"{"errcode":0,"code":0}"#);
    assert_eq!(taken_out(&office).await, 3);
    let came = receiver.take();
    for (head, body) in &came {
        let text = String::from_utf8(body.clone()).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        for word in ["Firebee", "待审核的任务：1 个", "未处理的故障：1 处", "http"] {
            assert!(text.contains(word), "{word}: {text}");
        }
        for name in ["马", "安泰", "项目", "大厦"] {
            assert!(!text.contains(name), "{name}: {text}");
        }
        match head.split(' ').nth(1).unwrap() {
            path if path.starts_with("/wecom") => {
                assert_eq!((path, &json["msgtype"]), ("/wecom?key=geheim", &"markdown".into()))
            }
            path if path.starts_with("/dingtalk") => {
                assert!(path.contains("&timestamp=") && path.contains("&sign="), "{path}");
                assert!(json["markdown"]["title"].is_string());
            }
            path => {
                assert_eq!((path, &json["msg_type"]), ("/feishu?key=geheim", &"interactive".into()));
                assert!(json["timestamp"].is_string() && json["sign"].is_string(), "{text}");
            }
        }
    }
    office.clock.advance_ms(15 * 60_000);
    assert_eq!((taken_out(&office).await, receiver.take().len()), (0, 0), "the group knows that");
    let page = wang.get("/robots").await;
    let off = page.html().split("action=\"/robots/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let done = wang.submit(&page, &format!("/robots/{off}"), &[]).await;
    assert!(wang.get(done.location()).await.html().contains("已停用"));
    let li = Browser::of(&office, "li").await;
    assert_eq!(li.get("/robots").await.status, StatusCode::NOT_FOUND);
}

async fn r_388_the_secrets_of_a_robot_are_shown_nowhere(office: Office) {
    let wang = Browser::of(&office, "wang").await;
    assert_eq!(add(&wang, "feishu", "https://evil.example/").await, StatusCode::UNPROCESSABLE_ENTITY);
    let address = "https://open.feishu.cn/open-apis/bot/v2/hook/geheim";
    assert_eq!(add(&wang, "feishu", address).await, StatusCode::SEE_OTHER);
    let read = async move |tx: &mut Tx| {
        let robot = tx.query(sql!("SELECT body, sealed FROM robot"), &row![]).await?;
        let line = tx.query(sql!("SELECT line FROM act ORDER BY seq DESC LIMIT 1"), &row![]).await?;
        Ok((robot[0].get::<String>(0)?, robot[0].get::<Vec<u8>>(1)?, line[0].get::<Vec<u8>>(0)?))
    };
    let kept: Result<(String, Vec<u8>, Vec<u8>), StoreError> = office.app.store.read("kept", read).await;
    let (body, sealed, line) = kept.unwrap();
    let page = wang.get("/robots").await.html();
    for kept in [body.as_bytes(), &sealed, &line, page.as_bytes()] {
        for secret in ["geheim", "SEC-example"] {
            assert!(!kept.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
    assert!(String::from_utf8(line).unwrap().contains("make_robot"));
}
