//! The address of an upload, as clients of tus want it: with scheme and host.

use crate::{auth::tls::Tls, config::Config};
use axum::http::{HeaderMap, HeaderValue, header};
use firebee_domain::id::ContentId;

/// The address of a blob under the server's first public address, else under the one that the request names. Without
/// either it is a path.
pub(super) fn of(config: &Config, headers: &HeaderMap, Tls(tls): Tls, id: ContentId) -> HeaderValue {
    // Only the sender of a request reads the answer, so it may name the host as it likes.
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let asked = host.map(|host| format!("{}://{host}", if tls { "https" } else { "http" }));
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
        let with = |host: Option<&'static str>, tls: bool, public: &[&str]| {
            let headers = host.map(|host| (header::HOST, HeaderValue::from_static(host)));
            let mut config = Config::in_folder("x");
            config.public_addresses = public.iter().map(|text| (*text).to_owned()).collect();
            let place = of(&config, &headers.into_iter().collect(), Tls(tls), id);
            place.to_str().unwrap().strip_suffix(&format!("/v1/blobs/{id}")).unwrap().to_owned()
        };
        assert_eq!(with(Some("127.0.0.1:8420"), false, &[]), "http://127.0.0.1:8420");
        assert_eq!(with(Some("a.example"), true, &[]), "https://a.example");
        let public = ["https://b.example", "http://10.0.0.5:8420"];
        assert_eq!(with(Some("a.example"), true, &public), "https://b.example");
        assert_eq!(with(None, false, &[]), "");
    }
}
