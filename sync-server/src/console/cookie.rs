//! Cookies: how each is read and built, and the cookie of a session.

use axum::http::{HeaderMap, header};
use cookie::{Cookie, CookieBuilder, SameSite, time::Duration};

/// The value of a cookie of a request.
pub(super) fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies.find(|cookie| cookie.name() == name)?.value_raw()
}

/// The name of the session's cookie. Under TLS the name has a prefix that makes browsers refuse a cookie set by another
/// site.
pub(super) const fn name(secure: bool) -> &'static str {
    if secure { "__Host-firebee" } else { "firebee" }
}

/// A cookie as all cookies of the console are: for every page, hidden from scripts, and kept from other sites' forms.
pub(super) fn plain<'a>(name: &'a str, value: &'a str) -> CookieBuilder<'a> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax)
}

/// The header that gives a session to a browser; an empty value takes it away.
pub(super) fn set(value: &str, secure: bool) -> String {
    let session = plain(name(secure), value).secure(secure);
    let session = if value.is_empty() { session.max_age(Duration::ZERO) } else { session };
    session.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_in_every_header() {
        let lines = ["a=1; firebee_language=en;b", "__Host-firebee=x=y ; firebee=2"];
        let headers = lines.iter().map(|line| (header::COOKIE, HeaderValue::from_static(line))).collect();
        let found = |name| find(&headers, name);
        assert_eq!((found("firebee"), found("__Host-firebee")), (Some("2"), Some("x=y")));
        assert_eq!((found("firebee_language"), found("b"), found("fire")), (Some("en"), None, None));
    }

    #[test]
    fn an_empty_session_ends_at_once_and_only_tls_makes_it_secure() {
        assert_eq!(set("x", false), "firebee=x; HttpOnly; SameSite=Lax; Path=/");
        assert_eq!(set("x", true), "__Host-firebee=x; HttpOnly; SameSite=Lax; Secure; Path=/");
        assert_eq!(set("", true), "__Host-firebee=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0");
    }
}
