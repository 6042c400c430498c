//! Checks the catalogue of tests before the crate compiles, and keeps its content hash.

use firebee_domain::{
    catalogue::{Catalogue, validate},
    id::ContentId,
};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// The content id of the file's bytes; every defect at once otherwise.
pub fn check(path: &Path) -> Result<ContentId, Vec<String>> {
    let told = |defect: &dyn std::fmt::Display| format!("{}: {defect}", path.display());
    let bytes = fs::read(path).map_err(|e| vec![told(&e)])?;
    let catalogue: Catalogue = serde_json::from_slice(&bytes).map_err(|e| vec![told(&e)])?;
    let defects = validate(&catalogue);
    if defects.is_empty() {
        Ok(ContentId(Sha256::digest(&bytes).into()))
    } else {
        Err(defects.iter().map(|defect| told(defect)).collect())
    }
}
