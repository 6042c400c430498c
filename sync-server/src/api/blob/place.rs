//! The address of an upload, as clients of tus want it: with scheme and host.

use crate::config::Config;
use axum::http::{HeaderMap, HeaderValue, header};
use firebee_domain::id::ContentId;

/// The address of a blob under the server's first public address, else under the one that the request names. Without
/// either it is a path.
pub(super) fn of(config: &Config, headers: &HeaderMap, id: ContentId) -> HeaderValue {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // Only the sender of a request reads the answer, so it may name the host as it likes.
    let asked = text(header::HOST).map(|host| {
        let tls = text(header::HeaderName::from_static("x-forwarded-proto")) == Some("https");
        format!("{}://{host}", if tls { "https" } else { "http" })
    });
    let base = config.public_addresses.first().cloned().or(asked).unwrap_or_default();
    let path = format!("/v1/blobs/{id}");
    HeaderValue::from_str(&format!("{base}{path}")).or_else(|_| HeaderValue::from_str(&path)).unwrap_or(EMPTY)
}

const EMPTY: HeaderValue = HeaderValue::from_static("");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_has_the_address_that_its_sender_can_reach() {
        let id = ContentId([7; 32]);
        let with = |pairs: &[(&'static str, &'static str)], public: &[&str]| {
            let headers = pairs
                .iter()
                .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)));
            let mut config = Config::in_folder("x");
            config.public_addresses = public.iter().map(|text| (*text).to_owned()).collect();
            let place = of(&config, &headers.collect(), id);
            place.to_str().unwrap().strip_suffix(&format!("/v1/blobs/{id}")).unwrap().to_owned()
        };
        let proxied = [("host", "a.example"), ("x-forwarded-proto", "https")];
        assert_eq!(with(&[("host", "127.0.0.1:8420")], &[]), "http://127.0.0.1:8420");
        assert_eq!(with(&proxied, &[]), "https://a.example");
        assert_eq!(with(&proxied, &["https://b.example", "http://10.0.0.5:8420"]), "https://b.example");
        assert_eq!(with(&[], &[]), "");
    }
}
