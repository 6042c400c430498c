//! The personnel list. A firm reads the list and never changes it. The regulator changes it, or the
//! administrator in the regulator's name.

pub mod certify;
pub mod enlist;
pub(in crate::office) mod keep;

pub use certify::{CertifyError, WantedCertificate, certify};
pub use enlist::{EnlistError, WantedPerson, enlist};
