//! Requests that are wrong as a whole: refused, nothing stored, and the next good push is taken.

use firebee_domain::code::Action;
use firebee_protocol::push::INCARNATION_HEADER;
use firebee_server::sql;
use firebee_tests::{
    device::{Device, Sign},
    http::Raw,
    served::{Served, taken},
};

const NDJSON: &str = "application/x-ndjson";

struct Site {
    served: Served,
    device: Device,
    token: String,
}

impl Site {
    async fn new() -> Self {
        let served = Served::start().await;
        let (mut device, token) = served.device(&served.firm, served.firm.operators[0], 1).await;
        device.whole_task(&served.firm, &served.firm.items_of(0)[..2], served.firm.assignments[0]);
        Self { served, device, token }
    }

    fn push(&self) -> Raw {
        self.served.request(&self.token, "POST", "/v1/push")
    }

    /// The good push, not packed.
    fn plain(&self) -> Vec<u8> {
        let packed = self.device.request(1, self.device.head(), Sign::Right).body;
        zstd::decode_all(packed.as_ref()).unwrap()
    }

    async fn refuses(&self, what: &str, raw: Raw, status: u16, code: &str) {
        let answer = raw.send(self.served.address).await;
        let problem = answer.problem();
        assert_eq!((problem.status, problem.code.as_str()), (status, code), "{what}: {problem:?}");
        assert!(answer.header("firebee-server").is_some(), "{what}: a captive portal would look like this");
        assert_eq!(self.served.count(sql!("SELECT count(*) FROM fact")).await, 0, "{what}");
        assert_eq!(self.served.count(sql!("SELECT count(*) FROM push")).await, 0, "{what}");
    }

