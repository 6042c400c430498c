//! The shipped catalogue, read once for the tests of this folder.

use super::Catalogue;
use std::sync::LazyLock;

/// The file that is shipped.
pub const TEXT: &str = include_str!("../../catalogue.json");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap());

/// An edition of the first form, which plans still pin.
pub const EARLIER: &str = include_str!("../../tests/editions/2020.05-r2/catalogue.json");

static EARLIER_CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| serde_json::from_str(EARLIER).unwrap());

/// The edition 2020.05-r2.
pub fn earlier() -> &'static Catalogue {
    &EARLIER_CATALOGUE
}

/// The shipped catalogue.
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}
