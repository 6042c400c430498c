//! The personnel list. An organisation reads it and never changes it: who may is the regulator, or the
//! administrator in its name.

pub mod certify;

pub use certify::{CertifyError, WantedCertificate, certify};
