//! The OpenAPI 3.1 description of the phones' interface, as the router collects it from the handlers. A snapshot test
//! makes each change of the interface a visible decision.

mod schema;
mod travel;

pub use schema::*;
pub use travel::*;

use axum::Json;
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
                       Firebee-Incarnation.",
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
    }
}

/// What stands around the paths. The router adds them with their schemas.
pub(super) fn frame() -> Document {
    Frame::openapi()
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(super::document);

/// This document.
#[utoipa::path(get, path = "/v1/openapi.json", operation_id = "read_description", tag = "server",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json")))]
pub async fn openapi() -> Json<&'static Document> {
    Json(&DOCUMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_operations_have_one_name() {
        let json = serde_json::to_value(&*DOCUMENT).unwrap();
        let operations =
            json["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
        let mut names: Vec<_> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), count), (17, 17));
    }

    #[test]
    fn the_interface_is_what_it_was() {
        insta::assert_snapshot!(DOCUMENT.to_pretty_json().unwrap());
    }
}
