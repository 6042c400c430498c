//! The result of a request: an answer of the server, a refusal, or no answer.

use crate::ports::{Clocks, Response, SignerError, TransportError};
use crate::{
    cache::CacheError,
    journal::{JournalError, Meeting},
};
use firebee_domain::{
    code::{Action, Code},
    time::{Anchor, Timestamp},
};
use firebee_protocol::{
    problem::{CodeWord, Problem},
    push::{CODE_HEADER, SERVER_HEADER, STAMP_HEADER},
    stamp::read_stamp,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A good answer (2xx), and the clocks around it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The answer.
    pub response: Response,
    /// The clocks when the request was handed to the network.
    pub sent: Clocks,
    /// The clocks when the whole answer was here.
    pub received: Clocks,
}

impl Answer {
    /// The body as JSON of this shape.
    ///
    /// # Errors
    /// `server_unverified`: the answer does not follow the protocol, so it does not count.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.response.body).map_err(|_| Failure::of(Code::ServerUnverified))
    }

    /// The server's time at the middle of the round trip, signed if the answer carries a stamp; `None` if the phone
    /// restarted meanwhile. `server_ms` is what an answer without a stamp says.
    pub fn meeting(&self, server_ms: Timestamp) -> Option<Meeting> {
        let stamp = self.response.header(STAMP_HEADER).and_then(read_stamp);
        let (server_ms, stamp) = stamp.map_or((server_ms, None), |(server_ms, stamp)| (server_ms, Some(stamp)));
        let rtt_ms = self.received.boot_ms.checked_sub(self.sent.boot_ms).filter(|rtt| *rtt >= 0)?;
        let boot_id = self.sent.boot_id;
        let boot_ms = self.sent.boot_ms.saturating_add(rtt_ms / 2);
        let anchor = Anchor { server_ms, boot_ms, boot_id, rtt_ms };
        (boot_id == self.received.boot_id).then_some(Meeting { anchor, stamp })
    }
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct Failure {
    /// The stable code, the server's or the phone's own.
    pub code: CodeWord,
    /// What the client does about it: what the server said, or else what the table of codes says.
    pub action: Action,
    /// Facts about this occurrence, as the server gave them.
    pub detail: Value,
    /// How long the server asked to be left alone.
    pub retry_after_ms: Option<i64>,
    /// No answer came in time. The request may have been too large for the link.
    pub timed_out: bool,
    /// The server itself refused: neither the network, a proxy, nor the phone.
    pub by_server: bool,
}

impl Failure {
    /// A failure of this code.
    pub fn of(code: Code) -> Self {
        let (code, action) = (code.into(), code.action());
        Self { code, action, detail: Value::Null, retry_after_ms: None, timed_out: false, by_server: false }
    }

    /// Whether a person must act before the lane goes on.
    pub fn needs_person(&self) -> bool {
        self.code.known().map_or(self.action.needs_person(), Code::needs_person)
    }

    /// The detail as a `T`; `None` when the server sent no such detail.
    pub fn detail<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_value(self.detail.clone()).ok()
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        Self::of(error.code())
    }
}

impl From<CacheError> for Failure {
    fn from(error: CacheError) -> Self {
        Self::of(error.code())
    }
}

impl From<SignerError> for Failure {
    fn from(error: SignerError) -> Self {
        Self::of(error.code())
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self { timed_out: error == TransportError::TimedOut, ..Self::of(error.code()) }
    }
}

/// A server may not silence a phone for longer than this by one header.
const RETRY_AFTER_MAX_S: i64 = 3_600;

/// Separates answers from refusals. An answer without the server's header comes from a captive portal and counts as a
/// network error. The exception is "too large": then something on the way lets no body of this size through.
pub(super) fn judge(response: Response) -> Result<Response, Failure> {
    if response.header(SERVER_HEADER).is_none() {
        return Err(Failure::of(if response.status == 413 { Code::NetworkRefusesSize } else { Code::CaptivePortal }));
    }
    if (200..300).contains(&response.status) {
        return Ok(response);
    }
    let (code, action, detail) = match serde_json::from_slice::<Problem>(&response.body) {
        Ok(told) => (told.code, told.action, told.detail),
        Err(_) => {
            let bare = code_of(response.status);
            let code = response.header(CODE_HEADER).map_or(bare.into(), |word| CodeWord::from(word.to_owned()));
            let action = code.known().unwrap_or(bare).action();
            (code, action, Value::Null)
        }
    };
    let retry_after_ms = response
        .header("retry-after")
        .and_then(|seconds| seconds.trim().parse::<i64>().ok())
        .map(|seconds| seconds.clamp(0, RETRY_AFTER_MAX_S) * 1_000);
    Err(Failure { code, action, detail, retry_after_ms, timed_out: false, by_server: true })
}

