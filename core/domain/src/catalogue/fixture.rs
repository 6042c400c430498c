//! The shipped catalogue, read once for the tests of this folder.

use super::Catalogue;
use std::sync::LazyLock;

/// The file that is shipped.
pub const TEXT: &str = include_str!("../../catalogue.json");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap());

/// The shipped catalogue.
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}