    /// The same device goes on as if nothing had been.
    async fn goes_on(&self) {
        let reply = taken(&self.served.push(&self.device, &self.token).await);
        assert_eq!((reply.acked_through, reply.results.len()), (self.device.head(), 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_that_is_no_frame_is_refused_and_costs_nothing() {
    let site = Site::new().await;
    let good = String::from_utf8(site.plain()).unwrap();
    let (frame, rest) = good.split_once('\n').unwrap();
    let with = |from: &str, to: &str| {
        assert!(frame.contains(from), "{frame}");
        format!("{}\n{rest}", frame.replace(from, to))
    };
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let bad = [
        ("nothing at all", String::new()),
        ("no line end", frame.to_owned()),
        ("the last line without its end", good.trim_end().to_owned()),
        ("a line more than counted", format!("{good}{{}}\n")),
        ("a line too few", with("\"count\":7", "\"count\":8")),
        ("a byte order mark", format!("\u{feff}{good}")),
        ("a blank in front", format!(" \n{good}")),
        ("a key twice", with("\"v\":1", "\"v\":1,\"v\":1")),
        ("another version", with("\"v\":1", "\"v\":2")),
        ("a fraction", with("\"first_seq\":1", "\"first_seq\":1.0")),
        ("an exponent", with("\"first_seq\":1", "\"first_seq\":1e0")),
        ("a negative seq", with("\"first_seq\":1", "\"first_seq\":-1")),
        ("seq zero", with("\"first_seq\":1", "\"first_seq\":0")),
        ("a huge seq", with("\"first_seq\":1", "\"first_seq\":9007199254740993")),
        ("a number with 400 digits", with("\"first_seq\":1", &format!("\"first_seq\":{}", "9".repeat(400)))),
        ("a text for a number", with("\"first_seq\":1", "\"first_seq\":\"1\"")),
        ("deep nesting", with("\"v\":1", &format!("\"v\":1,\"x\":{deep}"))),
        ("not an object", format!("[]\n{rest}")),
        ("html", "<!doctype html><html></html>\n".to_owned()),
    ];
    assert!(frame.contains("\"count\":7"), "{frame}");
    for (what, body) in bad {
        site.refuses(what, site.push().body(NDJSON, body), 400, "malformed_frame").await;
    }
    let binary: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    site.refuses("binary", site.push().body(NDJSON, binary), 400, "malformed_frame").await;
    site.goes_on().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bomb_is_stopped_at_eight_mebibytes_whatever_its_header_says() {
    let site = Site::new().await;
    let zstd = |body: Vec<u8>| site.push().with("Content-Encoding", "zstd").body(NDJSON, body);
    let bomb = zstd::encode_all(std::io::Read::take(std::io::repeat(b'a'), 512 << 20), 1).unwrap();
    assert!(bomb.len() < 100_000, "{} bytes on the wire", bomb.len());
    site.refuses("a bomb of 512 MiB", zstd(bomb), 413, "too_large").await;
    let good = zstd::encode_all(site.plain().as_slice(), 3).unwrap();
    site.refuses("two zstd frames", zstd([good.clone(), good.clone()].concat()), 400, "malformed_frame").await;
    site.refuses("a zstd frame cut short", zstd(good[..good.len() - 1].to_vec()), 400, "malformed_frame").await;
    site.refuses("not zstd", zstd(site.plain()), 400, "malformed_frame").await;
    // A frame header that asks for a window of 2 GiB: the decoder would take the memory before the first byte.
    let wide = [&[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8][..], &[0x01, 0x00, 0x00]].concat();
    site.refuses("a window of gigabytes", zstd(wide), 400, "malformed_frame").await;
    site.refuses(
        "a skippable frame only",
        zstd(vec![0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]),
        400,
        "malformed_frame",
    )
    .await;
    site.goes_on().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_above_the_limit_is_refused_and_the_device_sends_smaller_ones() {
    let site = Site::new().await;
    let large = site.push().body(NDJSON, vec![b'a'; 9 << 20]);
    site.refuses("9 MiB", large, 413, "too_large").await;
    let piece = [b"10000\r\n".as_slice(), &[b'a'; 1 << 16], b"\r\n"].concat();
    let chunk = [piece.repeat(9 << 4), b"0\r\n\r\n".to_vec()].concat();
    let chunked = site.push().with("Transfer-Encoding", "chunked").body(NDJSON, chunk);
    site.refuses("9 MiB that do not say how long they are", chunked, 413, "too_large").await;
    let problem = site.push().body(NDJSON, vec![b'a'; 9 << 20]).send(site.served.address).await.problem();
    assert_eq!(problem.action, Action::Resend);
    site.goes_on().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_content_type_or_packing_is_refused() {
    let site = Site::new().await;
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", "", "application/x-ndjsonx"] {
        site.refuses(kind, site.push().body(kind, site.plain()), 415, "unsupported_media_type").await;
    }
    for packing in ["gzip", "br", "zstd, zstd", "deflate"] {
        let raw = site.push().with("Content-Encoding", packing).body(NDJSON, site.plain());
        site.refuses(packing, raw, 415, "unsupported_media_type").await;
    }
    site.goes_on().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_method_path_token_or_incarnation_has_its_code() {
    let site = Site::new().await;
    let (served, body) = (&site.served, site.plain());
    let incarnation = served.firm.keys.incarnation.to_string();
    let bare = || Raw::new("POST", "/v1/push").body(NDJSON, site.plain());
    site.refuses("GET", served.request(&site.token, "GET", "/v1/push"), 405, "method_not_allowed").await;
    site.refuses("no route", served.request(&site.token, "GET", "/v1/../etc/passwd"), 404, "not_found").await;
    site.refuses("no incarnation", bare(), 409, "incarnation_changed").await;
    let with = |token: &str| bare().with(INCARNATION_HEADER, &incarnation).with("Authorization", token);
    site.refuses("no token", bare().with(INCARNATION_HEADER, &incarnation), 401, "sign_in_again").await;
    for token in ["Bearer", "Bearer x", "Basic Zm9vOmJhcg==", "Bearer fb_r_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        site.refuses(token, with(token), 401, "sign_in_again").await;
    }
    let unknown = "Bearer fb_a_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    site.refuses("an unknown token", with(unknown), 401, "token_expired").await;
    let changed = String::from_utf8(body).unwrap().replacen(&site.device.store_id.to_string(), &incarnation, 1);
    site.refuses("another store", site.push().body(NDJSON, changed), 403, "store_mismatch").await;
    let epoch = String::from_utf8(site.plain()).unwrap().replacen("\"epoch\":1", "\"epoch\":7", 1);
    site.refuses("another epoch", site.push().body(NDJSON, epoch), 403, "store_mismatch").await;
    site.goes_on().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signature_or_a_seq_that_does_not_fit_has_its_code() {
    let site = Site::new().await;
    let packed = |first, last, sign| site.device.request(first, last, sign).body.to_vec();
    let push = |body| site.push().with("Content-Encoding", "zstd").body(NDJSON, body);
    site.refuses("a wrong signature", push(packed(1, 3, Sign::Wrong)), 422, "chain_mismatch").await;
    site.refuses("a gap", push(packed(2, 3, Sign::Right)), 409, "gap").await;
    site.goes_on().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pull_with_a_cursor_that_is_none_of_ours_has_its_code() {
    let site = Site::new().await;
    for (query, status, code) in [
        ("cursor=x", 410, "cursor_expired"),
        ("cursor=1.00000000-0000-4000-8000-000000000000.5", 410, "cursor_expired"),
        ("cursor=%00%ff", 410, "cursor_expired"),
        ("limit=-1", 400, "bad_request"),
        ("limit=99999999999999999999", 400, "bad_request"),
    ] {
        let raw = site.served.request(&site.token, "GET", &format!("/v1/pull?{query}"));
        site.refuses(query, raw, status, code).await;
    }
    site.goes_on().await;
}
