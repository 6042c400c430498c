//! Whether a request came over TLS. The server itself speaks HTTP; the proxy before it says.

use super::address::peer;
use crate::state::App;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use std::{convert::Infallible, net::IpAddr};

/// Whether the client spoke TLS, as a trusted proxy says. What anybody else says is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tls(pub bool);

impl FromRequestParts<App> for Tls {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(parts, app))
    }
}

impl Tls {
    /// Of the head of a request.
    pub fn of(parts: &Parts, app: &App) -> Self {
        Self(peer(parts).is_some_and(|peer| says_tls(peer, &app.config.trusted_proxies, &parts.headers)))
    }
}

/// The last value counts: the proxy that is nearest added it.
fn says_tls(peer: IpAddr, trusted: &[IpAddr], headers: &HeaderMap) -> bool {
    let said = headers.get_all("x-forwarded-proto").iter().next_back().and_then(|value| value.to_str().ok());
    let last = said.and_then(|said| said.rsplit(',').next());
    trusted.contains(&peer) && last.is_some_and(|last| last.trim() == "https")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_a_trusted_proxy_says_that_a_request_came_over_tls_and_the_nearest_one_counts() {
        let [proxy, stranger] = ["10.0.0.1", "7.7.7.7"].map(|text| text.parse::<IpAddr>().unwrap());
        let says = |peer, values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-forwarded-proto", HeaderValue::from_static(value));
            }
            says_tls(peer, &[proxy], &headers)
        };
        assert!(says(proxy, &["https"]) && says(proxy, &["http, https"]) && says(proxy, &["http", "https"]));
        assert!(!says(proxy, &["http"]) && !says(proxy, &["https,http"]) && !says(proxy, &[]));
        assert!(!says(stranger, &["https"]));
    }
}
