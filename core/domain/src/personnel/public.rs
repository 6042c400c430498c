//! What the public reads of people with certificates.

use super::{CertificateKind, Person};
use chrono::NaiveDate;
use serde::Serialize;

/// A registered engineer before the public: no ID number, no phone, no certificate number. It has no other field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicEngineer {
    /// The name.
    pub name: String,
    /// The level of the registration.
    pub level: u8,
    /// Its first day.
    pub valid_from: Option<NaiveDate>,
    /// Its last day.
    pub valid_to: Option<NaiveDate>,
    /// The day of issue.
    pub issued: Option<NaiveDate>,
}

/// A facility operator before the public: no ID number, no phone. It has no other field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicOperator {
    /// The name.
    pub name: String,
    /// What the certificate proves, the occupation.
    pub kind: CertificateKind,
    /// The number of the certificate.
    pub number: String,
    /// Its grade.
    pub level: u8,
}

impl Person {
    /// the person's registrations as the public reads them.
    pub fn public_registrations(&self) -> impl Iterator<Item = PublicEngineer> + '_ {
        self.certificates.iter().filter(|held| held.kind.is_engineers()).map(|held| PublicEngineer {
            name: self.name.clone(),
            level: held.level,
            valid_from: held.valid_from,
            valid_to: held.valid_to,
            issued: held.issued,
        })
    }

    /// the person's operator's certificates as the public reads them.
    pub fn public_certificates(&self) -> impl Iterator<Item = PublicOperator> + '_ {
        self.certificates.iter().filter(|held| !held.kind.is_engineers()).map(|held| PublicOperator {
            name: self.name.clone(),
            kind: held.kind,
            number: held.number.clone(),
            level: held.level,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personnel::{
        IdentityNumber,
        tests::{engineer, operator, person},
    };

    /// an ID number and a phone never leave the firm, and an engineer's certificate number neither.
    #[test]
    fn r_008_r_010_the_public_reads_no_id_number_and_no_phone() {
        let identity = IdentityNumber::new("11010519491231002X").ok();
        let held = person(vec![engineer("2026-01-01", "2028-12-31"), operator(4)]);
        let held = Person { identity, phone: Some("13900000001".into()), ..held };
        let engineers: Vec<_> = held.public_registrations().collect();
        let operators: Vec<_> = held.public_certificates().collect();
        let said = serde_json::to_string(&(&engineers, &operators)).unwrap();
        assert_eq!((engineers.len(), operators.len()), (1, 1));
        assert!(said.contains("马晓燕") && said.contains("2028-12-31") && said.contains("OP-1"), "{said}");
        for secret in ["11010519491231002X", "13900000001", "RE-1"] {
            assert!(!said.contains(secret), "{secret}");
        }
    }
}
