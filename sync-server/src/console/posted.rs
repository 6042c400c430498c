//! A form as it was sent. It must come from a page of this session.

use super::{refused::Refusal, visitor::Visitor};
use crate::state::App;
use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header},
};
use firebee_domain::id::RequestId;
use std::str::FromStr;
use subtle::ConstantTimeEq;

/// The fields of a form, in the order they were sent.
#[derive(Clone, Debug)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field; empty when it was not sent.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value of a field that the page itself wrote.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> Result<T, Refusal> {
        self.text(name).parse().map_err(|_| Refusal::FormExpired)
    }
}

/// A form of somebody who is signed in.
pub(super) struct Posted {
    pub(super) visitor: Visitor,
    /// The form's request id. A form that is sent twice has one effect.
    pub(super) request: RequestId,
    pub(super) fields: Fields,
}

impl FromRequest<App> for Posted {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        if !is_own_origin(&parts.headers) {
            return Err(Refusal::FormExpired);
        }
        let form = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), app).await;
        let fields = Fields(form.map_err(|_| Refusal::FormExpired)?.0);
        if !bool::from(fields.text("csrf").as_bytes().ct_eq(visitor.csrf.as_bytes())) {
            return Err(Refusal::FormExpired);
        }
        let request = fields.parsed("request")?;
        Ok(Self { visitor, request, fields })
    }
}

/// A form of a visitor who is not signed in: the sign-in.
pub(super) struct PostedByNobody(pub(super) Fields);

impl FromRequest<App> for PostedByNobody {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        if !is_own_origin(request.headers()) {
            return Err(Refusal::FormExpired);
        }
        let form = Form::<Vec<(String, String)>>::from_request(request, app).await;
        form.map(|form| Self(Fields(form.0))).map_err(|_| Refusal::FormExpired)
    }
}

/// Whether the browser reports that the form came from a page of this server. Old browsers report nothing; then the
/// token alone decides.
fn is_own_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let site_ok = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin_ok = text(header::ORIGIN.as_str()).is_none_or(|origin| {
        let host = origin.split_once("://").map(|(_, host)| host);
        host.is_some() && host == text(header::HOST.as_str())
    });
    site_ok && origin_ok
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn from(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_of_another_site_is_known_by_what_the_browser_says() {
        assert!(is_own_origin(&from(&[("host", "a.example"), ("origin", "https://a.example")])));
        assert!(is_own_origin(&from(&[("host", "a.example"), ("sec-fetch-site", "same-origin")])));
        assert!(is_own_origin(&from(&[("host", "a.example")])));
        assert!(!is_own_origin(&from(&[("host", "a.example"), ("origin", "https://b.example")])));
        assert!(!is_own_origin(&from(&[("host", "a.example"), ("origin", "null")])));
        assert!(!is_own_origin(&from(&[("host", "a.example"), ("sec-fetch-site", "cross-site")])));
    }
}
