//! Logs and metrics: one span and one line for each request. They never contain a name, a login, a token, a position or
//! the query part of an address.

use crate::random::uuid_v4;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use firebee_protocol::push::SERVER_HEADER;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{
    sync::OnceLock,
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
            metrics::set_global_recorder(recorder).ok().map(|()| handle)
        });
        Self(made.clone())
    }
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
    // Answers that must not be cached set this header themselves. All others may be cached by this client only, and
    // must be revalidated.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let (status, took) = (response.status().as_u16(), started.elapsed());
    let code = status.to_string();
    // Whoever makes up methods makes no new time series.
    let method = if KNOWN_METHODS.contains(&method) { method.as_str().to_owned() } else { "other".to_owned() };
    metrics::counter!("firebee_requests_total", "method" => method, "route" => route.clone(), "status" => code)
        .increment(1);
    metrics::histogram!("firebee_request_seconds", "route" => route).record(took.as_secs_f64());
    span.in_scope(|| report(status, took));
    response
}

fn report(status: u16, took: Duration) {
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match status {
        500.. => tracing::error!(status, took_ms, "a request failed"),
        400.. => tracing::info!(status, took_ms, "a request was refused"),
        _ => tracing::debug!(status, took_ms, "a request was answered"),
    }
}