/// The code for a status when neither body nor header carries one, as from an older server.
const fn code_of(status: u16) -> Code {
    match status {
        401 => Code::TokenExpired,
        404 => Code::NotFound,
        410 => Code::CursorExpired,
        413 => Code::TooLarge,
        426 => Code::UpgradeRequired,
        429 | 503 => Code::SlowDown,
        460 => Code::BlobMismatch,
        507 => Code::ServerFull,
        400..500 => Code::BadRequest,
        _ => Code::ServerError,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use firebee_domain::id::BootId;
    use uuid::Uuid;

    fn answer(status: u16, ours: bool, retry_after: Option<&str>, body: &'static str) -> Result<Response, Failure> {
        let mut headers = Vec::new();
        if ours {
            headers.push((SERVER_HEADER.to_owned(), "0.1.0".to_owned()));
        }
        headers.extend(retry_after.map(|value| ("retry-after".to_owned(), value.to_owned())));
        judge(Response { status, headers, body: Bytes::from_static(body.as_bytes()) })
    }

    #[test]
    fn an_answer_without_the_servers_header_is_a_captive_portals_whatever_its_status() {
        for status in [200, 204, 302, 404, 409, 511] {
            assert_eq!(answer(status, false, None, "<html>").unwrap_err().code, Code::CaptivePortal);
        }
        assert_eq!(answer(413, false, None, "").unwrap_err().code, Code::NetworkRefusesSize);
        assert_eq!(answer(413, true, None, "").unwrap_err().code, Code::TooLarge);
        assert!(answer(200, true, None, "").is_ok());
    }

    #[test]
    fn a_problem_keeps_its_code_and_detail_and_a_bare_status_gets_one() {
        let body = r#"{"type":"about:blank","status":409,"code":"gap","title":"","title_en":"","action":"resend","detail":{"expected":7}}"#;
        let gap = answer(409, true, None, body).unwrap_err();
        assert_eq!(
            (gap.code.known(), gap.detail::<firebee_protocol::push::Gap>().unwrap().expected),
            (Some(Code::Gap), 7)
        );
        assert_eq!(answer(503, true, Some("7"), "").unwrap_err().retry_after_ms, Some(7_000));
        assert_eq!(answer(503, true, Some("999999999"), "").unwrap_err().retry_after_ms, Some(3_600_000));
        assert_eq!(answer(507, true, None, "").unwrap_err().code, Code::ServerFull);
    }

    #[test]
    fn the_action_that_the_server_names_counts_also_where_the_table_here_has_another_or_none() {
        let known = r#"{"type":"about:blank","status":409,"code":"gap","title":"","title_en":"","action":"stop"}"#;
        assert_eq!(answer(409, true, None, known).unwrap_err().action, Action::Stop);
        let newer = r#"{"type":"about:blank","status":409,"code":"of_a_newer_server","title":"","title_en":"","action":"sign_in"}"#;
        let failure = answer(409, true, None, newer).unwrap_err();
        assert_eq!((failure.code.known(), failure.action), (None, Action::SignIn));
        assert!(failure.needs_person(), "nobody but a person signs in");
    }

    #[test]
    fn an_anchor_lies_in_the_middle_of_the_round_trip_of_one_boot() {
        let clocks = |boot_ms, boot| Clocks {
            wall_ms: Timestamp(0),
            boot_ms,
            boot_id: BootId(Uuid::from_u128(boot)),
            satellites: None,
        };
        let response = Response { status: 200, headers: Vec::new(), body: Bytes::new() };
        let mut answer = Answer { response, sent: clocks(1_000, 1), received: clocks(1_080, 1) };
        let Meeting { anchor, stamp } = answer.meeting(Timestamp(5)).unwrap();
        assert_eq!(stamp, None);
        assert_eq!((anchor.server_ms, anchor.boot_ms, anchor.rtt_ms), (Timestamp(5), 1_040, 80));
        answer.received = clocks(10, 2);
        assert_eq!(answer.meeting(Timestamp(5)), None);
    }
}
