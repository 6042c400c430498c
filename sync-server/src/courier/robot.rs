//! Tells a chat group what waits: one digest a quarter of an hour at most, counts and a link, no names.

use super::client::{Answer, Client};
use crate::{
    keys::{Keys, sealed, signer::hmac_sha256},
    office::robot::said,
    org::Org,
    query::{self, robot::DueRow},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use firebee_domain::{
    robot::{Digest, Platform, Secrets},
    time::Timestamp,
    webhook::{Address, Unsent},
};
use firebee_protocol::text::{Arg, Language, say, say_with};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// Tells one group, where what waits is news. Returns whether it was told. What does not come through is tried in the next quarter
/// of an hour.
///
/// # Errors
/// As [`StoreError`] says. What a platform says is no error.
pub(super) async fn tell(
    app: &App,
    client: &Client,
    (org, keys): (Org, &Keys),
    row: &DueRow,
) -> Result<bool, StoreError> {
    let (now, by) = (app.clock.now(), row.robot.by);
    let read = async move |tx: &mut Tx| match query::member::member(tx, org, by).await? {
        Some(maker) if maker.actor.enabled => {
            query::robot::digest(tx, org, &maker.actor, now.china_day()).await.map(Some)
        }
        _ => Ok(None),
    };
    let found: Result<Option<Digest>, StoreError> = app.store.read("read_digest", read).await;
    let Some(digest) = found?.filter(|digest| digest.is_news(row.said.as_ref())) else { return Ok(false) };
    let id = row.robot.id;
    let opened = sealed::open(keys, id.0.as_bytes(), &row.sealed);
    let secrets: Option<Secrets> = opened.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(secrets) = secrets else {
        said(&app.store, org, id, (None, <&str>::from(Unsent::Sealed).to_owned(), now)).await?;
        return Ok(false);
    };
    let lines = lines(&digest);
    let (address, body) = message(row.robot.platform, &secrets, (&lines, &app.config.public_address("/")), now);
    let answer = client.post(&address, &[], body.to_string().into()).await;
    let (heard, answer) = judge(&answer);
    said(&app.store, org, id, (heard.then_some(digest), answer, now)).await?;
    Ok(heard)
}

/// What waits, a line each, in Chinese: the groups are.
fn lines(digest: &Digest) -> Vec<String> {
    let counted = [
        (digest.late, T::RobotLate),
        (digest.to_file, T::RobotToFile),
        (digest.to_review, T::RobotToReview),
        (digest.unhandled, T::RobotUnhandled),
        (digest.repairs, T::RobotRepairs),
    ];
    let said = |(count, text): (u64, T)| {
        say_with(Language::Zh, text, &[("count", Arg::from(usize::try_from(count).unwrap_or(usize::MAX)))])
    };
    counted.into_iter().filter(|(count, _)| *count > 0).map(said).collect()
}

/// The address and the body of a message, as its platform wants them, signed where the group asks for it.
fn message(
    platform: Platform,
    secrets: &Secrets,
    (lines, link): (&[String], &str),
    now: Timestamp,
) -> (Address, Value) {
    let Secrets { address, secret } = secrets;
    let (title, open) = (say(Language::Zh, T::RobotHead), say(Language::Zh, T::RobotOpen));
    let quoted: String = lines.iter().map(|line| format!("\n> {line}")).collect();
    match platform {
        Platform::Wecom => {
            let content = format!("**{title}**{quoted}\n> [{open}]({link})");
            (address.clone(), json!({ "msgtype": "markdown", "markdown": { "content": content } }))
        }
        Platform::Dingtalk => {
            let text = format!("#### {title}{}\n> [{open}]({link})", quoted.replace('\n', "\n\n"));
            let body = json!({ "msgtype": "markdown", "markdown": { "title": title, "text": text } });
            (dingtalk(address, secret, now), body)
        }
        Platform::Feishu => {
            let content = format!("{}\n[{open}]({link})", lines.join("\n"));
            let head = json!({ "title": { "tag": "plain_text", "content": title }, "template": "orange" });
            let text = json!({ "tag": "div", "text": { "tag": "lark_md", "content": content } });
            let mut body = json!({ "msg_type": "interactive", "card": { "header": head, "elements": [text] } });
            if let (false, Some(members)) = (secret.is_empty(), body.as_object_mut()) {
                let seconds = now.0.div_euclid(1_000);
                members.insert("timestamp".to_owned(), seconds.to_string().into());
                members.insert("sign".to_owned(), feishu_sign(secret, seconds).into());
            }
            (address.clone(), body)
        }
    }
}

/// The address with time and signature behind it.
fn dingtalk(address: &Address, secret: &str, now: Timestamp) -> Address {
    if secret.is_empty() {
        return address.clone();
    }
    let signed = format!("{address}&timestamp={}&sign={}", now.0, dingtalk_sign(secret, now.0));
    signed.parse().unwrap_or_else(|_| address.clone())
}

/// DingTalk: by the secret, over the milliseconds and the secret; escaped for an address.
fn dingtalk_sign(secret: &str, ms: i64) -> String {
    let signature = STANDARD.encode(hmac_sha256(secret.as_bytes(), format!("{ms}\n{secret}").as_bytes()));
    utf8_percent_encode(&signature, NON_ALPHANUMERIC).to_string()
}

/// Feishu: by the seconds and the secret, over nothing.
fn feishu_sign(secret: &str, seconds: i64) -> String {
    STANDARD.encode(hmac_sha256(format!("{seconds}\n{secret}").as_bytes(), b""))
}

/// Whether a platform took a message. Its errors stand in the body of a success.
fn judge(answer: &Result<Answer, Unsent>) -> (bool, String) {
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return (false, <&str>::from(*error).to_owned()),
    };
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    let code = ["errcode", "code"].iter().find_map(|name| body.get(name)?.as_i64());
    match code {
        Some(0) if answer.status == 200 => (true, String::new()),
        Some(code) => (false, code.to_string()),
        None => (false, answer.status.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_a_message_is_signed_as_each_platform_wants_it() {
        let (secret, seconds) = ("SEC-example", 1_599_360_473);
        assert_eq!(dingtalk_sign(secret, seconds * 1_000), "w8Dk8fESLiNiyStaFivbRxJEItPCP7Z5QZ7qyC1vtQU%3D");
        assert_eq!(feishu_sign(secret, seconds), "izOqa/+3Y7x+8ujAInGzOUwe/gfcvazSPyvrY+KWNBk=");
    }
}
