//! The parts of an OpenAPI document that the page shows.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The document.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Document {
    /// The operations by path and method.
    pub(super) paths: BTreeMap<String, BTreeMap<String, Operation>>,
    pub(super) components: Components,
}

impl Document {
    /// The document as it is served.
    pub(in crate::console) fn read(served: &Value) -> Self {
        Self::deserialize(served).unwrap_or_else(|error| {
            tracing::error!(%error, "the page of the interface cannot read its description");
            Self::default()
        })
    }
}

/// What several operations share.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Components {
    #[serde(default)]
    pub(super) schemas: BTreeMap<String, Schema>,
}

/// One operation.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operation {
    pub(super) operation_id: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) summary: String,
    /// One of these opens it; nothing where nobody needs a token. Each has scopes.
    #[serde(default)]
    pub(super) security: Vec<BTreeMap<String, Vec<String>>>,
    #[serde(default)]
    pub(super) parameters: Vec<Parameter>,
    pub(super) request_body: Option<Body>,
    #[serde(default)]
    pub(super) responses: BTreeMap<String, Answer>,
}

/// A value in the path, behind the question mark, or in a header.
#[derive(Debug, Deserialize)]
pub(super) struct Parameter {
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) place: Place,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) example: Option<Value>,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// What is sent.
#[derive(Debug, Deserialize)]
pub(super) struct Body {
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) content: BTreeMap<String, Media>,
}

/// What is answered.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) content: BTreeMap<String, Media>,
}

/// Bytes of one media type.
#[derive(Debug, Deserialize)]
pub(super) struct Media {
    pub(super) schema: Option<Schema>,
    pub(super) example: Option<Value>,
}

/// The shape of a value.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    /// A word, or several.
    #[serde(rename = "type")]
    kind: Option<Value>,
    format: Option<String>,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) properties: BTreeMap<String, Schema>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    items: Option<Box<Schema>>,
    #[serde(default)]
    one_of: Vec<Schema>,
}

impl Schema {
    /// The name of the schema that stands for it, itself or inside a list.
    pub(super) fn named(&self) -> Option<&str> {
        let own = self.reference.as_deref().and_then(|reference| reference.rsplit('/').next());
        own.or_else(|| self.items.as_ref()?.named()).or_else(|| self.one_of.iter().find_map(Self::named))
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        self.items.is_some() || self.one_of.iter().any(Self::is_list)
    }

    /// The words for a plain value, such as `string uuid`.
    pub(super) fn words(&self) -> String {
        let kinds: Vec<&str> = match &self.kind {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => {
                kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect()
            }
            _ => Vec::new(),
        };
        kinds.into_iter().chain(self.format.as_deref()).collect::<Vec<_>>().join(" ")
    }
}
