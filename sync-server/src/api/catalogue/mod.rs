//! `/v1/catalogues/…`: the packs that plans pin.

pub mod get;
