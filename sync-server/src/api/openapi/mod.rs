//! The OpenAPI 3.1 description of the phones' interface, as the router collects it from the handlers. A snapshot test
//! makes each change of the interface a visible decision.

mod schema;
mod travel;

pub use schema::*;
pub use travel::*;

use axum::Json;
use serde_json::Value;
use std::sync::LazyLock;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Firebee sync",
        description = "What phones and the sync server say to each other. docs/protocol.md says what it means, and \
                       which bytes are kept for ever. Every answer carries the header Firebee-Server; one without it \
                       is not this server's. Every request but capabilities and the first claim carries \
                       Firebee-Incarnation. Programs of a firm read what is tagged `programs` by a token that a \
                       manager makes on the console; docs/data.md is their guide.",
        license(name = "Apache-2.0")
    ),
    modifiers(&Tokens)
)]
struct Frame;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("fb_a_…").build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("access_token", SecurityScheme::Http(scheme));
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("fbk_…").build();
        components.add_security_scheme("api_token", SecurityScheme::Http(scheme));
    }
}

/// What stands around the paths. The router adds them with their schemas.
pub(super) fn frame() -> Document {
    Frame::openapi()
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(super::document);

/// The document as it is served, for the page that is made of it.
pub fn served() -> Value {
    serde_json::to_value(&*DOCUMENT).unwrap_or_default()
}

/// This document.
#[utoipa::path(get, path = "/v1/openapi.json", operation_id = "read_description", tag = "server",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json")))]
pub async fn openapi() -> Json<&'static Document> {
    Json(&DOCUMENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::code::Code;

    #[test]
    fn no_two_operations_have_one_name() {
        let json = serde_json::to_value(&*DOCUMENT).unwrap();
        let operations =
            json["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
        let mut names: Vec<_> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), count), (21, 21));
    }

    /// What the check of a token may say before the handler runs.
    const OF_A_TOKEN: [Code; 8] = [
        Code::IncarnationChanged,
        Code::DataBehind,
        Code::SignInAgain,
        Code::TokenExpired,
        Code::StoreRevoked,
        Code::AccountDisabled,
        Code::Fenced,
        Code::SlowDown,
    ];

    /// Each operation of the served document, with its name.
    async fn operations() -> Vec<(String, Value)> {
        let Json(served) = openapi().await;
        let document = serde_json::to_value(served).unwrap();
        let paths = document["paths"].as_object().unwrap().iter();
        let named = paths.flat_map(|(path, operations)| {
            let operations = operations.as_object().unwrap().iter();
            operations.map(move |(method, operation)| (format!("{method} {path}"), operation.clone()))
        });
        named.collect()
    }

    /// The errors of an operation: each status with each code that its description names. What stands behind a colon
    /// says more.
    fn errors(operation: &Value) -> Vec<(u16, Code)> {
        let mut errors = Vec::new();
        for (status, told) in operation["responses"].as_object().unwrap() {
            let status = status.parse().unwrap();
            let words = told["description"].as_str().unwrap().split(':').next().unwrap();
            let codes = words.split(", ").map(|word| word.parse().unwrap_or_else(|_| panic!("`{word}` is no code")));
            errors.extend((status >= 400).then(|| codes.map(|code| (status, code))).into_iter().flatten());
        }
        errors
    }

    /// tus alone wants another status, for bytes that are not what their hash says.
    #[tokio::test]
    async fn an_error_has_the_status_of_the_code_that_it_names() {
        for (name, operation) in operations().await {
            for (status, code) in errors(&operation) {
                let is_tus = name.starts_with("patch ") || name == "post /v1/blobs";
                let of_tus = is_tus && matches!(code, Code::ChecksumMismatch | Code::BlobMismatch);
                let wanted = if of_tus { Some(460) } else { code.status() };
                assert_eq!((Some(status), code), (wanted, code), "{name}");
            }
        }
    }

    #[tokio::test]
    async fn an_operation_names_what_its_token_its_body_and_its_write_may_meet() {
        for (name, operation) in operations().await {
            let mut owed = Vec::new();
            let security = operation["security"].to_string();
            if security.contains("access_token") {
                owed.extend(OF_A_TOKEN);
            }
            if security.contains("api_token") {
                owed.extend([Code::ApiTokenInvalid, Code::ApiScopeMissing, Code::SlowDown]);
            }
            if operation["parameters"].to_string().contains("Firebee-Incarnation") {
                owed.push(Code::IncarnationChanged);
            }
            if operation["requestBody"].is_object() {
                owed.extend([Code::TooLarge, Code::UnsupportedMediaType]);
            }
            if ["post ", "put ", "patch "].iter().any(|method| name.starts_with(method)) {
                owed.extend([Code::SlowDown, Code::ServerFull]);
            }
            let named = errors(&operation);
            owed.retain(|code| !named.iter().any(|(_, named)| named == code));
            assert_eq!(owed, [], "{name}");
        }
    }

    #[test]
    fn the_interface_is_what_it_was() {
        insta::assert_snapshot!(DOCUMENT.to_pretty_json().unwrap());
    }
}
