//! Logs and metrics: one span and one line for each request. They never contain a name, a login, a token, a position or
//! the query part of an address.

use crate::random::uuid_v4;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use firebee_domain::code::Code;
use firebee_protocol::push::{CODE_HEADER, SERVER_HEADER};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{
    sync::{Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};
use tracing::Instrument;

/// The server's version, as each answer carries it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Each answer carries the id under which the log has the request.
const REQUEST_HEADER: &str = "firebee-request";
/// Upper bounds of durations, in seconds.
const BUCKETS_S: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

const KNOWN_METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];

/// The metrics of this process.
#[derive(Clone)]
pub struct Metrics(Option<PrometheusHandle>);

impl Metrics {
    /// Starts collecting metrics. Several servers in one process share them.
    pub fn install() -> Self {
        static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
        let made = HANDLE.get_or_init(|| {
            let recorder = PrometheusBuilder::new().set_buckets(&BUCKETS_S).ok()?.build_recorder();
            let handle = recorder.handle();
            // A recorder may already be installed, for example by a test. Then this server shows no metrics.
            metrics::set_global_recorder(recorder).ok()?;
            // An alarm on a rate needs the zero that it rises from.
            for counter in Counter::ALL {
                metrics::counter!(counter.name()).increment(0);
            }
            Some(handle)
        });
        Self(made.clone())
    }
}

/// What is counted beside requests. The guide says of each when to let an alarm ring.
#[derive(Clone, Copy, Debug)]
pub enum Counter {
    /// A fact could not be applied and is quarantined.
    ApplyFailed,
    /// Somebody did not sign in with a login and a password.
    SignInFailed,
    /// A picture was checked.
    BlobVerified,
    /// A password was hashed, to set it or to compare it.
    PasswordHashed,
}

impl Counter {
    const ALL: [Self; 4] = [Self::ApplyFailed, Self::SignInFailed, Self::BlobVerified, Self::PasswordHashed];

    const fn name(self) -> &'static str {
        match self {
            Self::ApplyFailed => "firebee_apply_failed_total",
            Self::SignInFailed => "firebee_sign_in_failures_total",
            Self::BlobVerified => "firebee_blobs_verified_total",
            Self::PasswordHashed => "firebee_password_hashes_total",
        }
    }
}

/// Counts one more.
pub fn count(what: Counter) {
    metrics::counter!(what.name()).increment(1);
}

/// `GET /metrics`, on its own address.
pub async fn metrics(State(metrics): State<Metrics>) -> String {
    metrics.0.map(|handle| handle.render()).unwrap_or_default()
}

/// Around every request.
pub async fn observe(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    // Logs the route pattern, because the path itself may contain personal data.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let id = uuid_v4().map(|id| id.simple().to_string()).unwrap_or_default();
    let span = tracing::info_span!("request", %id, %method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let headers = response.headers_mut();
    headers.insert(SERVER_HEADER, HeaderValue::from_static(VERSION));
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_HEADER, value);
    }
    // An answer that may be cached sets this header itself. Nobody may keep any other.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let (status, took) = (response.status().as_u16(), started.elapsed());
    let code = status.to_string();
    // Unknown methods share one name, so that nobody can fill the metrics with made-up ones.
    let method = if KNOWN_METHODS.contains(&method) { method.as_str().to_owned() } else { "other".to_owned() };
    metrics::counter!("firebee_requests_total", "method" => method, "route" => route.clone(), "status" => code)
        .increment(1);
    metrics::histogram!("firebee_request_seconds", "route" => route).record(took.as_secs_f64());
    // A page has its code beside it, an answer to a phone in a header.
    let header = response.headers().get(CODE_HEADER).and_then(|word| word.to_str().ok());
    let word = response.extensions().get::<Code>().map(|code| code.word()).or(header);
    span.in_scope(|| report(status, word, took));
    response
}

/// The last year of which the working days are known.
pub fn calendar_last_year(year: i32) {
    metrics::gauge!("firebee_calendar_last_year").set(year);
}

/// Room on the disk of the blobs.
pub fn disk_free(bytes: u64) {
    // A gauge is a float; what is lost at these sizes is less than a page.
    metrics::gauge!("firebee_disk_free_bytes").set(bytes as f64);
}

fn report(status: u16, code: Option<&str>, took: Duration) {
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match status {
        500.. => tracing::error!(status, code, took_ms, "a request failed"),
        400.. => tracing::info!(status, code, took_ms, "a request was refused"),
        _ => tracing::debug!(status, took_ms, "a request was answered"),
    }
}

/// How often a complaint that anybody may cause is logged.
const SELDOM: Duration = Duration::from_secs(60);

/// Lets a complaint through once a minute, so that nobody fills the log.
#[derive(Debug, Default)]
pub struct Seldom(Mutex<Option<(Instant, u64)>>);

impl Seldom {
    /// One that has said nothing yet.
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// How many complaints were left out since the last one; `None` when this one is left out, too.
    pub fn say(&self) -> Option<u64> {
        self.say_at(Instant::now())
    }

    fn say_at(&self, now: Instant) -> Option<u64> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *last {
            Some((at, left_out)) if now.duration_since(*at) < SELDOM => {
                *left_out += 1;
                None
            }
            other => Some(other.replace((now, 0)).map_or(0, |(_, left_out)| left_out)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_said_once_a_minute_with_the_number_of_those_left_out() {
        let (seldom, now) = (Seldom::new(), Instant::now());
        let after = |seconds| now + Duration::from_secs(seconds);
        let said: Vec<_> = [0, 1, 59, 60, 61].map(|seconds| seldom.say_at(after(seconds))).to_vec();
        assert_eq!(said, [Some(0), None, None, Some(2), None]);
    }
}
